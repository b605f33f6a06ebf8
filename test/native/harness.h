#pragma once
// Tests that have a sentence as their title. A failed expectation is reported with its place, and the test goes on.
#include <cmath>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace test {

struct Test {
  const char * title;
  void (*run)();
};

std::vector<Test> & tests();
void fail(const char * file, int line, const std::string & what);

struct Registration {
  Registration(const char * title, void (*run)()) { tests().push_back({title, run}); }
};

template <typename T>
std::string shown(const T & value) {
  std::ostringstream stream;
  stream << value;
  return stream.str();
}

template <typename Found, typename Wanted>
void expectEqual(const char * file, int line, const Found & found, const Wanted & wanted) {
  if (!(found == wanted)) fail(file, line, shown(wanted) + " was expected, " + shown(found) + " came");
}

inline void expectNear(const char * file, int line, double found, double wanted, double tolerance) {
  if (!(std::abs(found - wanted) <= tolerance))
    fail(file, line, shown(wanted) + " ± " + shown(tolerance) + " was expected, " + shown(found) + " came");
}

}  // namespace test

#define TEST_NAME_2(prefix, line) prefix##line
#define TEST_NAME(prefix, line) TEST_NAME_2(prefix, line)
#define TEST(title)                                                                                       \
  static void TEST_NAME(test_, __LINE__)();                                                               \
  static const test::Registration TEST_NAME(registration_, __LINE__)(title, &TEST_NAME(test_, __LINE__)); \
  static void TEST_NAME(test_, __LINE__)()

#define EXPECT(condition) \
  if (!(condition)) test::fail(__FILE__, __LINE__, #condition " was expected")
#define EXPECT_EQUAL(found, wanted) test::expectEqual(__FILE__, __LINE__, found, wanted)
#define EXPECT_NEAR(found, wanted, tolerance) test::expectNear(__FILE__, __LINE__, found, wanted, tolerance)
#define EXPECT_THROWS(Error, expression)                                 \
  try {                                                                  \
    (void)(expression);                                                  \
    test::fail(__FILE__, __LINE__, #Error " was expected to be thrown"); \
  } catch (const Error &) {                                              \
  }

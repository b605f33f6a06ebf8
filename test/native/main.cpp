#include <cstdio>
#include <exception>

#include "harness.h"

namespace test {
namespace {

int failures = 0;

}  // namespace

std::vector<Test> & tests() {
  static std::vector<Test> all;
  return all;
}

void fail(const char * file, int line, const std::string & what) {
  failures++;
  std::fprintf(stderr, "  %s:%d: %s\n", file, line, what.c_str());
}

}  // namespace test

int main() {
  int failed = 0;
  for (const test::Test & one : test::tests()) {
    const int before = test::failures;
    try {
      one.run();
    } catch (const std::exception & error) {
      test::fail(one.title, 0, std::string("threw: ") + error.what());
    }
    if (test::failures == before) continue;
    failed++;
    std::fprintf(stderr, "✗ %s\n", one.title);
  }
  std::fprintf(stderr, "%zu tests, %d failed\n", test::tests().size(), failed);
  return failed > 0;
}

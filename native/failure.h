#pragma once
// No exception may leave a thread of the addon's: it would end the process.
#include <exception>
#include <new>
#include <string>

namespace heed {

/** Runs work. Returns what it threw, in words; empty where it threw nothing. */
template <typename Work>
std::string failureOf(const Work & work) noexcept {
  // Words short enough to need no memory, since there may be none.
  try {
    work();
    return "";
  } catch (const std::bad_alloc &) {
    return "out of memory";
  } catch (const std::exception & error) {
    try {
      const std::string words = error.what();
      return words.empty() ? "unknown error" : words;
    } catch (const std::bad_alloc &) {
      return "out of memory";
    }
  } catch (...) {
    return "unknown error";
  }
}

}  // namespace heed

#pragma once
// An exception that leaves a thread of the addon would end the process, so every thread turns exceptions into words.
#include <exception>
#include <new>
#include <string>

namespace heed {

/** Runs work. Returns in words what it threw, or an empty string if it threw nothing. */
template <typename Work>
std::string failureOf(const Work & work) noexcept {
  // These words are short enough that a string holds them without allocating memory, of which there may be none.
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

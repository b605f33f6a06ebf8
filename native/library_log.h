#pragma once
// What whisper.cpp and ggml log, and what they say they can do.
#include <string>

namespace heed {

/** From now on keeps the libraries' log lines instead of printing them. May be called more than once. */
void keepLibraryLog();
/** The most recent of these lines. */
std::string recentLog();

/** The features of ggml's backends, such as the processor's instruction sets. */
std::string systemInfo();

}  // namespace heed

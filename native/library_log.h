#pragma once
// What whisper.cpp and ggml say of themselves.
#include <string>

namespace heed {

/** Keeps the libraries' log lines from now on instead of printing them. May be called again. */
void keepLibraryLog();
/** The last of these lines. */
std::string recentLog();

/** What the computing parts of ggml can do. */
std::string systemInfo();

}  // namespace heed

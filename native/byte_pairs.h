#pragma once
// Text to tokens as Whisper was trained on them. The library's own tokenizer takes the longest token each time, which
// gives others.
#include <map>
#include <string>
#include <vector>

namespace heed {

/** The tokens of a text, by byte pair encoding. `tokenIds` has the number of each token, lower ones learned first. */
std::vector<int> bytePairTokens(const std::string & text, const std::map<std::string, int> & tokenIds);

}  // namespace heed

#pragma once
// Splits text into tokens in the way that Whisper was trained on. The library's own tokenizer always takes the longest
// token instead, and so gives different tokens.
#include <map>
#include <string>
#include <vector>

namespace heed {

/** The tokens of a text, by byte pair encoding. `tokenIds` has the number of each token; lower numbers merge first. */
std::vector<int> bytePairTokens(const std::string & text, const std::map<std::string, int> & tokenIds);

}  // namespace heed

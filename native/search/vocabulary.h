#pragma once
// The tokens of a model.
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heed {

/** Text tokens and the end of the text have the lowest numbers; the special tokens come after them. */
struct Vocabulary {
  std::vector<std::string> texts;  // by token, including special ones
  std::map<std::string, int> ids;  // by text
  std::vector<std::pair<std::string, int>>
      languages;  // ISO 639-1 code and token; empty if the model knows only one language
  int end = 0;    // the end of the text
  int start = 0;
  int previous = 0;  // the token in front of what was said before
  int noSpeech = 0;
  int noTimestamps = 0;
  int translate = 0;
  int transcribe = 0;

  int size() const { return static_cast<int>(texts.size()); }
  bool isMultilingual() const { return !languages.empty(); }
  /** How many text tokens there are, including the end of the text. */
  int textTokens() const { return end + 1; }
  /** Returns -1 if the model does not know the language. */
  int languageToken(const std::string & code) const {
    for (const auto & [known, token] : languages)
      if (known == code) return token;
    return -1;
  }
};

}  // namespace heed

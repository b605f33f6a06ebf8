#pragma once
// What a model's tokens are.
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heed {

/** Text tokens and the end of the text have the lowest numbers, special ones stand behind. */
struct Vocabulary {
  std::vector<std::string> texts;  // by token, special ones too
  std::map<std::string, int> ids;  // by text
  std::vector<std::pair<std::string, int>>
      languages;  // ISO 639-1 code and token; empty where the model knows one alone
  int end = 0;    // of the text
  int start = 0;
  int previous = 0;  // in front of what was said before
  int noSpeech = 0;
  int noTimestamps = 0;
  int translate = 0;
  int transcribe = 0;

  int size() const { return static_cast<int>(texts.size()); }
  bool isMultilingual() const { return !languages.empty(); }
  /** Text tokens and the end of the text. */
  int textTokens() const { return end + 1; }
  /** -1 where the model doesn't know the language. */
  int languageToken(const std::string & code) const {
    for (const auto & [known, token] : languages)
      if (known == code) return token;
    return -1;
  }
};

}  // namespace heed

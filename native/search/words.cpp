#include "words.h"

#include <algorithm>
#include <cmath>

#include "../alignment.h"
#include "../audio_units.h"
#include "../unspaced.h"

namespace heed {
namespace {

/** Whether a token begins a word: behind a space, and in writing without spaces where it begins a sign. */
bool beginsWord(const std::string & token) { return token[0] == ' ' || isUnspacedAt(token, 0); }

std::string trimmed(const std::string & text) {
  const size_t first = text.find_first_not_of(" \n\t");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

}  // namespace

std::string textOf(const Vocabulary & vocabulary, const std::vector<int> & tokens) {
  std::string joined;
  for (const int token : tokens) joined += vocabulary.texts[token];
  return trimmed(joined);
}

std::vector<WordScore> wordScores(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                                  const std::vector<TokenScore> & scores) {
  std::vector<WordScore> words;
  for (size_t i = 0; i < scores.size(); i++) {
    const bool isEnd = i >= tokens.size();
    const std::string piece = isEnd ? "" : vocabulary.texts[tokens[i]];
    if (words.empty() || isEnd || beginsWord(piece)) words.push_back({});
    words.back().text += piece;
    words.back().logProbability += scores[i].logProbability;
    words.back().lead += scores[i].lead;
  }
  for (WordScore & word : words) word.text = trimmed(word.text);
  return words;
}

std::vector<Word> timedWords(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                             const std::vector<TokenScore> & scores, const std::vector<AttentionRow> & attention,
                             const Heard & heard) {
  std::vector<Word> words;
  if (attention.empty() || std::find(attention.begin(), attention.end(), nullptr) != attention.end()) return words;
  const int audioMs = heard.samples / kSamplesPerMs;
  const int spoken = std::clamp((audioMs + kMsPerPosition - 1) / kMsPerPosition, 1, heard.positions);
  const std::vector<int> starts = alignTokens(attention, heard.positions, spoken);
  const auto startOf = [&](size_t token) {
    if (token == 0) return 0;
    return token < starts.size() ? std::clamp(starts[token] * kMsPerPosition - heard.latenessMs, 0, audioMs) : audioMs;
  };
  std::vector<int> tokensOf;
  for (size_t i = 0; i < tokens.size(); i++) {
    const std::string & token = vocabulary.texts[tokens[i]];
    if (words.empty() || beginsWord(token)) {
      words.push_back({"", startOf(i), 0, 0});
      tokensOf.push_back(0);
    }
    words.back().text += token;
    words.back().confidence += std::exp(scores[i].logProbability);
    tokensOf.back()++;
    words.back().endMs = startOf(i + 1);
  }
  for (size_t i = 0; i < words.size(); i++) {
    Word & word = words[i];
    word.confidence /= static_cast<float>(tokensOf[i]);
    word.endMs = std::max(word.endMs, word.startMs);
    word.text = trimmed(word.text);
  }
  words.erase(std::remove_if(words.begin(), words.end(), [](const Word & word) { return word.text.empty(); }),
              words.end());
  return words;
}

}  // namespace heed

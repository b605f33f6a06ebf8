#include "prompt.h"

#include <cmath>

#include "../byte_pairs.h"
#include "../logits.h"
#include "../unspaced.h"
#include "paths.h"

namespace heed {
namespace {

constexpr size_t kMaxPhraseTokens = 120;

std::string likeliestLanguage(const Vocabulary & vocabulary, const float * logits) {
  std::string best = "en";
  float most = -INFINITY;
  for (const auto & [code, token] : vocabulary.languages) {
    if (logits[token] <= most) continue;
    most = logits[token];
    best = code;
  }
  return best;
}

}  // namespace

bool makePrompt(Decoder & decoder, const ReadRequest & request, Prompt & prompt) {
  const Vocabulary & vocabulary = decoder.vocabulary();
  prompt.tokens = {vocabulary.start};
  prompt.seen = 0;
  prompt.language = vocabulary.isMultilingual() ? request.language : "en";
  if (vocabulary.isMultilingual()) {
    if (request.language == "auto") {
      decoder.clearCache();
      if (!readPrompt(decoder, prompt.tokens, PromptUse::last, 0)) return false;
      prompt.seen = 1;
      prompt.language = likeliestLanguage(vocabulary, decoder.logits(0));
    }
    prompt.tokens.push_back(vocabulary.languageToken(prompt.language));
    prompt.tokens.push_back(request.translate ? vocabulary.translate : vocabulary.transcribe);
  }
  prompt.tokens.push_back(vocabulary.noTimestamps);
  return true;
}

std::vector<int> promptWithPhrases(const Vocabulary & vocabulary, const std::string & phrases,
                                   const std::vector<int> & prompt) {
  const bool hasSpace = !phrases.empty() && !isUnspacedAt(phrases, 0);
  std::vector<int> tokens = bytePairTokens(hasSpace ? " " + phrases : phrases, vocabulary.ids);
  if (tokens.size() > kMaxPhraseTokens) tokens.resize(kMaxPhraseTokens);
  if (!tokens.empty()) tokens.insert(tokens.begin(), vocabulary.previous);
  tokens.insert(tokens.end(), prompt.begin(), prompt.end());
  return tokens;
}

/** whisper.cpp's own value cannot be used, since it comes from a row that was never computed. */
float noSpeech(Decoder & decoder) {
  const float * logits = decoder.logits(0);
  return std::exp(logits[decoder.vocabulary().noSpeech] - logSumExp(logits, decoder.vocabulary().size()));
}

}  // namespace heed

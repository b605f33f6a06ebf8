#pragma once
// Tokens as texts and words.
#include <string>
#include <vector>

#include "../reading.h"
#include "attention.h"
#include "paths.h"
#include "vocabulary.h"

namespace heed {

std::string textOf(const Vocabulary & vocabulary, const std::vector<int> & tokens);

/** Tokens joined to words at spaces; the end of the text comes last. */
std::vector<WordScore> wordScores(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                                  const std::vector<TokenScore> & scores);

/** Tokens joined to words at spaces, with their times and the mean probability of their tokens. Empty without
 * attention. */
std::vector<Word> timedWords(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                             const std::vector<TokenScore> & scores, const std::vector<AttentionRow> & attention,
                             const Heard & heard);

}  // namespace heed

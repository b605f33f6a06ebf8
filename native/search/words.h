#pragma once
// Turns tokens into texts and words.
#include <string>
#include <vector>

#include "../reading.h"
#include "attention.h"
#include "paths.h"
#include "vocabulary.h"

namespace heed {

std::string textOf(const Vocabulary & vocabulary, const std::vector<int> & tokens);

/** Joins tokens into words, which begin at spaces. The end of the text comes last. */
std::vector<WordScore> wordScores(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                                  const std::vector<TokenScore> & scores);

/** Joins tokens into words, with their times and the mean probability of their tokens. Empty without attention. */
std::vector<Word> timedWords(const Vocabulary & vocabulary, const std::vector<int> & tokens,
                             const std::vector<TokenScore> & scores, const std::vector<AttentionRow> & attention,
                             const Heard & heard);

}  // namespace heed

#pragma once
// The tokens in front of a text: of the language, the task, and what was said before.
#include <string>
#include <vector>

#include "../reading.h"
#include "decoder.h"

namespace heed {

/** The prompt without phrases, and what its first token told. */
struct Prompt {
  std::vector<int> tokens;
  int seen = 0;  // of them, that the decoder has read
  std::string language;
};

/** Hears the language where it isn't known. False when the decoder failed or was stopped. */
bool makePrompt(Decoder & decoder, const ReadRequest & request, Prompt & prompt);

/** With phrases of the grammar as what was said before: words that the commands make likely are heard better then, and
 * others no worse. The same prompt where there are no phrases. */
std::vector<int> promptWithPhrases(const Vocabulary & vocabulary, const std::string & phrases,
                                   const std::vector<int> & prompt);

/** That there is no speech, as the first token of the prompt tells. Row 0 of the decoder's last call must be that
 * token. */
float noSpeech(Decoder & decoder);

}  // namespace heed

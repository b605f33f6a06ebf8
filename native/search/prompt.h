#pragma once
// The tokens in front of a text: the language, the task, and what was said before.
#include <string>
#include <vector>

#include "../reading.h"
#include "decoder.h"

namespace heed {

/** The prompt without phrases, and the language that is spoken. */
struct Prompt {
  std::vector<int> tokens;
  int seen = 0;  // how many of them the decoder has read already
  std::string language;
};

/** Makes the prompt, and detects the language if it is not given. Returns false if the decoder failed or was stopped.
 */
bool makePrompt(Decoder & decoder, const ReadRequest & request, Prompt & prompt);

/** Adds phrases of the grammar to the prompt, as if they had been said before. Words of the commands are then heard
 * better, and others no worse. Without phrases the prompt stays the same. */
std::vector<int> promptWithPhrases(const Vocabulary & vocabulary, const std::string & phrases,
                                   const std::vector<int> & prompt);

/** The probability that there is no speech, from the logits after the first token of the prompt. This token must have
 * been row 0 of the decoder's last call. */
float noSpeech(Decoder & decoder);

}  // namespace heed

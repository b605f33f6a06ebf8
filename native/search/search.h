#pragma once
// Makes readings of audio that a decoder has heard. The audio is encoded once for all of them: for the free reading,
// and, if that is no sure command, for the constrained one. This code knows neither whisper.cpp nor ggml.
#include "../grammar.h"
#include "../reading.h"
#include "attention.h"
#include "decoder.h"

namespace heed {

/** The grammar of the constrained reading and the preferred words; null if there are none. Used by one thread at a
 * time. */
struct Grammars {
  Grammar * bound = nullptr;
  Grammar * boost = nullptr;
};

/** Fills in the result, except for what only the encoder knows. Returns false if the decoder failed or was stopped. */
bool search(Decoder & decoder, const Heard & heard, const ReadRequest & request, const Grammars & grammars,
            ReadResult & result);

}  // namespace heed

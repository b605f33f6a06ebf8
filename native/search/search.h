#pragma once
// From audio that a decoder has heard to readings. One hearing serves two: the free one, and, where that is no sure
// command, the one held to the grammar. Knows neither whisper.cpp nor ggml.
#include "../grammar.h"
#include "../reading.h"
#include "attention.h"
#include "decoder.h"

namespace heed {

/** What the search reads with; null: no constrained reading, no preferred words. Used by one thread at a time. */
struct Grammars {
  Grammar * bound = nullptr;
  Grammar * boost = nullptr;
};

/** Fills in all of the result but what the encoder knows. False when the decoder failed or was stopped. */
bool search(Decoder & decoder, const Heard & heard, const ReadRequest & request, const Grammars & grammars,
            ReadResult & result);

}  // namespace heed

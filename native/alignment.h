#pragma once
// Finds word times from the decoder's cross-attention, by dynamic time warping (as OpenAI's whisper/timing.py does).
#include <memory>
#include <vector>

namespace heed {

/** The alignment heads' attention of one decoder step: heads × positions. */
using AttentionRow = std::shared_ptr<const std::vector<float>>;

/**
 * For each row, the audio position where its token begins, in encoder positions of 20 ms. `rows[i]` is the decoder step
 * that wrote token i; the last row wrote the end of the text. Only the first `spoken` of `positions` positions hold
 * audio.
 */
std::vector<int> alignTokens(const std::vector<AttentionRow> & rows, int positions, int spoken);

/**
 * How much later than a word begins the alignment heads turn to it, ms; negative if they turn to it earlier. It was
 * measured on words at known times, and depends on the shape of the model; 0 for shapes that were not measured.
 */
int latenessMs(int audioLayers, bool isEnglish);

}  // namespace heed

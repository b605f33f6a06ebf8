#pragma once
// Word times from the decoder's cross-attention, by dynamic time warping (OpenAI's whisper/timing.py).
#include <memory>
#include <vector>

namespace heed {

/** The alignment heads' attention of one decoder step: heads × positions. */
using AttentionRow = std::shared_ptr<const std::vector<float>>;

/**
 * For each row the audio position where it begins, in encoder positions of 20 ms. `rows[i]` is the step that wrote
 * token i; the last row wrote the end of text. Only the first `spoken` of `positions` positions hold audio.
 */
std::vector<int> alignTokens(const std::vector<AttentionRow> & rows, int positions, int spoken);

/**
 * How much later than the word the heads of a model turn to it, ms; negative: earlier. Measured on words at known
 * times, by the shape of the model; 0 where it was not.
 */
int latenessMs(int audioLayers, bool isEnglish);

}  // namespace heed

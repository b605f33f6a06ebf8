// The network that turns a piece of speech into a vector of the voice: GE2E of Resemblyzer, on the CPU.
#pragma once

#include <vector>

#include "lstm.h"

namespace heed {

/** A mel spectrogram and three LSTM layers. */
class SpeakerModel {
 public:
  static constexpr int kMels = 40, kDimensions = 256;
  static constexpr int kWindow = 400, kHop = 160;  // samples at 16 kHz

  /** Takes the tensors by their names in the checkpoint, and `mel`, the filter bank (40 × 201).
   * @throws std::invalid_argument if one is missing */
  explicit SpeakerModel(const Tensors & tensors);

  static int framesOf(int samples) { return samples / kHop + 1; }

  /** Returns the power in each mel band of the windows around every 160th sample, frames × `kMels`. */
  std::vector<float> spectrogram(const float * samples, int count) const;

  /** Returns a vector of length 1 for each piece of a spectrogram, `frames` rows each. */
  std::vector<float> embed(const std::vector<const float *> & pieces, int frames) const;

 private:
  Layer spectrum_, bands_, linear_;
  std::vector<Lstm> recurrent_;
};

}  // namespace heed

// The network that finds who speaks when within a few seconds of speech: PyanNet of pyannote.audio (2022), on the CPU.
#pragma once

#include <vector>

#include "lstm.h"

namespace heed {

/** Filters, three convolutions, four LSTM layers in both directions and three linear layers. */
class SegmentationModel {
 public:
  static constexpr int kSpeakers = 3;

  /** Takes the tensors by their names in the checkpoint. @throws std::invalid_argument if one is missing */
  explicit SegmentationModel(const Tensors & tensors);

  /** How many frames come out for so many samples at 16 kHz; 293 for 80,000. Zero if they are too few. */
  static int framesOf(int samples);

  /** Returns the activity of each speaker in each frame, 0–1, frames × `kSpeakers`. Which speaker comes first has no
   * meaning. */
  std::vector<float> run(const float * samples, int count) const;

 private:
  struct Stage {
    Layer convolution;
    std::vector<float> scale, shift;  // of the normalisation
  };
  Stage stages_[3];
  float waveScale_, waveShift_;
  std::vector<Lstm> recurrent_;  // four layers, forward and backward
  Layer linear_[2], classifier_;
};

}  // namespace heed

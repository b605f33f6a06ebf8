// The network that finds who speaks when within a few seconds of speech: PyanNet of pyannote.audio (2022), on the CPU.
#pragma once

#include <cstdint>
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

  /** What the first filters make of a window, which those that begin later share. */
  struct Filtered {
    int64_t start = 0;        // of the window in its stream, samples
    std::vector<float> sums;  // positions × filters
  };

  /** The same for the windows of one stream. Those that begin whole strides after one another share work.
   * @param start where the window begins, samples; not before the one that `before` is of
   * @param before of the window before; it becomes that of this one */
  std::vector<float> run(const float * samples, int count, int64_t start, Filtered & before) const;

 private:
  struct Normalisation {
    std::vector<float> scale, shift;
  };

  void filter(const float * samples, int positions, int64_t start, Filtered & before) const;
  std::vector<float> firstPooled(const float * samples, int count, const std::vector<float> & sums, int length) const;

  Layer filters_;
  BoundedLayer convolutions_[2];
  std::vector<float> filterSums_;
  Normalisation normalisations_[3];  // after the filters and after each convolution
  float waveScale_, waveShift_;
  std::vector<RecurrentLayer> recurrent_;
  BoundedLayer first_;
  Layer second_, classifier_;
};

}  // namespace heed

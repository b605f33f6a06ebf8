#pragma once
// Computes the log-mel spectrogram while the audio arrives. The result equals that of whisper.cpp (log_mel_spectrogram)
// up to rounding.
#include <cstddef>
#include <vector>

namespace heed {

/** The mel filter bank as read from the model file: bands × 201 power bins, of which each band uses only a few. */
struct MelFilters {
  MelFilters() = default;
  MelFilters(int bands, std::vector<float> weights);
  int bands = 0;
  std::vector<float> weights;
  std::vector<int> first, last;  // the range of bins that a band uses; last is exclusive
};

/** The growing spectrogram of one piece of audio. Not thread-safe: its owner locks. */
class Mel {
 public:
  explicit Mel(const MelFilters & filters);

  void append(const float * samples, size_t count);
  size_t samples() const { return samples_.size(); }

  /** Computes all frames whose window is complete, except those computed before. */
  void catchUp();

  /**
   * The normalised spectrogram of the first `end` samples, band by band, `frames` frames long, with silence after the
   * audio. It is normalised as Whisper was trained: no value is lower than the maximum − 8, then x becomes (x + 4) / 4.
   */
  std::vector<float> finish(size_t end, int frames);

 private:
  void frame(size_t index, size_t end, float * bands) const;

  const MelFilters & filters_;
  std::vector<float> samples_;
  std::vector<float> frames_;  // frame after frame, the log10 of each band
  size_t done_ = 0;
};

}  // namespace heed

#pragma once
// Log-mel spectrogram computed while the audio arrives; equal to whisper.cpp's own (log_mel_spectrogram) up to
// rounding.
#include <cstddef>
#include <vector>

namespace heed {

/** Mel filter bank as read from the model file: bands × 201 power bins, of which a band uses few. */
struct MelFilters {
  MelFilters() = default;
  MelFilters(int bands, std::vector<float> weights);
  int bands = 0;
  std::vector<float> weights;
  std::vector<int> first, last;  // the bins of a band that weigh anything; last is exclusive
};

/** The growing spectrogram of one piece of audio. Not thread-safe: its owner locks. */
class Mel {
 public:
  explicit Mel(const MelFilters & filters);

  void append(const float * samples, size_t count);
  size_t samples() const { return samples_.size(); }

  /** Computes every frame whose window is complete. Cheap to call again. */
  void catchUp();

  /**
   * The normalised spectrogram of the first `end` samples, band by band, `frames` frames long: silence behind the
   * audio. Global maximum, clamp to it − 8, then (x + 4) / 4, as Whisper was trained.
   */
  std::vector<float> finish(size_t end, int frames);

 private:
  void frame(size_t index, size_t end, float * bands) const;

  const MelFilters & filters_;
  std::vector<float> samples_;
  std::vector<float> frames_;  // frame after frame, bands each, log10
  size_t done_ = 0;
};

}  // namespace heed

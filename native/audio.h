#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "engine.h"
#include "mel.h"

namespace heed {

/** Audio that may grow while it is being read. Every function may be called on any thread. */
class Audio {
 public:
  explicit Audio(std::shared_ptr<Model> model) : model_(std::move(model)), mel_(model_->filters()) {}
  /** Also computes the spectrogram, as far as later samples cannot change it. */
  void append(const float * samples, size_t count);
  size_t samples() const;
  std::vector<float> spectrogram(size_t endSample, int frames);

 private:
  std::shared_ptr<Model> model_;
  mutable std::mutex mutex_;
  Mel mel_;
};

}  // namespace heed

#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "engine.h"
#include "mel.h"

namespace heed {

/** Audio that grows while it is read from; every call may come from any thread. */
class Audio {
 public:
  explicit Audio(std::shared_ptr<Model> model) : model_(std::move(model)), mel_(model_->filters()) {}
  /** Also computes the spectrogram as far as it is final. */
  void append(const float * samples, size_t count);
  size_t samples() const;
  std::vector<float> spectrogram(size_t endSample, int frames);

 private:
  std::shared_ptr<Model> model_;
  mutable std::mutex mutex_;
  Mel mel_;
};

}  // namespace heed

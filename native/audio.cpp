#include "audio.h"

#include <algorithm>

namespace heed {

void Audio::append(const float * samples, size_t count) {
  const std::lock_guard<std::mutex> lock(mutex_);
  mel_.append(samples, count);
  mel_.catchUp();
}

size_t Audio::samples() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mel_.samples();
}

std::vector<float> Audio::spectrogram(size_t endSample, int frames) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mel_.finish(std::min(endSample, mel_.samples()), frames);
}

}  // namespace heed

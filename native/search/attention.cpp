#include "attention.h"

#include <algorithm>

#include "../audio_units.h"

namespace heed {

void Attention::read(int rows) {
  rows_ = rows;
  heads_ = decoder_.attention(rows, weights_);
}

AttentionRow Attention::row(int row) const {
  if (heads_ == 0) return nullptr;
  auto result = std::make_shared<std::vector<float>>(static_cast<size_t>(heard_.positions) * heads_);
  for (size_t i = 0; i < result->size(); i++) (*result)[i] = weights_[i * rows_ + row];
  return result;
}

int Attention::middleMs(int row) const {
  if (heads_ == 0) return 0;
  const int spoken = std::clamp(heard_.samples / kSamplesPerPosition, 1, heard_.positions);
  double weight = 0, moment = 0;
  for (int head = 0; head < heads_; head++) {
    for (int at = 0; at < spoken; at++) {
      const double value = weights_[(static_cast<size_t>(head) * heard_.positions + at) * rows_ + row];
      weight += value;
      moment += value * at;
    }
  }
  return weight > 0 ? static_cast<int>(moment / weight * kMsPerPosition) : 0;
}

}  // namespace heed

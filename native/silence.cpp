#include "silence.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "position_groups.h"

namespace heed {

void Silence::keep(std::vector<uint8_t> keys, std::vector<uint8_t> values, int groups) {
  keys_ = std::move(keys);
  values_ = std::move(values);
  groups_ = groups;
}

int Silence::positionsWith(int heard) const {
  const int groups = groups_ - firstGroupBehind(heard);
  return groups <= 0 ? heard : (heard + groups + kPositionMultiple - 1) / kPositionMultiple * kPositionMultiple;
}

void Silence::append(const CrossMemory & memory, int heard) const {
  const int all = positionsWith(heard), first = firstGroupBehind(heard);
  if (heard < 0 || first > groups_ || static_cast<size_t>(all) > memory.maxPositions ||
      static_cast<size_t>(memory.layers) * memory.features * groups_ * memory.bytes != keys_.size())
    throw std::out_of_range("the silence does not have the size of the memory that it is put in");
  // Start from the back: each block moves towards the back, and must not overwrite one that has yet to move.
  const auto extend = [&](uint8_t * to, int blocks, size_t step, const std::vector<uint8_t> & silence) {
    const size_t old = heard * step, whole = all * step, known = groups_ * step, skipped = first * step;
    for (int block = blocks - 1; block >= 0; block--) {
      uint8_t * at = to + block * whole;
      std::memmove(at, to + block * old, old);
      std::memcpy(at + old, &silence[block * known] + skipped, known - skipped);
      std::memset(at + old + known - skipped, 0, whole - old - (known - skipped));
    }
  };
  extend(memory.keys, memory.layers, memory.features * memory.bytes, keys_);
  extend(memory.values, memory.layers * memory.features, memory.bytes, values_);
}

std::vector<float> Silence::weightsWith(int heard) const {
  std::vector<float> weights(positionsWith(heard), -INFINITY);
  std::fill_n(weights.begin(), heard, 0.0f);
  const int groups = std::max(0, groups_ - firstGroupBehind(heard));
  std::fill_n(weights.begin() + heard, groups, logGroupSize());
  return weights;
}

}  // namespace heed

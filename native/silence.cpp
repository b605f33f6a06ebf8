#include "silence.h"

#include <cstring>
#include <stdexcept>

namespace heed {

void Silence::keep(const CrossMemory & memory, int positions) {
  if (static_cast<size_t>(positions) > memory.maxPositions)
    throw std::out_of_range("there is no room for this much silence");
  const size_t size = static_cast<size_t>(memory.layers) * memory.features * positions * memory.bytes;
  positions_ = positions;
  keys_.assign(memory.keys, memory.keys + size);
  values_.assign(memory.values, memory.values + size);
}

void Silence::append(const CrossMemory & memory, int heard) const {
  if (heard < 0 || heard > positions_ || static_cast<size_t>(positions_) > memory.maxPositions ||
      static_cast<size_t>(memory.layers) * memory.features * positions_ * memory.bytes != keys_.size())
    throw std::out_of_range("the silence does not have the size of the memory that it is put in");
  const size_t row = memory.features * memory.bytes;
  const size_t heardKeys = heard * row, allKeys = positions_ * row;
  const size_t heardValues = heard * memory.bytes, allValues = positions_ * memory.bytes;
  // Start from the back: each block moves towards the back, and must not overwrite one that has yet to move.
  for (int layer = memory.layers - 1; layer >= 0; layer--) {
    uint8_t * to = memory.keys + layer * allKeys;
    std::memmove(to, memory.keys + layer * heardKeys, heardKeys);
    std::memcpy(to + heardKeys, &keys_[layer * allKeys + heardKeys], allKeys - heardKeys);
  }
  for (int line = memory.layers * memory.features - 1; line >= 0; line--) {
    uint8_t * to = memory.values + line * allValues;
    std::memmove(to, memory.values + line * heardValues, heardValues);
    std::memcpy(to + heardValues, &values_[line * allValues + heardValues], allValues - heardValues);
  }
}

}  // namespace heed

#pragma once
// The model expects 30 s of sound. The encoder's output for silence is computed once. After that the encoder needs to
// see only the speech, and the decoder still finds silence after it. Without the silence the decoder does not know
// where the text ends, and repeats itself. Neighbouring positions of silence are merged into groups, and each group
// counts as often as it has members.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cross_memory.h"

namespace heed {

/** The decoder's keys and values of silence, for all positions. */
class Silence {
 public:
  /** Stores keys and values of groups of silence. */
  void keep(std::vector<uint8_t> keys, std::vector<uint8_t> values, int groups);
  /** How many positions, some of them groups, there are in a memory that begins with `heard` of them. It is a multiple
   * of 16 if there is silence in it, which ggml's fast matrix product needs. */
  int positionsWith(int heard) const;
  /** Extends a memory of `heard` positions by the silence after them. */
  void append(const CrossMemory & memory, int heard) const;
  /** What is added to the attention of each of those positions: the logarithm of how many it stands for. */
  std::vector<float> weightsWith(int heard) const;

 private:
  int groups_ = 0;
  std::vector<uint8_t> keys_, values_;
};

}  // namespace heed

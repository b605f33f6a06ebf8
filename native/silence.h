#pragma once
// The model expects 30 s of sound. The encoder's output for silence is computed once. After that the encoder needs to
// see only the speech, and the decoder still finds silence after it. Without the silence the decoder does not know
// where the text ends, and repeats itself.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cross_memory.h"

namespace heed {

/** The decoder's keys and values of silence, for all positions. */
class Silence {
 public:
  bool empty() const { return keys_.empty(); }
  int positions() const { return positions_; }
  /** Stores the keys and values that the encoder has just computed for silence, at all `positions`. */
  void keep(const CrossMemory & memory, int positions);
  /** Extends a memory of `heard` positions to all positions with silence after what was heard. */
  void append(const CrossMemory & memory, int heard) const;

 private:
  int positions_ = 0;
  std::vector<uint8_t> keys_, values_;
};

}  // namespace heed

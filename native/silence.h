#pragma once
// The model expects 30 s of sound. What its encoder makes of silence is computed once, so that the encoder needs to see
// only the speech and the decoder still finds the silence behind it: without it the decoder does not know where to end,
// and repeats itself.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cross_memory.h"

namespace heed {

/** The memory of silence, for all positions. */
class Silence {
 public:
  bool empty() const { return keys_.empty(); }
  int positions() const { return positions_; }
  /** Keeps what the encoder has made of silence at all `positions`. */
  void keep(const CrossMemory & memory, int positions);
  /** Widens a memory of `heard` positions to all positions: behind what was heard comes silence. */
  void append(const CrossMemory & memory, int heard) const;

 private:
  int positions_ = 0;
  std::vector<uint8_t> keys_, values_;
};

}  // namespace heed

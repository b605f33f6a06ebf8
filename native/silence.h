#pragma once
// The model expects 30 s of sound. What its encoder makes of silence is computed once, so that the encoder needs to see
// only the speech and the decoder still finds the silence behind it: without it the decoder does not know where to end,
// and repeats itself.
#include <cstddef>
#include <cstdint>
#include <vector>

struct ggml_tensor;

namespace heed {

/** Keys and values of all layers, as whisper.cpp keeps them for the decoder: keys position by position, values feature
 * by feature. They may lie in a GPU's memory. */
struct CrossMemory {
  ggml_tensor * keys = nullptr;
  ggml_tensor * values = nullptr;
  int layers = 0;
  int features = 0;
};

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

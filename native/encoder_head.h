// The part of the encoder of voices that looks at neighbouring frames and bands at once: convolutions in two
// dimensions, as a small residual network has them.
#pragma once

#include <string>
#include <vector>

#include "matrix.h"

namespace heed {

class EncoderHead {
 public:
  static constexpr int kBands = 80, kChannels = 32;
  /** The values that come out for each frame: ten bands of 32 channels, channels innermost. */
  static constexpr int kOutputs = kBands / 8 * kChannels;

  /** @throws std::invalid_argument if a tensor is missing or has the wrong size */
  explicit EncoderHead(const Tensors & tensors);

  /** Takes frames × `kBands`, and writes frames × `kOutputs`. */
  void run(const float * bands, int frames, float * outputs) const;

 private:
  /** 3 × 3, by the frame of the three: what precedes, the frame itself, what follows. Only the first has a bias. */
  struct Convolution {
    Layer frames[3];
    int channels = 0;
  };
  struct Block {
    Convolution first, second;
    int stride = 1;
    Layer shortcut;  // with the bias of the second convolution, too; empty where the input itself is added
  };
  class Plane;

  static Convolution load(const Tensors & tensors, const std::string & name, const std::string & norm, int channels);
  static Block loadBlock(const Tensors & tensors, const std::string & name, int stride);
  static void convolve(const Convolution & convolution, const Plane & from, int stride, Plane & to, bool isAdded);
  static Plane run(const Block & block, const Plane & from);

  Convolution first_, last_;
  Block blocks_[4];
};

}  // namespace heed

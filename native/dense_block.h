// Layers of the encoder of voices that each see what all before them made (D-TDNN), masked by their context (CAM).
#pragma once

#include <string>
#include <vector>

#include "batch_norm.h"
#include "matrix.h"

namespace heed {

/** A block of dense layers, and the layer after it that halves the channels. */
class DenseBlock {
 public:
  /** @throws std::invalid_argument if a tensor is missing or has the wrong size */
  DenseBlock(const Tensors & tensors, const std::string & block, const std::string & transit, int layers, int inputs,
             int dilation);

  /** The channels of a frame after the block. */
  int outputs() const { return transit_.outputs; }

  /** Takes frames × inputs, and returns frames × `outputs()`. */
  std::vector<float> run(const std::vector<float> & values, int frames) const;

 private:
  struct DenseLayer {
    BatchNorm norm;
    Layer narrow;     // to the channels that the rest works with, and its normalisation
    Layer frames[3];  // what precedes, the frame itself, what follows
    Layer mask[2];
  };

  void run(const DenseLayer & layer, int channels, std::vector<float> & all, int frames) const;

  std::vector<DenseLayer> layers_;
  BatchNorm transitNorm_;
  Layer transit_;
  int inputs_, dilation_;
};

}  // namespace heed

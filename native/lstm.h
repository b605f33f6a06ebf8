// One direction of one layer of a recurrent network (long short-term memory), on the CPU, as PyTorch computes it.
#pragma once

#include <string>
#include <vector>

#include "matrix.h"

namespace heed {

class Lstm {
 public:
  Lstm() = default;
  /** Takes the tensors `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh` between the prefix and the suffix.
   * @param units a multiple of 16 @throws std::invalid_argument if one is missing or has the wrong size */
  Lstm(const Tensors & tensors, const std::string & prefix, const std::string & suffix, int inputs, int units);

  /** Computes a layer's outputs for many sequences of the same length, which share what is read of the weights.
   * @param sequences each `length` rows of `stride` values, of which the first ones are the layer's inputs
   * @param outputs each `length` rows, `outputStride` values apart, of which the first `units` are written
   * @param isBackward whether it begins at the end */
  void run(const std::vector<const float *> & sequences, int length, int stride, const std::vector<float *> & outputs,
           int outputStride, bool isBackward) const;

  /** One step of one sequence.
   * @param gates the sums of the four gates; they are overwritten @param cell the state, which is replaced */
  void activate(float * gates, float * cell, float * output) const;

  Layer input, recurrent;  // the second has no bias

 private:
  int units_ = 0;
};

}  // namespace heed

// Batch normalisation of a trained network, which is a factor and an offset for each channel.
#pragma once

#include <string>
#include <vector>

#include "matrix.h"

namespace heed {

struct BatchNorm {
  BatchNorm() = default;
  /** Takes `running_mean` and `running_var`, and `weight` and `bias` where it has learnt some.
   * @throws std::invalid_argument if one is missing */
  BatchNorm(const Tensors & tensors, const std::string & name, int channels, bool hasLearnt = true);

  std::vector<float> scale, shift;
};

/** A layer without a bias and the normalisation after it, as one layer. */
Layer normalised(Layer layer, const BatchNorm & norm);

/** Scales and shifts a row, and takes what is negative for 0. */
void rectify(const BatchNorm & norm, const float * from, float * to);

/** Takes what is negative for 0. */
void rectify(float * values, size_t count);

}  // namespace heed

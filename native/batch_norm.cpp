#include "batch_norm.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heed {
namespace {

constexpr double kEpsilon = 1e-5;

}  // namespace

BatchNorm::BatchNorm(const Tensors & tensors, const std::string & name, int channels, bool hasLearnt)
    : scale(channels), shift(channels) {
  const std::vector<float> &mean = tensor(tensors, name + "running_mean", channels),
                           &variance = tensor(tensors, name + "running_var", channels);
  const std::vector<float> none;
  const std::vector<float> &weight = hasLearnt ? tensor(tensors, name + "weight", channels) : none,
                           &bias = hasLearnt ? tensor(tensors, name + "bias", channels) : none;
  for (int i = 0; i < channels; i++) {
    const double factor = (hasLearnt ? weight[i] : 1) / std::sqrt(variance[i] + kEpsilon);
    scale[i] = static_cast<float>(factor);
    shift[i] = static_cast<float>((hasLearnt ? bias[i] : 0) - mean[i] * factor);
  }
}

Layer normalised(Layer layer, const BatchNorm & norm) {
  const size_t outputs = norm.scale.size();
  for (int input = 0; input < layer.inputs; input++)
    for (size_t output = 0; output < outputs; output++)
      layer.weights[placeOf(layer, input, static_cast<int>(output))] *= norm.scale[output];
  std::copy(norm.shift.begin(), norm.shift.end(), layer.bias.begin());
  return layer;
}

void rectify(const BatchNorm & norm, const float * from, float * to) {
  const float *scale = norm.scale.data(), *shift = norm.shift.data();
  const size_t channels = norm.scale.size();
  for (size_t i = 0; i < channels; i++) to[i] = std::max(from[i] * scale[i] + shift[i], 0.0f);
}

void rectify(float * values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = std::max(values[i], 0.0f);
}

}  // namespace heed

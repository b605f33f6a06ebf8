// Products of rows with a matrix of weights, on the CPU. This code knows neither N-API nor whisper.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lanes.h"

namespace heed {

constexpr int kTile = 2 * kLanes;  // outputs that are summed up at once

/** The right side of a matrix product, and the bias that is added to the result. */
struct Layer {
  int inputs = 0;
  int outputs = 0;             // rounded up to whole tiles; the last ones may be unused
  std::vector<float> weights;  // tiles of outputs × inputs × the outputs of a tile
  std::vector<float> bias;
};

/** Tensors by name. */
using Tensors = std::map<std::string, std::vector<float>>;

/** Returns the tensor. @throws std::invalid_argument if it is missing or has another size */
const std::vector<float> & tensor(const Tensors & tensors, const std::string & name, size_t size);

/** A layer's outputs, rounded up to whole tiles. */
constexpr int paddedOutputs(int outputs) { return (outputs + kTile - 1) / kTile * kTile; }

/** Rearranges a convolution's weights (outputs × channels × width), so that neighbouring positions with their channels
 * can be used as one row of a matrix product. The bias is zero. */
Layer convolution(const std::vector<float> & weights, int channels, int width, int outputs);

/** The same for a weight and a bias by name; a matrix is a convolution of width 1. */
Layer convolution(const Tensors & tensors, const std::string & name, int channels, int width, int outputs);

/** Where the weight of an input for an output is. */
inline size_t placeOf(const Layer & layer, int input, int output) {
  return (static_cast<size_t>(output / kTile) * layer.inputs + input) * kTile + output % kTile;
}

/** results = rows × weights + bias. Rows may overlap each other, results may not. */
void multiply(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results);

/** results += rows × weights. */
void multiplyAdd(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results);

/** 1 / (1 + e⁻ˣ) with an error below 2e-7. */
Lanes sigmoid(Lanes values);

/** The hyperbolic tangent with an error below 4e-7. */
inline Lanes hyperbolicTangent(Lanes values) { return 2.0f * sigmoid(2.0f * values) - 1.0f; }

}  // namespace heed

#include "matrix.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "with_constant.h"

namespace heed {
namespace {

// How many tiles of results are summed up at once, which is limited by the registers.
#if defined(__AVX512F__)
constexpr int kSums = 8;
#else
constexpr int kSums = 4;
#endif

/** Sums up `Tiles` neighbouring tiles of `Rows` rows. */
template <int Rows, int Tiles, bool IsAdded>
void multiplyTiles(const Layer & layer, int tile, const float * const * rows, float * const * results) {
  Lanes sums[Rows][Tiles][2];
  for (int row = 0; row < Rows; row++) {
    for (int i = 0; i < Tiles; i++) {
      const int output = (tile + i) * kTile;
      const float * first = IsAdded ? results[row] + output : &layer.bias[output];
      sums[row][i][0] = loadLanes(first);
      sums[row][i][1] = loadLanes(first + kLanes);
    }
  }
  const size_t step = static_cast<size_t>(layer.inputs) * kTile;
  const float * weights = layer.weights.data() + tile * step;
  for (int input = 0; input < layer.inputs; input++, weights += kTile) {
    for (int i = 0; i < Tiles; i++) {
      const Lanes first = loadLanes(weights + i * step), second = loadLanes(weights + i * step + kLanes);
      for (int row = 0; row < Rows; row++) {
        sums[row][i][0] += rows[row][input] * first;
        sums[row][i][1] += rows[row][input] * second;
      }
    }
  }
  for (int row = 0; row < Rows; row++) std::memcpy(results[row] + tile * kTile, sums[row], sizeof(sums[row]));
}

/** A sum waits for the one before it, so of few rows several tiles are summed up at once. */
template <int Rows, bool IsAdded>
void multiplyRows(const Layer & layer, const float * const * rows, float * const * results) {
  constexpr int kTiles = Rows == 1 ? kSums / 2 : Rows * 2 <= kSums ? 2 : 1;
  const int tiles = layer.outputs / kTile;
  int tile = 0;
  for (; tile + kTiles <= tiles; tile += kTiles) multiplyTiles<Rows, kTiles, IsAdded>(layer, tile, rows, results);
  for (; tile < tiles; tile++) multiplyTiles<Rows, 1, IsAdded>(layer, tile, rows, results);
}

template <bool IsAdded>
void multiplyAll(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results) {
  const size_t count = rows.size();
  size_t row = 0;
  for (; row + kSums <= count; row += kSums) multiplyRows<kSums, IsAdded>(layer, &rows[row], &results[row]);
  if (row == count) return;
  withConstant<kSums - 1>(static_cast<int64_t>(count - row), [&](auto left) {
    multiplyRows<decltype(left)::value, IsAdded>(layer, &rows[row], &results[row]);
  });
}

}  // namespace

const std::vector<float> & tensor(const Tensors & tensors, const std::string & name, size_t size) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw std::invalid_argument(name + " is missing");
  if (found->second.size() != size)
    throw std::invalid_argument(name + " has " + std::to_string(found->second.size()) + " values instead of " +
                                std::to_string(size));
  return found->second;
}

Layer convolution(const std::vector<float> & weights, int channels, int width, int outputs) {
  Layer layer;
  layer.inputs = channels * width;
  layer.outputs = paddedOutputs(outputs);
  layer.weights.resize(static_cast<size_t>(layer.inputs) * layer.outputs);
  layer.bias.resize(layer.outputs);
  for (int output = 0; output < outputs; output++) {
    for (int channel = 0; channel < channels; channel++) {
      for (int at = 0; at < width; at++) {
        layer.weights[placeOf(layer, at * channels + channel, output)] =
            weights[(static_cast<size_t>(output) * channels + channel) * width + at];
      }
    }
  }
  return layer;
}

Layer convolution(const Tensors & tensors, const std::string & name, int channels, int width, int outputs) {
  Layer layer = convolution(tensor(tensors, name + "weight", static_cast<size_t>(outputs) * channels * width), channels,
                            width, outputs);
  const std::vector<float> & bias = tensor(tensors, name + "bias", outputs);
  std::copy(bias.begin(), bias.end(), layer.bias.begin());
  return layer;
}

void multiply(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results) {
  multiplyAll<false>(layer, rows, results);
}

void multiplyAdd(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results) {
  multiplyAll<true>(layer, rows, results);
}

Lanes sigmoid(Lanes values) { return 1.0f / (1.0f + exponential(-values)); }

}  // namespace heed

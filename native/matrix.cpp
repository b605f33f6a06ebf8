#include "matrix.h"

#include <algorithm>
#include <stdexcept>

namespace heed {
namespace {

// How many rows are summed up at once, which is limited by the registers.
#if defined(__AVX512F__)
constexpr int kRows = 8;
#else
constexpr int kRows = 4;
#endif

typedef int32_t LaneIntegers __attribute__((vector_size(kLanes * sizeof(int32_t))));

template <int Rows, bool IsAdded>
void multiplyRows(const Layer & layer, const float * const * rows, float * const * results) {
  for (int tile = 0; tile < layer.outputs; tile += kTile) {
    Lanes sums[Rows][2];
    for (int row = 0; row < Rows; row++) {
      const float * first = IsAdded ? results[row] + tile : &layer.bias[tile];
      sums[row][0] = loadLanes(first);
      sums[row][1] = loadLanes(first + kLanes);
    }
    const float * weights = layer.weights.data() + tile;
    for (int input = 0; input < layer.inputs; input++, weights += layer.outputs) {
      const Lanes first = loadLanes(weights), second = loadLanes(weights + kLanes);
      for (int row = 0; row < Rows; row++) {
        sums[row][0] += rows[row][input] * first;
        sums[row][1] += rows[row][input] * second;
      }
    }
    for (int row = 0; row < Rows; row++) std::memcpy(results[row] + tile, sums[row], sizeof(sums[row]));
  }
}

/** The same for `count` rows, at most `Most`. */
template <int Most, bool IsAdded>
void multiplyRest(const Layer & layer, const float * const * rows, float * const * results, size_t count) {
  if (count == Most)
    multiplyRows<Most, IsAdded>(layer, rows, results);
  else if constexpr (Most > 1)
    multiplyRest<Most - 1, IsAdded>(layer, rows, results, count);
}

template <bool IsAdded>
void multiplyAll(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results) {
  const size_t count = rows.size();
  size_t row = 0;
  for (; row + kRows <= count; row += kRows) multiplyRows<kRows, IsAdded>(layer, &rows[row], &results[row]);
  if (row < count) multiplyRest<kRows - 1, IsAdded>(layer, &rows[row], &results[row], count - row);
}

/** eˣ by a power of two and a polynomial, as Cephes has it. */
Lanes exponential(Lanes values) {
  const Lanes lowest = Lanes{} - 87.0f, highest = Lanes{} + 88.0f;
  values = values < lowest ? lowest : values;
  values = values > highest ? highest : values;
  // Adding and subtracting 1.5 · 2²³ rounds to a whole number.
  const float shift = 12582912.0f;
  const Lanes power = (values * 1.44269504088896341f + shift) - shift;
  const Lanes rest = (values - power * 0.693359375f) - power * -2.12194440e-4f;
  Lanes sum = rest * 1.9875691500e-4f + 1.3981999507e-3f;
  sum = sum * rest + 8.3334519073e-3f;
  sum = sum * rest + 4.1665795894e-2f;
  sum = sum * rest + 1.6666665459e-1f;
  sum = sum * rest + 5.0000001201e-1f;
  sum = sum * rest * rest + rest + 1.0f;
  const LaneIntegers exponents = (__builtin_convertvector(power, LaneIntegers) + 127) << 23;
  Lanes scale;
  std::memcpy(&scale, &exponents, sizeof(scale));
  return sum * scale;
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
        layer.weights[static_cast<size_t>(at * channels + channel) * layer.outputs + output] =
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

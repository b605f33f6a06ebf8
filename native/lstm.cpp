#include "lstm.h"

#include <algorithm>

namespace heed {
namespace {

/** How many rows are computed before the recurrent part needs them: few enough to stay in the processor's cache. */
constexpr int kChunk = 64;

}  // namespace

Lstm::Lstm(const Tensors & tensors, const std::string & prefix, const std::string & suffix, int inputs, int units)
    : units_(units) {
  const auto named = [&](const char * name, int columns) -> const std::vector<float> & {
    return tensor(tensors, prefix + name + suffix, static_cast<size_t>(4) * units * columns);
  };
  input = convolution(named("weight_ih", inputs), inputs, 1, 4 * units);
  recurrent = convolution(named("weight_hh", units), units, 1, 4 * units);
  const std::vector<float> &inputBias = named("bias_ih", 1), &recurrentBias = named("bias_hh", 1);
  for (int gate = 0; gate < 4 * units; gate++) input.bias[gate] = inputBias[gate] + recurrentBias[gate];
}

void Lstm::run(const std::vector<const float *> & sequences, int length, int stride,
               const std::vector<float *> & outputs, int outputStride, bool isBackward) const {
  const int count = static_cast<int>(sequences.size()), width = input.outputs;
  std::vector<float> gates(static_cast<size_t>(count) * kChunk * width), cells(static_cast<size_t>(count) * units_);
  const std::vector<float> silence(units_);
  std::vector<const float *> rows, previous(count, silence.data());
  std::vector<float *> results;
  for (int start = 0; start < length; start += kChunk) {
    const int steps = std::min(kChunk, length - start);
    const auto frameOf = [&](int step) { return isBackward ? length - 1 - start - step : start + step; };
    rows.clear();
    results.clear();
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < count; i++) {
        rows.push_back(sequences[i] + static_cast<size_t>(frameOf(step)) * stride);
        results.push_back(gates.data() + (static_cast<size_t>(step) * count + i) * width);
      }
    }
    multiply(input, rows, results);
    for (int step = 0; step < steps; step++) {
      const std::vector<float *> own(results.begin() + static_cast<size_t>(step) * count,
                                     results.begin() + static_cast<size_t>(step + 1) * count);
      multiplyAdd(recurrent, previous, own);
      for (int i = 0; i < count; i++) {
        float * output = outputs[i] + static_cast<size_t>(frameOf(step)) * outputStride;
        activate(own[i], cells.data() + static_cast<size_t>(i) * units_, output);
        previous[i] = output;
      }
    }
  }
}

void Lstm::activate(float * gates, float * cell, float * output) const {
  for (int unit = 0; unit < units_; unit += kLanes) {
    const auto gate = [&](int which) { return loadLanes(gates + which * units_ + unit); };
    const Lanes in = sigmoid(gate(0)), forget = sigmoid(gate(1)), candidate = hyperbolicTangent(gate(2)),
                shown = sigmoid(gate(3));
    const Lanes state = forget * loadLanes(cell + unit) + in * candidate;
    storeLanes(cell + unit, state);
    storeLanes(output + unit, shown * hyperbolicTangent(state));
  }
}

}  // namespace heed

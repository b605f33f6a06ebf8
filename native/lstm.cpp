#include "lstm.h"

#include <algorithm>

namespace heed {
namespace {

/** How many rows are computed before the recurrent part needs them: few enough to stay in the processor's cache. */
constexpr int kChunk = 48;

}  // namespace

LstmWeights::LstmWeights(const Tensors & tensors, const std::string & prefix, const std::string & suffix, int inputs,
                         int units)
    : input(tensor(tensors, prefix + "weight_ih" + suffix, static_cast<size_t>(4) * units * inputs)),
      recurrent(tensor(tensors, prefix + "weight_hh" + suffix, static_cast<size_t>(4) * units * units)),
      bias(tensor(tensors, prefix + "bias_ih" + suffix, 4 * units)) {
  const std::vector<float> & other = tensor(tensors, prefix + "bias_hh" + suffix, 4 * units);
  for (int gate = 0; gate < 4 * units; gate++) bias[gate] += other[gate];
}

void activateGates(const float * gates, float * cell, float * output, int units) {
  for (int unit = 0; unit < units; unit += kLanes) {
    const auto gate = [&](int which) { return loadLanes(gates + which * units + unit); };
    const Lanes in = sigmoid(gate(0)), forget = sigmoid(gate(1)), candidate = hyperbolicTangent(gate(2)),
                shown = sigmoid(gate(3));
    const Lanes state = forget * loadLanes(cell + unit) + in * candidate;
    storeLanes(cell + unit, state);
    storeLanes(output + unit, shown * hyperbolicTangent(state));
  }
}

RecurrentLayer::RecurrentLayer(const Tensors & tensors, int number, int inputs, int units) : units_(units) {
  for (const bool isBackward : {false, true}) {
    const std::string suffix = "_l" + std::to_string(number) + (isBackward ? "_reverse" : "");
    const LstmWeights weights(tensors, "lstm.", suffix, inputs, units);
    directions_[isBackward] = {BoundedLayer(weights.input, weights.bias, inputs, 4 * units),
                               BoundedLayer(weights.recurrent, std::vector<float>(4 * units), units, 4 * units)};
  }
}

void RecurrentLayer::run(const PackedInput * inputs, int rows, float bound, PackedInput * outputs) const {
  for (const bool isBackward : {false, true}) run(isBackward, inputs, rows, bound, outputs + isBackward * units_);
}

void RecurrentLayer::run(bool isBackward, const PackedInput * inputs, int rows, float bound,
                         PackedInput * outputs) const {
  const auto & [input, recurrent] = directions_[isBackward];
  const int width = input.outputs();
  std::vector<float> gates(static_cast<size_t>(kChunk) * width), cell(units_), output(units_);
  std::vector<PackedInput> silence(units_);
  pack(output.data(), units_, 1, silence.data());
  const PackedInput * previous = silence.data();
  std::vector<const PackedInput *> from;
  std::vector<float *> to;
  for (int start = 0; start < rows; start += kChunk) {
    const int steps = std::min(kChunk, rows - start);
    const auto rowOf = [&](int step) { return isBackward ? rows - 1 - start - step : start + step; };
    from.clear();
    to.clear();
    for (int step = 0; step < steps; step++) {
      from.push_back(inputs + static_cast<size_t>(rowOf(step)) * input.inputs());
      to.push_back(gates.data() + static_cast<size_t>(step) * width);
    }
    input.multiply(from, bound, to);
    for (int step = 0; step < steps; step++) {
      recurrent.multiplyAdd(previous, 1, to[step]);
      activateGates(to[step], cell.data(), output.data(), units_);
      PackedInput * packed = outputs + static_cast<size_t>(rowOf(step)) * 2 * units_;
      pack(output.data(), units_, 1, packed);
      previous = packed;
    }
  }
}

}  // namespace heed

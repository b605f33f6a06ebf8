#include "voice_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace heed {
namespace {

// How many values a register holds, and how many rows are summed up at once, which is limited by the registers.
#if defined(__AVX512F__)
constexpr int kLanes = 16, kRows = 8;
#elif defined(__AVX__)
constexpr int kLanes = 8, kRows = 4;
#else
constexpr int kLanes = 4, kRows = 4;
#endif

typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float))));

constexpr int kTile = 2 * kLanes;  // outputs that are summed up at once
constexpr int kBlock = 8;          // streams that go through the layers together; few enough for the processor's cache

constexpr int kWindow = 256, kHop = 128, kBins = kWindow / 2 + 1;
constexpr int kFrames = 4;                                        // windows of an input
constexpr int kPadded = VoiceModel::kInputSamples + kWindow / 4;  // its end is mirrored

/** One of the convolutions. It is three positions wide, and zeros are added at either end of its input. */
struct Shape {
  int inputs, outputs, stride, frames;
};
constexpr Shape kShapes[4] = {{kBins, 128, 1, 4}, {128, 64, 2, 2}, {64, 64, 2, 1}, {64, VoiceModel::kUnits, 1, 1}};

Lanes load(const float * from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

template <int Rows>
void multiplyRows(const Layer & layer, const float * const * rows, float * const * results) {
  for (int tile = 0; tile < layer.outputs; tile += kTile) {
    Lanes sums[Rows][2];
    for (auto & sum : sums) {
      sum[0] = load(&layer.bias[tile]);
      sum[1] = load(&layer.bias[tile + kLanes]);
    }
    const float * weights = layer.weights.data() + tile;
    for (int input = 0; input < layer.inputs; input++, weights += layer.outputs) {
      const Lanes first = load(weights), second = load(weights + kLanes);
      for (int row = 0; row < Rows; row++) {
        sums[row][0] += rows[row][input] * first;
        sums[row][1] += rows[row][input] * second;
      }
    }
    for (int row = 0; row < Rows; row++) std::memcpy(results[row] + tile, sums[row], sizeof(sums[row]));
  }
}

/** The same for `count` rows, at most `Most`. */
template <int Most>
void multiplyRest(const Layer & layer, const float * const * rows, float * const * results, size_t count) {
  if (count == Most)
    multiplyRows<Most>(layer, rows, results);
  else if constexpr (Most > 1)
    multiplyRest<Most - 1>(layer, rows, results, count);
}

/** results = rows × weights + bias. */
void multiply(const Layer & layer, const std::vector<const float *> & rows, const std::vector<float *> & results) {
  const size_t count = rows.size();
  size_t row = 0;
  for (; row + kRows <= count; row += kRows) multiplyRows<kRows>(layer, &rows[row], &results[row]);
  if (row < count) multiplyRest<kRows - 1>(layer, &rows[row], &results[row], count - row);
}

float sigmoid(float value) { return 1.0f / (1.0f + std::exp(-value)); }
/** Faster than the function of the standard library, which takes three times as long. */
float hyperbolicTangent(float value) { return 2.0f * sigmoid(2.0f * value) - 1.0f; }

void rectify(float * values, int count) {
  for (int i = 0; i < count; i++) values[i] = std::max(values[i], 0.0f);
}

const std::vector<float> & tensor(const std::map<std::string, std::vector<float>> & tensors, const std::string & name,
                                  size_t size) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw std::invalid_argument(name + " is missing");
  if (found->second.size() != size)
    throw std::invalid_argument(name + " has " + std::to_string(found->second.size()) + " values instead of " +
                                std::to_string(size));
  return found->second;
}

/** Rearranges a convolution's weights (outputs × channels × width), so that neighbouring positions with their channels
 * can be used as one row of a matrix product. */
Layer convolution(const std::vector<float> & weights, int channels, int width, int outputs) {
  Layer layer;
  layer.inputs = channels * width;
  layer.outputs = (outputs + kTile - 1) / kTile * kTile;
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

}  // namespace

/** The buffers that one stream needs on its way through the layers. The edges of the convolutions' inputs stay zero. */
struct VoiceModel::Scratch {
  float samples[kPadded];
  float spectrum[kFrames][(2 * kBins + kTile - 1) / kTile * kTile];
  float magnitudes[(kFrames + 2) * kBins];
  float hidden[3][(kFrames + 2) * 128];  // outputs of the first three convolutions
  float recurrent[kStateSize];           // output of the last convolution, then the LSTM's previous output
  float gates[4 * kUnits];
};

VoiceModel::VoiceModel(const std::map<std::string, std::vector<float>> & tensors) {
  spectrum_ =
      convolution(tensor(tensors, "model.stft.forward_basis_buffer", 2 * kBins * kWindow), 1, kWindow, 2 * kBins);
  for (int i = 0; i < 4; i++) {
    const Shape & shape = kShapes[i];
    const std::string name = "model.encoder." + std::to_string(i) + ".reparam_conv.";
    convolutions_[i] =
        convolution(tensor(tensors, name + "weight", static_cast<size_t>(shape.inputs) * shape.outputs * 3),
                    shape.inputs, 3, shape.outputs);
    convolutions_[i].bias = tensor(tensors, name + "bias", shape.outputs);
  }
  const std::string name = "model.decoder.rnn.";
  // The LSTM's input and its previous output are stored one after the other, so one product serves both.
  gates_ = convolution(tensor(tensors, name + "weight_ih", 4 * kUnits * kUnits), kUnits, 1, 4 * kUnits);
  const Layer fromOutput = convolution(tensor(tensors, name + "weight_hh", 4 * kUnits * kUnits), kUnits, 1, 4 * kUnits);
  gates_.inputs += fromOutput.inputs;
  gates_.weights.insert(gates_.weights.end(), fromOutput.weights.begin(), fromOutput.weights.end());
  const std::vector<float> &inputBias = tensor(tensors, name + "bias_ih", 4 * kUnits),
                           &outputBias = tensor(tensors, name + "bias_hh", 4 * kUnits);
  for (int gate = 0; gate < 4 * kUnits; gate++) gates_.bias[gate] = inputBias[gate] + outputBias[gate];
  output_ = tensor(tensors, "model.decoder.decoder.2.weight", kUnits);
  outputBias_ = tensor(tensors, "model.decoder.decoder.2.bias", 1)[0];
  scratch_ = std::make_unique<Scratch[]>(kBlock);
}

VoiceModel::~VoiceModel() = default;

void VoiceModel::run(const float * const * inputs, float * const * states, int count, float * probabilities) {
  for (int start = 0; start < count; start += kBlock)
    runBlock(inputs + start, states + start, std::min(kBlock, count - start), probabilities + start);
}

void VoiceModel::runBlock(const float * const * inputs, float * const * states, int count, float * probabilities) {
  std::vector<const float *> rows;
  std::vector<float *> results;
  const auto apply = [&](const Layer & layer) {
    multiply(layer, rows, results);
    rows.clear();
    results.clear();
  };
  for (int stream = 0; stream < count; stream++) {
    Scratch & own = scratch_[stream];
    std::copy_n(inputs[stream], kInputSamples, own.samples);
    for (int i = kInputSamples; i < kPadded; i++) own.samples[i] = own.samples[2 * kInputSamples - 2 - i];
    for (int frame = 0; frame < kFrames; frame++) {
      rows.push_back(own.samples + frame * kHop);
      results.push_back(own.spectrum[frame]);
    }
  }
  apply(spectrum_);
  for (int stream = 0; stream < count; stream++) {
    Scratch & own = scratch_[stream];
    for (int frame = 0; frame < kFrames; frame++) {
      const float *real = own.spectrum[frame], *imaginary = real + kBins;
      float * magnitudes = own.magnitudes + (frame + 1) * kBins;
      for (int bin = 0; bin < kBins; bin++)
        magnitudes[bin] = std::sqrt(real[bin] * real[bin] + imaginary[bin] * imaginary[bin]);
    }
  }
  for (int i = 0; i < 4; i++) {
    const Shape & shape = kShapes[i];
    const auto resultOf = [&](Scratch & own) { return i == 3 ? own.recurrent : own.hidden[i] + shape.outputs; };
    for (int stream = 0; stream < count; stream++) {
      Scratch & own = scratch_[stream];
      const float * from = i == 0 ? own.magnitudes : own.hidden[i - 1];
      for (int frame = 0; frame < shape.frames; frame++) {
        rows.push_back(from + frame * shape.stride * shape.inputs);
        results.push_back(resultOf(own) + frame * shape.outputs);
      }
    }
    apply(convolutions_[i]);
    for (int stream = 0; stream < count; stream++) rectify(resultOf(scratch_[stream]), shape.frames * shape.outputs);
  }
  for (int stream = 0; stream < count; stream++) {
    Scratch & own = scratch_[stream];
    std::copy_n(states[stream], kUnits, own.recurrent + kUnits);
    rows.push_back(own.recurrent);
    results.push_back(own.gates);
  }
  apply(gates_);
  for (int stream = 0; stream < count; stream++) {
    const float * gates = scratch_[stream].gates;
    float *output = states[stream], *cell = output + kUnits;
    float sum = outputBias_;
    for (int unit = 0; unit < kUnits; unit++) {
      const float input = sigmoid(gates[unit]), forget = sigmoid(gates[kUnits + unit]),
                  candidate = hyperbolicTangent(gates[2 * kUnits + unit]), shown = sigmoid(gates[3 * kUnits + unit]);
      cell[unit] = forget * cell[unit] + input * candidate;
      output[unit] = shown * hyperbolicTangent(cell[unit]);
      sum += std::max(output[unit], 0.0f) * output_[unit];
    }
    probabilities[stream] = sigmoid(sum);
  }
}

}  // namespace heed

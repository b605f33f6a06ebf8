#include "voice_model.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace heed {
namespace {

constexpr int kBlock = 8;  // streams that go through the layers together; few enough for the processor's cache

constexpr int kWindow = 256, kHop = 128, kBins = kWindow / 2 + 1;
constexpr int kFrames = 4;                                        // windows of an input
constexpr int kPadded = VoiceModel::kInputSamples + kWindow / 4;  // its end is mirrored

/** One of the convolutions. It is three positions wide, and zeros are added at either end of its input. */
struct Shape {
  int inputs, outputs, stride, frames;
};
constexpr Shape kShapes[4] = {{kBins, 128, 1, 4}, {128, 64, 2, 2}, {64, 64, 2, 1}, {64, VoiceModel::kUnits, 1, 1}};

float sigmoidOf(float value) { return 1.0f / (1.0f + std::exp(-value)); }

void rectify(float * values, int count) {
  for (int i = 0; i < count; i++) values[i] = std::max(values[i], 0.0f);
}

}  // namespace

/** The buffers that one stream needs on its way through the layers. The edges of the convolutions' inputs stay zero. */
struct VoiceModel::Scratch {
  float samples[kPadded];
  float spectrum[kFrames][paddedOutputs(2 * kBins)];
  float magnitudes[(kFrames + 2) * kBins];
  float hidden[3][(kFrames + 2) * 128];  // outputs of the first three convolutions
  float encoded[kUnits];                 // output of the last convolution
  float gates[4 * kUnits];
};

VoiceModel::VoiceModel(const Tensors & tensors) {
  spectrum_ =
      convolution(tensor(tensors, "model.stft.forward_basis_buffer", 2 * kBins * kWindow), 1, kWindow, 2 * kBins);
  for (int i = 0; i < 4; i++) {
    const Shape & shape = kShapes[i];
    const std::string name = "model.encoder." + std::to_string(i) + ".reparam_conv.";
    convolutions_[i] = convolution(tensors, name, shape.inputs, 3, shape.outputs);
  }
  const std::string name = "model.decoder.rnn.";
  const LstmWeights weights(tensors, name, "", kUnits, kUnits);
  gates_ = convolution(weights.input, kUnits, 1, 4 * kUnits);
  recurrent_ = convolution(weights.recurrent, kUnits, 1, 4 * kUnits);
  gates_.bias = weights.bias;
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
    const auto resultOf = [&](Scratch & own) { return i == 3 ? own.encoded : own.hidden[i] + shape.outputs; };
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
    rows.push_back(scratch_[stream].encoded);
    results.push_back(scratch_[stream].gates);
  }
  apply(gates_);
  for (int stream = 0; stream < count; stream++) {
    rows.push_back(states[stream]);
    results.push_back(scratch_[stream].gates);
  }
  multiplyAdd(recurrent_, rows, results);
  for (int stream = 0; stream < count; stream++) {
    float * output = states[stream];
    activateGates(scratch_[stream].gates, output + kUnits, output, kUnits);
    float sum = outputBias_;
    for (int unit = 0; unit < kUnits; unit++) sum += std::max(output[unit], 0.0f) * output_[unit];
    probabilities[stream] = sigmoidOf(sum);
  }
}

}  // namespace heed

#include "voice_encoder.h"

#include <algorithm>
#include <cmath>

namespace heed {
namespace {

constexpr int kWidth = 5, kStride = 2, kChannels = 128;

/** Takes away the mean of each band. */
void centre(std::vector<float> & bands, int frames) {
  for (int band = 0; band < Fbank::kBands; band++) {
    double sum = 0;
    for (int frame = 0; frame < frames; frame++) sum += bands[static_cast<size_t>(frame) * Fbank::kBands + band];
    const float mean = static_cast<float>(sum / frames);
    for (int frame = 0; frame < frames; frame++) bands[static_cast<size_t>(frame) * Fbank::kBands + band] -= mean;
  }
}

/** The first layer after the head, whose channels the checkpoint has outermost and the head has innermost. */
Layer firstLayer(const Tensors & tensors) {
  constexpr int kInputs = EncoderHead::kOutputs, kInner = EncoderHead::kChannels, kBands = kInputs / kInner;
  const std::vector<float> & weights =
      tensor(tensors, "xvector.tdnn.linear.weight", static_cast<size_t>(kChannels) * kInputs * kWidth);
  std::vector<float> sorted(weights.size());
  for (int output = 0; output < kChannels; output++)
    for (int channel = 0; channel < kInner; channel++)
      for (int band = 0; band < kBands; band++)
        std::copy_n(&weights[(static_cast<size_t>(output) * kInputs + channel * kBands + band) * kWidth], kWidth,
                    &sorted[(static_cast<size_t>(output) * kInputs + band * kInner + channel) * kWidth]);
  return normalised(convolution(sorted, kInputs, kWidth, kChannels),
                    BatchNorm(tensors, "xvector.tdnn.nonlinear.batchnorm.", kChannels));
}

}  // namespace

VoiceEncoder::VoiceEncoder(const Tensors & tensors) : head_(tensors), first_(firstLayer(tensors)) {
  constexpr int kBlocks = 3, kLayers[kBlocks] = {12, 24, 16}, kDilations[kBlocks] = {1, 2, 2};
  int channels = kChannels;
  for (int i = 0; i < kBlocks; i++) {
    const std::string number = std::to_string(i + 1);
    blocks_.emplace_back(tensors, "xvector.block" + number + ".", "xvector.transit" + number + ".", kLayers[i],
                         channels, kDilations[i]);
    channels = blocks_.back().outputs();
  }
  norm_ = BatchNorm(tensors, "xvector.out_nonlinear.batchnorm.", kFeatures);
  dense_ = normalised(
      convolution(tensor(tensors, "xvector.dense.linear.weight", static_cast<size_t>(kDimensions) * 2 * kFeatures),
                  2 * kFeatures, 1, kDimensions),
      BatchNorm(tensors, "xvector.dense.nonlinear.batchnorm.", kDimensions, false));
}

std::vector<float> VoiceEncoder::features(const float * samples, int count) const {
  const int rows = Fbank::framesOf(count), frames = framesOf(count);
  if (frames == 0) return {};
  std::vector<float> bands = fbank_.run(samples, count);
  centre(bands, rows);
  constexpr int kInputs = EncoderHead::kOutputs, kEdge = kWidth / 2;
  std::vector<float> seen(static_cast<size_t>(rows + 2 * kEdge) * kInputs);
  head_.run(bands.data(), rows, seen.data() + kEdge * kInputs);
  std::vector<float> values(static_cast<size_t>(frames) * kChannels);
  std::vector<const float *> from;
  std::vector<float *> to;
  for (int frame = 0; frame < frames; frame++) {
    from.push_back(seen.data() + static_cast<size_t>(frame) * kStride * kInputs);
    to.push_back(values.data() + static_cast<size_t>(frame) * kChannels);
  }
  multiply(first_, from, to);
  rectify(values.data(), values.size());
  for (const DenseBlock & block : blocks_) values = block.run(values, frames);
  for (int frame = 0; frame < frames; frame++) {
    float * row = &values[static_cast<size_t>(frame) * kFeatures];
    rectify(norm_, row, row);
  }
  return values;
}

std::vector<float> VoiceEncoder::pool(const float * features, const float * weights, int frames) const {
  double sum = 0, squares = 0;
  for (int frame = 0; frame < frames; frame++) {
    sum += weights[frame];
    squares += static_cast<double>(weights[frame]) * weights[frame];
  }
  std::vector<float> vector(dense_.outputs);
  if (!(sum > 0)) return vector;
  std::vector<double> means(kFeatures), deviations(kFeatures);
  const auto add = [&](std::vector<double> & to, const auto & term) {
    for (int frame = 0; frame < frames; frame++) {
      if (weights[frame] == 0) continue;
      for (int i = 0; i < kFeatures; i++) to[i] += weights[frame] * term(features[frame * kFeatures + i], i);
    }
  };
  add(means, [](float value, int) { return static_cast<double>(value); });
  for (double & mean : means) mean /= sum;
  add(deviations, [&](float value, int i) { return (value - means[i]) * (value - means[i]); });
  // As for a sample of equal weights, which has one degree of freedom less than it has values.
  const double freedom = sum - squares / sum;
  std::vector<float> statistics(2 * kFeatures);
  for (int i = 0; i < kFeatures; i++) {
    statistics[i] = static_cast<float>(means[i]);
    statistics[kFeatures + i] = freedom > 1e-6 ? static_cast<float>(std::sqrt(deviations[i] / freedom)) : 0.0f;
  }
  multiply(dense_, {statistics.data()}, {vector.data()});
  double length = 0;
  for (const float value : vector) length += static_cast<double>(value) * value;
  const float factor = length > 0 ? static_cast<float>(1 / std::sqrt(length)) : 0.0f;
  for (float & value : vector) value *= factor;
  vector.resize(kDimensions);
  return vector;
}

}  // namespace heed

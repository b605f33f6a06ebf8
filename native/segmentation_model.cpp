#include "segmentation_model.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace heed {
namespace {

constexpr double kRate = 16000;
constexpr int kFilters = 80, kFilterWidth = 251, kStride = 10;
constexpr int kChannels[3] = {kFilters, 60, 60};
constexpr int kWidth = 5;  // of the second and third convolution
constexpr int kPool = 3;
constexpr int kLayers = 4, kUnits = 128;
constexpr int kHidden = 128;
constexpr double kEpsilon = 1e-5;
constexpr float kLeak = 0.01f;

int convolved(int length, int width, int stride) { return length < width ? 0 : (length - width) / stride + 1; }

/** Band-pass filters with learnt edges, first those of the cosine, then those of the sine, as asteroid-filterbanks
 * makes them. They are computed with more digits than the checkpoint has. */
std::vector<float> bandPassFilters(const Tensors & tensors) {
  const std::string name = "sincnet.conv1d.0.filterbank.";
  constexpr int kBands = kFilters / 2, kHalf = kFilterWidth / 2;
  constexpr double kLeastHz = 50;
  const std::vector<float> &lows = tensor(tensors, name + "low_hz_", kBands),
                           &bands = tensor(tensors, name + "band_hz_", kBands),
                           &window = tensor(tensors, name + "window_", kHalf),
                           &times = tensor(tensors, name + "n_", kHalf);
  std::vector<float> filters(static_cast<size_t>(kFilters) * kFilterWidth);
  for (int band = 0; band < kBands; band++) {
    const double low = kLeastHz + std::fabs(lows[band]);
    const double high = std::clamp(low + kLeastHz + std::fabs(bands[band]), kLeastHz, kRate / 2);
    float *cosine = &filters[static_cast<size_t>(band) * kFilterWidth],
          *sine = &filters[static_cast<size_t>(kBands + band) * kFilterWidth];
    const double height = 2 * (high - low);
    for (int at = 0; at < kHalf; at++) {
      const double time = times[at], factor = window[at] / (time / 2) / height;
      cosine[at] = cosine[kFilterWidth - 1 - at] =
          static_cast<float>((std::sin(high * time) - std::sin(low * time)) * factor);
      sine[at] = static_cast<float>((std::cos(low * time) - std::cos(high * time)) * factor);
      sine[kFilterWidth - 1 - at] = -sine[at];
    }
    cosine[kHalf] = 1;
  }
  return filters;
}

/** Scales each channel of frames × channels to a mean of 0 and a variance of 1, then as was learnt. */
void normalise(std::vector<float> & values, int frames, int channels, const std::vector<float> & scale,
               const std::vector<float> & shift) {
  std::vector<double> sums(channels), squares(channels);
  for (int frame = 0; frame < frames; frame++)
    for (int channel = 0; channel < channels; channel++) sums[channel] += values[frame * channels + channel];
  for (double & sum : sums) sum /= frames;
  for (int frame = 0; frame < frames; frame++) {
    for (int channel = 0; channel < channels; channel++) {
      const double difference = values[frame * channels + channel] - sums[channel];
      squares[channel] += difference * difference;
    }
  }
  std::vector<float> factor(channels), offset(channels);
  for (int channel = 0; channel < channels; channel++) {
    factor[channel] = static_cast<float>(scale[channel] / std::sqrt(squares[channel] / frames + kEpsilon));
    offset[channel] = static_cast<float>(shift[channel] - sums[channel] * factor[channel]);
  }
  for (int frame = 0; frame < frames; frame++)
    for (int channel = 0; channel < channels; channel++) {
      float & value = values[frame * channels + channel];
      value = value * factor[channel] + offset[channel];
    }
}

void leak(std::vector<float> & values) {
  for (float & value : values) value = std::max(value, kLeak * value);
}

/** Applies a layer to rows that begin `step` values apart, as many as there are rows of results. */
std::vector<float> apply(const Layer & layer, const float * from, int step, int count) {
  std::vector<float> output(static_cast<size_t>(count) * layer.outputs);
  std::vector<const float *> rows;
  std::vector<float *> results;
  for (int row = 0; row < count; row++) {
    rows.push_back(from + static_cast<size_t>(row) * step);
    results.push_back(output.data() + static_cast<size_t>(row) * layer.outputs);
  }
  multiply(layer, rows, results);
  return output;
}

}  // namespace

SegmentationModel::SegmentationModel(const Tensors & tensors) {
  waveScale_ = tensor(tensors, "sincnet.wav_norm1d.weight", 1)[0];
  waveShift_ = tensor(tensors, "sincnet.wav_norm1d.bias", 1)[0];
  for (int i = 0; i < 3; i++) {
    const std::string number = std::to_string(i);
    stages_[i].convolution =
        i == 0 ? convolution(bandPassFilters(tensors), 1, kFilterWidth, kFilters)
               : convolution(tensors, "sincnet.conv1d." + number + ".", kChannels[i - 1], kWidth, kChannels[i]);
    stages_[i].scale = tensor(tensors, "sincnet.norm1d." + number + ".weight", kChannels[i]);
    stages_[i].shift = tensor(tensors, "sincnet.norm1d." + number + ".bias", kChannels[i]);
  }
  for (int layer = 0; layer < kLayers; layer++)
    for (const char * direction : {"", "_reverse"})
      recurrent_.emplace_back(tensors, "lstm.", "_l" + std::to_string(layer) + direction,
                              layer == 0 ? kChannels[2] : 2 * kUnits, kUnits);
  linear_[0] = convolution(tensors, "linear.0.", 2 * kUnits, 1, kHidden);
  linear_[1] = convolution(tensors, "linear.1.", kHidden, 1, kHidden);
  classifier_ = convolution(tensors, "classifier.", kHidden, 1, kSpeakers);
}

int SegmentationModel::framesOf(int samples) {
  int length = convolved(samples, kFilterWidth, kStride) / kPool;
  length = convolved(length, kWidth, 1) / kPool;
  return convolved(length, kWidth, 1) / kPool;
}

std::vector<float> SegmentationModel::run(const float * samples, int count) const {
  const int frames = framesOf(count);
  if (frames == 0) return {};
  std::vector<float> values(samples, samples + count);
  normalise(values, count, 1, {waveScale_}, {waveShift_});
  int length = count, channels = 1;
  for (int i = 0; i < 3; i++) {
    const Stage & stage = stages_[i];
    const int width = i == 0 ? kFilterWidth : kWidth, stride = i == 0 ? kStride : 1, outputs = kChannels[i];
    const int convolvedLength = convolved(length, width, stride), pooled = convolvedLength / kPool;
    const std::vector<float> output = apply(stage.convolution, values.data(), stride * channels, pooled * kPool);
    values.assign(static_cast<size_t>(pooled) * outputs, 0);
    for (int frame = 0; frame < pooled; frame++) {
      const float * from = output.data() + static_cast<size_t>(frame) * kPool * stage.convolution.outputs;
      float * to = values.data() + static_cast<size_t>(frame) * outputs;
      for (int channel = 0; channel < outputs; channel++) {
        const auto at = [&](int position) {
          const float value = from[position * stage.convolution.outputs + channel];
          return i == 0 ? std::fabs(value) : value;
        };
        to[channel] = std::max({at(0), at(1), at(2)});
      }
    }
    normalise(values, pooled, outputs, stage.scale, stage.shift);
    leak(values);
    length = pooled;
    channels = outputs;
  }
  for (int layer = 0; layer < kLayers; layer++) {
    std::vector<float> output(static_cast<size_t>(frames) * 2 * kUnits);
    for (int direction = 0; direction < 2; direction++)
      recurrent_[2 * layer + direction].run({values.data()}, frames, channels, {output.data() + direction * kUnits},
                                            2 * kUnits, direction == 1);
    values = std::move(output);
    channels = 2 * kUnits;
  }
  for (const Layer & layer : linear_) {
    values = apply(layer, values.data(), channels, frames);
    leak(values);
    channels = layer.outputs;
  }
  values = apply(classifier_, values.data(), channels, frames);
  std::vector<float> activity(static_cast<size_t>(frames) * kSpeakers);
  for (int frame = 0; frame < frames; frame++)
    for (int speaker = 0; speaker < kSpeakers; speaker++)
      activity[frame * kSpeakers + speaker] = 1.0f / (1.0f + std::exp(-values[frame * classifier_.outputs + speaker]));
  return activity;
}

}  // namespace heed

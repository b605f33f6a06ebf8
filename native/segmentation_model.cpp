#include "segmentation_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

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

/** The mean of samples, and the root of their variance and the least that is added to it. */
std::pair<double, double> meanAndDeviation(const float * samples, int count) {
  constexpr int kSums = 16;  // independent ones, so that one addition does not wait for the other
  double sums[kSums] = {}, squares[kSums] = {};
  const int whole = count / kSums * kSums;
  const auto forEach = [&](const auto & take) {
    for (int at = 0; at < whole; at += kSums)
      for (int i = 0; i < kSums; i++) take(i, static_cast<double>(samples[at + i]));
    for (int at = whole; at < count; at++) take(0, static_cast<double>(samples[at]));
  };
  forEach([&](int i, double sample) { sums[i] += sample; });
  const double mean = std::accumulate(sums, sums + kSums, 0.0) / count;
  forEach([&](int i, double sample) { squares[i] += (sample - mean) * (sample - mean); });
  return {mean, std::sqrt(std::accumulate(squares, squares + kSums, 0.0) / count + kEpsilon)};
}

/** Applies a layer to rows that begin `step` values apart. */
void applyTo(const Layer & layer, const float * from, int step, int count, float * output) {
  std::vector<const float *> rows;
  std::vector<float *> results;
  for (int row = 0; row < count; row++) {
    rows.push_back(from + static_cast<size_t>(row) * step);
    results.push_back(output + static_cast<size_t>(row) * layer.outputs);
  }
  multiply(layer, rows, results);
}

void leak(std::vector<float> & values) {
  for (float & value : values) value = std::max(value, kLeak * value);
}

/** The weights of a convolution (outputs × channels × width) as outputs × width × packed channels. */
BoundedLayer boundedConvolution(const Tensors & tensors, const std::string & name, int channels, int outputs) {
  const std::vector<float> & weights =
      tensor(tensors, name + "weight", static_cast<size_t>(outputs) * channels * kWidth);
  const int packed = packedInputs(channels);
  std::vector<float> sorted(static_cast<size_t>(outputs) * kWidth * packed);
  for (int output = 0; output < outputs; output++)
    for (int channel = 0; channel < channels; channel++)
      for (int at = 0; at < kWidth; at++)
        sorted[(static_cast<size_t>(output) * kWidth + at) * packed + channel] =
            weights[(static_cast<size_t>(output) * channels + channel) * kWidth + at];
  return BoundedLayer(sorted, tensor(tensors, name + "bias", outputs), kWidth * packed, outputs);
}

/** Rows of values, packed. */
struct PackedRows {
  /** @param columns of `values` */
  PackedRows(const std::vector<float> & values, int rows, int columns)
      : width(packedInputs(columns)), data(static_cast<size_t>(rows) * width) {
    for (const float value : values) bound = std::max(bound, std::fabs(value));
    std::vector<float> row(width);
    for (int i = 0; i < rows; i++) {
      std::copy_n(&values[static_cast<size_t>(i) * columns], columns, row.data());
      pack(row.data(), width, bound, &data[static_cast<size_t>(i) * width]);
    }
  }

  int width;
  float bound = 1e-6f;
  std::vector<PackedInput> data;
};

/** Applies a layer to packed rows that begin `step` values apart. Returns `rows` × the layer's outputs. */
std::vector<float> apply(const BoundedLayer & layer, const PackedInput * from, int step, int rows, float bound) {
  std::vector<float> output(static_cast<size_t>(rows) * layer.outputs());
  std::vector<const PackedInput *> inputs;
  std::vector<float *> results;
  for (int row = 0; row < rows; row++) {
    inputs.push_back(from + static_cast<size_t>(row) * step);
    results.push_back(output.data() + static_cast<size_t>(row) * layer.outputs());
  }
  layer.multiply(inputs, bound, results);
  return output;
}

/** Applies a layer to rows that begin `step` values apart. Returns `rows` × the layer's outputs. */
std::vector<float> apply(const Layer & layer, const float * from, int step, int rows) {
  std::vector<float> output(static_cast<size_t>(rows) * layer.outputs);
  applyTo(layer, from, step, rows, output.data());
  return output;
}

/** The greatest of each three rows, of whose values only the first ones are wanted. */
std::vector<float> pooled(const std::vector<float> & values, int step, int rows, int columns) {
  std::vector<float> result(static_cast<size_t>(rows) * columns);
  for (int row = 0; row < rows; row++) {
    const float *first = &values[static_cast<size_t>(row) * kPool * step], *second = first + step,
                *third = second + step;
    float * to = &result[static_cast<size_t>(row) * columns];
    for (int i = 0; i < columns; i++) to[i] = std::max(std::max(first[i], second[i]), third[i]);
  }
  return result;
}

}  // namespace

SegmentationModel::SegmentationModel(const Tensors & tensors) {
  waveScale_ = tensor(tensors, "sincnet.wav_norm1d.weight", 1)[0];
  waveShift_ = tensor(tensors, "sincnet.wav_norm1d.bias", 1)[0];
  const std::vector<float> filters = bandPassFilters(tensors);
  filters_ = convolution(filters, 1, kFilterWidth, kFilters);
  for (int filter = 0; filter < kFilters; filter++)
    filterSums_.push_back(static_cast<float>(
        std::accumulate(&filters[filter * kFilterWidth], &filters[(filter + 1) * kFilterWidth], 0.0)));
  for (int i = 0; i < 2; i++)
    convolutions_[i] =
        boundedConvolution(tensors, "sincnet.conv1d." + std::to_string(i + 1) + ".", kChannels[i], kChannels[i + 1]);
  for (int i = 0; i < 3; i++) {
    const std::string name = "sincnet.norm1d." + std::to_string(i) + ".";
    normalisations_[i] = {tensor(tensors, name + "weight", kChannels[i]), tensor(tensors, name + "bias", kChannels[i])};
  }
  for (int layer = 0; layer < kLayers; layer++)
    recurrent_.emplace_back(tensors, layer, layer == 0 ? kChannels[2] : 2 * kUnits, kUnits);
  first_ = BoundedLayer(tensor(tensors, "linear.0.weight", kHidden * 2 * kUnits),
                        tensor(tensors, "linear.0.bias", kHidden), 2 * kUnits, kHidden);
  second_ = convolution(tensors, "linear.1.", kHidden, 1, kHidden);
  classifier_ = convolution(tensors, "classifier.", kHidden, 1, kSpeakers);
}

int SegmentationModel::framesOf(int samples) {
  int length = convolved(samples, kFilterWidth, kStride) / kPool;
  length = convolved(length, kWidth, 1) / kPool;
  return convolved(length, kWidth, 1) / kPool;
}

std::vector<float> SegmentationModel::run(const float * samples, int count) const {
  Filtered none;
  return run(samples, count, 0, none);
}

std::vector<float> SegmentationModel::run(const float * samples, int count, int64_t start, Filtered & before) const {
  const int frames = framesOf(count);
  if (frames == 0) return {};
  int length = convolved(count, kFilterWidth, kStride);
  filter(samples, length, start, before);
  length /= kPool;
  std::vector<float> values = firstPooled(samples, count, before.sums, length);
  normalise(values, length, kFilters, normalisations_[0].scale, normalisations_[0].shift);
  leak(values);
  for (int i = 0; i < 2; i++) {
    const PackedRows rows(values, length, kChannels[i]);
    const int outputs = kChannels[i + 1];
    length = convolved(length, kWidth, 1) / kPool;
    const std::vector<float> output = apply(convolutions_[i], rows.data.data(), rows.width, length * kPool, rows.bound);
    values = pooled(output, convolutions_[i].outputs(), length, outputs);
    normalise(values, length, outputs, normalisations_[i + 1].scale, normalisations_[i + 1].shift);
    leak(values);
  }
  PackedRows rows(values, frames, kChannels[2]);
  for (const RecurrentLayer & layer : recurrent_) {
    std::vector<PackedInput> output(static_cast<size_t>(frames) * layer.outputs());
    layer.run(rows.data.data(), frames, rows.bound, output.data());
    rows.data = std::move(output);
    rows.width = layer.outputs();
    rows.bound = 1;
  }
  values = apply(first_, rows.data.data(), rows.width, frames, 1);
  leak(values);
  values = apply(second_, values.data(), kHidden, frames);
  leak(values);
  values = apply(classifier_, values.data(), kHidden, frames);
  std::vector<float> activity(static_cast<size_t>(frames) * kSpeakers);
  for (int frame = 0; frame < frames; frame++)
    for (int speaker = 0; speaker < kSpeakers; speaker++)
      activity[frame * kSpeakers + speaker] = 1.0f / (1.0f + std::exp(-values[frame * classifier_.outputs + speaker]));
  return activity;
}

void SegmentationModel::filter(const float * samples, int positions, int64_t start, Filtered & before) const {
  const size_t width = filters_.outputs;
  const int64_t offset = start - before.start;
  size_t known = 0;
  if (offset >= 0 && offset % kStride == 0) {
    const size_t skipped = std::min(before.sums.size(), static_cast<size_t>(offset / kStride) * width);
    before.sums.erase(before.sums.begin(), before.sums.begin() + static_cast<ptrdiff_t>(skipped));
    known = std::min(before.sums.size() / width, static_cast<size_t>(positions));
  }
  before.start = start;
  before.sums.resize(positions * width);
  applyTo(filters_, samples + known * kStride, kStride, positions - static_cast<int>(known),
          before.sums.data() + known * width);
}

std::vector<float> SegmentationModel::firstPooled(const float * samples, int count, const std::vector<float> & sums,
                                                  int length) const {
  const auto [mean, deviation] = meanAndDeviation(samples, count);
  // The filters saw the samples as they are. Scaling and shifting the samples scales and shifts what they make of them.
  const float factor = static_cast<float>(waveScale_ / deviation);
  std::vector<float> result(static_cast<size_t>(length) * kFilters), shifts(kFilters);
  for (int i = 0; i < kFilters; i++)
    shifts[i] = static_cast<float>((waveShift_ - mean * waveScale_ / deviation) * filterSums_[i]);
  const size_t step = filters_.outputs;
  for (int row = 0; row < length; row++) {
    const float *first = &sums[row * kPool * step], *second = first + step, *third = second + step;
    float * to = &result[static_cast<size_t>(row) * kFilters];
    for (int i = 0; i < kFilters; i++) {
      const float a = std::fabs(first[i] * factor + shifts[i]), b = std::fabs(second[i] * factor + shifts[i]),
                  c = std::fabs(third[i] * factor + shifts[i]);
      to[i] = std::max(std::max(a, b), c);
    }
  }
  return result;
}

}  // namespace heed

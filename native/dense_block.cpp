#include "dense_block.h"

#include <algorithm>
#include <cmath>

namespace heed {
namespace {

constexpr int kGrowth = 32, kNarrow = 4 * kGrowth, kMasked = kNarrow / 2;
/** How many frames share what is known of their context besides the mean of all. */
constexpr int kSegment = 100;
/** How many frames go through a layer together; few enough for the processor's cache. */
constexpr int kBlock = 64;

/** Applies a layer to rows of normalised values, which begin `fromStep` and `toStep` values apart. */
void applyRectified(const BatchNorm & norm, const Layer & layer, const float * from, int fromStep, int frames,
                    float * to, int toStep) {
  std::vector<float> scratch(static_cast<size_t>(kBlock) * layer.inputs);
  std::vector<const float *> rows;
  std::vector<float *> results;
  for (int start = 0; start < frames; start += kBlock) {
    rows.clear();
    results.clear();
    for (int frame = start; frame < std::min(frames, start + kBlock); frame++) {
      float * row = scratch.data() + static_cast<size_t>(frame - start) * layer.inputs;
      rectify(norm, from + static_cast<size_t>(frame) * fromStep, row);
      rows.push_back(row);
      results.push_back(to + static_cast<size_t>(frame) * toStep);
    }
    multiply(layer, rows, results);
  }
}

/** The sums of each channel of frames × channels. */
std::vector<float> sumsOf(const float * values, int frames, int channels) {
  std::vector<float> sums(channels);
  for (int frame = 0; frame < frames; frame++)
    for (int i = 0; i < channels; i++) sums[i] += values[static_cast<size_t>(frame) * channels + i];
  return sums;
}

}  // namespace

DenseBlock::DenseBlock(const Tensors & tensors, const std::string & block, const std::string & transit, int layers,
                       int inputs, int dilation)
    : inputs_(inputs), dilation_(dilation) {
  int channels = inputs;
  for (int i = 1; i <= layers; i++, channels += kGrowth) {
    const std::string name = block + "tdnnd" + std::to_string(i) + ".", cam = name + "cam_layer.";
    DenseLayer layer;
    layer.norm = BatchNorm(tensors, name + "nonlinear1.batchnorm.", channels);
    layer.narrow =
        normalised(convolution(tensor(tensors, name + "linear1.weight", static_cast<size_t>(kNarrow) * channels),
                               channels, 1, kNarrow),
                   BatchNorm(tensors, name + "nonlinear2.batchnorm.", kNarrow));
    const std::vector<float> & weights = tensor(tensors, cam + "linear_local.weight", kGrowth * kNarrow * 3);
    for (int frame = 0; frame < 3; frame++) {
      std::vector<float> own(static_cast<size_t>(kGrowth) * kNarrow);
      for (size_t at = 0; at < own.size(); at++) own[at] = weights[3 * at + frame];
      layer.frames[frame] = convolution(own, kNarrow, 1, kGrowth);
    }
    layer.mask[0] = convolution(tensors, cam + "linear1.", kNarrow, 1, kMasked);
    layer.mask[1] = convolution(tensors, cam + "linear2.", kMasked, 1, kGrowth);
    layers_.push_back(std::move(layer));
  }
  transitNorm_ = BatchNorm(tensors, transit + "nonlinear.batchnorm.", channels);
  transit_ = convolution(tensor(tensors, transit + "linear.weight", static_cast<size_t>(channels) * channels / 2),
                         channels, 1, channels / 2);
}

void DenseBlock::run(const DenseLayer & layer, int channels, std::vector<float> & all, int frames) const {
  const int width = static_cast<int>(transitNorm_.scale.size());
  // Silence before and after, for the frames beyond the edges.
  std::vector<float> narrow(static_cast<size_t>(frames + 2 * dilation_) * kNarrow);
  float * first = narrow.data() + static_cast<size_t>(dilation_) * kNarrow;
  applyRectified(layer.norm, layer.narrow, all.data(), width, frames, first, kNarrow);
  rectify(first, static_cast<size_t>(frames) * kNarrow);

  std::vector<const float *> rows;
  std::vector<float *> results;
  for (int start = 0; start < frames; start += kBlock) {
    const int end = std::min(frames, start + kBlock);
    results.clear();
    for (int frame = start; frame < end; frame++)
      results.push_back(all.data() + static_cast<size_t>(frame) * width + channels);
    for (int part = 0; part < 3; part++) {
      rows.clear();
      for (int frame = start; frame < end; frame++)
        rows.push_back(first + static_cast<ptrdiff_t>(frame + (part - 1) * dilation_) * kNarrow);
      (part == 0 ? multiply : multiplyAdd)(layer.frames[part], rows, results);
    }
  }

  const std::vector<float> sums = sumsOf(first, frames, kNarrow);
  std::vector<float> middle(layer.mask[0].outputs), mask(layer.mask[1].outputs);
  for (int start = 0; start < frames; start += kSegment) {
    const int length = std::min(kSegment, frames - start);
    std::vector<float> context = sumsOf(first + static_cast<size_t>(start) * kNarrow, length, kNarrow);
    for (int i = 0; i < kNarrow; i++) context[i] = context[i] / length + sums[i] / frames;
    multiply(layer.mask[0], {context.data()}, {middle.data()});
    rectify(middle.data(), kMasked);
    multiply(layer.mask[1], {middle.data()}, {mask.data()});
    for (int i = 0; i < kGrowth; i++) mask[i] = 1 / (1 + std::exp(-mask[i]));
    for (int frame = start; frame < start + length; frame++)
      for (int i = 0; i < kGrowth; i++) all[static_cast<size_t>(frame) * width + channels + i] *= mask[i];
  }
}

std::vector<float> DenseBlock::run(const std::vector<float> & values, int frames) const {
  const int width = static_cast<int>(transitNorm_.scale.size());
  std::vector<float> all(static_cast<size_t>(frames) * width), output(static_cast<size_t>(frames) * transit_.outputs);
  for (int frame = 0; frame < frames; frame++)
    std::copy_n(values.data() + static_cast<size_t>(frame) * inputs_, inputs_,
                all.data() + static_cast<size_t>(frame) * width);
  int channels = inputs_;
  for (const DenseLayer & layer : layers_) {
    run(layer, channels, all, frames);
    channels += kGrowth;
  }
  applyRectified(transitNorm_, transit_, all.data(), width, frames, output.data(), transit_.outputs);
  return output;
}

}  // namespace heed

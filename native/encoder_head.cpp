#include "encoder_head.h"

#include <algorithm>

#include "batch_norm.h"

namespace heed {
namespace {

/** How many frames go through a layer together; few enough for the processor's cache. */
constexpr int kBlockFrames = 4;

}  // namespace

/** Frames × bands × channels, with silence around it. */
class EncoderHead::Plane {
 public:
  Plane(int frames, int bands, int channels)
      : frames(frames),
        bands(bands),
        channels(channels),
        values_(static_cast<size_t>(frames + 2) * (bands + 2) * channels) {}

  /** Both may be one beyond the edges. */
  float * at(int frame, int band) { return values_.data() + place(frame, band); }
  const float * at(int frame, int band) const { return values_.data() + place(frame, band); }

  void rectifyAll() {
    for (int frame = 0; frame < frames; frame++) rectify(at(frame, 0), static_cast<size_t>(bands) * channels);
  }

  int frames, bands, channels;

 private:
  size_t place(int frame, int band) const {
    return (static_cast<size_t>(frame + 1) * (bands + 2) + band + 1) * channels;
  }

  std::vector<float> values_;
};

EncoderHead::Convolution EncoderHead::load(const Tensors & tensors, const std::string & name, const std::string & norm,
                                           int channels) {
  const std::vector<float> & weights =
      tensor(tensors, name + "weight", static_cast<size_t>(kChannels) * channels * 3 * 3);
  const BatchNorm batchNorm(tensors, norm, kChannels);
  Convolution result;
  result.channels = channels;
  // outputs × channels × bands × frames becomes one layer of channels × bands for each of the three frames.
  for (int frame = 0; frame < 3; frame++) {
    std::vector<float> own(static_cast<size_t>(kChannels) * channels * 3);
    for (size_t i = 0; i < own.size(); i++) own[i] = weights[3 * i + frame];
    result.frames[frame] = normalised(convolution(own, channels, 3, kChannels), batchNorm);
    if (frame > 0) std::fill(result.frames[frame].bias.begin(), result.frames[frame].bias.end(), 0.0f);
  }
  return result;
}

EncoderHead::Block EncoderHead::loadBlock(const Tensors & tensors, const std::string & name, int stride) {
  Block block;
  block.stride = stride;
  block.first = load(tensors, name + "conv1.", name + "bn1.", kChannels);
  block.second = load(tensors, name + "conv2.", name + "bn2.", kChannels);
  if (stride == 1) return block;
  const std::vector<float> & weights = tensor(tensors, name + "shortcut.0.weight", kChannels * kChannels);
  block.shortcut =
      normalised(convolution(weights, kChannels, 1, kChannels), BatchNorm(tensors, name + "shortcut.1.", kChannels));
  for (int i = 0; i < kChannels; i++) block.shortcut.bias[i] += block.second.frames[0].bias[i];
  return block;
}

EncoderHead::EncoderHead(const Tensors & tensors) {
  first_ = load(tensors, "head.conv1.", "head.bn1.", 1);
  for (int i = 0; i < 4; i++)
    blocks_[i] = loadBlock(tensors, "head.layer" + std::to_string(i / 2 + 1) + "." + std::to_string(i % 2) + ".",
                           i % 2 == 0 ? 2 : 1);
  last_ = load(tensors, "head.conv2.", "head.bn2.", kChannels);
}

void EncoderHead::convolve(const Convolution & convolution, const Plane & from, int stride, Plane & to, bool isAdded) {
  std::vector<const float *> rows;
  std::vector<float *> results;
  for (int start = 0; start < to.frames; start += kBlockFrames) {
    const int end = std::min(to.frames, start + kBlockFrames);
    results.clear();
    for (int frame = start; frame < end; frame++)
      for (int band = 0; band < to.bands; band++) results.push_back(to.at(frame, band));
    for (int part = 0; part < 3; part++) {
      rows.clear();
      for (int frame = start; frame < end; frame++)
        for (int band = 0; band < to.bands; band++) rows.push_back(from.at(frame + part - 1, stride * band - 1));
      (part > 0 || isAdded ? multiplyAdd : multiply)(convolution.frames[part], rows, results);
    }
  }
}

EncoderHead::Plane EncoderHead::run(const Block & block, const Plane & from) {
  const int bands = from.bands / block.stride;
  Plane middle(from.frames, bands, kChannels), to(from.frames, bands, kChannels);
  convolve(block.first, from, block.stride, middle, false);
  middle.rectifyAll();
  std::vector<const float *> rows(bands);
  std::vector<float *> results(bands);
  for (int frame = 0; frame < to.frames; frame++) {
    for (int band = 0; band < bands; band++) {
      rows[band] = from.at(frame, block.stride * band);
      results[band] = to.at(frame, band);
    }
    if (block.shortcut.inputs > 0) {
      multiply(block.shortcut, rows, results);
      continue;
    }
    for (int band = 0; band < bands; band++)
      for (int i = 0; i < kChannels; i++) results[band][i] = rows[band][i] + block.second.frames[0].bias[i];
  }
  convolve(block.second, middle, 1, to, true);
  to.rectifyAll();
  return to;
}

void EncoderHead::run(const float * bands, int frames, float * outputs) const {
  Plane input(frames, kBands, 1), plane(frames, kBands, kChannels);
  for (int frame = 0; frame < frames; frame++)
    std::copy_n(bands + static_cast<size_t>(frame) * kBands, kBands, input.at(frame, 0));
  convolve(first_, input, 1, plane, false);
  plane.rectifyAll();
  for (const Block & block : blocks_) plane = run(block, plane);
  Plane last(frames, kBands / 8, kChannels);
  convolve(last_, plane, 2, last, false);
  last.rectifyAll();
  for (int frame = 0; frame < frames; frame++)
    std::copy_n(last.at(frame, 0), kOutputs, outputs + static_cast<size_t>(frame) * kOutputs);
}

}  // namespace heed

#include "speaker_model.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace heed {
namespace {

constexpr int kBins = SpeakerModel::kWindow / 2 + 1, kLayers = 3, kUnits = SpeakerModel::kDimensions;
/** How many windows or pieces go through a layer together; few enough for the processor's cache. */
constexpr int kBlock = 64;

/** The Fourier transform of a window with Hann's slopes: the cosines of all bins, then the sines. */
std::vector<float> fourier() {
  constexpr int kWindow = SpeakerModel::kWindow;
  const double circle = 2 * std::acos(-1.0);
  std::vector<float> weights(static_cast<size_t>(2) * kBins * kWindow);
  for (int at = 0; at < kWindow; at++) {
    const double slope = 0.5 - 0.5 * std::cos(circle * at / kWindow);
    for (int bin = 0; bin < kBins; bin++) {
      // The product is taken within the circle, where the functions have all their digits.
      const double angle = circle * (static_cast<long>(bin) * at % kWindow) / kWindow;
      weights[static_cast<size_t>(bin) * kWindow + at] = static_cast<float>(slope * std::cos(angle));
      weights[static_cast<size_t>(kBins + bin) * kWindow + at] = static_cast<float>(slope * std::sin(angle));
    }
  }
  return weights;
}

}  // namespace

SpeakerModel::SpeakerModel(const Tensors & tensors) {
  spectrum_ = convolution(fourier(), kWindow, 1, 2 * kBins);
  bands_ = convolution(tensor(tensors, "mel", static_cast<size_t>(kMels) * kBins), kBins, 1, kMels);
  for (int layer = 0; layer < kLayers; layer++)
    recurrent_.emplace_back(tensors, "lstm.", "_l" + std::to_string(layer), layer == 0 ? kMels : kUnits, kUnits);
  linear_ = convolution(tensors, "linear.", kUnits, 1, kDimensions);
}

std::vector<float> SpeakerModel::spectrogram(const float * samples, int count) const {
  const int frames = framesOf(count);
  // Silence is added on either side, so that the first window has the first sample in its middle.
  std::vector<float> padded(static_cast<size_t>(count) + kWindow);
  std::copy_n(samples, count, padded.begin() + kWindow / 2);
  std::vector<float> result(static_cast<size_t>(frames) * kMels);
  std::vector<float> spectra(static_cast<size_t>(kBlock) * spectrum_.outputs),
      powers(static_cast<size_t>(kBlock) * kBins), bands(static_cast<size_t>(kBlock) * bands_.outputs);
  for (int start = 0; start < frames; start += kBlock) {
    const int block = std::min(kBlock, frames - start);
    std::vector<const float *> rows, powerRows;
    std::vector<float *> results, bandRows;
    for (int i = 0; i < block; i++) {
      rows.push_back(padded.data() + static_cast<size_t>(start + i) * kHop);
      results.push_back(spectra.data() + static_cast<size_t>(i) * spectrum_.outputs);
      powerRows.push_back(powers.data() + static_cast<size_t>(i) * kBins);
      bandRows.push_back(bands.data() + static_cast<size_t>(i) * bands_.outputs);
    }
    multiply(spectrum_, rows, results);
    for (int i = 0; i < block; i++)
      for (int bin = 0; bin < kBins; bin++) {
        const float real = results[i][bin], imaginary = results[i][kBins + bin];
        powers[static_cast<size_t>(i) * kBins + bin] = real * real + imaginary * imaginary;
      }
    multiply(bands_, powerRows, bandRows);
    for (int i = 0; i < block; i++) std::copy_n(bandRows[i], kMels, &result[static_cast<size_t>(start + i) * kMels]);
  }
  return result;
}

std::vector<float> SpeakerModel::embed(const std::vector<const float *> & pieces, int frames) const {
  std::vector<float> result(pieces.size() * kDimensions);
  for (size_t start = 0; start < pieces.size(); start += kBlock) {
    const size_t block = std::min<size_t>(kBlock, pieces.size() - start);
    std::vector<const float *> from(pieces.begin() + start, pieces.begin() + start + block);
    std::vector<std::vector<float>> values, next;
    int width = kMels;
    for (const Lstm & lstm : recurrent_) {
      next.assign(block, std::vector<float>(static_cast<size_t>(frames) * kUnits));
      std::vector<float *> to;
      for (std::vector<float> & one : next) to.push_back(one.data());
      lstm.run(from, frames, width, to, kUnits, false);
      values = std::move(next);
      from.assign(to.begin(), to.end());
      width = kUnits;
    }
    std::vector<const float *> last;
    std::vector<float *> results;
    for (size_t i = 0; i < block; i++) {
      last.push_back(from[i] + static_cast<size_t>(frames - 1) * kUnits);
      results.push_back(&result[(start + i) * kDimensions]);
    }
    multiply(linear_, last, results);
    for (float * vector : results) {
      double squares = 0;
      for (int i = 0; i < kDimensions; i++) {
        vector[i] = std::max(vector[i], 0.0f);
        squares += vector[i] * vector[i];
      }
      const float factor = squares > 0 ? static_cast<float>(1 / std::sqrt(squares)) : 0.0f;
      for (int i = 0; i < kDimensions; i++) vector[i] *= factor;
    }
  }
  return result;
}

}  // namespace heed

#include "fbank.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace heed {
namespace {

constexpr int kTransform = 512, kBins = kTransform / 2;
constexpr double kRate = 16000, kLeastHz = 20, kEmphasis = 0.97;
/** How many windows go through a layer together; few enough for the processor's cache. */
constexpr int kBlock = 64;

/** The cosines of all bins, then the sines, of a window whose mean was taken away and whose heights were raised. All of
 * that is linear, so it is one matrix. */
std::vector<float> spectrum() {
  constexpr int kWindow = Fbank::kWindow;
  const double circle = 2 * std::acos(-1.0);
  std::vector<float> weights(static_cast<size_t>(2) * kBins * kWindow);
  std::vector<double> row(kWindow);
  for (int output = 0; output < 2 * kBins; output++) {
    const int bin = output % kBins;
    for (int at = 0; at < kWindow; at++) {
      const double slope = std::pow(0.5 - 0.5 * std::cos(circle * at / (kWindow - 1)), 0.85);
      // The product is taken within the circle, where the functions have all their digits.
      const double angle = circle * (bin * at % kTransform) / kTransform;
      row[at] = slope * (output < kBins ? std::cos(angle) : std::sin(angle));
    }
    // Raising takes a share of the sample before, and of the first sample itself.
    double sum = 0;
    row[0] *= 1 - kEmphasis;
    for (int at = 0; at < kWindow; at++) {
      if (at + 1 < kWindow) row[at] -= kEmphasis * row[at + 1];
      sum += row[at];
    }
    for (int at = 0; at < kWindow; at++)
      weights[static_cast<size_t>(output) * kWindow + at] = static_cast<float>(row[at] - sum / kWindow);
  }
  return weights;
}

double melOf(double hz) { return 1127 * std::log(1 + hz / 700); }

/** Triangles that are even on the mel scale, bands × bins. */
std::vector<float> triangles() {
  const double least = melOf(kLeastHz), step = (melOf(kRate / 2) - least) / (Fbank::kBands + 1);
  std::vector<float> weights(static_cast<size_t>(Fbank::kBands) * kBins);
  for (int band = 0; band < Fbank::kBands; band++)
    for (int bin = 0; bin < kBins; bin++) {
      const double place = (melOf(bin * kRate / kTransform) - least) / step - band;
      weights[static_cast<size_t>(band) * kBins + bin] = static_cast<float>(std::max(0.0, std::min(place, 2 - place)));
    }
  return weights;
}

}  // namespace

Fbank::Fbank()
    : spectrum_(convolution(spectrum(), kWindow, 1, 2 * kBins)), bands_(convolution(triangles(), kBins, 1, kBands)) {}

std::vector<float> Fbank::run(const float * samples, int count) const {
  const int frames = framesOf(count);
  std::vector<float> result(static_cast<size_t>(frames) * kBands);
  std::vector<float> spectra(static_cast<size_t>(kBlock) * spectrum_.outputs),
      powers(static_cast<size_t>(kBlock) * kBins), bands(static_cast<size_t>(kBlock) * bands_.outputs);
  for (int start = 0; start < frames; start += kBlock) {
    const int block = std::min(kBlock, frames - start);
    std::vector<const float *> rows, powerRows;
    std::vector<float *> results, bandRows;
    for (int i = 0; i < block; i++) {
      rows.push_back(samples + static_cast<size_t>(start + i) * kHop);
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
    for (int i = 0; i < block; i++)
      for (int band = 0; band < kBands; band++)
        result[static_cast<size_t>(start + i) * kBands + band] =
            std::log(std::max(bandRows[i][band], std::numeric_limits<float>::epsilon()));
  }
  return result;
}

}  // namespace heed

#include "mel.h"

#include <algorithm>
#include <cmath>

#include "audio_units.h"

namespace heed {
namespace {

constexpr int kWindow = 400;
constexpr int kHop = kSamplesPerFrame;
constexpr int kBins = kWindow / 2 + 1;
constexpr float kFloor = -10.0f;  // log10(1e-10)

/** The window and the factors of the transform, which are computed once. */
struct Tables {
  float hann[kWindow];
  // cos and sin of 2π·n·k/400, stored as [n][k] because compilers vectorise the inner loop over k.
  std::vector<float> cosine = std::vector<float>(kBins * kBins);
  std::vector<float> sine = std::vector<float>(kBins * kBins);

  Tables() {
    const double step = 2.0 * M_PI / kWindow;
    for (int n = 0; n < kWindow; n++) hann[n] = static_cast<float>(0.5 * (1.0 - std::cos(step * n)));
    for (int n = 0; n < kBins; n++) {
      for (int k = 0; k < kBins; k++) {
        const int phase = (n * k) % kWindow;
        cosine[n * kBins + k] = static_cast<float>(std::cos(step * phase));
        sine[n * kBins + k] = static_cast<float>(std::sin(step * phase));
      }
    }
  }
};

const Tables & tables() {
  static const Tables instance;
  return instance;
}

/** The power spectrum of a real window. Folding the window around its middle halves the work of the plain transform. */
void powerSpectrum(const float * window, float * power) {
  const Tables & t = tables();
  float re[kBins] = {0};
  float im[kBins] = {0};
  for (int n = 0; n < kBins; n++) {
    const bool isOwnMirror = n == 0 || n == kWindow / 2;
    const float mirror = isOwnMirror ? 0.0f : window[kWindow - n];
    const float even = window[n] + mirror;
    const float odd = isOwnMirror ? 0.0f : window[n] - mirror;
    const float * c = &t.cosine[n * kBins];
    const float * s = &t.sine[n * kBins];
    for (int k = 0; k < kBins; k++) re[k] += even * c[k];
    for (int k = 0; k < kBins; k++) im[k] += odd * s[k];
  }
  for (int k = 0; k < kBins; k++) power[k] = re[k] * re[k] + im[k] * im[k];
}

}  // namespace

MelFilters::MelFilters(int bandCount, std::vector<float> values)
    : bands(bandCount), weights(std::move(values)), first(bandCount, 0), last(bandCount, 0) {
  for (int band = 0; band < bands; band++) {
    for (int k = 0; k < kBins; k++) {
      if (weights[static_cast<size_t>(band) * kBins + k] == 0) continue;
      if (last[band] == 0) first[band] = k;
      last[band] = k + 1;
    }
  }
}

Mel::Mel(const MelFilters & filters) : filters_(filters) {}

void Mel::append(const float * samples, size_t count) { samples_.insert(samples_.end(), samples, samples + count); }

void Mel::catchUp() {
  // A frame is final when its whole window is inside the audio. The first frames need samples for their reflected
  // beginning.
  const size_t half = kWindow / 2;
  while (samples_.size() > half && done_ * kHop + half <= samples_.size()) {
    frames_.resize((done_ + 1) * filters_.bands);
    frame(done_, samples_.size(), &frames_[done_ * filters_.bands]);
    done_++;
  }
}

std::vector<float> Mel::finish(size_t end, int frames) {
  catchUp();
  const int bands = filters_.bands;
  std::vector<float> result(static_cast<size_t>(bands) * frames, kFloor);
  std::vector<float> tail(bands);
  float loudest = kFloor;
  // whisper.cpp transforms the frames that start before the end of the audio and its half window of padding.
  const size_t sounding = std::min<size_t>(frames, (end + kWindow / 2) / kHop + 1);
  for (size_t i = 0; i < sounding; i++) {
    const bool isKept = i < done_ && i * kHop + kWindow / 2 <= end;
    if (!isKept) frame(i, end, tail.data());
    const float * bandsOfFrame = isKept ? &frames_[i * bands] : tail.data();
    for (int band = 0; band < bands; band++) {
      result[static_cast<size_t>(band) * frames + i] = bandsOfFrame[band];
      loudest = std::max(loudest, bandsOfFrame[band]);
    }
  }
  const float quietest = loudest - 8.0f;
  for (float & value : result) value = (std::max(value, quietest) + 4.0f) / 4.0f;
  return result;
}

void Mel::frame(size_t index, size_t end, float * bands) const {
  float window[kWindow];
  const long start = static_cast<long>(index) * kHop - kWindow / 2;
  for (int j = 0; j < kWindow; j++) {
    long at = start + j;
    if (at < 0) at = -at;  // the beginning is reflected
    window[j] = at < static_cast<long>(end) ? samples_[at] * tables().hann[j] : 0.0f;
  }
  float power[kBins];
  powerSpectrum(window, power);
  for (int band = 0; band < filters_.bands; band++) {
    const float * weights = &filters_.weights[static_cast<size_t>(band) * kBins];
    double sum = 0.0;
    for (int k = filters_.first[band]; k < filters_.last[band]; k++) sum += power[k] * weights[k];
    bands[band] = static_cast<float>(std::log10(std::max(sum, 1e-10)));
  }
}

}  // namespace heed

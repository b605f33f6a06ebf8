// The logarithms of mel bands as Kaldi computes them, which the encoder of voices was trained on.
#pragma once

#include <vector>

#include "matrix.h"

namespace heed {

/** Povey's window over 25 ms of sound every 10 ms, after taking away the mean and raising what is high. */
class Fbank {
 public:
  static constexpr int kBands = 80;
  static constexpr int kWindow = 400, kHop = 160;  // samples at 16 kHz

  Fbank();

  /** How many frames so many samples have: only windows that lie within them count. */
  static int framesOf(int samples) { return samples < kWindow ? 0 : (samples - kWindow) / kHop + 1; }

  /** Returns frames × `kBands`. */
  std::vector<float> run(const float * samples, int count) const;

 private:
  Layer spectrum_, bands_;
};

}  // namespace heed

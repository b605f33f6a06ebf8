// Silero's voice activity model (v6, 16 kHz) on the CPU. This code knows neither N-API nor whisper.
#pragma once

#include <memory>
#include <vector>

#include "lstm.h"

namespace heed {

/** A Fourier transform, four convolutions and an LSTM. They run for many streams at once, so that each weight that is
 * read from memory serves several rows. */
class VoiceModel {
 public:
  static constexpr int kInputSamples = 64 + 512;  // the end of the previous frame, then the frame
  static constexpr int kUnits = 128;
  static constexpr int kStateSize = 2 * kUnits;  // the LSTM's output and its cell

  /** Takes the tensors by their names in the ONNX file, and in its layout.
   * @throws std::invalid_argument if one is missing or has the wrong size */
  explicit VoiceModel(const Tensors & tensors);
  ~VoiceModel();

  /** Computes the speech probabilities, 0–1, for the inputs of `count` streams, and replaces the streams' states. Must
   * not be called by two threads at once. */
  void run(const float * const * inputs, float * const * states, int count, float * probabilities);

 private:
  struct Scratch;
  void runBlock(const float * const * inputs, float * const * states, int count, float * probabilities);

  Layer spectrum_, convolutions_[4];
  Layer gates_, recurrent_;  // of the LSTM; the second has no bias
  std::vector<float> output_;
  float outputBias_ = 0;
  std::unique_ptr<Scratch[]> scratch_;
};

}  // namespace heed

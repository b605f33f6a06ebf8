// Silero's voice activity model (v6, 16 kHz) on the CPU. Knows neither N-API nor whisper.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace heed {

/** A matrix product's right side, and what is added to it. */
struct Layer {
  int inputs = 0;
  int outputs = 0;             // whole tiles; the last ones may be empty
  std::vector<float> weights;  // inputs × outputs, outputs innermost
  std::vector<float> bias;
};

/** A Fourier transform, four convolutions and an LSTM, run for many streams at once: each weight that is read serves
 * several rows. */
class VoiceModel {
 public:
  static constexpr int kInputSamples = 64 + 512;  // the end of the frame before, and the frame
  static constexpr int kUnits = 128;
  static constexpr int kStateSize = 2 * kUnits;  // the LSTM's output and its cell

  /** Tensors by their names in the ONNX file, in its layout. @throws std::invalid_argument where one is missing or of
   * another size */
  explicit VoiceModel(const std::map<std::string, std::vector<float>> & tensors);
  ~VoiceModel();

  /** Speech probabilities, 0–1, of `count` streams' inputs; replaces their states. Not for two threads at once. */
  void run(const float * const * inputs, float * const * states, int count, float * probabilities);

 private:
  struct Scratch;
  void runBlock(const float * const * inputs, float * const * states, int count, float * probabilities);

  Layer spectrum_, convolutions_[4], gates_;
  std::vector<float> output_;
  float outputBias_ = 0;
  std::unique_ptr<Scratch[]> scratch_;
};

}  // namespace heed

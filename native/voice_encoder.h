// The network that describes a voice by a vector: CAM++ of 3D-Speaker, on the CPU.
#pragma once

#include <vector>

#include "dense_block.h"
#include "encoder_head.h"
#include "fbank.h"

namespace heed {

/** What is computed of each frame does not depend on whose voice is wanted, so it is computed once for all voices of a
 * piece of sound; a vector is made of the frames in which a voice is heard. */
class VoiceEncoder {
 public:
  static constexpr int kFeatures = 512, kDimensions = 192;

  /** Takes the tensors by their names in the checkpoint. @throws std::invalid_argument if one is missing */
  explicit VoiceEncoder(const Tensors & tensors);

  /** How many frames so many samples at 16 kHz have, 20 ms each. */
  static int framesOf(int samples) { return (Fbank::framesOf(samples) + 1) / 2; }

  /** Returns frames × `kFeatures`. */
  std::vector<float> features(const float * samples, int count) const;

  /** Returns a vector of length 1 for frames that count as much as their weights say; zeros where none counts. */
  std::vector<float> pool(const float * features, const float * weights, int frames) const;

 private:
  Fbank fbank_;
  EncoderHead head_;
  Layer first_, dense_;
  std::vector<DenseBlock> blocks_;
  BatchNorm norm_;
};

}  // namespace heed

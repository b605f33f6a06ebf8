#pragma once
// What a model file says of itself in its first bytes.
#include <string>

#include "whisper.h"

namespace heed {

struct ModelHeader {
  int tokens = 0;  // of the vocabulary
  int audioLayers = 0;
  int textLayers = 0;
};

/** False where the file is none of ggml's. */
bool readHeader(const std::string & path, ModelHeader & header);

/** Alignment heads by the shape of the model, since the library must know them before it loads: fine-tuned models keep
 * them. */
whisper_alignment_heads_preset alignmentHeads(const ModelHeader & header);

}  // namespace heed

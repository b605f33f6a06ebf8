#pragma once
// Reads the header of a model file.
#include <string>

#include "whisper.h"

namespace heed {

struct ModelHeader {
  int tokens = 0;  // size of the vocabulary
  int audioLayers = 0;
  int textLayers = 0;
};

/** Returns false if the file is not a ggml file. */
bool readHeader(const std::string & path, ModelHeader & header);

/** The alignment heads for a model of this shape. The library must know them before it loads the model; a fine-tuned
 * model has the same heads as the original. */
whisper_alignment_heads_preset alignmentHeads(const ModelHeader & header);

}  // namespace heed

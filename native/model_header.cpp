#include "model_header.h"

#include <cstdint>
#include <fstream>

#include "ggml.h"

namespace heed {

bool readHeader(const std::string & path, ModelHeader & header) {
  std::ifstream file(path, std::ios::binary);
  int32_t numbers[12];
  if (!file.read(reinterpret_cast<char *>(numbers), sizeof numbers) ||
      static_cast<uint32_t>(numbers[0]) != GGML_FILE_MAGIC)
    return false;
  header.tokens = numbers[1];
  header.audioLayers = numbers[5];
  header.textLayers = numbers[9];
  return true;
}

whisper_alignment_heads_preset alignmentHeads(const ModelHeader & header) {
  const bool isEnglish = header.tokens == 51864;
  switch (header.audioLayers) {
    case 4:
      return isEnglish ? WHISPER_AHEADS_TINY_EN : WHISPER_AHEADS_TINY;
    case 6:
      return isEnglish ? WHISPER_AHEADS_BASE_EN : WHISPER_AHEADS_BASE;
    case 12:
      return isEnglish ? WHISPER_AHEADS_SMALL_EN : WHISPER_AHEADS_SMALL;
    case 24:
      return isEnglish ? WHISPER_AHEADS_MEDIUM_EN : WHISPER_AHEADS_MEDIUM;
    default:
      if (header.textLayers == 4) return WHISPER_AHEADS_LARGE_V3_TURBO;
      return header.tokens == 51866 ? WHISPER_AHEADS_LARGE_V3 : WHISPER_AHEADS_LARGE_V2;
  }
}

}  // namespace heed

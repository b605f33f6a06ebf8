#pragma once
// The decoder's keys and values of the audio, where whisper.cpp keeps them. heed moves them about: were they laid out
// otherwise, nothing but the readings would show it. So their places are looked up in the library's own graphs.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

struct ggml_cgraph;
struct ggml_tensor;

namespace heed {

/** The library is not as heed, which moves its memory about, was written for. */
class LibraryMismatch : public std::runtime_error {
 public:
  explicit LibraryMismatch(const std::string & what);
};

/** Keys and values of one layer or more: keys position by position, values feature by feature. */
struct CrossMemory {
  uint8_t * keys = nullptr;
  uint8_t * values = nullptr;
  int layers = 0;
  int features = 0;
  size_t bytes = 2;         // of one number
  size_t maxPositions = 0;  // that there is room for
};

/** Where the library is expected to keep them. */
struct CrossLayout {
  const ggml_tensor *keys, *values;
  int layers, features, heads, positions;
};

/** Whether a graph writes keys and values where CrossMemory says, layer by layer. @throws LibraryMismatch */
void checkWrittenTo(const CrossLayout & layout, ggml_cgraph * graph);

/** Whether a graph of the decoder's reads them there. @throws LibraryMismatch */
void checkReadFrom(const CrossLayout & layout, ggml_cgraph * graph);

}  // namespace heed

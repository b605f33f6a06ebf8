#pragma once
// The decoder's keys and values of the audio, where whisper.cpp keeps them. heed moves them. If the library laid them
// out differently than heed expects, nothing but wrong readings would show it, so heed checks in the library's own
// graphs where they are.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

struct ggml_cgraph;
struct ggml_tensor;

namespace heed {

/** Thrown when the library is not laid out as heed, which moves parts of its memory, expects. */
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
  size_t bytes = 2;         // size of one number
  size_t maxPositions = 0;  // how many positions there is room for
};

/** Where the library is expected to keep the keys and values. */
struct CrossLayout {
  const ggml_tensor *keys, *values;
  int layers, features, heads, positions;
};

/** Checks that a graph writes the keys and values layer by layer, as CrossMemory says. @throws LibraryMismatch */
void checkWrittenTo(const CrossLayout & layout, ggml_cgraph * graph);

/** Checks that a graph of the decoder reads them there. @throws LibraryMismatch */
void checkReadFrom(const CrossLayout & layout, ggml_cgraph * graph);

}  // namespace heed

#include "silence.h"

#include "ggml-backend.h"
#include "ggml.h"

#include <cstring>

namespace heed {
namespace {

/** Lets `change` write a tensor's first `all` bytes, of which it may read `known`: in place where they lie in the
 * processor's memory, else in a copy. */
template <typename Change>
void onHost(ggml_tensor * tensor, size_t known, size_t all, Change change) {
  if (ggml_backend_buffer_is_host(tensor->buffer)) return change(static_cast<uint8_t *>(tensor->data));
  static thread_local std::vector<uint8_t> copy;  // of a reader's thread: every reading needs one of the same size
  copy.resize(all);
  ggml_backend_tensor_get(tensor, copy.data(), 0, known);
  change(copy.data());
  ggml_backend_tensor_set(tensor, copy.data(), 0, all);
}

/** Moves blocks of `heard` bytes apart, from the back, as each moves away from the front, and fills them up to `all`
 * from such blocks of silence. */
void widen(uint8_t * blocks, size_t count, size_t heard, size_t all, const uint8_t * silence) {
  for (size_t i = count; i-- > 0;) {
    uint8_t * to = blocks + i * all;
    std::memmove(to, blocks + i * heard, heard);
    std::memcpy(to + heard, silence + i * all + heard, all - heard);
  }
}

}  // namespace

void Silence::keep(const CrossMemory & memory, int positions) {
  const size_t size =
      static_cast<size_t>(memory.layers) * memory.features * positions * ggml_type_size(memory.keys->type);
  positions_ = positions;
  keys_.resize(size);
  values_.resize(size);
  ggml_backend_tensor_get(memory.keys, keys_.data(), 0, size);
  ggml_backend_tensor_get(memory.values, values_.data(), 0, size);
}

void Silence::append(const CrossMemory & memory, int heard) const {
  const size_t bytes = ggml_type_size(memory.keys->type), row = memory.features * bytes;
  const size_t lines = static_cast<size_t>(memory.layers) * memory.features;
  const size_t known = lines * heard * bytes, all = lines * positions_ * bytes;
  onHost(memory.keys, known, all,
         [&](uint8_t * keys) { widen(keys, memory.layers, heard * row, positions_ * row, keys_.data()); });
  onHost(memory.values, known, all,
         [&](uint8_t * values) { widen(values, lines, heard * bytes, positions_ * bytes, values_.data()); });
}

}  // namespace heed

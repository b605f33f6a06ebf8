#include "number_types.h"

#include "ggml-cpu.h"

#include <cstring>

namespace heed {

std::vector<float> widened(const void * numbers, size_t count, ggml_type type) {
  std::vector<float> wide(count);
  if (type == GGML_TYPE_F32)
    std::memcpy(wide.data(), numbers, count * sizeof(float));
  else
    ggml_get_type_traits(type)->to_float(numbers, wide.data(), static_cast<int64_t>(count));
  return wide;
}

std::vector<uint8_t> narrowed(const std::vector<float> & numbers, ggml_type type) {
  std::vector<uint8_t> bytes(numbers.size() * ggml_type_size(type));
  if (type == GGML_TYPE_F32)
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
  else
    ggml_get_type_traits_cpu(type)->from_float(numbers.data(), bytes.data(), static_cast<int64_t>(numbers.size()));
  return bytes;
}

}  // namespace heed

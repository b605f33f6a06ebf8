#include "position_groups.h"

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

std::vector<float> groupMeans(const std::vector<float> & numbers, size_t count, size_t step) {
  const size_t block = count * step, blocks = numbers.size() / block, groups = count / kGroupSize;
  std::vector<float> means(blocks * groups * step);
  for (size_t b = 0; b < blocks; b++) {
    for (size_t group = 0; group < groups; group++) {
      for (size_t i = 0; i < step; i++) {
        float sum = 0;
        for (size_t member = 0; member < kGroupSize; member++)
          sum += numbers[b * block + (group * kGroupSize + member) * step + i];
        means[(b * groups + group) * step + i] = sum / kGroupSize;
      }
    }
  }
  return means;
}

}  // namespace heed

#include "position_groups.h"

#include <cmath>

namespace heed {

float logGroupSize() { return std::log(static_cast<float>(kGroupSize)); }

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

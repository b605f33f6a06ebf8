#include "logits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace heed {
namespace {

/** e^x for x ≤ 0, with a relative error of 2e-7 (Cephes' expf polynomial). It has no branches, so that compilers
 * vectorise it. */
inline float expOfNegative(float x) {
  const float clamped = std::max(x, -87.0f);
  const float rounded = clamped * 1.44269504f + 12582912.0f;  // adding 1.5·2^23 rounds to an integer
  const float n = rounded - 12582912.0f;
  const float r = (clamped - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  uint32_t bits;
  std::memcpy(&bits, &p, sizeof bits);
  bits += static_cast<uint32_t>(static_cast<int32_t>(n)) << 23;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

}  // namespace

float logSumExp(const float * values, int count) {
  constexpr int kLanes = 16;
  float most[kLanes];
  std::fill(most, most + kLanes, -INFINITY);
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; lane++)
      most[lane] = values[i + lane] > most[lane] ? values[i + lane] : most[lane];
  }
  float largest = *std::max_element(most, most + kLanes);
  for (int rest = i; rest < count; rest++) largest = std::max(largest, values[rest]);
  if (largest == -INFINITY) return -INFINITY;
  float sums[kLanes] = {0};
  for (i = 0; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; lane++) sums[lane] += expOfNegative(values[i + lane] - largest);
  }
  double sum = 0;
  for (const float part : sums) sum += part;
  for (; i < count; i++) sum += expOfNegative(values[i] - largest);
  return largest + static_cast<float>(std::log(sum));
}

int argMax(const float * values, int count) {
  return static_cast<int>(std::max_element(values, values + count) - values);
}

}  // namespace heed

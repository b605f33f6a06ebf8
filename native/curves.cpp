#include "curves.h"

#include <algorithm>
#include <cmath>

#include "lanes.h"

namespace heed {
namespace {

Lanes geluOf(Lanes x) {
  constexpr float kWidth = 0.79788456f, kBend = 0.044715f;
  return x / (exponential(x * (x * x * kBend + 1.0f) * (-2 * kWidth)) + 1.0f);
}

/** Applies a function to each number; what is left at the end is padded. */
template <typename Function>
void forEach(const float * numbers, int64_t count, float * output, Function function) {
  int64_t at = 0;
  for (; at + kLanes <= count; at += kLanes) storeLanes(output + at, function(loadLanes(numbers + at)));
  if (at == count) return;
  float last[kLanes] = {};
  std::copy_n(numbers + at, count - at, last);
  storeLanes(last, function(loadLanes(last)));
  std::copy_n(last, count - at, output + at);
}

}  // namespace

void gelu(const float * numbers, int64_t count, float * output) { forEach(numbers, count, output, geluOf); }

void softMax(const float * row, const float * added, float scale, int64_t count, float * output) {
  const int64_t whole = count - count % kLanes;
  Lanes most = Lanes{} - INFINITY;
  for (int64_t at = 0; at < whole; at += kLanes) {
    const Lanes sum = loadLanes(row + at) * scale + (added ? loadLanes(added + at) : Lanes{});
    storeLanes(output + at, sum);
    most = sum > most ? sum : most;
  }
  float largest = -INFINITY;
  for (int lane = 0; lane < kLanes; lane++) largest = std::max(largest, most[lane]);
  for (int64_t at = whole; at < count; at++) {
    output[at] = row[at] * scale + (added ? added[at] : 0.0f);
    largest = std::max(largest, output[at]);
  }
  Lanes sums = {};
  for (int64_t at = 0; at < whole; at += kLanes) {
    const Lanes power = exponential(loadLanes(output + at) - largest);
    storeLanes(output + at, power);
    sums += power;
  }
  forEach(output + whole, count - whole, output + whole, [&](Lanes x) { return exponential(x - largest); });
  float sum = 0;
  for (int lane = 0; lane < kLanes; lane++) sum += sums[lane];
  for (int64_t at = whole; at < count; at++) sum += output[at];
  const float share = 1 / sum;
  for (int64_t at = 0; at < count; at++) output[at] *= share;
}

}  // namespace heed

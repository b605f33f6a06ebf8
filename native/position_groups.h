#pragma once
// Neighbouring positions of silence are nearly alike, so they are merged into groups. A group that counts as often as
// it has members does as well as they did.
#include <cstddef>
#include <vector>

namespace heed {

constexpr int kGroupSize = 4;          // positions; groups of one are no better, and with 8 or 16 the words get worse
constexpr int kPositionMultiple = 16;  // ggml's fast matrix product needs multiples of this

/** The first group that stands for none of the first `positions` positions. */
inline int firstGroupBehind(int positions) { return (positions + kGroupSize - 1) / kGroupSize; }

/** What is added to the attention to a group, so that it counts as often as it has members. */
float logGroupSize();

/** The means of groups of kGroupSize neighbouring items; what is left at the end is in none. The numbers are blocks of
 * `count` items of `step` numbers each. */
std::vector<float> groupMeans(const std::vector<float> & numbers, size_t count, size_t step);

}  // namespace heed

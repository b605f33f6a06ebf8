#pragma once
// Neighbouring positions of silence are nearly alike, so they are merged into groups. A group that counts as often as
// it has members does as well as they did.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ggml.h"

namespace heed {

constexpr int kGroupSize = 4;  // positions; groups of one are no better, and with 8 or 16 the words get worse

/** Numbers of any type as 32-bit ones. */
std::vector<float> widened(const void * numbers, size_t count, ggml_type type);
std::vector<uint8_t> narrowed(const std::vector<float> & numbers, ggml_type type);

/** The means of groups of kGroupSize neighbouring items; what is left at the end is in none. The numbers are blocks of
 * `count` items of `step` numbers each. */
std::vector<float> groupMeans(const std::vector<float> & numbers, size_t count, size_t step);

}  // namespace heed

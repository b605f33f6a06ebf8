#pragma once
// How much the decoder's tokens look at each position of the audio and at each other: products of queries and keys.
//
// A head's key has 64 numbers. ggml calls a function for each product with one token, which takes longer than the
// product; here the sums of four positions are folded together.
#include <cstddef>
#include <cstdint>

#include "lanes.h"

namespace heed {

/** Keys: heads × positions × 64 numbers of 16 bits. */
struct Keys {
  const uint16_t * data;
  int64_t positions, heads;
  size_t positionStep, headStep;  // from one to the next, in numbers
};

/** The queries of some tokens: heads × tokens × 64 numbers. */
struct Queries {
  const float * data;
  int64_t tokens;
  size_t tokenStep, headStep;  // from one to the next, in numbers
};

constexpr int kHeadSize = 64;

/** Computes part number `part` of `parts` of the products, heads × tokens × positions, so that threads can share the
 * positions. Only where kCanWidenHalves. */
void multiplyKeys(const Keys & keys, const Queries & queries, float * output, int part, int parts);

}  // namespace heed

#pragma once
// Products of 16-bit numbers with many columns: how much each position of the audio looks at each other one, and what
// it finds there.
//
// ggml computes each number of such a product by itself, along its 64 numbers of a head. Adding up the parts of one sum
// takes longer than its products then. Here a register holds as many sums as it has lanes.
#include <cstddef>
#include <cstdint>

#include "lanes.h"

namespace heed {

/** Some matrices of 16-bit numbers, batches × rows × depth. */
struct HalfMatrices {
  const uint16_t * data;
  int64_t depth, rows, batches;
  size_t rowStep, batchStep;  // from one to the next, in numbers
};

/** What they are multiplied with: batches × columns × depth. */
struct Inputs {
  const float * data;
  int64_t columns;
  size_t columnStep, batchStep;  // from one to the next, in numbers
};

/** Computes part number `part` of `parts` of the products, batches × columns × rows, so that threads can share the
 * work. Only where kCanWidenHalves. */
void multiplyHalves(const HalfMatrices & matrices, const Inputs & inputs, float * output, int part, int parts);

}  // namespace heed

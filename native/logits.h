#pragma once
// Arithmetic over one row of decoder outputs.

namespace heed {

/** The natural logarithm of the sum of the exponentials of `count` values, which may include −infinity. */
float logSumExp(const float * values, int count);

/** The index of the largest of `count` values. */
int argMax(const float * values, int count);

}  // namespace heed

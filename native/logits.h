#pragma once
// Arithmetic over one row of decoder outputs.

namespace heed {

/** Natural log of the sum of the exponentials of `count` values; −infinity among them is allowed. */
float logSumExp(const float * values, int count);

/** Index of the largest of `count` values. */
int argMax(const float * values, int count);

}  // namespace heed

#pragma once
// The two curves between a speech model's products.
#include <cstdint>

namespace heed {

/** Writes x · Φ(x), as it is approximated by a hyperbolic tangent, for each of these numbers; in place if wanted. */
void gelu(const float * numbers, int64_t count, float * output);

/** Writes what part each number of a row has of the sum of all, once they are exponentials: of each number times
 * `scale`, plus what `added` has for it; null adds nothing. In place if wanted. */
void softMax(const float * row, const float * added, float scale, int64_t count, float * output);

}  // namespace heed

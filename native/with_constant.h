#pragma once
// Loops of a constant length, whose sums the compiler keeps in registers.
#include <cstdint>
#include <type_traits>

namespace heed {

/** Calls `work` with `count`, or with `Most` if it is more, as a constant. */
template <int Most, typename Work>
void withConstant(int64_t count, Work work) {
  if constexpr (Most > 1) {
    if (count < Most) return withConstant<Most - 1>(count, work);
  }
  work(std::integral_constant<int, Most>());
}

}  // namespace heed

#pragma once
// Numbers that are the same in each run.
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace test {

inline std::vector<float> randomNumbers(size_t count, float from, float to) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> between(from, to);
  std::vector<float> numbers(count);
  for (float & number : numbers) number = between(random);
  return numbers;
}

/** A half from 0.5 to 1, of either sign, whose last 10 bits are `steps`, and its value. */
struct Half {
  uint16_t bits;
  double value;
};

inline Half halfOf(float number) {
  const int steps = static_cast<int>(std::abs(number) * 1023);
  return {static_cast<uint16_t>((number < 0 ? 0x8000 : 0) | 0x3800 | steps),
          std::copysign((1024 + steps) / 2048.0, number)};
}

}  // namespace test

// Tests of the products of 16-bit numbers with many columns, and of the curves between them.
#include "half_products.h"

#include <cmath>
#include <limits>

#include "curves.h"
#include "harness.h"
#include "random_numbers.h"

using test::halfOf;
using test::randomNumbers;

TEST("halves are multiplied with many columns, for every depth and number of rows, in one part or in several") {
  if (!heed::kCanWidenHalves) return;
  struct Size {
    int64_t depth, rows, columns, batches;
  };
  for (const Size & size : {Size{64, 150, 19, 3}, Size{37, 64, 17, 2}, Size{5, 3, 24, 1}, Size{200, 65, 18, 2}}) {
    const auto [depth, rows, columns, batches] = size;
    std::vector<uint16_t> halves;
    std::vector<double> rounded;
    for (const float number : randomNumbers(depth * rows * batches, -1, 1)) {
      halves.push_back(halfOf(number).bits);
      rounded.push_back(halfOf(number).value);
    }
    // The batches of a row lie side by side, and so do those of a column.
    const std::vector<float> input = randomNumbers(depth * columns * batches, -1, 1);
    const auto step = static_cast<size_t>(depth * batches), next = static_cast<size_t>(depth);
    for (const int parts : {1, 3}) {
      std::vector<float> found(batches * columns * rows, -1000.0f);
      for (int part = 0; part < parts; part++)
        heed::multiplyHalves({halves.data(), depth, rows, batches, step, next}, {input.data(), columns, step, next},
                             found.data(), part, parts);
      for (int64_t batch = 0; batch < batches; batch++)
        for (int64_t column = 0; column < columns; column++)
          for (int64_t row = 0; row < rows; row++) {
            double wanted = 0;
            for (int64_t k = 0; k < depth; k++)
              wanted += rounded[row * step + batch * next + k] * input[column * step + batch * next + k];
            EXPECT_NEAR(found[(batch * columns + column) * rows + row], wanted, 1e-4);
          }
    }
  }
}

TEST("a curve is the same to a millionth for few numbers and for many, and wherever they are") {
  for (const size_t count : {1, 7, 16, 37, 500}) {
    const std::vector<float> numbers = randomNumbers(count, -12, 12);
    std::vector<float> found(count);
    heed::gelu(numbers.data(), static_cast<int64_t>(count), found.data());
    for (size_t i = 0; i < count; i++) {
      const double x = numbers[i];
      EXPECT_NEAR(found[i], x * 0.5 * (1 + std::tanh(0.7978845608 * (x + 0.044715 * x * x * x))), 3e-6);
    }
  }
  const float least = std::numeric_limits<float>::lowest(), none = std::numeric_limits<float>::quiet_NaN();
  const float edges[] = {-1e30f, -200, -0.0f, 200, 1e10f, none};
  float found[6];
  heed::gelu(edges, 6, found);
  for (const int at : {0, 1, 2}) EXPECT_NEAR(found[at], 0, 1e-6);
  EXPECT_NEAR(found[3], 200, 1e-4);
  EXPECT(found[4] == 1e10f && std::isnan(found[5]) && least < found[0]);
}

TEST("shares sum to one, follow what is added, and leave out what is hidden") {
  for (const size_t count : {1, 9, 16, 100, 515}) {
    std::vector<float> row = randomNumbers(count, -30, 30), added = randomNumbers(count, -5, 5);
    added[count / 2] = count > 1 ? -std::numeric_limits<float>::infinity() : 0;
    for (const bool isAdded : {true, false}) {
      const auto at = [&](size_t i) { return row[i] * 0.125 + (isAdded ? static_cast<double>(added[i]) : 0); };
      double sum = 0;
      for (size_t i = 0; i < count; i++) sum += std::exp(at(i));
      std::vector<float> found(count);
      heed::softMax(row.data(), isAdded ? added.data() : nullptr, 0.125f, static_cast<int64_t>(count), found.data());
      for (size_t i = 0; i < count; i++) EXPECT_NEAR(found[i], std::exp(at(i)) / sum, 2e-6);
    }
  }
}

#include "half_products.h"

#include <algorithm>
#include <vector>

#include "with_constant.h"

namespace heed {

#if defined(HEED_WIDENS_HALVES)

namespace {

// The sums of a tile fill most of the registers.
constexpr int kColumns = 6;
constexpr int kVectors = kLanes == 16 ? 4 : 2;
constexpr int kRows = kVectors * kLanes;  // rows that are computed together

/** Lays out some rows so that their numbers of one place in the depth lie side by side; rows that are missing are 0. */
void interleave(const uint16_t * from, const HalfMatrices & matrices, int64_t rows, std::vector<float> & to) {
  to.assign(static_cast<size_t>(matrices.depth) * kRows, 0.0f);
  for (int64_t row = 0; row < rows; row++) {
    const uint16_t * numbers = from + row * matrices.rowStep;
    float * lane = to.data() + row;
    for (int64_t at = 0; at < matrices.depth; at += kLanes) {
      const int64_t count = std::min<int64_t>(kLanes, matrices.depth - at);
      uint16_t last[kLanes] = {};
      if (count < kLanes) std::copy_n(numbers + at, count, last);
      const Lanes wide = widened(count < kLanes ? last : numbers + at);
      for (int64_t i = 0; i < count; i++) lane[(at + i) * kRows] = wide[i];
    }
  }
}

template <int Columns>
void multiplyColumns(const float * matrix, int64_t depth, const float * input, size_t step,
                     float (&output)[kColumns][kRows]) {
  Lanes sums[Columns][kVectors] = {};
  for (int64_t at = 0; at < depth; at++) {
    Lanes numbers[kVectors];
    for (int vector = 0; vector < kVectors; vector++)
      numbers[vector] = loadLanes(matrix + at * kRows + vector * kLanes);
    for (int column = 0; column < Columns; column++) {
      const float value = input[column * step + at];
      for (int vector = 0; vector < kVectors; vector++) sums[column][vector] += numbers[vector] * value;
    }
  }
  for (int column = 0; column < Columns; column++)
    for (int vector = 0; vector < kVectors; vector++)
      storeLanes(output[column] + vector * kLanes, sums[column][vector]);
}

}  // namespace

void multiplyHalves(const HalfMatrices & matrices, const Inputs & inputs, float * output, int part, int parts) {
  thread_local std::vector<float> interleaved;
  const int64_t groups = (matrices.rows + kRows - 1) / kRows, units = groups * matrices.batches;
  for (int64_t unit = units * part / parts; unit < units * (part + 1) / parts; unit++) {
    const int64_t batch = unit / groups, first = unit % groups * kRows;
    const int64_t rows = std::min<int64_t>(kRows, matrices.rows - first);
    interleave(matrices.data + batch * matrices.batchStep + first * matrices.rowStep, matrices, rows, interleaved);
    for (int64_t column = 0; column < inputs.columns; column += kColumns) {
      const int64_t columns = std::min<int64_t>(kColumns, inputs.columns - column);
      float tile[kColumns][kRows];
      const float * input = inputs.data + batch * inputs.batchStep + column * inputs.columnStep;
      withConstant<kColumns>(columns, [&](auto count) {
        multiplyColumns<decltype(count)::value>(interleaved.data(), matrices.depth, input, inputs.columnStep, tile);
      });
      for (int64_t i = 0; i < columns; i++)
        std::copy_n(tile[i], rows, output + (batch * inputs.columns + column + i) * matrices.rows + first);
    }
  }
}

#else

void multiplyHalves(const HalfMatrices &, const Inputs &, float *, int, int) {}

#endif

}  // namespace heed

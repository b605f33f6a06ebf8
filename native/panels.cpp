#include "panels.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "byte_products.h"
#include "panel_block.h"
#include "with_constant.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace heed {
namespace {

using Block = PanelBlock;
constexpr int kRows = kPanelRows, kColumns = kPanelColumns;

const Block * blocksOf(const PanelMatrix & matrix) { return static_cast<const Block *>(matrix.data); }
int64_t panelsOf(int64_t rows) { return (rows + kRows - 1) / kRows; }

#if !defined(HEED_BYTE_PRODUCTS)
// For each instruction set: how many numbers a register holds, how many columns of the product are computed at a time,
// and how bytes are turned into numbers, which compilers would otherwise do one by one.
#if defined(__AVX512F__)
constexpr int kLanes = 16, kTile = 12;
typedef __m512 Floats;
Floats widen(const int8_t * bytes) {
  return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes))));
}
#elif defined(__AVX2__)
constexpr int kLanes = 8, kTile = 6;
typedef __m256 Floats;
Floats widen(const int8_t * bytes) {
  return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(bytes))));
}
#else
constexpr int kLanes = 4, kTile = 4;
typedef float Floats __attribute__((vector_size(16)));
Floats widen(const int8_t * bytes) {
  return Floats{float(bytes[0]), float(bytes[1]), float(bytes[2]), float(bytes[3])};
}
#endif
constexpr int kParts = kRows / kLanes;

/** Computes `Columns` columns of the product for the 16 rows of a panel. Columns of `input` are `step` numbers apart.
 */
template <int Columns>
void panelProduct(const Block * panel, int blocks, const float * input, size_t step, Floats (&sums)[kTile][kParts]) {
  // With few columns there are few sums, and each addition waits for the one before. Two sums for each keep the
  // processor busy.
  constexpr int kTurns = Columns <= 3 ? 2 : 1;
  Floats partial[kTurns][Columns][kParts] = {};
  for (int b = 0; b < blocks; b++) {
    const Block & block = panel[b];
    Floats scales[kParts];
    for (int part = 0; part < kParts; part++)
      scales[part] = *reinterpret_cast<const Floats *>(block.scales + part * kLanes);
    for (int k = 0; k < kColumns; k += kTurns) {
      for (int turn = 0; turn < kTurns; turn++) {
        Floats weights[kParts];
        for (int part = 0; part < kParts; part++) {
          weights[part] = scales[part] * widen(block.numbers[k + turn] + part * kLanes);
        }
        for (int column = 0; column < Columns; column++) {
          const float value = input[column * step + b * kColumns + k + turn];
          for (int part = 0; part < kParts; part++) partial[turn][column][part] += weights[part] * value;
        }
      }
    }
  }
  for (int column = 0; column < Columns; column++) {
    for (int part = 0; part < kParts; part++) {
      sums[column][part] = partial[0][column][part];
      if (kTurns == 2) sums[column][part] += partial[kTurns - 1][column][part];
    }
  }
}

#endif

}  // namespace

bool fitsPanels(int64_t columns) { return columns % kColumns == 0; }

size_t panelBytes(int64_t columns, int64_t rows) {
  return static_cast<size_t>(panelsOf(rows) * (columns / kColumns)) * sizeof(Block);
}

void packPanels(void * to, int64_t columns, int64_t rows, const RowReader & readRow) {
  const int64_t blocks = columns / kColumns;
  Block * all = static_cast<Block *>(to);
  std::vector<float> row(columns);
  for (int64_t r = 0; r < panelsOf(rows) * kRows; r++) {
    if (r < rows)
      readRow(r, row.data());
    else
      std::fill(row.begin(), row.end(), 0.0f);
    for (int64_t b = 0; b < blocks; b++) {
      Block & block = all[r / kRows * blocks + b];
      float most = 0;
      for (int k = 0; k < kColumns; k++) most = std::max(most, std::abs(row[b * kColumns + k]));
      const float scale = most / 127;
      block.scales[r % kRows] = scale;
      for (int k = 0; k < kColumns; k++)
        block.setNumber(k, r % kRows, scale > 0 ? std::lround(row[b * kColumns + k] / scale) : 0);
    }
  }
}

void multiplyPanels(const PanelMatrix & matrix, const float * input, size_t step, int64_t columns, float * output,
                    int part, int parts) {
  const int blocks = static_cast<int>(matrix.columns / kColumns);
  const int64_t panels = panelsOf(matrix.rows);
  const int64_t first = panels * part / parts, last = panels * (part + 1) / parts;
#if defined(HEED_BYTE_PRODUCTS)
  // Each thread rounds the input for itself, which costs less than to wait for another one.
  thread_local std::vector<InputBlock> rounded;
  roundToBytes(input, step, columns, blocks, rounded);
  for (int64_t p = first; p < last; p++)
    multiplyBytes(blocksOf(matrix) + p * blocks, blocks, rounded.data(), columns, output + p * kRows, matrix.rows,
                  std::min<int64_t>(kRows, matrix.rows - p * kRows));
#else
  for (int64_t p = first; p < last; p++) {
    const int64_t wide = std::min<int64_t>(kRows, matrix.rows - p * kRows);
    for (int64_t column = 0; column < columns; column += kTile) {
      const int count = static_cast<int>(std::min<int64_t>(kTile, columns - column));
      Floats sums[kTile][kParts];
      withConstant<kTile>(count, [&](auto constant) {
        panelProduct<decltype(constant)::value>(blocksOf(matrix) + p * blocks, blocks, input + column * step, step,
                                                sums);
      });
      for (int c = 0; c < count; c++)
        std::copy_n(reinterpret_cast<const float *>(sums[c]), wide, output + (column + c) * matrix.rows + p * kRows);
    }
  }
#endif
}

void lookUpRows(const PanelMatrix & matrix, const int32_t * numbers, int64_t count, float * output) {
  const int64_t blocks = matrix.columns / kColumns;
  for (int64_t i = 0; i < count; i++) {
    const Block * panel = blocksOf(matrix) + numbers[i] / kRows * blocks;
    const int row = numbers[i] % kRows;
    for (int64_t k = 0; k < matrix.columns; k++) {
      const Block & block = panel[k / kColumns];
      output[i * matrix.columns + k] = block.scales[row] * static_cast<float>(block.number(k % kColumns, row));
    }
  }
}

}  // namespace heed

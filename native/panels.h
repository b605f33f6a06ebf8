#pragma once
// Weight matrices in 8 bits, laid out for the products that a decoder makes: many rows, few columns.
//
// ggml's own product takes the sum of a row at a time, and for the few columns of a beam spends most of its time
// between rows. Here 16 rows lie side by side, a number of each in turn, so that one instruction works on all of them.
// It reads half of what 16 bits would be.
#include <cstddef>
#include <cstdint>
#include <functional>

namespace heed {

constexpr size_t kPanelAlignment = 64;  // of a matrix in memory, bytes

/** A matrix laid out by packPanels(). */
struct PanelMatrix {
  const void * data;
  int64_t columns, rows;
};

/** Whether a matrix with so many columns can be laid out so. */
bool fitsPanels(int64_t columns);

size_t panelBytes(int64_t columns, int64_t rows);

/** Writes the numbers of one row. */
using RowReader = std::function<void(int64_t row, float * numbers)>;

void packPanels(void * to, int64_t columns, int64_t rows, const RowReader & readRow);

/** One part of `parts` of matrix × input: every thread's share of the rows. `step` numbers lie between two of the
 * input's columns. */
void multiplyPanels(const PanelMatrix & matrix, const float * input, size_t step, int64_t columns, float * output,
                    int part, int parts);

/** Rows by their numbers. */
void lookUpRows(const PanelMatrix & matrix, const int32_t * numbers, int64_t count, float * output);

}  // namespace heed

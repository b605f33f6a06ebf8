#pragma once
// Weight matrices in 8 bits, laid out for the products of a decoder, which have many rows and few columns.
//
// ggml's own product sums up one row at a time, and with the few columns of a beam it spends most of its time between
// rows. Here 16 rows are interleaved, one number of each in turn, so that one instruction works on all of them. With 8
// bits only half as much memory is read as with 16.
#include <cstddef>
#include <cstdint>
#include <functional>

#include "panel_block.h"

namespace heed {

constexpr size_t kPanelAlignment = 64;  // alignment of a matrix in memory, bytes

/** A matrix laid out by packPanels(). */
struct PanelMatrix {
  const void * data;
  int64_t columns, rows;
};

/** Whether products with many columns are fast too. */
#if defined(HEED_BYTE_PRODUCTS)
constexpr bool kPanelsTakeManyColumns = true;
#else
constexpr bool kPanelsTakeManyColumns = false;
#endif

/** Whether a matrix with this many columns can be laid out in panels. */
bool fitsPanels(int64_t columns);

size_t panelBytes(int64_t columns, int64_t rows);

/** Writes the numbers of one row. */
using RowReader = std::function<void(int64_t row, float * numbers)>;

void packPanels(void * to, int64_t columns, int64_t rows, const RowReader & readRow);

/** Computes part number `part` of `parts` of the product matrix × input, so that threads can share the rows. The
 * columns of the input are `step` numbers apart. */
void multiplyPanels(const PanelMatrix & matrix, const float * input, size_t step, int64_t columns, float * output,
                    int part, int parts);

/** Copies the rows with these numbers. */
void lookUpRows(const PanelMatrix & matrix, const int32_t * numbers, int64_t count, float * output);

}  // namespace heed

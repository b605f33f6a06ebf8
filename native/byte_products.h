#pragma once
// Products of a panel with an input whose numbers are rounded to bytes too. Where the processor multiplies four pairs
// of bytes in the time of one pair of 32-bit numbers, a step of the decoder takes half as long.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "panel_block.h"

#if defined(HEED_BYTE_PRODUCTS)

namespace heed {

/** 32 numbers of one column of the input. */
struct InputBlock {
  float scale;
  int32_t offset;  // what makes up for the 128 that is in each number of the panel
  int8_t numbers[kPanelColumns];
};

/** Rounds some columns of the input, which are `step` numbers apart, to `blocks` blocks each. */
void roundToBytes(const float * input, size_t step, int64_t columns, int blocks, std::vector<InputBlock> & rounded);

/** Writes the first `rows` of the 16 rows of the product for each of these columns, `outputStep` numbers apart. */
void multiplyBytes(const PanelBlock * panel, int blocks, const InputBlock * input, int64_t columns, float * output,
                   size_t outputStep, int64_t rows);

}  // namespace heed

#endif

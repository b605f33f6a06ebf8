#pragma once
// How the numbers of a panel lie in memory, which differs by the instructions that multiply them.
#include <cstdint>

namespace heed {

constexpr int kPanelRows = 16;
constexpr int kPanelColumns = 32;  // columns that share a scale

#if defined(__AVX512VNNI__)
#define HEED_BYTE_PRODUCTS 1

/** 16 rows × 32 columns of a matrix. Four columns of a row lie side by side, as one instruction takes them. */
struct PanelBlock {
  float scales[kPanelRows];
  uint8_t numbers[kPanelColumns / 4][kPanelRows][4];  // plus 128, because the instruction takes one side unsigned

  int number(int column, int row) const { return numbers[column / 4][row][column % 4] - 128; }
  void setNumber(int column, int row, long number) {
    numbers[column / 4][row][column % 4] = static_cast<uint8_t>(number + 128);
  }
};

#else

/** 16 rows × 32 columns of a matrix. */
struct PanelBlock {
  float scales[kPanelRows];
  int8_t numbers[kPanelColumns][kPanelRows];

  int number(int column, int row) const { return numbers[column][row]; }
  void setNumber(int column, int row, long number) { numbers[column][row] = static_cast<int8_t>(number); }
};

#endif

}  // namespace heed

#include "byte_products.h"

#if defined(HEED_BYTE_PRODUCTS)

#include <immintrin.h>

#include <algorithm>
#include <cstring>

#include "with_constant.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12 warns of its own AVX-512 header
#endif

namespace heed {
namespace {

constexpr int kTile = 8;  // columns that share a reading of the panel

void roundBlock(const float * input, InputBlock & block) {
  const __m512 low = _mm512_loadu_ps(input), high = _mm512_loadu_ps(input + 16);
  const float most = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(low), _mm512_abs_ps(high)));
  const __m512 factor = _mm512_set1_ps(most > 0 ? 127 / most : 0);
  const __m512i first = _mm512_cvtps_epi32(_mm512_mul_ps(low, factor));
  const __m512i second = _mm512_cvtps_epi32(_mm512_mul_ps(high, factor));
  block.scale = most / 127;
  block.offset = -128 * _mm512_reduce_add_epi32(_mm512_add_epi32(first, second));
  _mm_storeu_si128(reinterpret_cast<__m128i *>(block.numbers), _mm512_cvtsepi32_epi8(first));
  _mm_storeu_si128(reinterpret_cast<__m128i *>(block.numbers + 16), _mm512_cvtsepi32_epi8(second));
}

/** Four numbers in each quarter of a register. */
__m512i repeated(const int8_t * four) {
  int32_t bytes;
  std::memcpy(&bytes, four, sizeof bytes);
  return _mm512_set1_epi32(bytes);
}

template <int Columns>
void multiplyColumns(const PanelBlock * panel, int blocks, const InputBlock * input, float * output, size_t outputStep,
                     __mmask16 rows) {
  __m512 sums[Columns];
  for (int column = 0; column < Columns; column++) sums[column] = _mm512_setzero_ps();
  for (int b = 0; b < blocks; b++) {
    __m512i products[Columns];
    for (int column = 0; column < Columns; column++)
      products[column] = _mm512_set1_epi32(input[column * blocks + b].offset);
    for (int four = 0; four < kPanelColumns / 4; four++) {
      const __m512i numbers = _mm512_loadu_si512(panel[b].numbers[four]);
      for (int column = 0; column < Columns; column++)
        products[column] =
            _mm512_dpbusd_epi32(products[column], numbers, repeated(input[column * blocks + b].numbers + 4 * four));
    }
    const __m512 scales = _mm512_loadu_ps(panel[b].scales);
    for (int column = 0; column < Columns; column++) {
      const __m512 scale = _mm512_mul_ps(scales, _mm512_set1_ps(input[column * blocks + b].scale));
      sums[column] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(products[column]), scale, sums[column]);
    }
  }
  for (int column = 0; column < Columns; column++)
    _mm512_mask_storeu_ps(output + column * outputStep, rows, sums[column]);
}

}  // namespace

void roundToBytes(const float * input, size_t step, int64_t columns, int blocks, std::vector<InputBlock> & rounded) {
  rounded.resize(columns * blocks);
  for (int64_t column = 0; column < columns; column++) {
    for (int b = 0; b < blocks; b++)
      roundBlock(input + column * step + b * kPanelColumns, rounded[column * blocks + b]);
  }
}

void multiplyBytes(const PanelBlock * panel, int blocks, const InputBlock * input, int64_t columns, float * output,
                   size_t outputStep, int64_t rows) {
  const auto wanted = static_cast<__mmask16>((1u << rows) - 1);
  for (int64_t column = 0; column < columns; column += kTile)
    withConstant<kTile>(columns - column, [&](auto count) {
      multiplyColumns<decltype(count)::value>(panel, blocks, input + column * blocks, output + column * outputStep,
                                              outputStep, wanted);
    });
}

}  // namespace heed

#endif

#include "bounded_layer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>

#if defined(__AVX512VNNI__)
#include <immintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12 warns of its own AVX-512 header
#endif

namespace heed {
namespace {

constexpr int kTileOutputs = 64;
constexpr int kMostInputs = 512;  // with more, the sums would not fit into 32 bits

int checked(int inputs) {
  if (inputs > kMostInputs)
    throw std::invalid_argument("a bounded layer cannot have " + std::to_string(inputs) + " inputs");
  return inputs;
}

int wholeTiles(int outputs) { return (outputs + kTileOutputs - 1) / kTileOutputs * kTileOutputs; }

}  // namespace

#if defined(__AVX512VNNI__)

namespace {

constexpr int kVectors = 4;       // registers of the outputs of a tile
constexpr int kGroup = 4;         // inputs that are multiplied together
constexpr int kMost = 127 * 256;  // what the bound of the inputs, and the greatest weight of an output, are packed as
constexpr int kShift = 128;       // makes the upper byte of an input positive

/** Four upper or four lower bytes of a group of packed inputs, for all lanes. */
__m512i bytesOf(const PackedInput * group, int half) {
  int32_t bytes;
  std::memcpy(&bytes, reinterpret_cast<const int32_t *>(group) + half, sizeof(bytes));
  return _mm512_set1_epi32(bytes);
}

/** Unlike `__m512i`, it is no alias of anything else, so that compilers keep sums in registers. */
typedef int32_t Sums __attribute__((vector_size(64)));

Sums addProducts(Sums sums, __m512i inputs, __m512i weights) {
  return (Sums)_mm512_dpbusd_epi32((__m512i)sums, inputs, weights);
}

/** A layer as the products below see it. */
struct Weights {
  const int8_t * bytes;
  const int32_t * offsets;
  const float * scales;
  int inputs;
};

/** Computes `Tiles` tiles of `Rows` rows, and hands each register of results to `take(row, output, values)`. */
template <int Rows, int Tiles, typename Take>
void multiplyTiles(const Weights & weights, int tile, const PackedInput * const * rows, float bound,
                   const Take & take) {
  Sums high[Rows][Tiles][kVectors], low[Rows][Tiles][kVectors];
#pragma GCC unroll 8
  for (int row = 0; row < Rows; row++)
#pragma GCC unroll 8
    for (int i = 0; i < Tiles; i++)
#pragma GCC unroll 8
      for (int vector = 0; vector < kVectors; vector++) high[row][i][vector] = low[row][i][vector] = Sums{};
  const size_t step = static_cast<size_t>(weights.inputs) * kTileOutputs * 2;
  const int8_t * bytes = weights.bytes + tile * step;
  for (int input = 0; input < weights.inputs; input += kGroup, bytes += 2 * kGroup * kTileOutputs) {
    __m512i upper[Rows], lower[Rows];
#pragma GCC unroll 8
    for (int row = 0; row < Rows; row++) {
      upper[row] = bytesOf(rows[row] + input, 0);
      lower[row] = bytesOf(rows[row] + input, 1);
    }
#pragma GCC unroll 8
    for (int i = 0; i < Tiles; i++)
#pragma GCC unroll 8
      for (int vector = 0; vector < kVectors; vector++) {
        const __m512i most = _mm512_loadu_si512(bytes + i * step + vector * 128),
                      least = _mm512_loadu_si512(bytes + i * step + vector * 128 + 64);
#pragma GCC unroll 8
        for (int row = 0; row < Rows; row++) {
          high[row][i][vector] = addProducts(high[row][i][vector], upper[row], most);
          // The product of both lower bytes would change the sum by less than a float can show.
          low[row][i][vector] = addProducts(low[row][i][vector], lower[row], most);
          low[row][i][vector] = addProducts(low[row][i][vector], upper[row], least);
        }
      }
  }
  const __m512 factor = _mm512_set1_ps(bound / kMost);
#pragma GCC unroll 8
  for (int i = 0; i < Tiles; i++)
#pragma GCC unroll 8
    for (int vector = 0; vector < kVectors; vector++) {
      const int output = (tile + i) * kTileOutputs + vector * kLanes;
      const __m512i offset = _mm512_loadu_si512(weights.offsets + output);
      const __m512 scale = _mm512_mul_ps(_mm512_loadu_ps(weights.scales + output), factor);
#pragma GCC unroll 8
      for (int row = 0; row < Rows; row++) {
        const __m512i sum =
            _mm512_add_epi32(_mm512_slli_epi32((__m512i)high[row][i][vector], 8), (__m512i)low[row][i][vector]);
        take(row, output, _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, offset)), scale));
      }
    }
}

}  // namespace

void pack(const float * inputs, int count, float bound, PackedInput * packed) {
  const __m512 factor = _mm512_set1_ps(kMost / bound);
  const __m512i most = _mm512_set1_epi32(kMost), least = _mm512_sub_epi32(_mm512_setzero_si512(), most);
  for (int at = 0; at < count; at += kPackedInputs) {
    __m512i value = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(inputs + at), factor));
    value = _mm512_max_epi32(_mm512_min_epi32(value, most), least);
    const __m128i upper =
                      _mm512_cvtepi32_epi8(_mm512_add_epi32(_mm512_srai_epi32(value, 8), _mm512_set1_epi32(kShift))),
                  lower = _mm512_cvtepi32_epi8(value);
    __m128i * to = reinterpret_cast<__m128i *>(packed + at);
    _mm_storeu_si128(to, _mm_unpacklo_epi32(upper, lower));
    _mm_storeu_si128(to + 1, _mm_unpackhi_epi32(upper, lower));
  }
}

BoundedLayer::BoundedLayer(const std::vector<float> & weights, const std::vector<float> & bias, int inputs, int outputs)
    : inputs_(packedInputs(checked(inputs))),
      outputs_(wholeTiles(outputs)),
      weights_(2 * static_cast<size_t>(inputs_) * outputs_),
      offsets_(outputs_),
      scales_(outputs_),
      bias_(bias) {
  bias_.resize(outputs_);
  for (int output = 0; output < outputs; output++) {
    const float * row = &weights[static_cast<size_t>(output) * inputs];
    float most = 0;
    for (int input = 0; input < inputs; input++) most = std::max(most, std::fabs(row[input]));
    const float step = most / kMost;
    scales_[output] = 256 * step;
    for (int input = 0; input < inputs; input++) {
      const int value = most > 0 ? static_cast<int>(std::lround(row[input] / step)) : 0;
      // The lower byte has a sign, too.
      const int upper = (value + 128) >> 8;
      int8_t * place = &weights_[2 * (static_cast<size_t>(output / kTileOutputs) * inputs_ + input / kGroup * kGroup) *
                                     kTileOutputs +
                                 2 * (output % kTileOutputs / kLanes) * 64 + output % kLanes * kGroup + input % kGroup];
      place[0] = static_cast<int8_t>(upper);
      place[64] = static_cast<int8_t>(value - 256 * upper);
      offsets_[output] += kShift * value;
    }
  }
}

void BoundedLayer::multiply(const std::vector<const PackedInput *> & rows, float bound,
                            const std::vector<float *> & results) const {
  constexpr int kRows = 2;
  const Weights weights{weights_.data(), offsets_.data(), scales_.data(), inputs_};
  for (int tile = 0; tile < outputs_ / kTileOutputs; tile++) {
    size_t first = 0;
    const auto take = [&](int row, int output, __m512 values) {
      _mm512_storeu_ps(results[first + row] + output, _mm512_add_ps(values, _mm512_loadu_ps(&bias_[output])));
    };
    for (; first + kRows <= rows.size(); first += kRows)
      multiplyTiles<kRows, 1>(weights, tile, &rows[first], bound, take);
    for (; first < rows.size(); first++) multiplyTiles<1, 1>(weights, tile, &rows[first], bound, take);
  }
}

void BoundedLayer::multiplyAdd(const PackedInput * row, float bound, float * result) const {
  const Weights weights{weights_.data(), offsets_.data(), scales_.data(), inputs_};
  const auto take = [&](int, int output, __m512 values) {
    _mm512_storeu_ps(result + output, _mm512_add_ps(values, _mm512_loadu_ps(result + output)));
  };
  const int tiles = outputs_ / kTileOutputs;
  int tile = 0;
  for (; tile + 2 <= tiles; tile += 2) multiplyTiles<1, 2>(weights, tile, &row, bound, take);
  for (; tile < tiles; tile++) multiplyTiles<1, 1>(weights, tile, &row, bound, take);
}

#else

void pack(const float * inputs, int count, float, PackedInput * packed) { std::copy_n(inputs, count, packed); }

BoundedLayer::BoundedLayer(const std::vector<float> & weights, const std::vector<float> & bias, int inputs, int outputs)
    : inputs_(packedInputs(checked(inputs))), outputs_(wholeTiles(outputs)) {
  std::vector<float> padded(static_cast<size_t>(inputs_) * outputs_);
  for (int output = 0; output < outputs; output++)
    std::copy_n(&weights[static_cast<size_t>(output) * inputs], inputs, &padded[static_cast<size_t>(output) * inputs_]);
  layer_ = convolution(padded, inputs_, 1, outputs_);
  std::copy(bias.begin(), bias.end(), layer_.bias.begin());
}

void BoundedLayer::multiply(const std::vector<const PackedInput *> & rows, float,
                            const std::vector<float *> & results) const {
  heed::multiply(layer_, rows, results);
}

void BoundedLayer::multiplyAdd(const PackedInput * row, float, float * result) const {
  heed::multiplyAdd(layer_, {row}, {result});
}

#endif

}  // namespace heed

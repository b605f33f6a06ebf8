#include "key_products.h"

#include <algorithm>

#include "with_constant.h"

namespace heed {

#if defined(HEED_WIDENS_HALVES)

namespace {

// For each instruction set, how the numbers of registers are added up.
#if defined(__AVX512F__)
constexpr int kTile = 4;  // tokens whose queries stay in registers
/** Adds the two numbers of each pair of numbers, of `a` and `b` in turn. */
Lanes addPairs(Lanes a, Lanes b) { return _mm512_unpacklo_ps(a, b) + _mm512_unpackhi_ps(a, b); }
Lanes addTwoPairs(Lanes a, Lanes b) {
  const __m512d x = _mm512_castps_pd(a), y = _mm512_castps_pd(b);
  return _mm512_castpd_ps(_mm512_unpacklo_pd(x, y)) + _mm512_castpd_ps(_mm512_unpackhi_pd(x, y));
}
__m128 addQuarters(Lanes a) {
  return _mm_add_ps(_mm_add_ps(_mm512_castps512_ps128(a), _mm512_extractf32x4_ps(a, 1)),
                    _mm_add_ps(_mm512_extractf32x4_ps(a, 2), _mm512_extractf32x4_ps(a, 3)));
}
#else
constexpr int kTile = 1;
Lanes addPairs(Lanes a, Lanes b) { return _mm256_unpacklo_ps(a, b) + _mm256_unpackhi_ps(a, b); }
Lanes addTwoPairs(Lanes a, Lanes b) {
  const __m256d x = _mm256_castps_pd(a), y = _mm256_castps_pd(b);
  return _mm256_castpd_ps(_mm256_unpacklo_pd(x, y)) + _mm256_castpd_ps(_mm256_unpackhi_pd(x, y));
}
__m128 addQuarters(Lanes a) { return _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1)); }
#endif
constexpr int kParts = kHeadSize / kLanes;
constexpr int kPositions = 4;  // whose sums are folded together

/** The products of `Tokens` tokens with some positions of one head. */
template <int Tokens>
void multiplyHead(const Keys & keys, const uint16_t * head, const float * queries, size_t tokenStep, float * output,
                  int64_t first, int64_t last) {
  Lanes query[Tokens][kParts];
  for (int token = 0; token < Tokens; token++)
    for (int part = 0; part < kParts; part++)
      query[token][part] = loadLanes(queries + token * tokenStep + part * kLanes);
  for (int64_t position = first; position < last; position += kPositions) {
    Lanes sums[Tokens][kPositions];
    for (int i = 0; i < kPositions; i++) {
      // After the last position, it stands for those that are missing.
      const uint16_t * key = head + std::min(position + i, last - 1) * keys.positionStep;
      for (int part = 0; part < kParts; part++) {
        const Lanes numbers = widened(key + part * kLanes);
        for (int token = 0; token < Tokens; token++)
          sums[token][i] = part == 0 ? numbers * query[token][0] : numbers * query[token][part] + sums[token][i];
      }
    }
    for (int token = 0; token < Tokens; token++) {
      const Lanes(&of)[kPositions] = sums[token];
      alignas(16) float folded[kPositions];
      _mm_store_ps(folded, addQuarters(addTwoPairs(addPairs(of[0], of[1]), addPairs(of[2], of[3]))));
      std::copy_n(folded, std::min<int64_t>(kPositions, last - position), output + token * keys.positions + position);
    }
  }
}

}  // namespace

void multiplyKeys(const Keys & keys, const Queries & queries, float * output, int part, int parts) {
  const int64_t first = keys.positions * part / parts, last = keys.positions * (part + 1) / parts;
  for (int64_t head = 0; head < keys.heads; head++) {
    for (int64_t token = 0; token < queries.tokens; token += kTile) {
      const float * query = queries.data + head * queries.headStep + token * queries.tokenStep;
      float * to = output + (head * queries.tokens + token) * keys.positions;
      withConstant<kTile>(queries.tokens - token, [&](auto count) {
        multiplyHead<decltype(count)::value>(keys, keys.data + head * keys.headStep, query, queries.tokenStep, to,
                                             first, last);
      });
    }
  }
}

#else

void multiplyKeys(const Keys &, const Queries &, float *, int, int) {}

#endif

}  // namespace heed

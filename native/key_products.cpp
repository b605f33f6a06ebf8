#include "key_products.h"

#include <algorithm>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12 warns of its own AVX-512 header
#endif

namespace heed {

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__F16C__) && defined(__FMA__))

namespace {

// For each instruction set: a register, how it is filled with keys and queries, and how it is used.
#if defined(__AVX512F__)
typedef __m512 Floats;
constexpr int kTile = 4;  // tokens whose queries stay in registers
Floats keysAt(const uint16_t * at) {
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(at)));
}
Floats load(const float * at) { return _mm512_loadu_ps(at); }
Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
Floats add(Floats a, Floats b, Floats sum) { return _mm512_fmadd_ps(a, b, sum); }
/** Adds the two numbers of each pair of numbers, of `a` and `b` in turn. */
Floats addPairs(Floats a, Floats b) { return _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b)); }
Floats addTwoPairs(Floats a, Floats b) {
  const __m512d x = _mm512_castps_pd(a), y = _mm512_castps_pd(b);
  return _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(x, y)), _mm512_castpd_ps(_mm512_unpackhi_pd(x, y)));
}
__m128 addQuarters(Floats a) {
  return _mm_add_ps(_mm_add_ps(_mm512_castps512_ps128(a), _mm512_extractf32x4_ps(a, 1)),
                    _mm_add_ps(_mm512_extractf32x4_ps(a, 2), _mm512_extractf32x4_ps(a, 3)));
}
#else
typedef __m256 Floats;
constexpr int kTile = 1;
Floats keysAt(const uint16_t * at) { return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at))); }
Floats load(const float * at) { return _mm256_loadu_ps(at); }
Floats multiply(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
Floats add(Floats a, Floats b, Floats sum) { return _mm256_fmadd_ps(a, b, sum); }
Floats addPairs(Floats a, Floats b) { return _mm256_add_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b)); }
Floats addTwoPairs(Floats a, Floats b) {
  const __m256d x = _mm256_castps_pd(a), y = _mm256_castps_pd(b);
  return _mm256_add_ps(_mm256_castpd_ps(_mm256_unpacklo_pd(x, y)), _mm256_castpd_ps(_mm256_unpackhi_pd(x, y)));
}
__m128 addQuarters(Floats a) { return _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1)); }
#endif
constexpr int kLanes = sizeof(Floats) / sizeof(float);
constexpr int kParts = kHeadSize / kLanes;
constexpr int kPositions = 4;  // whose sums are folded together

/** The products of `Tokens` tokens with some positions of one head. */
template <int Tokens>
void multiplyHead(const Keys & keys, const uint16_t * head, const float * queries, size_t tokenStep, float * output,
                  int64_t first, int64_t last) {
  Floats query[Tokens][kParts];
  for (int token = 0; token < Tokens; token++)
    for (int part = 0; part < kParts; part++) query[token][part] = load(queries + token * tokenStep + part * kLanes);
  for (int64_t position = first; position < last; position += kPositions) {
    Floats sums[Tokens][kPositions];
    for (int i = 0; i < kPositions; i++) {
      // After the last position, it stands for those that are missing.
      const uint16_t * key = head + std::min(position + i, last - 1) * keys.positionStep;
      for (int part = 0; part < kParts; part++) {
        const Floats numbers = keysAt(key + part * kLanes);
        for (int token = 0; token < Tokens; token++)
          sums[token][i] =
              part == 0 ? multiply(numbers, query[token][0]) : add(numbers, query[token][part], sums[token][i]);
      }
    }
    for (int token = 0; token < Tokens; token++) {
      const Floats(&of)[kPositions] = sums[token];
      alignas(16) float folded[kPositions];
      _mm_store_ps(folded, addQuarters(addTwoPairs(addPairs(of[0], of[1]), addPairs(of[2], of[3]))));
      std::copy_n(folded, std::min<int64_t>(kPositions, last - position), output + token * keys.positions + position);
    }
  }
}

template <int Tokens = kTile>
void multiplyTile(int64_t tokens, const Keys & keys, const uint16_t * head, const float * queries, size_t tokenStep,
                  float * output, int64_t first, int64_t last) {
  if constexpr (Tokens > 1) {
    if (tokens < Tokens) return multiplyTile<Tokens - 1>(tokens, keys, head, queries, tokenStep, output, first, last);
  }
  multiplyHead<Tokens>(keys, head, queries, tokenStep, output, first, last);
}

}  // namespace

void multiplyKeys(const Keys & keys, const Queries & queries, float * output, int part, int parts) {
  const int64_t first = keys.positions * part / parts, last = keys.positions * (part + 1) / parts;
  for (int64_t head = 0; head < keys.heads; head++) {
    for (int64_t token = 0; token < queries.tokens; token += kTile)
      multiplyTile(queries.tokens - token, keys, keys.data + head * keys.headStep,
                   queries.data + head * queries.headStep + token * queries.tokenStep, queries.tokenStep,
                   output + (head * queries.tokens + token) * keys.positions, first, last);
  }
}

#else

void multiplyKeys(const Keys &, const Queries &, float *, int, int) {}

#endif

}  // namespace heed

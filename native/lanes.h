#pragma once
// Registers of many numbers, as wide as the processor's, and what the compiler has no operator for.
#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12 warns of its own AVX-512 header
#endif

namespace heed {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

typedef float Lanes __attribute__((vector_size(4 * kLanes)));
typedef uint32_t IntLanes __attribute__((vector_size(4 * kLanes)));

/** Whether numbers of 16 bits can be widened by one instruction. */
#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__F16C__) && defined(__FMA__))
constexpr bool kCanWidenHalves = true;
#else
constexpr bool kCanWidenHalves = false;
#endif

inline Lanes load(const float * at) {
  Lanes lanes;
  std::memcpy(&lanes, at, sizeof lanes);
  return lanes;
}

inline void store(float * at, Lanes lanes) { std::memcpy(at, &lanes, sizeof lanes); }

/** Only where kCanWidenHalves. */
inline Lanes widened(const uint16_t * at) {
#if defined(__AVX512F__)
  return reinterpret_cast<Lanes>(_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(at))));
#elif defined(__AVX2__) && defined(__F16C__)
  return reinterpret_cast<Lanes>(_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at))));
#else
  (void)at;
  return Lanes{};
#endif
}

inline Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
inline Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }

/** e to the power of each number, to within 3e-7 of its value; 0 where that is less than 1e-37, and at most e^88. */
inline Lanes exponentials(Lanes x) {
  const Lanes magic = Lanes{} + 12582912.0f;  // added to a number below 2^22, it leaves the nearest whole number
  const Lanes least = Lanes{} - 87.0f, most = Lanes{} + 88.0f;
  const Lanes bounded = smaller(larger(x, least), most);
  const Lanes shifted = bounded * 1.44269504f + magic;
  const Lanes whole = shifted - magic;
  const Lanes rest = bounded - whole * 0.693359375f + whole * 2.12194440e-4f;
  Lanes sum = rest * 1.9875691500e-4f + 1.3981999507e-3f;
  sum = sum * rest + 8.3334519073e-3f;
  sum = sum * rest + 4.1665795894e-2f;
  sum = sum * rest + 1.6666665459e-1f;
  sum = sum * rest + 5.0000001201e-1f;
  sum = sum * rest * rest + rest + 1.0f;
  const IntLanes power = (reinterpret_cast<IntLanes>(shifted) - reinterpret_cast<IntLanes>(magic)) << 23;
  const Lanes result = reinterpret_cast<Lanes>(reinterpret_cast<IntLanes>(sum) + power);
  // What is no number stays none.
  return x < least ? Lanes{} : x == x ? result : x;
}

}  // namespace heed

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

// How many values a register holds.
#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float))));
typedef int32_t LaneIntegers __attribute__((vector_size(kLanes * sizeof(int32_t))));

inline Lanes loadLanes(const float * from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

inline void storeLanes(float * to, const Lanes & lanes) { std::memcpy(to, &lanes, sizeof(lanes)); }

/** Whether one instruction widens numbers of 16 bits. */
#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__F16C__) && defined(__FMA__))
#define HEED_WIDENS_HALVES 1
constexpr bool kCanWidenHalves = true;

inline Lanes widened(const uint16_t * from) {
#if defined(__AVX512F__)
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
#else
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
#endif
}
#else
constexpr bool kCanWidenHalves = false;
#endif

/** eˣ by a power of two and a polynomial, as Cephes has it; 0 where x is below −87, and e⁸⁸ where it is above 88. */
inline Lanes exponential(Lanes x) {
  const Lanes lowest = Lanes{} - 87.0f, highest = Lanes{} + 88.0f;
  Lanes values = x < lowest ? lowest : x;
  values = values > highest ? highest : values;
  // Adding and subtracting 1.5 · 2²³ rounds to a whole number.
  const float shift = 12582912.0f;
  const Lanes power = (values * 1.44269504088896341f + shift) - shift;
  const Lanes rest = (values - power * 0.693359375f) - power * -2.12194440e-4f;
  Lanes sum = rest * 1.9875691500e-4f + 1.3981999507e-3f;
  sum = sum * rest + 8.3334519073e-3f;
  sum = sum * rest + 4.1665795894e-2f;
  sum = sum * rest + 1.6666665459e-1f;
  sum = sum * rest + 5.0000001201e-1f;
  sum = sum * rest * rest + rest + 1.0f;
  const LaneIntegers exponents = (__builtin_convertvector(power, LaneIntegers) + 127) << 23;
  Lanes scale;
  std::memcpy(&scale, &exponents, sizeof(scale));
  return x < lowest ? Lanes{} : sum * scale;
}

}  // namespace heed

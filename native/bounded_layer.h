// Layers of recurrent networks, whose inputs lie within known bounds, with weights of 16 bits, on the CPU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matrix.h"

namespace heed {

// An input as it is multiplied: 16 bits of its share of the bounds where the processor multiplies bytes, else itself.
#if defined(__AVX512VNNI__)
typedef uint16_t PackedInput;
#else
typedef float PackedInput;
#endif

constexpr int kPackedInputs = 16;  // inputs that are packed together

/** A number of inputs, rounded up to such as are packed together. */
constexpr int packedInputs(int inputs) { return (inputs + kPackedInputs - 1) / kPackedInputs * kPackedInputs; }

/** Packs inputs for a `BoundedLayer`. @param count a multiple of `kPackedInputs` @param bound none is farther from 0 */
void pack(const float * inputs, int count, float bound, PackedInput * packed);

/** Where the processor multiplies bytes, the weights are taken as 16 bits, with a scale for each output, and so are the
 * inputs. Half of the memory is then read for a product of few rows. Elsewhere it is a `Layer`. */
class BoundedLayer {
 public:
  BoundedLayer() = default;
  /** @param weights outputs × inputs @param bias of each output @throws std::invalid_argument for too many inputs */
  BoundedLayer(const std::vector<float> & weights, const std::vector<float> & bias, int inputs, int outputs);

  /** The values of a row of inputs and of results, rounded up; the last results are zero. */
  int inputs() const { return inputs_; }
  int outputs() const { return outputs_; }

  /** results = rows × weights + bias. @param bound what the rows were packed with */
  void multiply(const std::vector<const PackedInput *> & rows, float bound, const std::vector<float *> & results) const;

  /** result += row × weights. */
  void multiplyAdd(const PackedInput * row, float bound, float * result) const;

 private:
  int inputs_ = 0, outputs_ = 0;
#if defined(__AVX512VNNI__)
  std::vector<int8_t> weights_;   // tiles of 64 outputs × fours of inputs × registers × upper, lower bytes × 4 inputs
  std::vector<int32_t> offsets_;  // what the shift of the inputs to positive numbers adds to each sum
  std::vector<float> scales_, bias_;
#else
  Layer layer_;
#endif
};

}  // namespace heed

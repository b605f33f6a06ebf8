// One direction of one layer of a recurrent network (long short-term memory), on the CPU, as PyTorch computes it.
#pragma once

#include <string>
#include <vector>

#include "bounded_layer.h"

namespace heed {

/** The weights of the gates, outputs × inputs, and their bias. */
struct LstmWeights {
  /** Takes the tensors `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh` between the prefix and the suffix.
   * @param units a multiple of 16 @throws std::invalid_argument if one is missing or has the wrong size */
  LstmWeights(const Tensors & tensors, const std::string & prefix, const std::string & suffix, int inputs, int units);

  const std::vector<float> &input, &recurrent;
  std::vector<float> bias;
};

/** One step of one sequence.
 * @param gates the sums of the four gates @param cell the state, which is replaced @param output `units` values */
void activateGates(const float * gates, float * cell, float * output, int units);

/** A layer in both directions. */
class RecurrentLayer {
 public:
  /** Takes the tensors that PyTorch names `lstm.…_l0` and `lstm.…_l0_reverse`, by the number of the layer.
   * @throws std::invalid_argument like `LstmWeights` */
  RecurrentLayer(const Tensors & tensors, int number, int inputs, int units);

  /** The values of a row of inputs. */
  int inputs() const { return directions_[0].input.inputs(); }
  /** The values of a row of outputs: those of the one direction before those of the other. */
  int outputs() const { return 2 * units_; }

  /** @param inputs rows of packed inputs, packed with `bound` @param outputs rows of values, packed with a bound of 1
   */
  void run(const PackedInput * inputs, int rows, float bound, PackedInput * outputs) const;

 private:
  struct Direction {
    BoundedLayer input, recurrent;
  };

  void run(bool isBackward, const PackedInput * inputs, int rows, float bound, PackedInput * outputs) const;

  int units_;
  Direction directions_[2];
};

}  // namespace heed

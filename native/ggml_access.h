#pragma once
// The only code that uses ggml's private parts. It gives weights a layout of heed's own, and lets ggml compute with
// them as if they had one of its own; and it changes graphs that another library has built.
#include <vector>

struct ggml_cgraph;
struct ggml_context;
struct ggml_tensor;
struct ggml_backend_buffer;

namespace heed {

/** Copies of weight matrices in panels, for the CPU. ggml uses them in products and look-ups like the originals. */
class PanelWeights {
 public:
  PanelWeights() = default;
  ~PanelWeights();
  PanelWeights(const PanelWeights &) = delete;
  PanelWeights & operator=(const PanelWeights &) = delete;

  /** Replaces these matrices (16-bit numbers, columns × rows) by copies in panels. Matrices of another type stay as
   * they are, and so do all of them if there is not enough memory. */
  void replace(const std::vector<ggml_tensor **> & matrices);

 private:
  ggml_context * context_ = nullptr;
  ggml_backend_buffer * buffer_ = nullptr;
};

/** Makes the last product of a graph leave out the rows of its input before `first`. Returns the shorter product, whose
 * description lies in `context`, with room for two tensors; null if the graph does not end with such a product. */
ggml_tensor * leaveOutRows(ggml_cgraph * graph, int first, ggml_context * context);

/** Makes `weights`, the same for each row, be added before each softmax of the graph to which nothing is added yet, and
 * which has as many columns. Returns how many there are. */
int weighPositions(ggml_cgraph * graph, ggml_tensor * weights);

}  // namespace heed

#pragma once
// The one door to ggml's private parts: weights in a layout of heed's own, which ggml computes with as if it knew it.
#include <vector>

struct ggml_context;
struct ggml_tensor;
struct ggml_backend_buffer;

namespace heed {

/** Copies of weight matrices in panels. ggml uses them in products and look-ups as it would the originals. On the
 * CPU. */
class PanelWeights {
 public:
  PanelWeights() = default;
  ~PanelWeights();
  PanelWeights(const PanelWeights &) = delete;
  PanelWeights & operator=(const PanelWeights &) = delete;

  /** Puts copies in the place of these matrices, 16-bit numbers, columns × rows; those of another type stay. They stay
   * too when there is no memory. */
  void replace(const std::vector<ggml_tensor **> & matrices);

 private:
  ggml_context * context_ = nullptr;
  ggml_backend_buffer * buffer_ = nullptr;
};

}  // namespace heed

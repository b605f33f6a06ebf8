#pragma once
// Weight matrices in 8 bits, laid out for the products that a decoder makes: many rows, few columns.
//
// ggml's own product takes the sum of a row at a time, and for the few columns of a beam spends most of its time
// between rows. Here 16 rows lie side by side, a number of each in turn, so that one instruction works on all of them.
// It reads half of what 16 bits would be.
#include <utility>
#include <vector>

struct ggml_context;
struct ggml_tensor;
struct ggml_backend_buffer;

namespace heed {

/** Copies of weight matrices. ggml uses them in products and look-ups as it would the originals. On the CPU. */
class Panels {
 public:
  Panels() = default;
  ~Panels();
  Panels(const Panels &) = delete;
  Panels & operator=(const Panels &) = delete;

  /** Puts copies in the place of these matrices, 16-bit numbers, columns × rows; those of another type stay. They stay
   * too when there is no memory. */
  void replace(const std::vector<ggml_tensor **> & matrices);

 private:
  ggml_context * context_ = nullptr;
  ggml_backend_buffer * buffer_ = nullptr;
};

}  // namespace heed

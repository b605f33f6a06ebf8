#pragma once
// The processor must not touch the memory of a GPU, whatever pointer a tensor holds. This makes copies instead.
#include <cstddef>
#include <cstdint>
#include <vector>

struct ggml_tensor;

namespace heed {

/** A tensor's first bytes where the processor can reach them: in place, or in a copy if they are on a GPU. */
class HostBytes {
 public:
  /** Fetches `known` bytes; up to `all` may then be written. `copy` must live as long as this object. */
  HostBytes(ggml_tensor * tensor, size_t known, size_t all, std::vector<uint8_t> & copy);
  uint8_t * data() const { return data_; }
  /** Writes all bytes back to the tensor. */
  void put() const;

 private:
  ggml_tensor * tensor_;
  size_t all_;
  uint8_t * data_;
  bool isCopy_;
};

}  // namespace heed

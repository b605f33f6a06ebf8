#pragma once
// What a GPU keeps is not the processor's to touch, whatever pointer a tensor holds.
#include <cstddef>
#include <cstdint>
#include <vector>

struct ggml_tensor;

namespace heed {

/** A tensor's first bytes where the processor reaches them: in their place, or in a copy of what a GPU keeps. */
class HostBytes {
 public:
  /** Fetches `known` bytes; up to `all` may be written. `copy` must live as long. */
  HostBytes(ggml_tensor * tensor, size_t known, size_t all, std::vector<uint8_t> & copy);
  uint8_t * data() const { return data_; }
  /** Makes all bytes the tensor's. */
  void put() const;

 private:
  ggml_tensor * tensor_;
  size_t all_;
  uint8_t * data_;
  bool isCopy_;
};

}  // namespace heed

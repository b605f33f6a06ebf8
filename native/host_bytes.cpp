#include "host_bytes.h"

#include "ggml-backend.h"
#include "ggml.h"

namespace heed {

HostBytes::HostBytes(ggml_tensor * tensor, size_t known, size_t all, std::vector<uint8_t> & copy)
    : tensor_(tensor), all_(all), isCopy_(!ggml_backend_buffer_is_host(tensor->buffer)) {
  if (isCopy_) {
    copy.resize(all);
    ggml_backend_tensor_get(tensor, copy.data(), 0, known);
  }
  data_ = isCopy_ ? copy.data() : static_cast<uint8_t *>(tensor->data);
}

void HostBytes::put() const {
  if (isCopy_) ggml_backend_tensor_set(tensor_, data_, 0, all_);
}

}  // namespace heed

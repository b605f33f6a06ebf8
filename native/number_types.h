#pragma once
// ggml's number types to 32-bit numbers, and back.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ggml.h"

namespace heed {

std::vector<float> widened(const void * numbers, size_t count, ggml_type type);
std::vector<uint8_t> narrowed(const std::vector<float> & numbers, ggml_type type);

}  // namespace heed

#pragma once
// Which GPU is to read, found and tried before the library depends on it: there a GPU that fails ends the process.
#include <cstddef>
#include <string>

namespace heed {

/** What may read: the CPU, a GPU of its own, or one that is part of the processor too. */
enum class GpuUse { none, dedicated, integrated };

/** A GPU that can compute, or why there is none. */
struct Gpu {
  int number = -1;  // as the library counts them; negative: none
  std::string problem;
};

/** The first GPU that takes `modelBytes` and computes. One that is part of the processor counts under Vulkan only where
 * `use` or GGML_VK_VISIBLE_DEVICES asks for it: the CPU reads faster than it. */
Gpu findGpu(GpuUse use, size_t modelBytes);

}  // namespace heed

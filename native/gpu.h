#pragma once
// Finds the GPU that is to read, and tries it before the library depends on it: inside the library, a GPU that fails
// would end the process.
#include <cstddef>
#include <string>

namespace heed {

/** Which GPUs may read: none, only one that is not part of the processor, or any. */
enum class GpuUse { none, dedicated, integrated };

/** A GPU that can compute, or why there is none. */
struct Gpu {
  int number = -1;  // as the library numbers GPUs; negative if there is none
  std::string problem;
};

/** The first GPU that has room for `modelBytes` and computes correctly. Under Vulkan, a GPU that is part of the
 * processor is taken only if `use` or GGML_VK_VISIBLE_DEVICES asks for it, because the CPU reads faster. */
Gpu findGpu(GpuUse use, size_t modelBytes);

}  // namespace heed

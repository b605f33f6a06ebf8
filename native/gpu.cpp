#include "gpu.h"

#include "ggml-alloc.h"
#include "ggml-backend.h"
#include "ggml-cpp.h"
#include "ggml.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <vector>

namespace heed {
namespace {

bool isVulkan(ggml_backend_dev_t device) {
  return std::strcmp(ggml_backend_reg_name(ggml_backend_dev_backend_reg(device)), "Vulkan") == 0;
}

/** Whether the GPU has room for the model. */
bool hasRoom(ggml_backend_t backend, size_t bytes) {
  ggml_backend_buffer_type_t type = ggml_backend_get_default_buffer_type(backend);
  const size_t most = ggml_backend_buft_get_max_size(type);
  std::vector<ggml_backend_buffer_ptr> buffers;
  for (size_t left = bytes; left > 0; left -= std::min(left, most)) {
    buffers.emplace_back(ggml_backend_buft_alloc_buffer(type, std::min(left, most)));
    if (!buffers.back()) return false;
  }
  return true;
}

/** Whether the GPU multiplies two matrices of ones correctly. */
bool computes(ggml_backend_t backend) {
  constexpr int kSize = 64, kColumns = 4;
  const ggml_context_ptr context(ggml_init({16 * ggml_tensor_overhead() + ggml_graph_overhead(), nullptr, true}));
  ggml_tensor * matrix = ggml_new_tensor_2d(context.get(), GGML_TYPE_F16, kSize, kSize);
  ggml_tensor * input = ggml_new_tensor_2d(context.get(), GGML_TYPE_F32, kSize, kColumns);
  ggml_tensor * product = ggml_mul_mat(context.get(), matrix, input);
  ggml_cgraph * graph = ggml_new_graph(context.get());
  ggml_build_forward_expand(graph, product);
  const ggml_backend_buffer_ptr buffer(ggml_backend_alloc_ctx_tensors(context.get(), backend));
  if (!buffer) return false;
  const std::vector<ggml_fp16_t> ones(kSize * kSize, ggml_fp32_to_fp16(1));
  const std::vector<float> numbers(kSize * kColumns, 1);
  ggml_backend_tensor_set(matrix, ones.data(), 0, ggml_nbytes(matrix));
  ggml_backend_tensor_set(input, numbers.data(), 0, ggml_nbytes(input));
  if (ggml_backend_graph_compute(backend, graph) != GGML_STATUS_SUCCESS) return false;
  std::vector<float> found(kSize * kColumns);
  ggml_backend_tensor_get(product, found.data(), 0, ggml_nbytes(product));
  return std::all_of(found.begin(), found.end(), [](float number) { return number == kSize; });
}

/** Why the GPU cannot read; empty if it can. */
std::string problemOf(ggml_backend_dev_t device, size_t modelBytes) {
  try {
    const ggml_backend_ptr backend(ggml_backend_dev_init(device, nullptr));
    if (!backend) return "it could not be initialised";
    if (!hasRoom(backend.get(), modelBytes)) return "its memory has no room for the model";
    return computes(backend.get()) ? "" : "it computes wrong results";
  } catch (const std::exception & error) {
    return error.what();
  }
}

}  // namespace

Gpu findGpu(GpuUse use, size_t modelBytes) {
  const bool isAsked = use == GpuUse::integrated || std::getenv("GGML_VK_VISIBLE_DEVICES");
  Gpu found;
  int number = 0;
  for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
    ggml_backend_dev_t device = ggml_backend_dev_get(i);
    const auto type = ggml_backend_dev_type(device);
    if (type != GGML_BACKEND_DEVICE_TYPE_GPU && type != GGML_BACKEND_DEVICE_TYPE_IGPU) continue;
    const bool counts = type == GGML_BACKEND_DEVICE_TYPE_GPU || isAsked || !isVulkan(device);
    const std::string problem =
        counts ? problemOf(device, modelBytes)
               : "it is part of the processor, which reads faster by itself (use it with transcribe.integratedGpu)";
    if (problem.empty()) return {number, ""};
    if (found.problem.empty()) found.problem = std::string(ggml_backend_dev_description(device)) + ": " + problem;
    number++;
  }
  if (found.problem.empty()) found.problem = "no GPU was found";
  return found;
}

}  // namespace heed

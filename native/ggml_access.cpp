#include "ggml_access.h"

#include "ggml-backend-impl.h"
#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "ggml-impl.h"
#include "traits.h"

#include <mutex>
#include <utility>

#include "key_products.h"
#include "panels.h"

namespace heed {
namespace {

PanelMatrix matrixOf(const ggml_tensor * tensor) { return {tensor->data, tensor->ne[0], tensor->ne[1]}; }

class Traits : public ggml::cpu::tensor_traits {
  bool work_size(int, const ggml_tensor *, size_t & size) override {
    size = 0;
    return true;
  }

  bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
    const ggml_tensor * input = op->src[1];
    float * to = static_cast<float *>(op->data);
    if (op->op == GGML_OP_MUL_MAT)
      multiplyPanels(matrixOf(op->src[0]), static_cast<const float *>(input->data), input->nb[1] / sizeof(float),
                     ggml_nrows(input), to, params->ith, params->nth);
    else if (params->ith == 0)
      lookUpRows(matrixOf(op->src[0]), static_cast<const int32_t *>(input->data), ggml_nelements(input), to);
    return true;
  }
};

Traits traits;

/** The products of a few tokens' queries with keys, which are told by their shape. */
class KeyTraits : public ggml::cpu::tensor_traits {
 public:
  static bool isFor(const ggml_tensor * op) {
    // More tokens than this are multiplied faster by ggml.
    constexpr int64_t kMostTokens = 16;
    if (!kCanMultiplyKeys || op->op != GGML_OP_MUL_MAT) return false;
    const ggml_tensor *keys = op->src[0], *queries = op->src[1];
    return keys->type == GGML_TYPE_F16 && queries->type == GGML_TYPE_F32 && keys->ne[0] == kHeadSize &&
           keys->nb[0] == sizeof(ggml_fp16_t) && queries->nb[0] == sizeof(float) && keys->ne[2] == queries->ne[2] &&
           keys->ne[3] == 1 && queries->ne[3] == 1 && queries->ne[1] <= kMostTokens && ggml_is_contiguous(op);
  }

  bool work_size(int, const ggml_tensor *, size_t & size) override {
    size = 0;
    return true;
  }

  bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
    const ggml_tensor *keys = op->src[0], *queries = op->src[1];
    multiplyKeys({static_cast<const uint16_t *>(keys->data), keys->ne[1], keys->ne[2], keys->nb[1] / sizeof(uint16_t),
                  keys->nb[2] / sizeof(uint16_t)},
                 {static_cast<const float *>(queries->data), queries->ne[1], queries->nb[1] / sizeof(float),
                  queries->nb[2] / sizeof(float)},
                 static_cast<float *>(op->data), params->ith, params->nth);
    return true;
  }
};

KeyTraits keyTraits;

class BufferType : public ggml::cpu::extra_buffer_type {
 public:
  static ggml_backend_buffer_type * get() {
    static ggml_backend_buffer_type type = {
        {
            [](ggml_backend_buffer_type_t) { return "heed panels"; },
            [](ggml_backend_buffer_type_t self, size_t size) {
              ggml_backend_buffer_t buffer = ggml_backend_buft_alloc_buffer(ggml_backend_cpu_buffer_type(), size);
              if (buffer) buffer->buft = self;
              return buffer;
            },
            [](ggml_backend_buffer_type_t) { return kPanelAlignment; },
            nullptr,
            [](ggml_backend_buffer_type_t, const ggml_tensor * tensor) {
              return panelBytes(tensor->ne[0], tensor->ne[1]);
            },
            nullptr,
        },
        ggml_backend_reg_dev_get(ggml_backend_cpu_reg(), 0),
        new BufferType(),
    };
    return &type;
  }

 private:
  bool supports_op(ggml_backend_dev_t, const ggml_tensor * op) override { return get_tensor_traits(op) != nullptr; }

  ggml::cpu::tensor_traits * get_tensor_traits(const ggml_tensor * op) override {
    if (!op->src[0]) return nullptr;
    if (KeyTraits::isFor(op)) return &keyTraits;
    if (op->src[0]->extra != &traits) return nullptr;
    const bool isProduct =
        op->op == GGML_OP_MUL_MAT && op->src[1]->type == GGML_TYPE_F32 && ggml_is_contiguous(op->src[1]);
    return isProduct || op->op == GGML_OP_GET_ROWS ? &traits : nullptr;
  }
};

}  // namespace

PanelWeights::~PanelWeights() {
  ggml_backend_buffer_free(buffer_);
  ggml_free(context_);
}

void PanelWeights::replace(const std::vector<ggml_tensor **> & matrices) {
  static std::once_flag once;
  std::call_once(once, [] { ggml_backend_cpu_get_extra_buffer_types().push_back(BufferType::get()); });
  context_ = ggml_init({matrices.size() * ggml_tensor_overhead(), nullptr, true});
  std::vector<std::pair<ggml_tensor **, ggml_tensor *>> copies;
  for (ggml_tensor ** matrix : matrices) {
    if ((*matrix)->type != GGML_TYPE_F16 || !fitsPanels((*matrix)->ne[0])) continue;
    copies.push_back({matrix, ggml_new_tensor_2d(context_, GGML_TYPE_Q8_0, (*matrix)->ne[0], (*matrix)->ne[1])});
  }
  if (copies.empty()) return;
  buffer_ = ggml_backend_alloc_ctx_tensors_from_buft(context_, BufferType::get());
  if (!buffer_) return;
  ggml_backend_buffer_set_usage(buffer_, GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
  for (const auto & [matrix, copy] : copies) {
    const ggml_fp16_t * numbers = static_cast<const ggml_fp16_t *>((*matrix)->data);
    const int64_t columns = (*matrix)->ne[0];
    packPanels(copy->data, columns, (*matrix)->ne[1],
               [&](int64_t row, float * to) { ggml_fp16_to_fp32_row(numbers + row * columns, to, columns); });
    copy->extra = &traits;
    *matrix = copy;
  }
}

ggml_tensor * leaveOutRows(ggml_cgraph * graph, int first, ggml_context * context) {
  const ggml_tensor * whole = ggml_graph_node(graph, -1);
  if (whole->op != GGML_OP_MUL_MAT || first >= whole->ne[1]) return nullptr;
  ggml_tensor * rows = whole->src[1];
  ggml_tensor * wanted =
      ggml_view_2d(context, rows, rows->ne[0], rows->ne[1] - first, rows->nb[1], first * rows->nb[1]);
  graph->n_nodes--;
  ggml_tensor * product = ggml_mul_mat(context, whole->src[0], wanted);
  ggml_build_forward_expand(graph, product);
  return product;
}

int weighPositions(ggml_cgraph * graph, ggml_tensor * weights) {
  int weighed = 0;
  for (int i = 0; i < graph->n_nodes; i++) {
    ggml_tensor * node = graph->nodes[i];
    if (node->op != GGML_OP_SOFT_MAX || node->src[1] || node->ne[0] != weights->ne[0]) continue;
    node->src[1] = weights;
    weighed++;
  }
  ggml_set_input(weights);
  graph->leafs[graph->n_leafs++] = weights;
  return weighed;
}

}  // namespace heed

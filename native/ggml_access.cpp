#include "ggml_access.h"

#include "ggml-backend-impl.h"
#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "ggml-impl.h"
#include "traits.h"

#include <cstring>
#include <mutex>
#include <utility>

#include "curves.h"
#include "half_products.h"
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

/** Up to so many columns of a product are few. */
constexpr int64_t kFewColumns = 16;

/** The products of a few tokens' queries with keys, which are told by their shape. */
class KeyTraits : public ggml::cpu::tensor_traits {
 public:
  static bool isFor(const ggml_tensor * op) {
    if (!kCanWidenHalves || op->op != GGML_OP_MUL_MAT) return false;
    const ggml_tensor *keys = op->src[0], *queries = op->src[1];
    return keys->type == GGML_TYPE_F16 && queries->type == GGML_TYPE_F32 && keys->ne[0] == kHeadSize &&
           keys->nb[0] == sizeof(ggml_fp16_t) && queries->nb[0] == sizeof(float) && keys->ne[2] == queries->ne[2] &&
           keys->ne[3] == 1 && queries->ne[3] == 1 && queries->ne[1] <= kFewColumns && ggml_is_contiguous(op);
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

/** The products of 16-bit numbers with many columns. */
class HalfTraits : public ggml::cpu::tensor_traits {
 public:
  static bool isFor(const ggml_tensor * op) {
    if (!kCanWidenHalves || op->op != GGML_OP_MUL_MAT) return false;
    const ggml_tensor *matrices = op->src[0], *inputs = op->src[1];
    return matrices->type == GGML_TYPE_F16 && inputs->type == GGML_TYPE_F32 && matrices->nb[0] == sizeof(ggml_fp16_t) &&
           inputs->nb[0] == sizeof(float) && matrices->ne[2] == inputs->ne[2] && matrices->ne[3] == 1 &&
           inputs->ne[3] == 1 && inputs->ne[1] > kFewColumns && ggml_is_contiguous(op);
  }

  bool work_size(int, const ggml_tensor *, size_t & size) override {
    size = 0;
    return true;
  }

  bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
    const ggml_tensor *matrices = op->src[0], *inputs = op->src[1];
    multiplyHalves({static_cast<const uint16_t *>(matrices->data), matrices->ne[0], matrices->ne[1], matrices->ne[2],
                    matrices->nb[1] / sizeof(uint16_t), matrices->nb[2] / sizeof(uint16_t)},
                   {static_cast<const float *>(inputs->data), inputs->ne[1], inputs->nb[1] / sizeof(float),
                    inputs->nb[2] / sizeof(float)},
                   static_cast<float *>(op->data), params->ith, params->nth);
    return true;
  }
};

HalfTraits halfTraits;

/** The curves of a speech model, whose rows the threads share. */
class CurveTraits : public ggml::cpu::tensor_traits {
 public:
  static bool isFor(const ggml_tensor * op) {
    const ggml_tensor * from = op->src[0];
    if (from->type != GGML_TYPE_F32 || !ggml_is_contiguous(from) || !ggml_is_contiguous(op)) return false;
    if (op->op == GGML_OP_UNARY) return ggml_get_unary_op(op) == GGML_UNARY_OP_GELU;
    if (op->op != GGML_OP_SOFT_MAX || op->src[2] || parameter(op, 1) != 0) return false;
    const ggml_tensor * added = op->src[1];
    return !added || (added->type == GGML_TYPE_F32 && added->nb[0] == sizeof(float) && added->ne[0] == from->ne[0] &&
                      added->ne[1] >= from->ne[1] && added->ne[2] == 1 && added->ne[3] == 1 && from->ne[3] == 1);
  }

  bool work_size(int, const ggml_tensor *, size_t & size) override {
    size = 0;
    return true;
  }

  bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
    const ggml_tensor *from = op->src[0], *added = op->src[1];
    const int64_t count = from->ne[0], rows = ggml_nrows(from);
    const float * input = static_cast<const float *>(from->data);
    float * output = static_cast<float *>(op->data);
    for (int64_t row = rows * params->ith / params->nth; row < rows * (params->ith + 1) / params->nth; row++) {
      if (op->op == GGML_OP_UNARY)
        gelu(input + row * count, count, output + row * count);
      else
        softMax(input + row * count, added ? addedTo(row % from->ne[1], added) : nullptr, parameter(op, 0), count,
                output + row * count);
    }
    return true;
  }

 private:
  /** The scale, and the most bias, of which heed's models have none. */
  static float parameter(const ggml_tensor * op, int number) {
    float value;
    std::memcpy(&value, reinterpret_cast<const float *>(op->op_params) + number, sizeof value);
    return value;
  }
  static const float * addedTo(int64_t row, const ggml_tensor * added) {
    return reinterpret_cast<const float *>(static_cast<const char *>(added->data) + row * added->nb[1]);
  }
};

CurveTraits curveTraits;

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
    if (HalfTraits::isFor(op)) return &halfTraits;
    if (CurveTraits::isFor(op)) return &curveTraits;
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

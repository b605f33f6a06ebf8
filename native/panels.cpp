#include "panels.h"

#include "ggml-backend-impl.h"
#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "traits.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <mutex>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace heed {
namespace {

constexpr int kRows = 16;     // of a panel
constexpr int kColumns = 32;  // that share a scale

// Numbers in a register; columns of the product worked on at a time; how bytes become numbers, which compilers do one
// by one otherwise.
#if defined(__AVX512F__)
constexpr int kLanes = 16, kTile = 12;
typedef __m512 Floats;
Floats widen(const int8_t * bytes) {
  return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes))));
}
#elif defined(__AVX2__)
constexpr int kLanes = 8, kTile = 6;
typedef __m256 Floats;
Floats widen(const int8_t * bytes) {
  return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(bytes))));
}
#else
constexpr int kLanes = 4, kTile = 4;
typedef float Floats __attribute__((vector_size(16)));
Floats widen(const int8_t * bytes) {
  return Floats{float(bytes[0]), float(bytes[1]), float(bytes[2]), float(bytes[3])};
}
#endif
constexpr int kParts = kRows / kLanes;

/** 16 rows × 32 columns of a matrix. */
struct Block {
  float scales[kRows];
  int8_t numbers[kColumns][kRows];
};

size_t blocksOf(const ggml_tensor * matrix) {
  return static_cast<size_t>((matrix->ne[1] + kRows - 1) / kRows) * (matrix->ne[0] / kColumns);
}

/** `Columns` columns of the product for the 16 rows of a panel; `step` numbers lie between two columns of `input`. */
template <int Columns>
void panelProduct(const Block * panel, int blocks, const float * input, size_t step, Floats (&sums)[kTile][kParts]) {
  // With few columns the sums are few too, and each waits for the one before: two of each keep the processor busy.
  constexpr int kTurns = Columns <= 3 ? 2 : 1;
  Floats partial[kTurns][Columns][kParts] = {};
  for (int b = 0; b < blocks; b++) {
    const Block & block = panel[b];
    Floats scales[kParts];
    for (int part = 0; part < kParts; part++)
      scales[part] = *reinterpret_cast<const Floats *>(block.scales + part * kLanes);
    for (int k = 0; k < kColumns; k += kTurns) {
      for (int turn = 0; turn < kTurns; turn++) {
        Floats weights[kParts];
        for (int part = 0; part < kParts; part++) {
          weights[part] = scales[part] * widen(block.numbers[k + turn] + part * kLanes);
        }
        for (int column = 0; column < Columns; column++) {
          const float value = input[column * step + b * kColumns + k + turn];
          for (int part = 0; part < kParts; part++) partial[turn][column][part] += weights[part] * value;
        }
      }
    }
  }
  for (int column = 0; column < Columns; column++) {
    for (int part = 0; part < kParts; part++) {
      sums[column][part] = partial[0][column][part];
      if (kTurns == 2) sums[column][part] += partial[kTurns - 1][column][part];
    }
  }
}

template <int Columns = kTile>
void product(int columns, const Block * panel, int blocks, const float * input, size_t step,
             Floats (&sums)[kTile][kParts]) {
  if constexpr (Columns > 1) {
    if (columns < Columns) return product<Columns - 1>(columns, panel, blocks, input, step, sums);
  }
  panelProduct<Columns>(panel, blocks, input, step, sums);
}

/** One thread's share of matrix × input: every so many panels of rows. */
void multiply(const ggml_compute_params * params, ggml_tensor * output) {
  const ggml_tensor * matrix = output->src[0];
  const ggml_tensor * input = output->src[1];
  const int blocks = static_cast<int>(matrix->ne[0] / kColumns);
  const int64_t rows = matrix->ne[1], columns = ggml_nrows(input);
  const int64_t panels = (rows + kRows - 1) / kRows;
  const size_t step = input->nb[1] / sizeof(float);
  const Block * all = static_cast<const Block *>(matrix->data);
  const float * from = static_cast<const float *>(input->data);
  float * to = static_cast<float *>(output->data);
  const int64_t first = panels * params->ith / params->nth, last = panels * (params->ith + 1) / params->nth;
  for (int64_t p = first; p < last; p++) {
    const int64_t wide = std::min<int64_t>(kRows, rows - p * kRows);
    for (int64_t column = 0; column < columns; column += kTile) {
      const int count = static_cast<int>(std::min<int64_t>(kTile, columns - column));
      Floats sums[kTile][kParts];
      product(count, all + p * blocks, blocks, from + column * step, step, sums);
      for (int c = 0; c < count; c++)
        std::copy_n(reinterpret_cast<const float *>(sums[c]), wide, to + (column + c) * rows + p * kRows);
    }
  }
}

/** Rows by their numbers. */
void lookUp(const ggml_compute_params * params, ggml_tensor * output) {
  if (params->ith != 0) return;
  const ggml_tensor * matrix = output->src[0];
  const int64_t columns = matrix->ne[0], blocks = columns / kColumns;
  const int32_t * numbers = static_cast<const int32_t *>(output->src[1]->data);
  float * to = static_cast<float *>(output->data);
  for (int64_t i = 0; i < ggml_nelements(output->src[1]); i++) {
    const Block * panel = static_cast<const Block *>(matrix->data) + numbers[i] / kRows * blocks;
    const int row = numbers[i] % kRows;
    for (int64_t k = 0; k < columns; k++)
      to[i * columns + k] = panel[k / kColumns].scales[row] * panel[k / kColumns].numbers[k % kColumns][row];
  }
}

class Traits : public ggml::cpu::tensor_traits {
  bool work_size(int, const ggml_tensor *, size_t & size) override {
    size = 0;
    return true;
  }

  bool compute_forward(ggml_compute_params * params, ggml_tensor * op) override {
    if (op->op == GGML_OP_MUL_MAT)
      multiply(params, op);
    else
      lookUp(params, op);
    return true;
  }
};

Traits traits;

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
            [](ggml_backend_buffer_type_t) { return size_t{64}; },
            nullptr,
            [](ggml_backend_buffer_type_t, const ggml_tensor * tensor) { return blocksOf(tensor) * sizeof(Block); },
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
    if (!op->src[0] || op->src[0]->extra != &traits) return nullptr;
    const bool isProduct =
        op->op == GGML_OP_MUL_MAT && op->src[1]->type == GGML_TYPE_F32 && ggml_is_contiguous(op->src[1]);
    return isProduct || op->op == GGML_OP_GET_ROWS ? &traits : nullptr;
  }
};

/** Lays out one matrix. */
void pack(const ggml_tensor * matrix, ggml_tensor * packed) {
  const int64_t columns = matrix->ne[0], rows = matrix->ne[1], blocks = columns / kColumns;
  Block * all = static_cast<Block *>(packed->data);
  std::vector<float> row(columns);
  for (int64_t r = 0; r < (rows + kRows - 1) / kRows * kRows; r++) {
    if (r < rows)
      ggml_fp16_to_fp32_row(static_cast<const ggml_fp16_t *>(matrix->data) + r * columns, row.data(), columns);
    else
      std::fill(row.begin(), row.end(), 0.0f);
    for (int64_t b = 0; b < blocks; b++) {
      Block & block = all[r / kRows * blocks + b];
      float most = 0;
      for (int k = 0; k < kColumns; k++) most = std::max(most, std::abs(row[b * kColumns + k]));
      const float scale = most / 127;
      block.scales[r % kRows] = scale;
      for (int k = 0; k < kColumns; k++)
        block.numbers[k][r % kRows] = static_cast<int8_t>(scale > 0 ? std::lround(row[b * kColumns + k] / scale) : 0);
    }
  }
}

}  // namespace

Panels::~Panels() {
  ggml_backend_buffer_free(buffer_);
  ggml_free(context_);
}

void Panels::replace(const std::vector<ggml_tensor **> & matrices) {
  static std::once_flag once;
  std::call_once(once, [] { ggml_backend_cpu_get_extra_buffer_types().push_back(BufferType::get()); });
  context_ = ggml_init({matrices.size() * ggml_tensor_overhead(), nullptr, true});
  std::vector<std::pair<ggml_tensor **, ggml_tensor *>> copies;
  for (ggml_tensor ** matrix : matrices) {
    if ((*matrix)->type != GGML_TYPE_F16 || (*matrix)->ne[0] % kColumns != 0) continue;
    copies.push_back({matrix, ggml_new_tensor_2d(context_, GGML_TYPE_Q8_0, (*matrix)->ne[0], (*matrix)->ne[1])});
  }
  if (copies.empty()) return;
  buffer_ = ggml_backend_alloc_ctx_tensors_from_buft(context_, BufferType::get());
  if (!buffer_) return;
  ggml_backend_buffer_set_usage(buffer_, GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
  for (const auto & [matrix, copy] : copies) {
    pack(*matrix, copy);
    copy->extra = &traits;
    *matrix = copy;
  }
}

}  // namespace heed

#include "encoder_silence.h"

#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "ggml.h"

#include <cmath>
#include <cstring>

namespace heed {
namespace {

constexpr int kMultiple = 16;  // ggml's fast matrix product needs multiples of this

/** The whole tensor as 32-bit numbers. */
std::vector<float> numbersOf(const ggml_tensor * tensor) {
  std::vector<char> bytes(ggml_nbytes(tensor));
  ggml_backend_tensor_get(tensor, bytes.data(), 0, bytes.size());
  std::vector<float> numbers(ggml_nelements(tensor));
  if (tensor->type == GGML_TYPE_F32)
    std::memcpy(numbers.data(), bytes.data(), bytes.size());
  else
    ggml_get_type_traits(tensor->type)->to_float(bytes.data(), numbers.data(), static_cast<int64_t>(numbers.size()));
  return numbers;
}

void write(ggml_tensor * tensor, const std::vector<float> & numbers) {
  if (tensor->type == GGML_TYPE_F32) return ggml_backend_tensor_set(tensor, numbers.data(), 0, ggml_nbytes(tensor));
  std::vector<char> bytes(ggml_nbytes(tensor));
  ggml_get_type_traits_cpu(tensor->type)
      ->from_float(numbers.data(), bytes.data(), static_cast<int64_t>(numbers.size()));
  ggml_backend_tensor_set(tensor, bytes.data(), 0, bytes.size());
}

/** The means of groups of `size` neighbouring items. The numbers are blocks of `count` items of `step` numbers each. */
std::vector<float> merged(const std::vector<float> & numbers, size_t count, size_t groups, size_t size, size_t step) {
  const size_t block = count * step, blocks = numbers.size() / block;
  std::vector<float> means(blocks * groups * step);
  for (size_t b = 0; b < blocks; b++) {
    for (size_t group = 0; group < groups; group++) {
      for (size_t i = 0; i < step; i++) {
        float sum = 0;
        for (size_t member = 0; member < size; member++) sum += numbers[b * block + (group * size + member) * step + i];
        means[(b * groups + group) * step + i] = sum / size;
      }
    }
  }
  return means;
}

}  // namespace

EncoderSilence::~EncoderSilence() {
  ggml_backend_buffer_free(buffer_);
  ggml_free(context_);
}

bool EncoderSilence::keep(const std::vector<std::pair<ggml_tensor *, ggml_tensor *>> & layers) {
  ggml_backend_buffer_type_t where = ggml_backend_buffer_get_type(layers.front().first->buffer);
  const bool isOnHost = ggml_backend_buft_is_host(where);
  context_ = ggml_init({layers.size() * 2 * ggml_tensor_overhead(), nullptr, true});
  for (const auto & [keys, values] : layers) {
    groups_ = static_cast<int>(keys->ne[1]) / groupSize_;
    const ggml_type type = isOnHost ? keys->type : GGML_TYPE_F32;
    layers_.push_back({ggml_new_tensor_3d(context_, type, keys->ne[0], groups_, keys->ne[2]),
                       ggml_new_tensor_3d(context_, type, groups_, values->ne[1], values->ne[2])});
  }
  buffer_ = ggml_backend_alloc_ctx_tensors_from_buft(context_, where);
  if (!buffer_) return false;
  ggml_backend_buffer_set_usage(buffer_, GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
  for (size_t i = 0; i < layers.size(); i++) {
    const auto & [keys, values] = layers[i];
    write(layers_[i].first, merged(numbersOf(keys), keys->ne[1], groups_, groupSize_, keys->ne[0]));
    write(layers_[i].second, merged(numbersOf(values), values->ne[0], groups_, groupSize_, 1));
  }
  return true;
}

int EncoderSilence::groupsBehind(int positions) const {
  const int first = firstBehind(positions);
  return first >= groups_ ? 0 : (groups_ - first) / kMultiple * kMultiple;
}

bool EncoderSilence::isWide() const { return layers_.front().first->type == GGML_TYPE_F32; }

float EncoderSilence::logGroupSize() const { return std::log(static_cast<float>(groupSize_)); }

ggml_tensor * EncoderSilence::keys(ggml_context * graph, int layer, int positions) const {
  ggml_tensor * all = layers_[layer].first;
  return ggml_view_3d(graph, all, all->ne[0], groupsBehind(positions), all->ne[2], all->nb[1], all->nb[2],
                      firstBehind(positions) * all->nb[1]);
}

ggml_tensor * EncoderSilence::values(ggml_context * graph, int layer, int positions) const {
  ggml_tensor * all = layers_[layer].second;
  return ggml_view_3d(graph, all, groupsBehind(positions), all->ne[1], all->ne[2], all->nb[1], all->nb[2],
                      firstBehind(positions) * all->nb[0]);
}

}  // namespace heed

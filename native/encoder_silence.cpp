#include "encoder_silence.h"

#include "ggml-backend.h"
#include "ggml.h"

#include "number_types.h"
#include "position_groups.h"

namespace heed {
namespace {

/** The whole tensor as 32-bit numbers. */
std::vector<float> numbersOf(const ggml_tensor * tensor) {
  std::vector<char> bytes(ggml_nbytes(tensor));
  ggml_backend_tensor_get(tensor, bytes.data(), 0, bytes.size());
  return widened(bytes.data(), ggml_nelements(tensor), tensor->type);
}

void write(ggml_tensor * tensor, const std::vector<float> & numbers) {
  ggml_backend_tensor_set(tensor, narrowed(numbers, tensor->type).data(), 0, ggml_nbytes(tensor));
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
    groups_ = static_cast<int>(keys->ne[1]) / kGroupSize;
    const ggml_type type = isOnHost ? keys->type : GGML_TYPE_F32;
    layers_.push_back({ggml_new_tensor_3d(context_, type, keys->ne[0], groups_, keys->ne[2]),
                       ggml_new_tensor_3d(context_, type, groups_, values->ne[1], values->ne[2])});
  }
  buffer_ = ggml_backend_alloc_ctx_tensors_from_buft(context_, where);
  if (!buffer_) return false;
  ggml_backend_buffer_set_usage(buffer_, GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
  for (size_t i = 0; i < layers.size(); i++) {
    const auto & [keys, values] = layers[i];
    write(layers_[i].first, groupMeans(numbersOf(keys), keys->ne[1], keys->ne[0]));
    write(layers_[i].second, groupMeans(numbersOf(values), values->ne[0], 1));
  }
  return true;
}

int EncoderSilence::groupsBehind(int positions) const {
  const int first = firstGroupBehind(positions);
  return first >= groups_ ? 0 : (groups_ - first) / kPositionMultiple * kPositionMultiple;
}

bool EncoderSilence::isWide() const { return layers_.front().first->type == GGML_TYPE_F32; }

ggml_tensor * EncoderSilence::keys(ggml_context * graph, int layer, int positions) const {
  ggml_tensor * all = layers_[layer].first;
  return ggml_view_3d(graph, all, all->ne[0], groupsBehind(positions), all->ne[2], all->nb[1], all->nb[2],
                      firstGroupBehind(positions) * all->nb[1]);
}

ggml_tensor * EncoderSilence::values(ggml_context * graph, int layer, int positions) const {
  ggml_tensor * all = layers_[layer].second;
  return ggml_view_3d(graph, all, groupsBehind(positions), all->ne[1], all->ne[2], all->nb[1], all->nb[2],
                      firstGroupBehind(positions) * all->nb[0]);
}

}  // namespace heed

#include "encoder.h"

#include "ggml-backend.h"

#include <algorithm>
#include <cmath>

#include "position_groups.h"

namespace heed {
namespace {

ggml_tensor * linear(ggml_context * graph, ggml_tensor * input, ggml_tensor * weight, ggml_tensor * bias) {
  ggml_tensor * product = ggml_mul_mat(graph, weight, input);
  return bias ? ggml_add(graph, product, bias) : product;
}

ggml_tensor * normalized(ggml_context * graph, ggml_tensor * input, ggml_tensor * weight, ggml_tensor * bias,
                         float epsilon) {
  return ggml_add(graph, ggml_mul(graph, ggml_norm(graph, input, epsilon), weight), bias);
}

/** Makes sure that a tensor's numbers are still there after the graph has been computed. */
ggml_tensor * output(ggml_cgraph * graph, ggml_tensor * tensor) {
  ggml_set_output(tensor);
  ggml_build_forward_expand(graph, tensor);
  return tensor;
}

}  // namespace

ggml_tensor * Encoder::build(ggml_context * context, ggml_cgraph * graph, ggml_tensor * convolved) {
  silentGroups_ = silence_ ? silence_->groupsBehind(positions_) : 0;
  groupWeights_ = nullptr;
  recorded_.clear();
  if (silentGroups_ > 0) {
    groupWeights_ = ggml_new_tensor_2d(context, GGML_TYPE_F32, positions_ + silentGroups_, positions_);
    ggml_set_input(groupWeights_);
  }
  ggml_tensor * places =
      ggml_view_2d(context, weights_.places, weights_.features, positions_, weights_.places->nb[1], 0);
  ggml_tensor * stream = ggml_add(context, places, convolved);
  for (size_t i = 0; i < weights_.layers.size(); i++) stream = layer(context, graph, i, stream);
  return normalized(context, stream, weights_.lastNormWeight, weights_.lastNormBias, weights_.epsilon);
}

ggml_tensor * Encoder::layer(ggml_context * context, ggml_cgraph * graph, size_t index, ggml_tensor * stream) {
  const EncoderLayer & layer = weights_.layers[index];
  ggml_tensor * heard =
      normalized(context, stream, layer.attentionNormWeight, layer.attentionNormBias, weights_.epsilon);
  ggml_tensor * heardKeys = linear(context, heard, layer.keyWeight, nullptr);
  ggml_tensor * heardValues = linear(context, heard, layer.valueWeight, layer.valueBias);
  ggml_tensor * keys = keysOf(context, heardKeys);
  ggml_tensor * values = valuesOf(context, heardValues);
  if (record_) recorded_.push_back({output(graph, ggml_cont(context, keys)), output(graph, values)});
  if (groupWeights_) {
    const int number = static_cast<int>(index);
    ggml_tensor * silentKeys = silence_->keys(context, number, positions_);
    ggml_tensor * silentValues = silence_->values(context, number, positions_);
    if (silence_->isWide()) {
      keys = ggml_concat(context, perHead(context, heardKeys), silentKeys, 1);
      values = ggml_concat(context, byFeature(context, heardValues), silentValues, 0);
      keys = ggml_cast(context, keys, weights_.type);
      values = ggml_cast(context, values, weights_.type);
    } else {
      keys = ggml_concat(context, keys, silentKeys, 1);
      values = ggml_concat(context, values, silentValues, 0);
    }
  }
  ggml_tensor * queries = perHead(context, linear(context, heard, layer.queryWeight, layer.queryBias));
  const float scale = 1.0f / std::sqrt(static_cast<float>(headSize()));
  ggml_tensor * attention =
      ggml_soft_max_ext(context, ggml_mul_mat(context, keys, queries), groupWeights_, scale, 0.0f);
  ggml_tensor * merged =
      ggml_cont_2d(context, ggml_permute(context, ggml_mul_mat(context, values, attention), 0, 2, 1, 3),
                   weights_.features, positions_);
  stream = ggml_add(context, linear(context, merged, layer.mergeWeight, layer.mergeBias), stream);
  ggml_tensor * inner = normalized(context, stream, layer.innerNormWeight, layer.innerNormBias, weights_.epsilon);
  inner = ggml_gelu(context, linear(context, inner, layer.widenWeight, layer.widenBias));
  return ggml_add(context, linear(context, inner, layer.narrowWeight, layer.narrowBias), stream);
}

/** Makes a group of silent positions weigh as much as all its members together. */
void Encoder::fill() {
  if (!groupWeights_) return;
  std::vector<float> numbers(ggml_nelements(groupWeights_), 0.0f);
  const size_t row = groupWeights_->ne[0];
  for (size_t end = row; end <= numbers.size(); end += row)
    std::fill_n(numbers.begin() + (end - silentGroups_), silentGroups_, logGroupSize());
  ggml_backend_tensor_set(groupWeights_, numbers.data(), 0, numbers.size() * sizeof(float));
}

/** From features × positions to head features × positions × heads. */
ggml_tensor * Encoder::perHead(ggml_context * context, ggml_tensor * input) const {
  return ggml_permute(context, ggml_reshape_3d(context, input, headSize(), weights_.heads, positions_), 0, 2, 1, 3);
}

ggml_tensor * Encoder::keysOf(ggml_context * context, ggml_tensor * input) const {
  return perHead(context, ggml_cast(context, input, weights_.type));
}

ggml_tensor * Encoder::valuesOf(ggml_context * context, ggml_tensor * input) const {
  return ggml_cast(context, byFeature(context, input), weights_.type);
}

/** From features × positions to positions × head features × heads. */
ggml_tensor * Encoder::byFeature(ggml_context * context, ggml_tensor * input) const {
  return ggml_permute(context, ggml_reshape_3d(context, input, headSize(), weights_.heads, positions_), 1, 2, 0, 3);
}

}  // namespace heed

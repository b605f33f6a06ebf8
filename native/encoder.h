// Part of engine.cpp's translation unit: the encoder of whisper.cpp's model as heed runs it.
//
// The model was trained on 30 s at a time. The encoder here computes the positions of the speech alone, and each of
// them still attends to the whole 30 s: behind the speech stand the keys and values of silence, computed once.
// Neighbours of these are merged, each group counted as often as it has members.

#include "encoder_silence.h"

namespace heed {
namespace {

ggml_tensor * linear(ggml_context * graph, ggml_tensor * input, ggml_tensor * weight, ggml_tensor * bias) {
  ggml_tensor * product = ggml_mul_mat(graph, weight, input);
  return bias ? ggml_add(graph, product, bias) : product;
}

ggml_tensor * normalized(ggml_context * graph, ggml_tensor * input, ggml_tensor * weight, ggml_tensor * bias,
                         float eps) {
  return ggml_add(graph, ggml_mul(graph, ggml_norm(graph, input, eps), weight), bias);
}

/** Runs the encoder of one state. */
class Encoder {
 public:
  Encoder(whisper_context & context, whisper_state & state)
      : context_(context), state_(state), shape_(context.model.hparams) {}

  /** From a spectrogram of 2 × positions frames to the decoder's keys and values. Keeps this encoder's own keys and
   * values of every layer in `record`, if given. */
  bool run(const std::vector<float> & mel, int positions, int threads, const EncoderSilence * silence,
           EncoderSilence * record = nullptr) {
    positions_ = positions;
    state_.exp_n_audio_ctx = positions;
    return convolve(mel, threads) && attend(threads, silence, record) &&
           compute(state_.sched_cross, whisper_build_graph_cross(context_, state_), threads);
  }

 private:
  bool convolve(const std::vector<float> & mel, int threads) {
    ggml_cgraph * graph = whisper_build_graph_conv(context_, state_);
    if (!ggml_backend_sched_alloc_graph(state_.sched_conv.sched, graph)) return false;
    ggml_backend_tensor_set(ggml_graph_get_tensor(graph, "mel"), mel.data(), 0, mel.size() * sizeof(float));
    return ggml_graph_compute_helper(state_.sched_conv.sched, graph, threads);
  }

  bool attend(int threads, const EncoderSilence * silence, EncoderSilence * record) {
    whisper_sched & schedule = state_.sched_encode;
    ggml_context * context = ggml_init({schedule.meta.size(), schedule.meta.data(), true});
    ggml_cgraph * graph = ggml_new_graph_custom(context, WHISPER_MAX_NODES, false);
    const int silentGroups = silence ? silence->groupsBehind(positions_) : 0;
    ggml_tensor * weights = nullptr;
    if (silentGroups > 0) {
      weights = ggml_new_tensor_2d(context, GGML_TYPE_F32, positions_ + silentGroups, positions_);
      ggml_set_input(weights);
    }
    ggml_tensor * places =
        ggml_view_2d(context, context_.model.e_pe, shape_.n_audio_state, positions_, context_.model.e_pe->nb[1], 0);
    ggml_tensor * stream = ggml_add(
        context, places, ggml_cont(context, ggml_transpose(context, ggml_view_tensor(context, state_.embd_conv))));
    std::vector<std::pair<ggml_tensor *, ggml_tensor *>> recorded;
    for (int i = 0; i < shape_.n_audio_layer; i++) {
      const whisper_layer_encoder & layer = context_.model.layers_encoder[i];
      ggml_tensor * heard = normalized(context, stream, layer.attn_ln_0_w, layer.attn_ln_0_b, shape_.eps);
      ggml_tensor * keys = keysOf(context, linear(context, heard, layer.attn_k_w, nullptr));
      ggml_tensor * values = valuesOf(context, linear(context, heard, layer.attn_v_w, layer.attn_v_b));
      if (record) recorded.push_back({output(graph, ggml_cont(context, keys)), output(graph, values)});
      if (weights) {
        keys = ggml_concat(context, keys, silence->keys(context, i, positions_), 1);
        values = ggml_concat(context, values, silence->values(context, i, positions_), 0);
      }
      ggml_tensor * queries = perHead(context, linear(context, heard, layer.attn_q_w, layer.attn_q_b));
      const float scale = 1.0f / std::sqrt(static_cast<float>(headSize()));
      ggml_tensor * attention = ggml_soft_max_ext(context, ggml_mul_mat(context, keys, queries), weights, scale, 0.0f);
      ggml_tensor * merged =
          ggml_cont_2d(context, ggml_permute(context, ggml_mul_mat(context, values, attention), 0, 2, 1, 3),
                       shape_.n_audio_state, positions_);
      stream = ggml_add(context, linear(context, merged, layer.attn_ln_1_w, layer.attn_ln_1_b), stream);
      ggml_tensor * inner =
          ggml_gelu(context, linear(context, normalized(context, stream, layer.mlp_ln_w, layer.mlp_ln_b, shape_.eps),
                                    layer.mlp_0_w, layer.mlp_0_b));
      stream = ggml_add(context, linear(context, inner, layer.mlp_1_w, layer.mlp_1_b), stream);
    }
    state_.embd_enc = normalized(context, stream, context_.model.e_ln_w, context_.model.e_ln_b, shape_.eps);
    ggml_build_forward_expand(graph, state_.embd_enc);
    bool isDone = ggml_backend_sched_alloc_graph(schedule.sched, graph);
    if (isDone && weights) weigh(weights, silentGroups, silence->logGroupSize());
    isDone = isDone && ggml_graph_compute_helper(schedule.sched, graph, threads, false) &&
             (!record || record->keep(recorded));
    ggml_backend_sched_reset(schedule.sched);
    ggml_free(context);
    return isDone;
  }

  /** A tensor whose numbers are still there when the graph has been computed. */
  static ggml_tensor * output(ggml_cgraph * graph, ggml_tensor * tensor) {
    ggml_set_output(tensor);
    ggml_build_forward_expand(graph, tensor);
    return tensor;
  }

  /** What is added before the softmax: a group of silent positions weighs as much as its members. */
  static void weigh(ggml_tensor * weights, int silentGroups, float logGroupSize) {
    std::vector<float> numbers(ggml_nelements(weights), 0.0f);
    for (size_t end = weights->ne[0]; end <= numbers.size(); end += weights->ne[0])
      std::fill_n(numbers.begin() + end - silentGroups, silentGroups, logGroupSize);
    ggml_backend_tensor_set(weights, numbers.data(), 0, numbers.size() * sizeof(float));
  }

  /** features × positions to head features × positions × heads. */
  ggml_tensor * perHead(ggml_context * context, ggml_tensor * input) const {
    return ggml_permute(context, ggml_reshape_3d(context, input, headSize(), shape_.n_audio_head, positions_), 0, 2, 1,
                        3);
  }

  ggml_tensor * keysOf(ggml_context * context, ggml_tensor * input) const {
    return perHead(context, ggml_cast(context, input, context_.itype));
  }

  /** features × positions to positions × head features × heads. */
  ggml_tensor * valuesOf(ggml_context * context, ggml_tensor * input) const {
    return ggml_cast(
        context,
        ggml_permute(context, ggml_reshape_3d(context, input, headSize(), shape_.n_audio_head, positions_), 1, 2, 0, 3),
        context_.itype);
  }

  bool compute(whisper_sched & schedule, ggml_cgraph * graph, int threads) {
    return ggml_backend_sched_alloc_graph(schedule.sched, graph) &&
           ggml_graph_compute_helper(schedule.sched, graph, threads);
  }

  int headSize() const { return shape_.n_audio_state / shape_.n_audio_head; }

  whisper_context & context_;
  whisper_state & state_;
  const whisper_hparams & shape_;
  int positions_ = 0;
};

}  // namespace
}  // namespace heed

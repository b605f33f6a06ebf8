#pragma once
// The encoder of whisper.cpp's model as heed runs it.
//
// The model was trained on 30 s at a time. This encoder computes only the positions of the speech, to save time, but
// each of them still attends to the whole 30 s: after the speech come the keys and values of silence, which are
// computed only once. Neighbouring positions of silence are merged into groups, and each group counts as often as it
// has members.
#include <utility>
#include <vector>

#include "encoder_silence.h"
#include "whisper_access.h"

namespace heed {

/** The encoder's layers over some positions. */
class Encoder : public EncoderGraph {
 public:
  /** If `record` is given, the encoder's own keys and values of every layer are kept in it. */
  Encoder(const EncoderWeights & weights, int positions, const EncoderSilence * silence,
          EncoderSilence * record = nullptr)
      : weights_(weights), positions_(positions), silence_(silence), record_(record) {}

  ggml_tensor * build(ggml_context * context, ggml_cgraph * graph, ggml_tensor * convolved) override;
  void fill() override;
  bool keep() override { return !record_ || record_->keep(recorded_); }

 private:
  ggml_tensor * layer(ggml_context * context, ggml_cgraph * graph, size_t index, ggml_tensor * stream);
  ggml_tensor * perHead(ggml_context * context, ggml_tensor * input) const;
  ggml_tensor * keysOf(ggml_context * context, ggml_tensor * input) const;
  ggml_tensor * valuesOf(ggml_context * context, ggml_tensor * input) const;
  ggml_tensor * byFeature(ggml_context * context, ggml_tensor * input) const;
  int headSize() const { return weights_.features / weights_.heads; }

  const EncoderWeights & weights_;
  int positions_;
  const EncoderSilence * silence_;
  EncoderSilence * record_;
  int silentGroups_ = 0;
  ggml_tensor * groupWeights_ = nullptr;  // added before the softmax; null without silence
  std::vector<std::pair<ggml_tensor *, ggml_tensor *>> recorded_;
};

}  // namespace heed

#pragma once
// The keys and values that an encoder makes of silence, layer by layer.
#include <cstddef>
#include <utility>
#include <vector>

struct ggml_context;
struct ggml_tensor;
struct ggml_backend_buffer;

namespace heed {

/** Neighbouring positions are merged into groups, whose keys and values are the means of theirs. They lie where the
 * encoder computes: on the CPU in the type that it made of them, on a GPU in 32 bits, as neither Vulkan nor Metal puts
 * 16-bit numbers behind others. */
class EncoderSilence {
 public:
  explicit EncoderSilence(int groupSize) : groupSize_(groupSize) {}
  ~EncoderSilence();
  EncoderSilence(const EncoderSilence &) = delete;
  EncoderSilence & operator=(const EncoderSilence &) = delete;

  /** Keeps what the layers made of silence, first layer first: keys as head features × positions × heads, values as
   * positions × head features × heads. False without memory. */
  bool keep(const std::vector<std::pair<ggml_tensor *, ggml_tensor *>> & layers);

  /** How many groups stand behind the first `positions` positions. */
  int groupsBehind(int positions) const;
  float logGroupSize() const;
  /** Whether the numbers have 32 bits. */
  bool isWide() const;
  /** Those groups of a layer, in a graph. */
  ggml_tensor * keys(ggml_context * graph, int layer, int positions) const;
  ggml_tensor * values(ggml_context * graph, int layer, int positions) const;

 private:
  int firstBehind(int positions) const { return (positions + groupSize_ - 1) / groupSize_; }

  int groupSize_;
  int groups_ = 0;
  std::vector<std::pair<ggml_tensor *, ggml_tensor *>> layers_;
  ggml_context * context_ = nullptr;
  ggml_backend_buffer * buffer_ = nullptr;
};

}  // namespace heed

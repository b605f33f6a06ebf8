#pragma once
// The keys and values that an encoder makes of silence, layer by layer.
#include <cstddef>
#include <utility>
#include <vector>

struct ggml_context;
struct ggml_tensor;
struct ggml_backend_buffer;

namespace heed {

/** Neighbouring positions are merged into groups, whose keys and values are the means of those of their members. They
 * are stored where the encoder computes: on the CPU in the encoder's own number type, on a GPU in 32 bits, because
 * neither Vulkan nor Metal can append 16-bit numbers to others. */
class EncoderSilence {
 public:
  EncoderSilence() = default;
  ~EncoderSilence();
  EncoderSilence(const EncoderSilence &) = delete;
  EncoderSilence & operator=(const EncoderSilence &) = delete;

  /** Stores what the layers have made of silence, the first layer first: keys as head features × positions × heads,
   * values as positions × head features × heads. Returns false if there is not enough memory. */
  bool keep(const std::vector<std::pair<ggml_tensor *, ggml_tensor *>> & layers);

  /** How many groups follow the first `positions` positions. */
  int groupsBehind(int positions) const;
  /** Whether the numbers have 32 bits. */
  bool isWide() const;
  /** The keys or values of these groups in one layer, as part of a graph. */
  ggml_tensor * keys(ggml_context * graph, int layer, int positions) const;
  ggml_tensor * values(ggml_context * graph, int layer, int positions) const;

 private:
  int groups_ = 0;
  std::vector<std::pair<ggml_tensor *, ggml_tensor *>> layers_;
  ggml_context * context_ = nullptr;
  ggml_backend_buffer * buffer_ = nullptr;
};

}  // namespace heed

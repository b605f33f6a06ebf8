// The one translation unit that sees whisper.cpp's internals: it includes the library's source, so that encode and
// decode can be driven step by step. Pinned to the version below.
#include "whisper.cpp"

static_assert(__builtin_strcmp(WHISPER_VERSION, "1.9.1") == 0, "engine.cpp is written for whisper.cpp 1.9.1");

#include "alignment.h"
#include "engine.h"
#include "logits.h"

#include <deque>
#include <mutex>
#include <thread>

namespace heed {
namespace {

std::mutex logMutex;
std::deque<std::string> logLines;

/** Called on any thread. Keeps the last lines; prints nothing. */
void keepLog(ggml_log_level, const char * text, void *) {
  const std::lock_guard<std::mutex> lock(logMutex);
  logLines.emplace_back(text);
  if (logLines.size() > 40) logLines.pop_front();
}

/** Alignment heads by the shape of the model: fine-tuned models keep them. */
whisper_alignment_heads_preset alignmentHeads(const whisper_hparams & h) {
  const bool isEnglish = h.n_vocab == 51864;
  switch (h.n_audio_layer) {
    case 4:
      return isEnglish ? WHISPER_AHEADS_TINY_EN : WHISPER_AHEADS_TINY;
    case 6:
      return isEnglish ? WHISPER_AHEADS_BASE_EN : WHISPER_AHEADS_BASE;
    case 12:
      return isEnglish ? WHISPER_AHEADS_SMALL_EN : WHISPER_AHEADS_SMALL;
    case 24:
      return isEnglish ? WHISPER_AHEADS_MEDIUM_EN : WHISPER_AHEADS_MEDIUM;
    default:
      if (h.n_text_layer == 4) return WHISPER_AHEADS_LARGE_V3_TURBO;
      return h.n_vocab == 51866 ? WHISPER_AHEADS_LARGE_V3 : WHISPER_AHEADS_LARGE_V2;
  }
}

bool isGpuThere() {
  for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
    const auto type = ggml_backend_dev_type(ggml_backend_dev_get(i));
    if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU) return true;
  }
  return false;
}

/** Header only: the shape decides the alignment heads, which the context must know before it loads. */
bool readHeader(const std::string & path, whisper_hparams & h) {
  std::ifstream file(path, std::ios::binary);
  int32_t header[12];
  if (!file.read(reinterpret_cast<char *>(header), sizeof header) ||
      static_cast<uint32_t>(header[0]) != GGML_FILE_MAGIC)
    return false;
  h.n_vocab = header[1];
  h.n_audio_layer = header[5];
  h.n_text_layer = header[9];
  return true;
}

double msSince(int64_t startUs) { return (ggml_time_us() - startUs) / 1000.0; }

/** The encoder sees the audio and a little of what follows it. */
int positionsFor(int samples, int most) {
  constexpr int kMargin = 16, kStep = 16, kLeast = 64;
  const int wanted = samples / 320 + kMargin;
  return std::min(most, std::max(kLeast, (wanted + kStep - 1) / kStep * kStep));
}

CrossMemory crossMemory(const whisper_context & context, const whisper_state & state) {
  const whisper_hparams & shape = context.model.hparams;
  const whisper_kv_cache & cross = state.kv_cross;
  return {static_cast<uint8_t *>(cross.k->data), static_cast<uint8_t *>(cross.v->data), shape.n_text_layer,
          shape.n_text_state, ggml_type_size(cross.k->type)};
}

}  // namespace
}  // namespace heed

#include "byte_pairs.h"
#include "encoder.h"
#include "search.h"

namespace heed {

std::shared_ptr<Model> Model::load(const std::string & path, bool gpu, std::string & error) {
  static std::once_flag once;
  std::call_once(once, [] {
    whisper_log_set(keepLog, nullptr);
    ggml_log_set(keepLog, nullptr);
  });
  whisper_hparams header;
  if (!readHeader(path, header)) {
    error = "not a ggml Whisper file";
    return nullptr;
  }
  whisper_context_params params = whisper_context_default_params();
  params.use_gpu = gpu;
  params.flash_attn = false;  // reads unmasked padding when the audio window is shortened
  params.dtw_token_timestamps = true;
  params.dtw_aheads_preset = alignmentHeads(header);
  std::shared_ptr<Model> model(new Model());
  model->context_ = whisper_init_from_file_with_params_no_state(path.c_str(), params);
  if (!model->context_) {
    error = recentLog();
    return nullptr;
  }
  model->usesGpu_ = gpu && isGpuThere();
  const whisper_filters & filters = model->context_->model.filters;
  model->filters_ = MelFilters(filters.n_mel, filters.data);
  std::vector<std::string> tokens(model->context_->vocab.token_eot);
  for (auto & [id, text] : model->context_->vocab.id_to_token)
    if (id < model->context_->vocab.token_eot) tokens[id] = text;
  model->vocabulary_ = std::make_unique<VocabularyTrie>(tokens);
  if (model->usesGpu_) return model;
  model->packDecoder();
  model->roundEncoder();
  return model->listenToSilence(error) ? model : nullptr;
}

/** The matrices of the decoder, which has few columns at a time: the beam's. */
void Model::packDecoder() {
  whisper_model & model = context_->model;
  std::vector<ggml_tensor **> matrices = {&model.d_te};
  for (whisper_layer_decoder & layer : model.layers_decoder) {
    for (ggml_tensor ** matrix : {&layer.attn_q_w, &layer.attn_k_w, &layer.attn_v_w, &layer.attn_ln_1_w,
                                  &layer.cross_attn_q_w, &layer.cross_attn_ln_1_w, &layer.mlp_0_w, &layer.mlp_1_w})
      matrices.push_back(matrix);
  }
  panels_.replace(matrices);
}

/** Processors with a product of bfloat16 numbers do two of these where ggml does one of 16-bit floats, which it widens.
 */
void Model::roundEncoder() {
  if (!ggml_cpu_has_avx512_bf16()) return;
  std::vector<ggml_tensor *> matrices;
  for (const whisper_layer_encoder & layer : context_->model.layers_encoder) {
    for (ggml_tensor * matrix :
         {layer.attn_q_w, layer.attn_k_w, layer.attn_v_w, layer.attn_ln_1_w, layer.mlp_0_w, layer.mlp_1_w})
      matrices.push_back(matrix);
  }
  for (const whisper_layer_decoder & layer : context_->model.layers_decoder) {
    for (ggml_tensor * matrix : {layer.cross_attn_k_w, layer.cross_attn_v_w}) matrices.push_back(matrix);
  }
  std::vector<float> numbers;
  for (ggml_tensor * matrix : matrices) {
    if (matrix->type != GGML_TYPE_F16 || !ggml_backend_buffer_is_host(matrix->buffer)) continue;
    numbers.resize(ggml_nelements(matrix));
    ggml_fp16_to_fp32_row(static_cast<const ggml_fp16_t *>(matrix->data), numbers.data(), numbers.size());
    ggml_fp32_to_bf16_row(numbers.data(), static_cast<ggml_bf16_t *>(matrix->data), numbers.size());
    matrix->type = GGML_TYPE_BF16;  // of the same size
  }
}

bool Model::listenToSilence(std::string & error) {
  constexpr float kQuiet = -0.6f;  // of a normalised spectrogram; from -0.3 to -1.5 it makes no difference
  const std::unique_ptr<whisper_state, decltype(&whisper_free_state)> state(whisper_init_state(context_),
                                                                            whisper_free_state);
  const int positions = maxPositions() / 16 * 16;  // ggml's fast matrix product takes multiples of 16
  const std::vector<float> quiet(static_cast<size_t>(2 * positions) * context_->model.filters.n_mel, kQuiet);
  const int threads = std::clamp<int>(std::thread::hardware_concurrency(), 1, 4);
  constexpr int kGroup = 4;  // positions: singly they bring no more, by 8 and 16 the words get worse
  encoderSilence_ = std::make_unique<EncoderSilence>(kGroup);
  if (!state || !Encoder(*context_, *state).run(quiet, positions, threads, nullptr, encoderSilence_.get())) {
    error = recentLog();
    return false;
  }
  silence_.keep(crossMemory(*context_, *state), positions);
  return true;
}

Model::~Model() { whisper_free(context_); }

bool Model::isMultilingual() const { return context_->vocab.is_multilingual(); }
int Model::maxPositions() const { return context_->model.hparams.n_audio_ctx; }
bool Model::isLanguage(const std::string & code) { return g_lang.count(code) > 0; }

std::string Model::systemInfo() {
  std::string info;
  for (size_t i = 0; i < ggml_backend_reg_count(); i++) {
    ggml_backend_reg_t reg = ggml_backend_reg_get(i);
    info += std::string(info.empty() ? "" : "; ") + ggml_backend_reg_name(reg) + ":";
    const auto features = reinterpret_cast<ggml_backend_get_features_t>(
        ggml_backend_reg_get_proc_address(reg, "ggml_backend_get_features"));
    if (!features) continue;
    for (ggml_backend_feature * feature = features(reg); feature && feature->name; feature++) {
      if (std::string(feature->value) == "1") info += std::string(" ") + feature->name;
    }
  }
  return info;
}

std::string Model::recentLog() {
  const std::lock_guard<std::mutex> lock(logMutex);
  std::string text;
  for (const std::string & line : logLines) text += line;
  return text.size() > 800 ? text.substr(text.size() - 800) : text;
}

std::unique_ptr<Reader> Reader::create(std::shared_ptr<Model> model, std::string & error) {
  std::unique_ptr<Reader> reader(new Reader());
  reader->model_ = std::move(model);
  reader->state_ = whisper_init_state(reader->model_->context());
  if (!reader->state_) {
    error = Model::recentLog();
    return nullptr;
  }
  // Room for many readings side by side.
  whisper_kv_cache_free(reader->state_->kv_self);
  const whisper_hparams & shape = reader->model_->context()->model.hparams;
  if (!whisper_kv_cache_init(reader->state_->kv_self, reader->state_->backends[0], reader->model_->context()->itype,
                             shape.n_text_state, shape.n_text_layer, 1024)) {
    error = Model::recentLog();
    return nullptr;
  }
  // whisper.cpp polls its abort callback only between graphs; the CPU backend polls this one after every node.
  for (ggml_backend_t backend : reader->state_->backends) {
    ggml_backend_reg_t reg = ggml_backend_dev_backend_reg(ggml_backend_get_device(backend));
    const auto setAbort = reinterpret_cast<ggml_backend_set_abort_callback_t>(
        ggml_backend_reg_get_proc_address(reg, "ggml_backend_set_abort_callback"));
    if (!setAbort) continue;
    setAbort(
        backend,
        [](void * data) {
          const std::atomic<bool> * abort = static_cast<Reader *>(data)->abort_.load(std::memory_order_relaxed);
          return abort && abort->load(std::memory_order_relaxed);
        },
        reader.get());
  }
  return reader;
}

Reader::~Reader() { whisper_free_state(state_); }

Grammar * Reader::grammarFor(const std::string & id, const std::shared_ptr<const WordGraph> & graph) {
  constexpr size_t kMaxKept = 12;
  if (!graph) return nullptr;
  for (size_t i = 0; i < grammars_.size(); i++) {
    if (grammars_[i].id != id) continue;
    std::rotate(grammars_.begin() + i, grammars_.begin() + i + 1, grammars_.end());
    grammars_.back().grammar->trim();
    return grammars_.back().grammar.get();
  }
  if (grammars_.size() >= kMaxKept) grammars_.erase(grammars_.begin());
  grammars_.push_back({id, std::make_unique<Grammar>(*graph, model_->vocabulary())});
  return grammars_.back().grammar.get();
}

bool Reader::readOnce(const ReadRequest & request, int positions, const std::atomic<bool> & abort,
                      ReadResult & result) {
  const int64_t start = ggml_time_us();
  const std::vector<float> mel = request.spectrogram(2 * positions);
  result.positions = positions;
  result.melMs = msSince(start);
  Search search(*model_->context(), *state_, request, model_->silence(), model_->encoderSilence(), cores_, abort);
  Grammar * boost = grammarFor(request.boostId, request.boost);
  Grammar * grammar = grammarFor(request.graphId, request.graph);
  return search.run(mel, positions, grammar, boost, result);
}

ReadStatus Reader::read(const ReadRequest & request, const std::atomic<bool> & abort, ReadResult & result,
                        std::string & error) {
  const int most = model_->maxPositions();
  int positions = request.positions > 0 ? std::min(request.positions, most)
                  : model_->usesGpu()   ? most
                                        : positionsFor(request.samples, most);
  abort_.store(&abort);
  bool ok = readOnce(request, positions, abort, result);
  if (ok && result.looped && positions < most) {
    // Once more with all that the model expects.
    positions = most;
    const ReadResult before = std::move(result);
    result = ReadResult();
    ok = readOnce(request, positions, abort, result);
    result.melMs += before.melMs;
    result.encodeMs += before.encodeMs;
    result.decodeMs += before.decodeMs;
    result.wordsMs += before.wordsMs;
  }
  abort_.store(nullptr);
  if (ok) return ReadStatus::ok;
  if (abort.load()) return ReadStatus::aborted;
  error = "whisper.cpp could not compute: " + Model::recentLog();
  return ReadStatus::failed;
}

}  // namespace heed

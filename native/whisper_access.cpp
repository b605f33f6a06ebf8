// The only translation unit that sees whisper.cpp's internals: it includes the library's source, and is written for the
// version that CMakeLists.txt requires.
#include "whisper.cpp"

#include "whisper_access.h"

#include "ggml_access.h"
#include "host_bytes.h"
#include "library_log.h"
#include "model_header.h"

namespace heed {
namespace {

/** What the library has logged about a driver that did not start, in brackets; empty if it has logged nothing. */
std::string driverFailure() {
  const std::string log = recentLog();
  const size_t found = log.rfind("failed to initialize ");
  return found == std::string::npos ? "" : " (" + log.substr(found, log.find('\n', found) - found) + ")";
}

Vocabulary vocabularyOf(const whisper_vocab & vocab) {
  Vocabulary result;
  result.texts.resize(vocab.n_vocab);
  for (const auto & [token, text] : vocab.id_to_token) result.texts.at(token) = text;
  result.ids = vocab.token_to_id;
  if (vocab.is_multilingual()) {
    for (const auto & [code, entry] : g_lang)
      if (entry.first < vocab.num_languages()) result.languages.push_back({code, vocab.token_sot + 1 + entry.first});
  }
  result.end = vocab.token_eot;
  result.start = vocab.token_sot;
  result.previous = vocab.token_prev;
  result.noSpeech = vocab.token_nosp;
  result.noTimestamps = vocab.token_not;
  result.translate = vocab.token_translate;
  result.transcribe = vocab.token_transcribe;
  return result;
}

/** Which tokens in the decoder's memory each token of a batch may look at: those before it in its sequence. */
std::vector<float> maskOf(const whisper_kv_cache & memory, const whisper_batch & batch) {
  std::vector<float> mask(static_cast<size_t>(memory.n) * batch.n_tokens, -INFINITY);
  for (int row = 0; row < batch.n_tokens; row++) {
    for (uint32_t cell = 0; cell < memory.n; cell++) {
      const whisper_kv_cell & known = memory.cells[cell];
      if (known.has_seq_id(batch.seq_id[row][0]) && known.pos <= batch.pos[row]) mask[row * memory.n + cell] = 0;
    }
  }
  return mask;
}

bool compute(whisper_sched & schedule, ggml_cgraph * graph, int threads) {
  return ggml_backend_sched_alloc_graph(schedule.sched, graph) &&
         ggml_graph_compute_helper(schedule.sched, graph, threads);
}

}  // namespace

std::unique_ptr<WhisperModel> WhisperModel::load(const std::string & path, GpuUse use, std::string & error) {
  keepLibraryLog();
  ModelHeader header;
  if (!readHeader(path, header)) {
    error = "not a ggml Whisper file";
    return nullptr;
  }
  whisper_context_params params = whisper_context_default_params();
  params.use_gpu = use != GpuUse::none;
  if (params.use_gpu) {
    const Gpu gpu = findGpu(use, static_cast<size_t>(std::ifstream(path, std::ios::binary | std::ios::ate).tellg()));
    if (gpu.number < 0) {
      error = gpu.problem + driverFailure();
      return nullptr;
    }
    params.gpu_device = gpu.number;
  }
  params.flash_attn = false;  // it would read unmasked padding when the audio window is shortened
  params.dtw_token_timestamps = true;
  params.dtw_aheads_preset = alignmentHeads(header);
  std::unique_ptr<WhisperModel> model(new WhisperModel());
  model->context_ = whisper_init_from_file_with_params_no_state(path.c_str(), params);
  if (!model->context_) {
    error = recentLog();
    return nullptr;
  }
  model->usesGpu_ = params.use_gpu;
  model->vocabulary_ = vocabularyOf(model->context_->vocab);
  return model;
}

WhisperModel::~WhisperModel() { whisper_free(context_); }

MelFilters WhisperModel::filters() const {
  return MelFilters(context_->model.filters.n_mel, context_->model.filters.data);
}

int WhisperModel::maxPositions() const { return context_->model.hparams.n_audio_ctx; }
int WhisperModel::audioLayers() const { return context_->model.hparams.n_audio_layer; }

EncoderWeights WhisperModel::encoder() const {
  const whisper_model & model = context_->model;
  EncoderWeights weights{{},
                         model.e_pe,
                         model.e_ln_w,
                         model.e_ln_b,
                         model.hparams.n_audio_state,
                         model.hparams.n_audio_head,
                         model.hparams.eps,
                         context_->itype};
  for (const whisper_layer_encoder & layer : model.layers_encoder) {
    weights.layers.push_back({layer.attn_ln_0_w, layer.attn_ln_0_b, layer.attn_q_w, layer.attn_q_b, layer.attn_k_w,
                              layer.attn_v_w, layer.attn_v_b, layer.attn_ln_1_w, layer.attn_ln_1_b, layer.mlp_ln_w,
                              layer.mlp_ln_b, layer.mlp_0_w, layer.mlp_0_b, layer.mlp_1_w, layer.mlp_1_b});
  }
  return weights;
}

std::vector<ggml_tensor **> WhisperModel::decoderMatrices() {
  whisper_model & model = context_->model;
  std::vector<ggml_tensor **> matrices = {&model.d_te};
  for (whisper_layer_decoder & layer : model.layers_decoder) {
    for (ggml_tensor ** matrix : {&layer.attn_q_w, &layer.attn_k_w, &layer.attn_v_w, &layer.attn_ln_1_w,
                                  &layer.cross_attn_q_w, &layer.cross_attn_ln_1_w, &layer.mlp_0_w, &layer.mlp_1_w})
      matrices.push_back(matrix);
  }
  return matrices;
}

std::vector<ggml_tensor **> WhisperModel::audioMatrices() {
  std::vector<ggml_tensor **> matrices;
  for (whisper_layer_encoder & layer : context_->model.layers_encoder) {
    for (ggml_tensor ** matrix :
         {&layer.attn_q_w, &layer.attn_k_w, &layer.attn_v_w, &layer.attn_ln_1_w, &layer.mlp_0_w, &layer.mlp_1_w})
      matrices.push_back(matrix);
  }
  for (whisper_layer_decoder & layer : context_->model.layers_decoder) {
    for (ggml_tensor ** matrix : {&layer.cross_attn_k_w, &layer.cross_attn_v_w}) matrices.push_back(matrix);
  }
  return matrices;
}

std::unique_ptr<WhisperState> WhisperState::create(const WhisperModel & model, int cacheTokens, std::string & error) {
  std::unique_ptr<WhisperState> state(new WhisperState(model));
  state->state_ = whisper_init_state(model.context_);
  if (!state->state_) {
    error = recentLog();
    return nullptr;
  }
  if (model.usesGpu() && state->device().empty()) {
    error = "whisper.cpp could not initialise the GPU again";
    return nullptr;
  }
  whisper_kv_cache_free(state->state_->kv_self);
  state->state_->kv_self.buffer = nullptr;
  const whisper_hparams & shape = model.context_->model.hparams;
  if (!whisper_kv_cache_init(state->state_->kv_self, state->state_->backends[0], model.context_->itype,
                             shape.n_text_state, shape.n_text_layer, cacheTokens)) {
    error = recentLog();
    return nullptr;
  }
  state->checkCrossMemory();
  state->listenForAbort();
  return state;
}

WhisperState::~WhisperState() { whisper_free_state(state_); }

std::string WhisperState::device() const {
  ggml_backend_dev_t device = ggml_backend_get_device(state_->backends[0]);
  const auto type = ggml_backend_dev_type(device);
  const bool isGpu = type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
  return isGpu ? ggml_backend_dev_description(device) : "";
}

/** whisper.cpp polls its abort callback only between graphs; the CPU backend polls this one after every node. */
void WhisperState::listenForAbort() {
  for (ggml_backend_t backend : state_->backends) {
    ggml_backend_reg_t reg = ggml_backend_dev_backend_reg(ggml_backend_get_device(backend));
    const auto setCallback = reinterpret_cast<ggml_backend_set_abort_callback_t>(
        ggml_backend_reg_get_proc_address(reg, "ggml_backend_set_abort_callback"));
    if (!setCallback) continue;
    setCallback(
        backend,
        [](void * data) {
          const std::atomic<bool> * abort = static_cast<WhisperState *>(data)->abort_.load(std::memory_order_relaxed);
          return abort && abort->load(std::memory_order_relaxed);
        },
        this);
  }
}

/** Checks where the library keeps the memory of the audio, since silence.h relies on that. */
void WhisperState::checkCrossMemory() {
  const whisper_hparams & shape = context_.model.hparams;
  state_->exp_n_audio_ctx = 0;
  const CrossLayout layout{state_->kv_cross.k, state_->kv_cross.v, shape.n_text_layer,
                           shape.n_text_state, shape.n_text_head,  shape.n_audio_ctx};
  checkWrittenTo(layout, whisper_build_graph_cross(context_, *state_));
  whisper_batch_prep_legacy(state_->batch, nullptr, 1, 0, 0);
  checkReadFrom(layout, whisper_build_graph_decoder(context_, *state_, state_->batch, true, true));
}

bool WhisperState::encode(const std::vector<float> & mel, int positions, int threads, EncoderGraph & layers) {
  threads_.use(threads, state_->backends);
  state_->exp_n_audio_ctx = positions;
  positionWeights_.clear();
  ggml_cgraph * convolution = whisper_build_graph_conv(context_, *state_);
  if (!ggml_backend_sched_alloc_graph(state_->sched_conv.sched, convolution)) return false;
  ggml_tensor * input = ggml_graph_get_tensor(convolution, "mel");
  if (ggml_nbytes(input) != mel.size() * sizeof(float)) throw LibraryMismatch("the encoder's input");
  ggml_backend_tensor_set(input, mel.data(), 0, mel.size() * sizeof(float));
  if (!ggml_graph_compute_helper(state_->sched_conv.sched, convolution, threads)) return false;

  whisper_sched & schedule = state_->sched_encode;
  const std::unique_ptr<ggml_context, decltype(&ggml_free)> context(
      ggml_init({schedule.meta.size(), schedule.meta.data(), true}), ggml_free);
  ggml_cgraph * graph = ggml_new_graph_custom(context.get(), WHISPER_MAX_NODES, false);
  ggml_tensor * convolved =
      ggml_cont(context.get(), ggml_transpose(context.get(), ggml_view_tensor(context.get(), state_->embd_conv)));
  state_->embd_enc = layers.build(context.get(), graph, convolved);
  ggml_build_forward_expand(graph, state_->embd_enc);
  bool isDone = ggml_backend_sched_alloc_graph(schedule.sched, graph);
  if (isDone) {
    layers.fill();
    isDone = ggml_graph_compute_helper(schedule.sched, graph, threads, false) && layers.keep();
  }
  ggml_backend_sched_reset(schedule.sched);
  return isDone && compute(state_->sched_cross, whisper_build_graph_cross(context_, *state_), threads);
}

void WhisperState::changeCrossMemory(int known, int written, const std::function<void(const CrossMemory &)> & change) {
  const whisper_hparams & shape = context_.model.hparams;
  const whisper_kv_cache & cross = state_->kv_cross;
  if (std::max(known, written) > shape.n_audio_ctx) throw std::out_of_range("more positions than the memory has");
  const size_t bytes = ggml_type_size(cross.k->type);
  const size_t ofPosition = static_cast<size_t>(shape.n_text_layer) * shape.n_text_state * bytes;
  const size_t all = std::max(known, written) * ofPosition;
  const HostBytes keys(cross.k, known * ofPosition, all, keys_);
  const HostBytes values(cross.v, known * ofPosition, all, values_);
  change({keys.data(), values.data(), shape.n_text_layer, shape.n_text_state, bytes,
          static_cast<size_t>(shape.n_audio_ctx)});
  if (written == 0) return;
  keys.put();
  values.put();
}

void WhisperState::setPositions(std::vector<float> weights) {
  state_->exp_n_audio_ctx = static_cast<int>(weights.size());
  positionWeights_ = std::move(weights);
}
int WhisperState::positions() const { return state_->exp_n_audio_ctx; }

bool WhisperState::decode(const std::vector<DecoderToken> & tokens, bool wantsAttention, int threads) {
  if (static_cast<int>(tokens.size()) > context_.model.hparams.n_text_ctx) return false;  // the batch holds no more
  whisper_batch & batch = state_->batch;
  batch.n_tokens = 0;
  for (const DecoderToken & token : tokens) {
    const int row = batch.n_tokens++;
    batch.token[row] = token.token;
    batch.pos[row] = token.position;
    batch.n_seq_id[row] = 1;
    batch.seq_id[row][0] = token.sequence;
    batch.logits[row] = token.wantsLogits;
  }
  const auto first =
      std::find_if(tokens.begin(), tokens.end(), [](const DecoderToken & one) { return one.wantsLogits; });
  firstLogits_ = static_cast<int>(first - tokens.begin());
  hasAttention_ = wantsAttention;
  return findPlace() && computeLogits(threads);
}

/** Finds places for the batch's tokens in the decoder's memory. ggml multiplies several times faster if the number of
 * places that are looked at is a multiple of 32; those that the mask hides may hold anything. */
bool WhisperState::findPlace() {
  constexpr uint32_t kStep = 32;
  whisper_kv_cache & memory = state_->kv_self;
  memory.head = 0;
  if (!whisper_kv_cache_find_slot(memory, state_->batch)) return false;
  memory.n = std::min(memory.size, GGML_PAD(static_cast<uint32_t>(whisper_kv_cache_cell_max(memory)), kStep));
  return true;
}

bool WhisperState::computeLogits(int threads) {
  threads_.use(threads, state_->backends);
  const whisper_batch & batch = state_->batch;
  ggml_cgraph * graph = whisper_build_graph_decoder(context_, *state_, batch, hasAttention_, false);
  const std::unique_ptr<ggml_context, decltype(&ggml_free)> context(
      ggml_init({3 * ggml_tensor_overhead(), nullptr, true}), ggml_free);
  ggml_tensor * weights = nullptr;
  if (!positionWeights_.empty()) {
    weights = ggml_new_tensor_2d(context.get(), GGML_TYPE_F32, positions(), batch.n_tokens);
    if (weighPositions(graph, weights) != context_.model.hparams.n_text_layer)
      throw LibraryMismatch("the decoder's attention to the audio");
  }
  // The library computes the logits of every row, which for a long prompt is more work than all the rest.
  ggml_tensor * logits = leaveOutRows(graph, firstLogits_, context.get());
  if (!logits) throw LibraryMismatch("the decoder's output");
  ggml_backend_sched_t schedule = state_->sched_decode.sched;
  if (!ggml_backend_sched_alloc_graph(schedule, graph)) return false;
  const size_t count = batch.n_tokens;
  ggml_backend_tensor_set(ggml_graph_get_tensor(graph, "embd"), batch.token, 0, count * sizeof(*batch.token));
  ggml_backend_tensor_set(ggml_graph_get_tensor(graph, "position"), batch.pos, 0, count * sizeof(*batch.pos));
  const size_t row = positionWeights_.size() * sizeof(float);
  for (size_t token = 0; weights && token < count; token++)
    ggml_backend_tensor_set(weights, positionWeights_.data(), token * row, row);
  const std::vector<float> mask = maskOf(state_->kv_self, batch);
  ggml_backend_tensor_set(ggml_graph_get_tensor(graph, "KQ_mask"), mask.data(), 0, mask.size() * sizeof(float));
  if (!ggml_graph_compute_helper(schedule, graph, threads)) return false;
  state_->logits.resize(ggml_nelements(logits));
  ggml_backend_tensor_get(logits, state_->logits.data(), 0, ggml_nbytes(logits));
  return true;
}

float * WhisperState::logits(int row) {
  return state_->logits.data() + static_cast<size_t>(row - firstLogits_) * context_.vocab.n_vocab;
}

int WhisperState::attention(int rows, std::vector<float> & weights) const {
  const ggml_tensor * attention = hasAttention_ ? state_->aheads_cross_QKs : nullptr;
  const bool isThere = attention && attention->ne[0] == rows && attention->ne[1] == positions();
  const int heads = isThere ? static_cast<int>(attention->ne[2]) : 0;
  weights.resize(static_cast<size_t>(rows) * positions() * heads);
  if (heads > 0) ggml_backend_tensor_get(attention, weights.data(), 0, weights.size() * sizeof(float));
  return heads;
}

void WhisperState::clearCache() {
  for (whisper_kv_cell & cell : state_->kv_self.cells) {
    cell.pos = -1;
    cell.seq_id.clear();
  }
}

void WhisperState::copySequence(int from, int to) { whisper_kv_cache_seq_cp(state_->kv_self, from, to, 0, -1); }
void WhisperState::dropSequence(int sequence) { whisper_kv_cache_seq_rm(state_->kv_self, sequence, 0, -1); }

/** The longest free stretch of the cache, since the tokens of one call must be side by side. */
int WhisperState::roomInCache() const {
  int longest = 0, current = 0;
  for (const whisper_kv_cell & cell : state_->kv_self.cells) {
    current = cell.pos < 0 ? current + 1 : 0;
    longest = std::max(longest, current);
  }
  return longest;
}

}  // namespace heed

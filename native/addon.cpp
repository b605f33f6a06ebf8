// The addon's JavaScript face: checks every argument, turns results into objects. Knows N-API and not whisper's
// structs. The contract is src/transcribe/binding.ts.
#include <napi.h>

#include <cmath>
#include <list>
#include <set>

#include "coded_error.h"
#include "pool.h"

namespace heed {
namespace {

constexpr size_t kMaxSamples = 30 * 16000;
constexpr size_t kMinSamples = 1600;
constexpr size_t kMaxKeptGraphs = 32;
constexpr size_t kMaxBoostWords = 20000;

/** What outlives the JavaScript object: closed by it, by the environment's end and by the process's end, whichever is
 * first. */
struct Core {
  std::shared_ptr<Model> model;
  std::unique_ptr<Pool> pool;
  Napi::ThreadSafeFunction settle;
  bool closed = false;
  size_t inFlight = 0;  // JavaScript thread only

  void close();
};

std::mutex liveMutex;
std::set<Core *> live;

void Core::close() {
  {
    const std::lock_guard<std::mutex> lock(liveMutex);
    if (closed) return;
    closed = true;
    live.erase(this);
  }
  pool->close();
  settle.Release();
}

/** process.exit() skips the environment's hooks; threads must not compute while static objects are destroyed. */
void closeAll() {
  for (;;) {
    Core * core = nullptr;
    {
      const std::lock_guard<std::mutex> lock(liveMutex);
      if (live.empty()) return;
      core = *live.begin();
      live.erase(core);
    }
    core->pool->close();
  }
}

void closeCore(void * core) { static_cast<Core *>(core)->close(); }

class AudioObject : public Napi::ObjectWrap<AudioObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeAudio",
                       {
                           InstanceMethod<&AudioObject::append>("append"),
                           InstanceMethod<&AudioObject::close>("close"),
                           InstanceAccessor<&AudioObject::length>("length"),
                       });
  }

  explicit AudioObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    if (info.Length() != 1 || !info[0].IsExternal())
      throw coded(info.Env(), "bad-message", "Audio is opened by openAudio().");
    audio_ = std::make_shared<Audio>(*info[0].As<Napi::External<std::shared_ptr<Model>>>().Data());
  }

  const std::shared_ptr<Audio> & audio() const { return audio_; }

 private:
  Napi::Value append(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    if (!audio_) throw coded(env, "closed", "The audio was closed before.");
    if (info.Length() < 1 || !info[0].IsTypedArray() ||
        info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
      throw coded(env, "bad-audio", "Samples as a Float32Array were expected.");
    }
    const Napi::Float32Array samples = info[0].As<Napi::Float32Array>();
    const size_t count = samples.ElementLength();
    if (audio_->samples() + count > kMaxSamples)
      throw coded(env, "audio-too-long", "One reading takes at most 30 s of audio. Cut it.");
    for (size_t i = 0; i < count; i++)
      if (!std::isfinite(samples.Data()[i])) throw coded(env, "bad-audio", "A sample is not a finite number.");
    audio_->append(samples.Data(), count);
    return env.Undefined();
  }

  Napi::Value close(const Napi::CallbackInfo & info) {
    audio_.reset();
    return info.Env().Undefined();
  }

  Napi::Value length(const Napi::CallbackInfo & info) {
    return Napi::Number::New(info.Env(), audio_ ? static_cast<double>(audio_->samples()) : 0);
  }

  std::shared_ptr<Audio> audio_;
};

struct Constructors {
  Napi::FunctionReference audio;
  Napi::FunctionReference engine;
};

struct Completion {
  Napi::Promise::Deferred deferred;
  std::shared_ptr<Core> core;
  ReadStatus status = ReadStatus::failed;
  ReadResult result;
  std::string error;
  double waitedMs = 0;
};

Napi::Array toArray(Napi::Env env, const std::vector<WordScore> & scores) {
  Napi::Array array = Napi::Array::New(env, scores.size());
  for (size_t i = 0; i < scores.size(); i++) {
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("word", scores[i].text);
    entry.Set("logProbability", scores[i].logProbability);
    entry.Set("lead", scores[i].lead);
    array.Set(static_cast<uint32_t>(i), entry);
  }
  return array;
}

Napi::Object toObject(Napi::Env env, const Reading & reading) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("text", reading.text);
  object.Set("logProbability", reading.logProbability);
  object.Set("tokens", reading.tokens);
  object.Set("endMs", reading.endMs);
  object.Set("scores", toArray(env, reading.scores));
  if (!reading.plainScores.empty()) object.Set("plainScores", toArray(env, reading.plainScores));
  return object;
}

Napi::Array toArray(Napi::Env env, const std::vector<Reading> & readings) {
  Napi::Array array = Napi::Array::New(env, readings.size());
  for (size_t i = 0; i < readings.size(); i++) array.Set(static_cast<uint32_t>(i), toObject(env, readings[i]));
  return array;
}

Napi::Object toObject(Napi::Env env, const ReadResult & result, bool hasGrammar, double waitedMs) {
  Napi::Object object = toObject(env, result.best);
  Napi::Array words = Napi::Array::New(env, result.words.size());
  for (size_t i = 0; i < result.words.size(); i++) {
    const Word & word = result.words[i];
    Napi::Object entry = Napi::Object::New(env);
    entry.Set("word", word.text);
    entry.Set("startMs", word.startMs);
    entry.Set("endMs", word.endMs);
    entry.Set("confidence", word.confidence);
    words.Set(static_cast<uint32_t>(i), entry);
  }
  object.Set("words", words);
  object.Set("language", result.language);
  object.Set("confidence", std::min(1.0f, result.confidence));
  object.Set("noSpeechProbability", std::min(1.0f, result.noSpeech));
  object.Set("alternatives", toArray(env, result.alternatives));
  if (hasGrammar) {
    if (!result.prompted.empty()) object.Set("prompted", toObject(env, result.prompted[0]));
    object.Set("constrained", toArray(env, result.constrained));
    object.Set("brokenOff", toArray(env, result.open));
  }
  object.Set("positions", result.positions);
  object.Set("inferenceMs", result.melMs + result.encodeMs + result.decodeMs + result.wordsMs);
  Napi::Object stages = Napi::Object::New(env);
  stages.Set("queue", waitedMs);
  stages.Set("mel", result.melMs);
  stages.Set("encode", result.encodeMs);
  stages.Set("decode", result.decodeMs);
  stages.Set("words", result.wordsMs);
  object.Set("stageMs", stages);
  return object;
}

/** Runs on the JavaScript thread; the environment is null when it is going down. */
void settleCompletion(Napi::Env env, Completion * completion, bool hasGrammar) {
  const std::unique_ptr<Completion> owned(completion);
  if (env == nullptr) return;
  if (--owned->core->inFlight == 0 && !owned->core->closed) owned->core->settle.Unref(env);
  switch (owned->status) {
    case ReadStatus::ok:
      return owned->deferred.Resolve(toObject(env, owned->result, hasGrammar, owned->waitedMs));
    case ReadStatus::aborted:
      return owned->deferred.Reject(coded(env, "aborted", "The reading was cancelled.").Value());
    case ReadStatus::failed:
      return owned->deferred.Reject(coded(env, "native-failed", owned->error).Value());
  }
}

template <typename Array>
std::vector<typename std::remove_pointer<decltype(std::declval<Array>().Data())>::type> copyArray(
    Napi::Env env, const Napi::Object & object, const char * name, napi_typedarray_type type) {
  const Napi::Value value = object.Get(name);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw coded(env, "bad-message", std::string("graph.") + name + " must be a typed array of its kind.");
  const Array array = value.As<Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

std::vector<std::string> stringsOf(Napi::Env env, const Napi::Value & value, const char * name) {
  if (!value.IsArray()) throw coded(env, "bad-message", std::string(name) + " must be an array of strings.");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<std::string> strings(array.Length());
  for (uint32_t i = 0; i < strings.size(); i++) {
    const Napi::Value entry = array.Get(i);
    if (!entry.IsString()) throw coded(env, "bad-message", std::string(name) + " must be an array of strings.");
    strings[i] = entry.As<Napi::String>().Utf8Value();
  }
  return strings;
}

/** Any of these words, alone. */
std::shared_ptr<const WordGraph> anyOf(std::vector<std::string> words) {
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  auto graph = std::make_shared<WordGraph>();
  const uint32_t count = static_cast<uint32_t>(words.size());
  graph->arcStart = {0, count, count};
  graph->arcKind.assign(count, kWordArc);
  graph->arcTarget.assign(count, 1);
  for (uint32_t i = 0; i < count; i++) graph->arcLabel.push_back(i);
  graph->final = {0, 1};
  graph->words = std::move(words);
  return graph;
}

class EngineObject : public Napi::ObjectWrap<EngineObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeEngine",
                       {
                           InstanceAccessor<&EngineObject::backend>("backend"),
                           InstanceAccessor<&EngineObject::device>("device"),
                           InstanceAccessor<&EngineObject::system>("system"),
                           InstanceAccessor<&EngineObject::multilingual>("multilingual"),
                           InstanceMethod<&EngineObject::openAudio>("openAudio"),
                           InstanceMethod<&EngineObject::read>("read"),
                           InstanceMethod<&EngineObject::load>("load"),
                           InstanceMethod<&EngineObject::close>("close"),
                       });
  }

  explicit EngineObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    if (info.Length() != 1 || !info[0].IsExternal())
      throw coded(info.Env(), "bad-message", "An engine is made by load().");
    core_ = *info[0].As<Napi::External<std::shared_ptr<Core>>>().Data();
    napi_add_env_cleanup_hook(info.Env(), closeCore, core_.get());
    const std::lock_guard<std::mutex> lock(liveMutex);
    live.insert(core_.get());
  }

  void Finalize(Napi::Env env) override {
    napi_remove_env_cleanup_hook(env, closeCore, core_.get());
    core_->close();
  }

 private:
  Napi::Value backend(const Napi::CallbackInfo & info) {
    return Napi::String::New(info.Env(), core_->model->device().empty() ? "cpu" : HEED_BACKEND);
  }
  Napi::Value device(const Napi::CallbackInfo & info) { return Napi::String::New(info.Env(), core_->model->device()); }
  Napi::Value system(const Napi::CallbackInfo & info) { return Napi::String::New(info.Env(), systemInfo()); }
  Napi::Value multilingual(const Napi::CallbackInfo & info) {
    return Napi::Boolean::New(info.Env(), core_->model->vocabulary().isMultilingual());
  }

  Napi::Value openAudio(const Napi::CallbackInfo & info) {
    checkOpen(info.Env());
    std::shared_ptr<Model> model = core_->model;
    return info.Env().GetInstanceData<Constructors>()->audio.New(
        {Napi::External<std::shared_ptr<Model>>::New(info.Env(), &model)});
  }

  Napi::Value read(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    checkOpen(env);
    Constructors & constructors = *env.GetInstanceData<Constructors>();
    if (info.Length() < 2 || !info[0].IsObject() || !info[1].IsObject() ||
        !info[0].As<Napi::Object>().InstanceOf(constructors.audio.Value())) {
      throw coded(env, "bad-message", "read(audio, options) was expected.");
    }
    const std::shared_ptr<Audio> audio = AudioObject::Unwrap(info[0].As<Napi::Object>())->audio();
    if (!audio) throw coded(env, "closed", "The audio was closed before.");
    auto job = std::make_shared<Job>();
    takeOptions(env, info[1].As<Napi::Object>(), audio->samples(), *job);
    const size_t endSample = job->request.samples;
    job->request.spectrogram = [audio, endSample](int frames) { return audio->spectrogram(endSample, frames); };

    auto * completion = new Completion{Napi::Promise::Deferred::New(env), core_};
    const bool hasGrammar = job->request.graph != nullptr;
    const Napi::ThreadSafeFunction settle = core_->settle;
    job->done = [completion, hasGrammar, settle](ReadStatus status, ReadResult && result, std::string && error,
                                                 double waitedMs) {
      completion->status = status;
      completion->result = std::move(result);
      completion->error = std::move(error);
      completion->waitedMs = waitedMs;
      const napi_status queued =
          settle.NonBlockingCall(completion, [hasGrammar](Napi::Env settleEnv, Napi::Function, Completion * settled) {
            settleCompletion(settleEnv, settled, hasGrammar);
          });
      if (queued != napi_ok) return;  // The environment is gone and took the promise with it; so does the completion.
    };
    const Napi::Promise promise = completion->deferred.Promise();
    if (!core_->pool->submit(job)) {
      delete completion;
      throw coded(env, "busy", "Too many readings are waiting.");
    }
    if (core_->inFlight++ == 0) core_->settle.Ref(env);
    Napi::Object handle = Napi::Object::New(env);
    handle.Set("promise", promise);
    const std::shared_ptr<Core> core = core_;
    handle.Set("abort", Napi::Function::New(env, [core, job](const Napi::CallbackInfo & call) {
                 if (!core->closed) core->pool->abort(job);
                 return call.Env().Undefined();
               }));
    return handle;
  }

  void takeOptions(Napi::Env env, const Napi::Object & options, size_t length, Job & job) {
    const auto integer = [&](const char * name, int64_t least, int64_t most) {
      const Napi::Value value = options.Get(name);
      const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
      if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most)) ||
          number != std::floor(number)) {
        throw coded(env, "bad-message",
                    std::string(name) + " must be a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most) + ".");
      }
      return static_cast<int>(number);
    };
    const auto flag = [&](const char * name) {
      const Napi::Value value = options.Get(name);
      if (!value.IsBoolean()) throw coded(env, "bad-message", std::string(name) + " must be true or false.");
      return value.As<Napi::Boolean>().Value();
    };
    if (length < kMinSamples) throw coded(env, "bad-audio", "At least 100 ms of audio are needed.");
    ReadRequest & request = job.request;
    job.priority = integer("priority", 0, 2);
    request.samples = integer("endSample", kMinSamples, static_cast<int64_t>(length));
    request.translate = flag("translate");
    request.words = flag("words");
    request.nBest = integer("nBest", 1, 8);
    request.beam = integer("beam", 1, 16);
    request.threads = integer("threads", 1, 16);
    request.positions = integer("positions", 0, core_->model->maxPositions());
    if (request.positions > 0 && request.positions < std::min(request.samples / 320, core_->model->maxPositions())) {
      throw coded(env, "bad-message", "positions must cover the audio: one for each 20 ms.");
    }
    if (!options.Get("language").IsString())
      throw coded(env, "bad-message", "language must be a code such as \"en\", or \"auto\".");
    request.language = options.Get("language").As<Napi::String>().Utf8Value();
    const Vocabulary & vocabulary = core_->model->vocabulary();
    if (vocabulary.isMultilingual() && request.language != "auto" && vocabulary.languageToken(request.language) < 0)
      throw coded(
          env, "bad-message",
          "The model knows no language \"" + request.language + "\"; ISO 639-1 codes such as \"en\" are expected.");
    if (!vocabulary.isMultilingual() &&
        (request.translate || (request.language != "en" && request.language != "auto"))) {
      throw coded(env, "bad-message", "This model reads English only. Choose a multilingual one, such as base.");
    }
    if (options.Has("graph") && options.Get("graph").IsObject())
      takeGraph(env, options.Get("graph").As<Napi::Object>(), request);
    if (options.Has("boost") && !options.Get("boost").IsUndefined()) takeBoost(env, options.Get("boost"), request);
  }

  void takeGraph(Napi::Env env, const Napi::Object & object, ReadRequest & request) {
    if (!object.Get("id").IsString()) throw coded(env, "bad-message", "graph.id must be a string.");
    request.graphId = "g" + object.Get("id").As<Napi::String>().Utf8Value();
    request.graph = kept(request.graphId);
    if (request.graph) return;
    auto graph = std::make_shared<WordGraph>();
    if (object.Get("prompt").IsString()) graph->prompt = object.Get("prompt").As<Napi::String>().Utf8Value();
    const Napi::Value start = object.Get("start");
    const double startNode = start.IsNumber() ? start.As<Napi::Number>().DoubleValue() : -1;
    if (!(startNode >= 0 && startNode < 4294967295.0)) throw coded(env, "bad-message", "graph.start must be a node.");
    graph->start = static_cast<uint32_t>(startNode);
    graph->words = stringsOf(env, object.Get("words"), "graph.words");
    graph->arcStart = copyArray<Napi::Uint32Array>(env, object, "arcStart", napi_uint32_array);
    graph->arcKind = copyArray<Napi::Uint8Array>(env, object, "arcKind", napi_uint8_array);
    graph->arcLabel = copyArray<Napi::Uint32Array>(env, object, "arcLabel", napi_uint32_array);
    graph->arcTarget = copyArray<Napi::Uint32Array>(env, object, "arcTarget", napi_uint32_array);
    graph->final = copyArray<Napi::Uint8Array>(env, object, "final", napi_uint8_array);
    const std::string problem = graph->check();
    if (!problem.empty()) throw coded(env, "bad-message", "The grammar's graph is damaged: " + problem + ".");
    keep(request.graphId, graph);
    request.graph = graph;
  }

  void takeBoost(Napi::Env env, const Napi::Value & value, ReadRequest & request) {
    const std::vector<std::string> words = stringsOf(env, value, "boost");
    if (words.empty()) return;
    if (words.size() > kMaxBoostWords) throw coded(env, "bad-message", "boost takes at most 20,000 words.");
    size_t hash = words.size();
    for (const std::string & word : words) hash = hash * 1099511628211ull + std::hash<std::string>()(word);
    request.boostId = "b" + std::to_string(hash);
    request.boost = kept(request.boostId);
    if (request.boost) return;
    request.boost = anyOf(words);
    keep(request.boostId, request.boost);
  }

  std::shared_ptr<const WordGraph> kept(const std::string & id) {
    for (auto entry = graphs_.begin(); entry != graphs_.end(); ++entry) {
      if (entry->first != id) continue;
      graphs_.splice(graphs_.begin(), graphs_, entry);
      return graphs_.front().second;
    }
    return nullptr;
  }

  void keep(const std::string & id, std::shared_ptr<const WordGraph> graph) {
    graphs_.emplace_front(id, std::move(graph));
    if (graphs_.size() > kMaxKeptGraphs) graphs_.pop_back();
  }

  Napi::Value load(const Napi::CallbackInfo & info) {
    size_t waiting = 0, running = 0;
    if (!core_->closed) core_->pool->load(waiting, running);
    Napi::Object object = Napi::Object::New(info.Env());
    object.Set("waiting", static_cast<double>(waiting));
    object.Set("running", static_cast<double>(running));
    return object;
  }

  Napi::Value close(const Napi::CallbackInfo & info) {
    core_->close();
    return info.Env().Undefined();
  }

  void checkOpen(Napi::Env env) const {
    if (core_->closed) throw coded(env, "closed", "The engine was closed before.");
  }

  std::shared_ptr<Core> core_;
  std::list<std::pair<std::string, std::shared_ptr<const WordGraph>>> graphs_;
};

/** Loads a model off the JavaScript thread. */
class Loader : public Napi::AsyncWorker {
 public:
  Loader(Napi::Env env, std::string path, int readers, size_t maxQueue, GpuUse gpu)
      : AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        path_(std::move(path)),
        readers_(readers),
        maxQueue_(maxQueue),
        gpu_(gpu) {}
  Napi::Promise promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
    std::string error;
    core_ = std::make_shared<Core>();
    core_->model = Model::load(path_, gpu_, error);
    if (core_->model) core_->pool = Pool::create(core_->model, readers_, maxQueue_, error);
    if (!core_->pool) SetError(error.empty() ? "the library gave no reason" : error);
    // Registered behind the library's own statics, so that it runs in front of their destruction.
    static std::once_flag once;
    std::call_once(once, [] { std::atexit(closeAll); });
  }

  void OnOK() override {
    const Napi::Env env = Env();
    core_->settle = Napi::ThreadSafeFunction::New(
        env, Napi::Function::New(env, [](const Napi::CallbackInfo & info) { return info.Env().Undefined(); }), "heed",
        0, 1);
    core_->settle.Unref(env);
    deferred_.Resolve(
        env.GetInstanceData<Constructors>()->engine.New({Napi::External<std::shared_ptr<Core>>::New(env, &core_)}));
  }

  void OnError(const Napi::Error & error) override {
    if (gpu_ != GpuUse::none) return deferred_.Reject(coded(Env(), "native-failed", error.Message()).Value());
    deferred_.Reject(
        coded(Env(), "bad-model", "The model file " + path_ + " cannot be loaded: " + error.Message()).Value());
  }

 private:
  Napi::Promise::Deferred deferred_;
  std::string path_;
  int readers_;
  size_t maxQueue_;
  GpuUse gpu_;
  std::shared_ptr<Core> core_;
};

Napi::Value load(const Napi::CallbackInfo & info) {
  const Napi::Env env = info.Env();
  if (info.Length() < 2 || !info[0].IsString() || !info[1].IsObject())
    throw coded(env, "bad-message", "load(path, options) was expected.");
  const Napi::Object options = info[1].As<Napi::Object>();
  const auto number = [&](const char * name, double least, double most) {
    const Napi::Value value = options.Get(name);
    const double found = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
    if (!(found >= least && found <= most)) throw coded(env, "bad-message", std::string(name) + " is out of range.");
    return found;
  };
  if (!options.Get("gpu").IsBoolean()) throw coded(env, "bad-message", "gpu must be true or false.");
  const bool integrated = options.Get("integratedGpu").ToBoolean();
  const GpuUse gpu = !options.Get("gpu").As<Napi::Boolean>().Value() ? GpuUse::none
                     : integrated                                    ? GpuUse::integrated
                                                                     : GpuUse::dedicated;
  auto * loader = new Loader(env, info[0].As<Napi::String>().Utf8Value(), static_cast<int>(number("readers", 1, 64)),
                             static_cast<size_t>(number("maxQueue", 1, 1e6)), gpu);
  const Napi::Promise promise = loader->promise();
  loader->Queue();
  return promise;
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  auto * constructors = new Constructors();
  constructors->audio = Napi::Persistent(AudioObject::define(env));
  constructors->engine = Napi::Persistent(EngineObject::define(env));
  env.SetInstanceData(constructors);
  exports.Set("load", Napi::Function::New(env, load, "load"));
  return exports;
}

NODE_API_MODULE(heed, initialize)

}  // namespace
}  // namespace heed

// What JavaScript sees of the addon: it checks every argument and turns results into objects. This code knows N-API but
// not whisper's structs. Its interface is described in src/transcribe/binding.ts.
#include <napi.h>

#include <cmath>
#include <cstdlib>
#include <mutex>

#include "../failure.h"
#include "audio_object.h"
#include "coded_error.h"
#include "engine_object.h"
#include "tags.h"

namespace heed {
namespace {

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
    const std::string thrown = failureOf([&] { open(error); });
    if (!thrown.empty()) code_ = "native-failed";
    if (!core_) SetError(!thrown.empty() ? thrown : error.empty() ? "the library gave no reason" : error);
    // Registered after the library's static objects were made, so that it runs before they are destroyed.
    static std::once_flag once;
    std::call_once(once, [] { std::atexit(closeAll); });
  }

  void OnOK() override {
    const Napi::Env env = Env();
    core_->settler = Settler::New(env, "heed", 0, 1);
    core_->settler.Unref(env);
    deferred_.Resolve(env.GetInstanceData<Constructors>()->engine.New({handOver(env, core_, kCoreTag)}));
  }

  void OnError(const Napi::Error & error) override {
    // Either the file or the GPU may be to blame. A caller that wants to know which one can try again without the GPU.
    if (gpu_ != GpuUse::none) return deferred_.Reject(coded(Env(), "native-failed", error.Message()).Value());
    deferred_.Reject(coded(Env(), code_, "The model file " + path_ + " cannot be loaded: " + error.Message()).Value());
  }

 private:
  /** Sets `core_`, or says why this is not possible. May throw. */
  void open(std::string & error) {
    auto core = std::make_shared<Core>();
    core->model = Model::load(path_, gpu_, error);
    if (!core->model) return;
    std::vector<std::unique_ptr<Reader>> readers;
    while (static_cast<int>(readers.size()) < readers_) {
      readers.push_back(WhisperReader::create(core->model, error));
      if (!readers.back()) return;
    }
    core->pool = std::make_unique<Pool>(std::move(readers), maxQueue_);
    core_ = std::move(core);
  }

  Napi::Promise::Deferred deferred_;
  std::string path_;
  int readers_;
  size_t maxQueue_;
  GpuUse gpu_;
  const char * code_ = "bad-model";
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
  const int readers = static_cast<int>(number("readers", 1, 64));
  const size_t maxQueue = static_cast<size_t>(number("maxQueue", 1, 1e6));
  const GpuUse gpu = !options.Get("gpu").As<Napi::Boolean>().Value() ? GpuUse::none
                     : options.Get("integratedGpu").ToBoolean()      ? GpuUse::integrated
                                                                     : GpuUse::dedicated;
  auto * loader = new Loader(env, info[0].As<Napi::String>().Utf8Value(), readers, maxQueue, gpu);
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

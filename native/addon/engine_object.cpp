#include "engine_object.h"

#include "../library_log.h"
#include "audio_object.h"
#include "coded_error.h"
#include "tags.h"

namespace heed {
namespace {

void closeCore(void * core) { static_cast<Core *>(core)->close(); }

}  // namespace

Napi::Function EngineObject::define(Napi::Env env) {
  const Napi::Function constructor = DefineClass(env, "NativeEngine",
                                                 {
                                                     InstanceMethod<&EngineObject::openAudio>("openAudio"),
                                                     InstanceMethod<&EngineObject::read>("read"),
                                                     InstanceMethod<&EngineObject::load>("load"),
                                                     InstanceMethod<&EngineObject::close>("close"),
                                                 });
  addGetter<&EngineObject::backend>(constructor, "backend");
  addGetter<&EngineObject::device>(constructor, "device");
  addGetter<&EngineObject::system>(constructor, "system");
  addGetter<&EngineObject::multilingual>(constructor, "multilingual");
  return constructor;
}

EngineObject::EngineObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
  const auto * core = handedOver<std::shared_ptr<Core>>(info, kCoreTag);
  if (!core) throw coded(info.Env(), "bad-message", "An engine can only be made by load().");
  core_ = *core;
  guarded(info.Env(), [&] { core_->live(); });
  napi_add_env_cleanup_hook(info.Env(), closeCore, core_.get());
  Value().TypeTag(&kEngineTag);
}

EngineObject * EngineObject::from(const Napi::Value & value) {
  if (!value.IsObject()) return nullptr;
  const Napi::Object object = value.As<Napi::Object>();
  return object.CheckTypeTag(&kEngineTag) ? Unwrap(object) : nullptr;
}

void EngineObject::Finalize(Napi::Env env) {
  if (!core_) return;
  napi_remove_env_cleanup_hook(env, closeCore, core_.get());
  core_->close();
}

Napi::Value EngineObject::backend(const Napi::CallbackInfo & info) {
  const bool isGpu = !receiver<EngineObject>(info).core_->model->device().empty();
  return Napi::String::New(info.Env(), isGpu ? HEED_BACKEND : "cpu");
}

Napi::Value EngineObject::device(const Napi::CallbackInfo & info) {
  return Napi::String::New(info.Env(), receiver<EngineObject>(info).core_->model->device());
}

Napi::Value EngineObject::system(const Napi::CallbackInfo & info) {
  receiver<EngineObject>(info);
  return Napi::String::New(info.Env(), systemInfo());
}

Napi::Value EngineObject::multilingual(const Napi::CallbackInfo & info) {
  return Napi::Boolean::New(info.Env(), receiver<EngineObject>(info).core_->model->vocabulary().isMultilingual());
}

Napi::Value EngineObject::openAudio(const Napi::CallbackInfo & info) {
  checkOpen(info.Env());
  return info.Env().GetInstanceData<Constructors>()->audio.New({handOver(info.Env(), core_->model, kModelTag)});
}

Napi::Value EngineObject::read(const Napi::CallbackInfo & info) {
  const Napi::Env env = info.Env();
  checkOpen(env);
  return guarded(env, [&] {
    const std::shared_ptr<Job> job = jobOf(info);
    Napi::Object handle = Napi::Object::New(env);
    const std::shared_ptr<Core> core = core_;
    handle.Set("abort", Napi::Function::New(env, [core, job](const Napi::CallbackInfo & call) {
                 if (!core->closed) core->pool->abort(job);
                 return call.Env().Undefined();
               }));
    handle.Set("promise", submit(env, job));
    return handle;
  });
}

std::shared_ptr<Job> EngineObject::jobOf(const Napi::CallbackInfo & info) {
  const Napi::Env env = info.Env();
  const AudioObject * object = info.Length() < 2 ? nullptr : AudioObject::from(info[0]);
  if (!object || !info[1].IsObject()) throw coded(env, "bad-message", "read(audio, options) was expected.");
  const std::shared_ptr<Audio> audio = object->audio();
  if (!audio) throw coded(env, "closed", "The audio is closed already.");
  auto job = std::make_shared<Job>();
  takeOptions(info[1].As<Napi::Object>(), audio->samples(), *core_->model, graphs_, *job);
  checkOpen(env);  // a getter of the options may have closed it
  const size_t endSample = job->request.samples;
  job->request.spectrogram = [audio, endSample](int frames) { return audio->spectrogram(endSample, frames); };
  return job;
}

Napi::Promise EngineObject::submit(Napi::Env env, const std::shared_ptr<Job> & job) {
  auto owned = std::make_unique<Completion>(Completion{
      Napi::Promise::Deferred::New(env), core_, job->request.graph != nullptr, ReadStatus::failed, {}, "", 0});
  Completion * completion = owned.get();
  const Settler settler = core_->settler;
  job->done = [completion, settler](ReadStatus status, ReadResult && result, std::string && error, double waitedMs) {
    completion->status = status;
    completion->result = std::move(result);
    completion->error = std::move(error);
    completion->waitedMs = waitedMs;
    // If the environment is gone, so is its promise, and nothing is left to settle.
    settler.NonBlockingCall(completion);
  };
  const Napi::Promise promise = owned->deferred.Promise();
  if (!core_->pool->submit(job)) throw coded(env, "busy", "Too many readings are waiting.");
  owned.release();
  if (core_->inFlight++ == 0) core_->settler.Ref(env);
  return promise;
}

Napi::Value EngineObject::load(const Napi::CallbackInfo & info) {
  size_t waiting = 0, running = 0;
  if (!core_->closed) core_->pool->load(waiting, running);
  Napi::Object object = Napi::Object::New(info.Env());
  object.Set("waiting", static_cast<double>(waiting));
  object.Set("running", static_cast<double>(running));
  return object;
}

Napi::Value EngineObject::close(const Napi::CallbackInfo & info) {
  core_->close();
  return info.Env().Undefined();
}

void EngineObject::checkOpen(Napi::Env env) const {
  if (core_->closed) throw coded(env, "closed", "The engine is closed already.");
}

}  // namespace heed

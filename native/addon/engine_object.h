#pragma once
#include <napi.h>

#include <memory>

#include "core.h"
#include "read_options.h"

namespace heed {

/** The classes of one JavaScript environment. */
struct Constructors {
  Napi::FunctionReference audio;
  Napi::FunctionReference engine;
};

/** `NativeEngine` of src/transcribe/binding.ts. */
class EngineObject : public Napi::ObjectWrap<EngineObject> {
 public:
  static Napi::Function define(Napi::Env env);
  /** Only load() may make one. */
  explicit EngineObject(const Napi::CallbackInfo & info);
  void Finalize(Napi::Env env) override;

  /** The engine that a JavaScript value stands for; null if the value is something else. */
  static EngineObject * from(const Napi::Value & value);

 private:
  static Napi::Value backend(const Napi::CallbackInfo & info);
  static Napi::Value device(const Napi::CallbackInfo & info);
  static Napi::Value system(const Napi::CallbackInfo & info);
  static Napi::Value multilingual(const Napi::CallbackInfo & info);
  Napi::Value openAudio(const Napi::CallbackInfo & info);
  Napi::Value read(const Napi::CallbackInfo & info);
  Napi::Value load(const Napi::CallbackInfo & info);
  Napi::Value close(const Napi::CallbackInfo & info);
  std::shared_ptr<Job> jobOf(const Napi::CallbackInfo & info);
  Napi::Promise submit(Napi::Env env, const std::shared_ptr<Job> & job);
  void checkOpen(Napi::Env env) const;

  std::shared_ptr<Core> core_;
  GraphKeeper graphs_;
};

}  // namespace heed

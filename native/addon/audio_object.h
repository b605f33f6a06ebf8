#pragma once
#include <napi.h>

#include <memory>

#include "../audio.h"

namespace heed {

/** `NativeAudio` of src/transcribe/binding.ts. */
class AudioObject : public Napi::ObjectWrap<AudioObject> {
 public:
  static Napi::Function define(Napi::Env env);
  /** Made by an engine alone. */
  explicit AudioObject(const Napi::CallbackInfo & info);

  /** The one behind a value; null where that is something else. */
  static AudioObject * from(const Napi::Value & value);
  /** Null when it was closed. */
  const std::shared_ptr<Audio> & audio() const { return audio_; }

 private:
  Napi::Value append(const Napi::CallbackInfo & info);
  Napi::Value close(const Napi::CallbackInfo & info);
  static Napi::Value length(const Napi::CallbackInfo & info);

  std::shared_ptr<Audio> audio_;
};

}  // namespace heed

#pragma once
#include <napi.h>

#include <memory>

#include "../audio.h"

namespace heed {

/** `NativeAudio` of src/transcribe/binding.ts. */
class AudioObject : public Napi::ObjectWrap<AudioObject> {
 public:
  static Napi::Function define(Napi::Env env);
  /** Only an engine may make one. */
  explicit AudioObject(const Napi::CallbackInfo & info);

  /** The audio that a JavaScript value stands for; null if the value is something else. */
  static AudioObject * from(const Napi::Value & value);
  /** Null if it has been closed. */
  const std::shared_ptr<Audio> & audio() const { return audio_; }

 private:
  Napi::Value append(const Napi::CallbackInfo & info);
  Napi::Value close(const Napi::CallbackInfo & info);
  static Napi::Value length(const Napi::CallbackInfo & info);

  std::shared_ptr<Audio> audio_;
};

}  // namespace heed

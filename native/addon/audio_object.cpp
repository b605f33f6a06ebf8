#include "audio_object.h"

#include <cmath>

#include "../audio_units.h"
#include "coded_error.h"
#include "tags.h"

namespace heed {

Napi::Function AudioObject::define(Napi::Env env) {
  const Napi::Function constructor = DefineClass(env, "NativeAudio",
                                                 {
                                                     InstanceMethod<&AudioObject::append>("append"),
                                                     InstanceMethod<&AudioObject::close>("close"),
                                                 });
  addGetter<&AudioObject::length>(constructor, "length");
  return constructor;
}

AudioObject::AudioObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
  const auto * model = handedOver<std::shared_ptr<Model>>(info, kModelTag);
  if (!model) throw coded(info.Env(), "bad-message", "Audio can only be made by openAudio().");
  audio_ = guarded(info.Env(), [&] { return std::make_shared<Audio>(*model); });
  Value().TypeTag(&kAudioTag);
}

AudioObject * AudioObject::from(const Napi::Value & value) {
  if (!value.IsObject()) return nullptr;
  const Napi::Object object = value.As<Napi::Object>();
  return object.CheckTypeTag(&kAudioTag) ? Unwrap(object) : nullptr;
}

Napi::Value AudioObject::append(const Napi::CallbackInfo & info) {
  const Napi::Env env = info.Env();
  if (!audio_) throw coded(env, "closed", "The audio is closed already.");
  if (info.Length() < 1 || !info[0].IsTypedArray() ||
      info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
    throw coded(env, "bad-audio", "Samples as a Float32Array were expected.");
  }
  const Napi::Float32Array samples = info[0].As<Napi::Float32Array>();
  const size_t count = samples.ElementLength();
  if (audio_->samples() + count > kLongestSamples)
    throw coded(env, "audio-too-long", "One reading takes at most 30 s of audio. Cut the audio into shorter pieces.");
  for (size_t i = 0; i < count; i++)
    if (!std::isfinite(samples.Data()[i])) throw coded(env, "bad-audio", "A sample is not a finite number.");
  guarded(env, [&] { audio_->append(samples.Data(), count); });
  return env.Undefined();
}

Napi::Value AudioObject::close(const Napi::CallbackInfo & info) {
  audio_.reset();
  return info.Env().Undefined();
}

Napi::Value AudioObject::length(const Napi::CallbackInfo & info) {
  const std::shared_ptr<Audio> & audio = receiver<AudioObject>(info).audio_;
  return Napi::Number::New(info.Env(), audio ? static_cast<double>(audio->samples()) : 0);
}

}  // namespace heed

// What JavaScript sees of the models that tell voices apart. Their interface is described in
// src/speakers/native-models.ts.
#include "speaker_objects.h"

#include <algorithm>
#include <memory>

#include "../segmentation_model.h"
#include "../voice_encoder.h"
#include "float_arrays.h"

namespace heed {
namespace {

/** The longest piece of sound at a time: ten minutes at 16 kHz. */
constexpr size_t kMaxSamples = 10 * 60 * 16000;

Napi::Float32Array copied(Napi::Env env, const std::vector<float> & values) {
  Napi::Float32Array array = Napi::Float32Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

Napi::Float32Array samplesOf(const Napi::CallbackInfo & info, size_t arguments = 1) {
  if (info.Length() != arguments) throw coded(info.Env(), "bad-message", "Samples were expected.");
  const Napi::Float32Array samples = floatsOf(info[0], "samples");
  if (samples.ElementLength() > kMaxSamples) throw coded(info.Env(), "bad-message", "These are too many samples.");
  return samples;
}

class SegmentationModelObject : public Napi::ObjectWrap<SegmentationModelObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "SegmentationModel",
                       {InstanceMethod<&SegmentationModelObject::run>("run"),
                        InstanceMethod<&SegmentationModelObject::openStream>("openStream")});
  }

  explicit SegmentationModelObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    model_ = loadModel<SegmentationModel>(info, "The segmentation model");
  }

 private:
  Napi::Value run(const Napi::CallbackInfo & info) {
    const Napi::Float32Array samples = samplesOf(info);
    return guarded(info.Env(), [&] {
      return copied(info.Env(), model_->run(samples.Data(), static_cast<int>(samples.ElementLength())));
    });
  }

  /** Returns a function, which keeps what it needs of one window for the next. */
  Napi::Value openStream(const Napi::CallbackInfo & info) {
    const auto runNext = [model = model_, before = std::make_shared<SegmentationModel::Filtered>()](
                             const Napi::CallbackInfo & info) -> Napi::Value {
      const Napi::Env env = info.Env();
      const Napi::Float32Array samples = samplesOf(info, 2);
      if (!info[1].IsNumber()) throw coded(env, "bad-message", "The start of the samples must be a number.");
      const int64_t start = info[1].As<Napi::Number>().Int64Value();
      return guarded(env, [&] {
        const int count = static_cast<int>(samples.ElementLength());
        return copied(env, model->run(samples.Data(), count, start, *before));
      });
    };
    return Napi::Function::New(info.Env(), runNext, "run");
  }

  std::shared_ptr<const SegmentationModel> model_;
};

class VoiceEncoderObject : public Napi::ObjectWrap<VoiceEncoderObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(
        env, "VoiceEncoder",
        {InstanceMethod<&VoiceEncoderObject::features>("features"), InstanceMethod<&VoiceEncoderObject::pool>("pool")});
  }

  explicit VoiceEncoderObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    model_ = loadModel<VoiceEncoder>(info, "The encoder of voices");
  }

 private:
  Napi::Value features(const Napi::CallbackInfo & info) {
    const Napi::Float32Array samples = samplesOf(info);
    return guarded(info.Env(), [&] {
      return copied(info.Env(), model_->features(samples.Data(), static_cast<int>(samples.ElementLength())));
    });
  }

  /** There must be a weight for each frame of the features. */
  Napi::Value pool(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    if (info.Length() != 2) throw coded(env, "bad-message", "Features and weights were expected.");
    const Napi::Float32Array features = floatsOf(info[0], "features"), weights = floatsOf(info[1], "weights");
    if (features.ElementLength() != weights.ElementLength() * VoiceEncoder::kFeatures)
      throw coded(env, "bad-message", "There must be a weight for each row of 512 features.");
    return guarded(env, [&] {
      return copied(env, model_->pool(features.Data(), weights.Data(), static_cast<int>(weights.ElementLength())));
    });
  }

  std::unique_ptr<VoiceEncoder> model_;
};

}  // namespace

void defineSpeakerModels(Napi::Env env, Napi::Object exports) {
  exports.Set("SegmentationModel", SegmentationModelObject::define(env));
  exports.Set("VoiceEncoder", VoiceEncoderObject::define(env));
}

}  // namespace heed

// What JavaScript sees of the models that tell voices apart. Their interface is described in
// src/speakers/native-models.ts.
#include "speaker_objects.h"

#include <algorithm>
#include <memory>

#include "../segmentation_model.h"
#include "../speaker_model.h"
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

Napi::Float32Array samplesOf(const Napi::CallbackInfo & info) {
  if (info.Length() != 1) throw coded(info.Env(), "bad-message", "Samples were expected.");
  const Napi::Float32Array samples = floatsOf(info[0], "samples");
  if (samples.ElementLength() > kMaxSamples) throw coded(info.Env(), "bad-message", "These are too many samples.");
  return samples;
}

class SegmentationModelObject : public Napi::ObjectWrap<SegmentationModelObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "SegmentationModel", {InstanceMethod<&SegmentationModelObject::run>("run")});
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

  std::unique_ptr<SegmentationModel> model_;
};

class SpeakerModelObject : public Napi::ObjectWrap<SpeakerModelObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "SpeakerModel",
                       {InstanceMethod<&SpeakerModelObject::spectrogram>("spectrogram"),
                        InstanceMethod<&SpeakerModelObject::embed>("embed")});
  }

  explicit SpeakerModelObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    model_ = loadModel<SpeakerModel>(info, "The speaker model");
  }

 private:
  Napi::Value spectrogram(const Napi::CallbackInfo & info) {
    const Napi::Float32Array samples = samplesOf(info);
    return guarded(info.Env(), [&] {
      return copied(info.Env(), model_->spectrogram(samples.Data(), static_cast<int>(samples.ElementLength())));
    });
  }

  /** All pieces must be of the same length, whole rows of a spectrogram. */
  Napi::Value embed(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    if (info.Length() != 1) throw coded(env, "bad-message", "Pieces of a spectrogram were expected.");
    std::vector<Napi::Float32Array> pieces = arraysOf(info[0], "pieces");
    std::vector<const float *> rows;
    const size_t length = pieces.empty() ? 0 : pieces[0].ElementLength();
    for (Napi::Float32Array & piece : pieces) {
      if (piece.ElementLength() != length || length == 0 || length % SpeakerModel::kMels != 0 ||
          length > kMaxSamples / 4)
        throw coded(env, "bad-message", "The pieces must be rows of 40 values, as many in each.");
      rows.push_back(piece.Data());
    }
    return guarded(env,
                   [&] { return copied(env, model_->embed(rows, static_cast<int>(length / SpeakerModel::kMels))); });
  }

  std::unique_ptr<SpeakerModel> model_;
};

}  // namespace

void defineSpeakerModels(Napi::Env env, Napi::Object exports) {
  exports.Set("SegmentationModel", SegmentationModelObject::define(env));
  exports.Set("SpeakerModel", SpeakerModelObject::define(env));
}

}  // namespace heed

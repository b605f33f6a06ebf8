// What JavaScript sees of the models for voices, and of the watch over a parent process: an addon of its own, small
// enough for every process, which checks every argument. Its interface is described in src/vad/native-model.ts,
// src/speakers/models.ts and src/platform/end-with-parent.ts.
#include <napi.h>

#include <memory>

#include "../parent_watch.h"
#include "../voice_model.h"
#include "coded_error.h"
#include "float_arrays.h"
#include "speaker_objects.h"

namespace heed {
namespace {

/** Pointers to the values of the arrays, `length` values each. No JavaScript may run while they are used, since it
 * could move or free the arrays. */
std::vector<float *> pointersOf(Napi::Env env, std::vector<Napi::Float32Array> & arrays, size_t length,
                                const std::string & name) {
  std::vector<float *> pointers;
  for (Napi::Float32Array & floats : arrays) {
    if (floats.ElementLength() != length)
      throw coded(env, "bad-message", name + " must have " + std::to_string(length) + " values each.");
    pointers.push_back(floats.Data());
  }
  return pointers;
}

class VoiceModelObject : public Napi::ObjectWrap<VoiceModelObject> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "VoiceModel", {InstanceMethod<&VoiceModelObject::run>("run")});
  }

  explicit VoiceModelObject(const Napi::CallbackInfo & info) : ObjectWrap(info) {
    model_ = loadModel<VoiceModel>(info, "The voice activity model");
  }

 private:
  Napi::Value run(const Napi::CallbackInfo & info) {
    const Napi::Env env = info.Env();
    if (info.Length() < 2) throw coded(env, "bad-message", "run(inputs, states) was expected.");
    std::vector<Napi::Float32Array> inputArrays = arraysOf(info[0], "inputs"),
                                    stateArrays = arraysOf(info[1], "states");
    if (inputArrays.size() != stateArrays.size()) throw coded(env, "bad-message", "Each input needs a state.");
    Napi::Float32Array probabilities = Napi::Float32Array::New(env, inputArrays.size());
    guarded(env, [&] {
      const std::vector<float *> inputs = pointersOf(env, inputArrays, VoiceModel::kInputSamples, "inputs");
      const std::vector<float *> states = pointersOf(env, stateArrays, VoiceModel::kStateSize, "states");
      model_->run(inputs.data(), states.data(), static_cast<int>(inputs.size()), probabilities.Data());
    });
    return probabilities;
  }

  std::unique_ptr<VoiceModel> model_;
};

void endWithParentCall(const Napi::CallbackInfo & info) {
  if (info.Length() != 1 || !info[0].IsNumber())
    throw coded(info.Env(), "bad-message", "The number of the parent process was expected.");
  endWithParent(static_cast<pid_t>(info[0].As<Napi::Number>().Int32Value()));
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("VoiceModel", VoiceModelObject::define(env));
  defineSpeakerModels(env, exports);
  exports.Set("endWithParent", Napi::Function::New<endWithParentCall>(env, "endWithParent"));
  return exports;
}

NODE_API_MODULE(voice, initialize)

}  // namespace
}  // namespace heed

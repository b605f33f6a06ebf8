// What JavaScript sees of the voice activity model, and of the watch over a parent process: an addon of its own, small
// enough for every process, which checks every argument. Its interface is described in src/vad/native-model.ts and
// src/platform/end-with-parent.ts.
#include <napi.h>

#include <memory>
#include <stdexcept>

#include "../parent_watch.h"
#include "../voice_model.h"
#include "coded_error.h"

namespace heed {
namespace {

constexpr uint32_t kMaxStreams = 4096;

Napi::Float32Array floatsOf(const Napi::Value & value, const std::string & name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array)
    throw coded(value.Env(), "bad-message", name + " must be a Float32Array.");
  return value.As<Napi::Float32Array>();
}

/** An array of Float32Arrays. */
std::vector<Napi::Float32Array> arraysOf(const Napi::Value & value, const std::string & name) {
  const Napi::Env env = value.Env();
  if (!value.IsArray() || value.As<Napi::Array>().Length() > kMaxStreams)
    throw coded(env, "bad-message", name + " must be an array of at most " + std::to_string(kMaxStreams) + ".");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<Napi::Float32Array> floats;
  const uint32_t count = array.Length();
  for (uint32_t i = 0; i < count; i++) floats.push_back(floatsOf(array.Get(i), name));
  return floats;
}

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
    if (info.Length() != 1 || !info[0].IsObject())
      throw coded(info.Env(), "bad-message", "Tensors by name were expected.");
    const Napi::Object object = info[0].As<Napi::Object>();
    const Napi::Array names = object.GetPropertyNames();
    std::map<std::string, std::vector<float>> tensors;
    for (uint32_t i = 0; i < names.Length(); i++) {
      const std::string name = names.Get(i).ToString().Utf8Value();
      const Napi::Float32Array values = floatsOf(object.Get(name), name);
      tensors[name].assign(values.Data(), values.Data() + values.ElementLength());
    }
    guarded(info.Env(), [&] {
      try {
        model_ = std::make_unique<VoiceModel>(tensors);
      } catch (const std::invalid_argument & error) {
        throw coded(info.Env(), "bad-model",
                    std::string("The voice activity model is not complete: ") + error.what() + ".");
      }
    });
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
  exports.Set("endWithParent", Napi::Function::New<endWithParentCall>(env, "endWithParent"));
  return exports;
}

NODE_API_MODULE(voice, initialize)

}  // namespace
}  // namespace heed

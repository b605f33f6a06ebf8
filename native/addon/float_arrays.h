// Arrays of numbers and tensors that come from JavaScript.
#pragma once

#include <napi.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "../matrix.h"
#include "coded_error.h"

namespace heed {

constexpr uint32_t kMaxArrays = 4096;

inline Napi::Float32Array floatsOf(const Napi::Value & value, const std::string & name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array)
    throw coded(value.Env(), "bad-message", name + " must be a Float32Array.");
  return value.As<Napi::Float32Array>();
}

/** An array of Float32Arrays. */
inline std::vector<Napi::Float32Array> arraysOf(const Napi::Value & value, const std::string & name) {
  const Napi::Env env = value.Env();
  if (!value.IsArray() || value.As<Napi::Array>().Length() > kMaxArrays)
    throw coded(env, "bad-message", name + " must be an array of at most " + std::to_string(kMaxArrays) + ".");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<Napi::Float32Array> floats;
  const uint32_t count = array.Length();
  for (uint32_t i = 0; i < count; i++) floats.push_back(floatsOf(array.Get(i), name));
  return floats;
}

/** Makes a model of its tensors by name, the only argument. @throws `bad-model` where one is missing or misshapen */
template <typename Model>
std::unique_ptr<Model> loadModel(const Napi::CallbackInfo & info, const std::string & title) {
  if (info.Length() != 1 || !info[0].IsObject())
    throw coded(info.Env(), "bad-message", "Tensors by name were expected.");
  const Napi::Object object = info[0].As<Napi::Object>();
  const Napi::Array names = object.GetPropertyNames();
  Tensors tensors;
  for (uint32_t i = 0; i < names.Length(); i++) {
    const std::string name = names.Get(i).ToString().Utf8Value();
    const Napi::Float32Array values = floatsOf(object.Get(name), name);
    tensors[name].assign(values.Data(), values.Data() + values.ElementLength());
  }
  return guarded(info.Env(), [&] {
    try {
      return std::make_unique<Model>(tensors);
    } catch (const std::invalid_argument & error) {
      throw coded(info.Env(), "bad-model", title + " is not complete: " + error.what() + ".");
    }
  });
}

}  // namespace heed

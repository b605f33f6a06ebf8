#pragma once
// Marks the objects that are handed to JavaScript, so that an object of another kind, or from another addon, is never
// taken for one of ours.
#include <napi.h>

#include "coded_error.h"

namespace heed {

constexpr napi_type_tag kModelTag{0x6a8d1c5f0b7e4f21, 0x9c3ad58e21f04b66};
constexpr napi_type_tag kCoreTag{0x1f2b9e7741d84c05, 0xb0c6e2937f5a18dd};
constexpr napi_type_tag kAudioTag{0x7d40a3c2e9154b8a, 0x85f1b6d3092e7c47};
constexpr napi_type_tag kEngineTag{0xe35c07b98a6241df, 0x917e4d20cb8f5a13};

/** Wraps an argument for one of our constructors. */
template <typename T>
Napi::External<T> handOver(Napi::Env env, T & data, const napi_type_tag & tag) {
  Napi::External<T> external = Napi::External<T>::New(env, &data);
  external.TypeTag(&tag);
  return external;
}

/** What handOver() was given; null if the argument is anything else. */
template <typename T>
T * handedOver(const Napi::CallbackInfo & info, const napi_type_tag & tag) {
  if (info.Length() != 1 || !info[0].IsExternal()) return nullptr;
  const Napi::External<T> external = info[0].As<Napi::External<T>>();
  return external.CheckTypeTag(&tag) ? external.Data() : nullptr;
}

/** The wrapped object that a getter was called on. Node checks the receiver of methods, but not that of getters. */
template <typename T>
T & receiver(const Napi::CallbackInfo & info) {
  if (T * object = T::from(info.This())) return *object;
  throw coded(info.Env(), "bad-message", "The property belongs to another kind of object.");
}

/** Adds a getter to the objects of a class. */
template <Napi::Value (*getter)(const Napi::CallbackInfo &)>
void addGetter(const Napi::Function & constructor, const char * name) {
  const Napi::Object prototype = constructor.Get("prototype").As<Napi::Object>();
  prototype.DefineProperty(Napi::PropertyDescriptor::Accessor<getter>(name));
}

}  // namespace heed

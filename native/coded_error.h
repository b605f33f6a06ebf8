#pragma once

#include <napi.h>

#include <string>

namespace heed {

/** An Error with a `code` of src/errors.ts. */
inline Napi::Error coded(Napi::Env env, const char * code, const std::string & message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  return error;
}

}  // namespace heed

#pragma once

#include <napi.h>

#include <exception>
#include <new>
#include <string>

namespace heed {

/** An Error with a `code` from src/errors.ts. */
inline Napi::Error coded(Napi::Env env, const char * code, const std::string & message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  return error;
}

/** Runs work for JavaScript, and turns C++ exceptions into errors with a code. */
template <typename Work>
auto guarded(Napi::Env env, const Work & work) {
  try {
    return work();
  } catch (const Napi::Error &) {
    throw;
  } catch (const std::bad_alloc &) {
    throw coded(env, "native-failed", "The native engine is out of memory.");
  } catch (const std::exception & error) {
    throw coded(env, "native-failed", std::string("The native engine failed: ") + error.what());
  }
}

}  // namespace heed

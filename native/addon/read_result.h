#pragma once
#include <napi.h>

#include "../reading.h"

namespace heed {

/** A result as `NativeReading` of src/transcribe/binding.ts. */
Napi::Object toObject(Napi::Env env, const ReadResult & result, bool hasGrammar, double waitedMs);

}  // namespace heed

#pragma once

#include <napi.h>

namespace heed {

/** The class `VoiceModel` of src/vad/native-model.ts. */
Napi::Function defineVoiceModel(Napi::Env env);

}  // namespace heed

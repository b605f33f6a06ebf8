#pragma once

#include <napi.h>

namespace heed {

/** Adds the classes `SegmentationModel` and `VoiceEncoder` to the addon. */
void defineSpeakerModels(Napi::Env env, Napi::Object exports);

}  // namespace heed

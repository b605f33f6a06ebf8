#include "library_log.h"

#include "ggml-backend.h"
#include "whisper.h"

#include <deque>
#include <mutex>

namespace heed {
namespace {

constexpr size_t kMaxLines = 40, kMaxBytes = 800;

std::mutex logMutex;
std::deque<std::string> logLines;

/** The libraries call this on any thread. It must not throw, as they are written in C. */
void keep(ggml_log_level, const char * text, void *) noexcept {
  const std::lock_guard<std::mutex> lock(logMutex);
  try {
    logLines.emplace_back(text);
  } catch (const std::bad_alloc &) {
    logLines.clear();
  }
  if (logLines.size() > kMaxLines) logLines.pop_front();
}

}  // namespace

void keepLibraryLog() {
  static std::once_flag once;
  std::call_once(once, [] {
    whisper_log_set(keep, nullptr);
    ggml_log_set(keep, nullptr);
  });
}

std::string recentLog() {
  const std::lock_guard<std::mutex> lock(logMutex);
  std::string text;
  for (const std::string & line : logLines) text += line;
  return text.size() > kMaxBytes ? text.substr(text.size() - kMaxBytes) : text;
}

std::string systemInfo() {
  std::string info;
  for (size_t i = 0; i < ggml_backend_reg_count(); i++) {
    ggml_backend_reg_t reg = ggml_backend_reg_get(i);
    info += std::string(info.empty() ? "" : "; ") + ggml_backend_reg_name(reg) + ":";
    const auto features = reinterpret_cast<ggml_backend_get_features_t>(
        ggml_backend_reg_get_proc_address(reg, "ggml_backend_get_features"));
    if (!features) continue;
    for (ggml_backend_feature * feature = features(reg); feature && feature->name; feature++) {
      if (std::string(feature->value) == "1") info += std::string(" ") + feature->name;
    }
  }
  return info;
}

}  // namespace heed

#pragma once
// The build puts this in front of ggml's Vulkan sources if the Vulkan headers are older than 1.3.272, as in Debian 12.
// ggml uses these types of VK_EXT_layer_settings even if the layer is not there; Vulkan then simply ignores them.
#ifdef __cplusplus
#include <vulkan/vulkan_core.h>

#if VK_HEADER_VERSION < 272
#include <cstdint>
#include <vector>

namespace vk {

enum class LayerSettingTypeEXT { eBool32 = 0 };

struct LayerSettingEXT {
  const char * layerName;
  const char * settingName;
  LayerSettingTypeEXT type;
  uint32_t valueCount;
  const void * values;
};

struct LayerSettingsCreateInfoEXT {
  explicit LayerSettingsCreateInfoEXT(const std::vector<LayerSettingEXT> & settings)
      : settingCount(static_cast<uint32_t>(settings.size())), settings(settings.data()) {}

  VkStructureType sType = static_cast<VkStructureType>(1000496000);  // VK_STRUCTURE_TYPE_LAYER_SETTINGS_CREATE_INFO_EXT
  const void * pNext = nullptr;
  uint32_t settingCount;
  const LayerSettingEXT * settings;
};

}  // namespace vk
#endif
#endif

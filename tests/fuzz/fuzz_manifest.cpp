// Any bytes, read as a connector's manifest, are refused with the place of what is wrong, or give a manifest whose parts fit.

#include <cstdint>
#include <string_view>

#include "core/mapping/manifest/manifest.h"
#include "tests/fuzz/require.h"

using namespace switchboard;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto manifest = mapping::parse_manifest({reinterpret_cast<const char*>(data), size});
  if (!manifest) {
    require(!manifest.error().message.empty(), "a refusal without a reason");
    return 0;
  }
  require(!manifest->id.empty() && !manifest->version.empty(), "a manifest of nobody");
  for (const auto& field : manifest->fields) require(manifest->field(field.name) != nullptr, "a field that is not found");
  for (const auto& setting : manifest->settings) require(manifest->setting(setting.name) != nullptr, "a setting that is not found");
  return 0;
}

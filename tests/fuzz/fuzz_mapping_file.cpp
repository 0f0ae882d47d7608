// Any bytes, read as a mapping file (YAML), are refused with a sentence that names the file, or give a mapping that is read
// back from what it is written as.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapping.h"
#include "tests/fuzz/require.h"

using namespace switchboard;

namespace {

const mapping::Manifest& manifest() {
  static const auto parsed = mapping::parse_manifest(R"({"id": "tiny", "name": "Tiny", "version": "1.0.0", "abi": 1,
    "promise": {"all_or_nothing": "no", "row_results": "each", "resumable": "exact", "reimport_effect": "unchanged"},
    "base_urls": [{"name": "default", "url": "https://tiny.example", "source": "assumed"}],
    "fields": [{"name": "phone", "type": "phone", "meaning": "phone", "source": "assumed"},
               {"name": "name", "type": "text", "meaning": "full_name", "source": "assumed"},
               {"name": "born", "type": "date", "source": "assumed"}],
    "custom_fields": {"allowed": true, "source": "assumed"},
    "limits": {"records_per_request": 10, "body_bytes": 1024, "in_flight": 2},
    "auth": [], "operations": ["import"]})");
  require(bool(parsed), "the target's own manifest");
  return *parsed;
}

auto load(const std::string& text) {
  const int file = ::memfd_create("mapping", MFD_CLOEXEC);
  require(file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()), "no file");
  auto loaded = mapping::load_mapping(manifest(), "/proc/self/fd/" + std::to_string(file), {"Phone", "Name", "Born", "Plan"},
                                      {{"+12125551234", "Jane Doe", "1.2.1980", "gold"}}, {}, {});
  ::close(file);
  return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto loaded = load({reinterpret_cast<const char*>(data), size});
  if (!loaded) {
    require(!loaded.error().message.empty(), "a refusal without a reason");
    return 0;
  }
  const std::string written = mapping::to_yaml(*loaded, manifest());
  const auto again = load(written);
  require(bool(again), "what was written cannot be read");
  require(mapping::to_yaml(*again, manifest()) == written, "what was written reads as another mapping");
  return 0;
}

// OpenAPI documents: whatever they hold, the code that is made of them is ASCII, and the manifest one that the host takes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "host/scaffold/scaffold.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto made = switchboard::scaffold::from_openapi(text, "api.json", "", "acme");
  if (!made) {
    require(made.error().kind == switchboard::ErrorKind::Usage, "what cannot be made is refused as the user's");
    return 0;
  }
  for (const auto& [name, source] : made->files) {
    if (!name.ends_with(".cpp") && !name.ends_with(".h")) continue;
    for (const char c : source) require(c == '\n' || (c >= ' ' && c <= '~'), "the code is ASCII");
  }
  return 0;
}

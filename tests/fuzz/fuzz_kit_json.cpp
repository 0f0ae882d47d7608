// Any bytes, read as JSON by the kit, are refused with a reason or written as the same value again.

#include <switchboard/kit/json.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"

using switchboard::kit::Json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string why;
  const auto json = Json::parse({reinterpret_cast<const char*>(data), size}, &why);
  if (!json) {
    require(!why.empty(), "a refusal without a reason");
    return 0;
  }
  const std::string text = json->to_text();
  require(switchboard::kit::is_utf8(text), "JSON that is not UTF-8");
  const auto again = Json::parse(text, &why);
  require(again.has_value(), "what was written cannot be read");
  require(again->to_text() == text, "what was written reads as something else");
  return 0;
}

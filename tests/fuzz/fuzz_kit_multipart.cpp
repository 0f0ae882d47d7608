// Any bytes after a line with a content type, read as a multipart body by the kit, are refused or give parts that read the
// same after they were written.

#include <switchboard/kit/multipart.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"

using namespace switchboard::kit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto parts = read_multipart(text.substr(0, line), text.substr(line + 1));
  if (!parts) return 0;
  MultipartWriter writer("seed");
  bool writable = true;
  for (const MultipartPart& part : *parts) {
    require(part.content.size() <= size, "a part is larger than the body");
    // A name can hold what the writer must not put into a header.
    writable = writable && part.name.find_first_of("\r\n\"\\%") == std::string::npos &&
               (!part.file_name || part.file_name->find_first_of("\r\n\"\\%") == std::string::npos);
    part.file_name ? writer.file(part.name, *part.file_name, "text/plain", part.content) : writer.field(part.name, part.content);
  }
  if (!writable || parts->empty()) return 0;
  const auto again = read_multipart(writer.content_type(), writer.body());
  require(again && again->size() == parts->size(), "what was written cannot be read");
  for (std::size_t i = 0; i < parts->size(); ++i)
    require((*again)[i].name == (*parts)[i].name && (*again)[i].content == (*parts)[i].content, "a part reads as another");
  return 0;
}

#include "core/input/json/json_format.h"

#include <optional>

#include "core/input/file_kind.h"
#include "core/input/json/json_source.h"

namespace switchboard::input {
namespace {

/// A first line that is broken does not look like JSON; the lines behind it do.
bool has_line_of_json(std::string_view head) {
  for (std::size_t at = 0; at < head.size();) {
    const auto first = head.find_first_not_of(" \t\r\n", at);
    if (first == std::string_view::npos) return false;
    if (head[first] == '{' || head[first] == '[') return true;
    const auto end = head.find('\n', first);
    if (end == std::string_view::npos) return false;
    at = end + 1;
  }
  return false;
}

Fit detect(const Glimpse& glimpse) {
  if (glimpse.looks.kind == FileKind::Json) return Fit::Yes;
  return glimpse.looks.kind == FileKind::Text && has_line_of_json(glimpse.head) ? Fit::IfNamed : Fit::No;
}

}  // namespace

Format json_format() {
  Format format;
  format.names = {"json", "ndjson", "jsonl", "jcard"};
  format.what = what_of(FileKind::Json);
  format.endings = {"json", "ndjson", "jsonl", "jcard"};
  format.detect = detect;
  format.open = open_json;
  return format;
}

}  // namespace switchboard::input

#include "core/input/rejects.h"

#include "core/input/formats.h"

namespace switchboard::input {

std::string row_text(const RejectNote& note, std::string_view before) {
  const std::string row = std::to_string(note.row);
  if (const auto earlier = PartsLeft::in(before)) return row + note.left.within(*earlier).text();
  return note.left.of == 0 ? row : row + note.left.text();
}

std::string rejects_name(const SourceInfo& info) {
  std::string name = info.name == "-" || info.name.empty() ? "stdin" : info.name;
  for (const Compression& compression : registry().compressions) {
    const std::string& packed = compression.ending;
    if (name.size() > packed.size() && name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  const auto dot = name.find_last_of('.');
  const bool has_extension = dot != std::string::npos && dot > 0 && dot + 1 < name.size();
  const Format* format = registry().find(info.format);
  if (format != nullptr && !format->rejects_ending.empty()) {
    return (has_extension ? name.substr(0, dot) : name) + ".rejects." + format->rejects_ending;
  }
  const std::string extension = has_extension         ? name.substr(dot + 1)
                                : info.format.empty() ? "csv"
                                                      : info.format;
  return (has_extension ? name.substr(0, dot) : name) + ".rejects." + extension;
}

}  // namespace switchboard::input

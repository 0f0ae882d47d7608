#include "core/contact/name.h"

#include "core/contact/text.h"

namespace switchboard::contact {

std::string clean_name(std::string_view text) { return collapse(text); }

std::string join_name(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) {
    const std::string cleaned = clean_name(part);
    if (cleaned.empty()) continue;
    if (!joined.empty()) joined += ' ';
    joined += cleaned;
  }
  return joined;
}

SplitName split_name(std::string_view full_name) {
  const std::string name = clean_name(full_name);
  const auto comma = name.find(',');
  // One comma with something on both sides is "Last, First"; "Jane Doe, PhD, MBA" is not.
  if (comma != std::string::npos && comma > 0 && name.find(',', comma + 1) == std::string::npos) {
    const auto after = trim(std::string_view(name).substr(comma + 1));
    if (!after.empty())
      return {std::string(after), std::string(trim(std::string_view(name).substr(0, comma)))};
  }
  const auto blank = name.rfind(' ');
  if (blank == std::string::npos) return {name, {}};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

}  // namespace switchboard::contact

#include "core/mapping/columns/exporters.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

/// How headers of profiles are compared: folded and trimmed, punctuation kept ("Home" is not "Home:").
std::string plain(std::string_view header) { return contact::fold(contact::trim(header)); }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// Matches where '#' in the pattern stands for digits; `number` receives them.
bool matches(std::string_view pattern, std::string_view header, std::string& number) {
  std::size_t at = 0;
  for (const char expected : pattern) {
    if (expected == '#') {
      const std::size_t begin = at;
      while (at < header.size() && is_digit(header[at])) ++at;
      if (at == begin) return false;
      number = header.substr(begin, at - begin);
    } else if (at < header.size() && header[at] == expected) {
      ++at;
    } else {
      return false;
    }
  }
  return at == header.size();
}

}  // namespace

const Exporter* recognise_exporter(const std::vector<std::string>& columns) {
  std::unordered_set<std::string> present;
  for (const std::string& column : columns) present.insert(plain(column));
  const Exporter* best = nullptr;
  std::size_t best_length = 0;
  for (const Exporter& exporter : exporters()) {
    const auto wanted = split(exporter.signature, ';');
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&](std::string_view alternatives) {
      const auto names = split(alternatives, '|');
      return std::any_of(names.begin(), names.end(),
                         [&](std::string_view name) { return present.contains(plain(name)); });
    });
    // Very short signatures are only safe where the file has little else.
    if (!all || (wanted.size() <= 2 && columns.size() > 8)) continue;
    if (wanted.size() > best_length) {
      best = &exporter;
      best_length = wanted.size();
    }
  }
  return best;
}

std::string exporter_meaning(const Exporter& exporter, std::string_view column) {
  const std::string header = plain(column);
  for (const std::string_view line : split(exporter.columns, ';')) {
    const auto equals = line.rfind('=');
    std::string number;
    if (!matches(plain(line.substr(0, equals)), header, number)) continue;
    std::string meaning(line.substr(equals + 1));
    if (const auto hash = meaning.find('#'); hash != std::string::npos) meaning.replace(hash, 1, number);
    return meaning;
  }
  return {};
}

}  // namespace switchboard::mapping

#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/input/read_file.h"

namespace switchboard::input::testing {

using JsonCells = std::vector<std::optional<std::string>>;

/// All that reading a JSON text gives; reading it need not go well.
struct JsonText {
  SourceInfo info;
  std::vector<JsonCells> rows;
  std::vector<std::uint64_t> line_of;
  std::vector<std::string> issues;    ///< codes; empty: none
  std::vector<std::string> messages;  ///< of the issues
  LineCounts lines;
  std::vector<std::string> warnings;  ///< of opening and of reading
  std::optional<Error> error;
};

inline JsonText read_json_file(const std::string& path, const InputOptions& options = {}) {
  JsonText text;
  auto source = Source::open(path, options);
  if (!source) {
    text.error = source.error();
    return text;
  }
  text.info = (*source)->info();
  text.warnings = text.info.warnings;
  auto reader = (*source)->read();
  REQUIRE(reader);
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    if (!more) text.error = more.error();
    if (!more || !*more) break;
    auto& row = text.rows.emplace_back();
    for (const auto cell : record.cells) row.push_back(is_absent(cell) ? std::nullopt : std::optional<std::string>(cell));
    text.line_of.push_back(record.line);
    text.issues.push_back(record.issue != nullptr ? record.issue->code : "");
    text.messages.push_back(record.issue != nullptr ? record.issue->message : "");
  }
  text.lines = (*reader)->lines();
  text.warnings.insert(text.warnings.end(), (*reader)->warnings().begin(), (*reader)->warnings().end());
  return text;
}

inline JsonText read_json(std::string_view bytes, const InputOptions& options = {}) {
  const TemporaryFile file(bytes, "contacts.json");
  return read_json_file(file.path(), options);
}

inline InputOptions as_format(const std::string& name) {
  InputOptions options;
  options.format = name;
  return options;
}

inline bool warns_of(const JsonText& text, std::string_view part) {
  for (const auto& warning : text.warnings) {
    if (warning.find(part) != std::string::npos) return true;
  }
  return false;
}

/// The rejects file of these rows.
inline std::string json_rejects_of(std::string_view bytes, const std::vector<std::uint64_t>& rows) {
  const TemporaryFile file(bytes, "contacts.json");
  auto source = Source::open(file.path(), {});
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  const std::string path = file.directory() + "/out.json";
  auto writer = (*source)->write_rejects(path);
  REQUIRE(writer);
  for (const auto row : rows) REQUIRE((*writer)->add({row, "phone.too_short", "phone", "Say \"why\""}));
  REQUIRE((*writer)->finish());
  return content_of(path);
}

}  // namespace switchboard::input::testing

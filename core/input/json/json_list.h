#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// Where a JSON text keeps its records.
struct JsonList {
  enum class Kind {
    Lines,    ///< a value a line (NDJSON, JSON Lines): a broken line is one broken record
    Values,   ///< values one after another, over as many lines as they like; also a single one
    Array,    ///< the elements of an array
    Members,  ///< the members of an object, whose names are ids
  };
  Kind kind = Kind::Array;
  std::uint64_t begin = 0;          ///< byte behind the bracket, or of the first value
  std::uint64_t line = 1;           ///< line there
  std::string path;                 ///< of an array or object inside an object: "data.contacts"; else empty
  /// Each value is a page of a list, as web services give them: the path of the list in it; "": the value is the list. Nothing: each is
  /// a record.
  std::optional<std::string> page_path;
  std::vector<std::string> header;  ///< of a list of rows, where it stands beside it ("columns": […]); else empty
  std::vector<std::string> others;  ///< paths of lists beside it that look like contacts too, and are not read
};

/// Finds the records by looking: values a line; values one after another; the elements of an array; or one object, in which the
/// list is taken that looks most like contacts (at most kWrapperLevels down), unless the object is itself a contact. `begin`:
/// behind a byte order mark. `name` is for messages. Errors (Input), with the line: cut, no JSON.
Result<JsonList> find_json_list(ByteStore& store, std::uint64_t begin, const std::string& name);

inline constexpr int kWrapperLevels = 4;

/// The list with that path in a page; nothing: it has none.
std::optional<JsonList> find_page(ByteStore& page, const std::string& path);

/// The text ends where more should come.
Error json_is_cut(const std::string& name, std::uint64_t line, const std::string& what);
/// Between the records stands what should not.
Error json_is_broken(const std::string& name, std::uint64_t line);

}  // namespace switchboard::input

#pragma once

#include <switchboard/kit/json.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::conformance {

/// A JSON value that can be changed: answers are damaged with it.
struct JsonMember;
struct JsonTree {
  kit::Json::Kind kind = kit::Json::Kind::Null;
  std::string text;  ///< of a string, or a number as it was written
  bool truth = false;
  bool lines = false;  ///< an array that is written as NDJSON: an item a line
  std::vector<JsonMember> children;  ///< of an array: without names

  static JsonTree of(const kit::Json& json);
  /// Lines that are JSON each, two at least or one that ends; nullopt: the text is something else.
  static std::optional<JsonTree> of_lines(std::string_view text);
  /// A text as one JSON value or, where it is none, as lines of them.
  static std::optional<JsonTree> read(std::string_view text);
  static JsonTree string(std::string text);
  static JsonTree number(std::string text);

  bool is_array() const { return kind == kit::Json::Kind::Array; }
  bool is_string() const { return kind == kit::Json::Kind::String; }
  bool is_number() const { return kind == kit::Json::Kind::Number; }
  bool is_scalar() const { return !is_array() && kind != kit::Json::Kind::Object; }
  std::string to_text() const;

  /// Every value below this one and itself, parents first; `path` is "data.results.*.id".
  void each(const std::function<void(JsonTree&, const std::string& path)>& visit, const std::string& path = "");
  void each(const std::function<void(const JsonTree&, const std::string& path)>& visit, const std::string& path = "") const;
  std::size_t count() const;
  /// The value with that number in the order of each().
  JsonTree& nth(std::size_t index);
};

struct JsonMember {
  std::string name;
  JsonTree value;
};

/// The last name in a path of each(): "id" of "data.results.*.id".
inline std::string name_in(const std::string& path) { return path.substr(path.rfind('.') == std::string::npos ? 0 : path.rfind('.') + 1); }

}  // namespace switchboard::conformance

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/scaffold/document/document.h"

namespace switchboard::scaffold {

struct Member;

/// What a schema describes, with its references followed and allOf, oneOf and anyOf put together.
struct Shape {
  enum class Kind { Any, Null, Object, List, Text, Integer, Number, Boolean };
  Kind kind = Kind::Any;
  std::string format, pattern, description;
  std::vector<std::string> words;               ///< the texts of an enum
  std::optional<std::string> constant, standard, example;  ///< `const` (or an enum of one), `default`, `example`: scalars as JSON text
  std::uint64_t min_length = 0, max_length = 0, max_items = 0;  ///< 0: not said
  std::optional<std::int64_t> minimum;
  bool read_only = false;
  bool varied = false;      ///< several shapes were put together (oneOf, anyOf)
  bool cut = false;         ///< goes around in a circle, or on for ever: what is below is not there
  bool extra_text = false;  ///< an object that takes further members with texts
  std::vector<Member> members;                   ///< of an object, in the document's order
  std::vector<Shape> items;                      ///< of a list: one
  std::vector<std::string> wanted;               ///< names of members that must be there
  std::vector<std::vector<std::string>> any_of;  ///< one of these groups of members must be there

  const Shape* member(std::string_view name) const;
  bool wants(std::string_view name) const;
  bool is_scalar() const { return kind == Kind::Text || kind == Kind::Integer || kind == Kind::Number || kind == Kind::Boolean; }
};

struct Member {
  std::string name;
  Shape shape;
};

/// Reads schemas. Bounded: so many schemas and 16 levels a call, whatever goes around in circles.
class ShapeReader {
 public:
  explicit ShapeReader(const Document& document, std::size_t most_schemas = 4000) : document_(document), most_(most_schemas) {}

  Shape read(const kit::Json& schema);
  /// The schema of JSON among the media types of a body or an answer; nullptr: there is none.
  const kit::Json* json_schema(const kit::Json& body_or_response) const;
  /// The same of a form (application/x-www-form-urlencoded).
  const kit::Json* form_schema(const kit::Json& body) const;
  /// The first reference that could not be followed, as a sentence; empty: none.
  const std::string& problem() const { return problem_; }

 private:
  template <class IsType>
  const kit::Json* schema_of(const kit::Json& body_or_response, IsType is_type) const;
  Shape shape_of(const kit::Json& schema);
  void put_together(Shape& shape, const kit::Json& variants);

  const Document& document_;
  std::size_t most_;
  std::vector<const kit::Json*> open_;  ///< schemas that are being read
  std::size_t read_ = 0;
  std::string problem_;
};

}  // namespace switchboard::scaffold

#include "host/scaffold/document/shape.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "core/base/display_text.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

constexpr std::size_t kMostLevels = 16, kMostMembers = 300, kMostWords = 300, kMostVariants = 50, kLongestName = 100;
constexpr std::size_t kMostLookedAt = 1000;  ///< members of one schema

bool is_usable_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Kind kind_of(std::string_view type) {
  if (type == "object") return Kind::Object;
  if (type == "array") return Kind::List;
  if (type == "string") return Kind::Text;
  if (type == "integer") return Kind::Integer;
  if (type == "number") return Kind::Number;
  if (type == "boolean") return Kind::Boolean;
  return type == "null" ? Kind::Null : Kind::Any;
}

std::optional<std::string> scalar_of(const kit::Json& value) {
  if (value.is_null() || value.is_array() || value.is_object() || value.to_text().size() > 1000) return std::nullopt;
  return value.to_text();
}

std::uint64_t length_of(const kit::Json& value) { return value.is_number() ? static_cast<std::uint64_t>(std::clamp<std::int64_t>(value.int_or(0), 0, 1'000'000'000)) : 0; }

/// Nobody types a text that turns round what is read, or holds a control character: as a choice or a default it is none.
bool is_plain(const std::string& text) { return one_line(text) == text; }
std::optional<std::string> plain_scalar_of(const kit::Json& value) { return value.is_string() && !is_plain(value.string_or("")) ? std::nullopt : scalar_of(value); }

std::string text_of(const kit::Json& value) { return value.is_string() ? value.string_or("") : ""; }

void add_member(Shape& shape, Member member) {
  for (Member& there : shape.members) {
    if (there.name != member.name) continue;
    if (there.shape.kind == Kind::Any) there.shape = std::move(member.shape);
    return;
  }
  if (shape.members.size() < kMostMembers) shape.members.push_back(std::move(member));
}

template <class Value>
void take_if_empty(Value& mine, Value& theirs) {
  if (mine == Value()) mine = std::move(theirs);
}

/// Both hold.
void add(Shape& shape, Shape other) {
  if (shape.kind == Kind::Any) shape.kind = other.kind;
  take_if_empty(shape.format, other.format);
  take_if_empty(shape.pattern, other.pattern);
  take_if_empty(shape.description, other.description);
  take_if_empty(shape.words, other.words);
  take_if_empty(shape.constant, other.constant);
  take_if_empty(shape.standard, other.standard);
  take_if_empty(shape.example, other.example);
  take_if_empty(shape.min_length, other.min_length);
  take_if_empty(shape.max_length, other.max_length);
  take_if_empty(shape.max_items, other.max_items);
  take_if_empty(shape.minimum, other.minimum);
  if (shape.items.empty()) shape.items = std::move(other.items);
  shape.read_only = shape.read_only || other.read_only;
  shape.varied = shape.varied || other.varied;
  shape.cut = shape.cut || other.cut;
  shape.extra_text = shape.extra_text || other.extra_text;
  for (Member& member : other.members) add_member(shape, std::move(member));
  shape.wanted.insert(shape.wanted.end(), other.wanted.begin(), other.wanted.end());
  shape.any_of.insert(shape.any_of.end(), other.any_of.begin(), other.any_of.end());
}

/// One of them holds: all members that one of them has; those are wanted that all of them want.
Shape any_object(std::vector<Shape> variants) {
  Shape all;
  all.kind = Kind::Object;
  all.wanted = variants.front().wanted;
  for (Shape& variant : variants) {
    std::erase_if(all.wanted, [&](const std::string& name) { return !variant.wants(name); });
    all.extra_text = all.extra_text || variant.extra_text;
    all.cut = all.cut || variant.cut;
    for (Member& member : variant.members) add_member(all, std::move(member));
  }
  return all;
}

}  // namespace

const Shape* Shape::member(std::string_view name) const {
  for (const Member& member : members)
    if (member.name == name) return &member.shape;
  return nullptr;
}

bool Shape::wants(std::string_view name) const { return std::find(wanted.begin(), wanted.end(), name) != wanted.end(); }

Shape ShapeReader::read(const kit::Json& schema) {
  read_ = 0;
  return shape_of(schema);
}

template <class IsType>
const kit::Json* ShapeReader::schema_of(const kit::Json& body_or_response, IsType is_type) const {
  const kit::Json& types = document_.at(body_or_response)["content"];
  for (std::size_t i = 0; i < types.keys().size(); ++i) {
    const std::string type = kit::lower(kit::trim(std::string_view(types.keys()[i]).substr(0, types.keys()[i].find(';'))));
    if (is_type(type) && types.values()[i]["schema"].is_object()) return &types.values()[i]["schema"];
  }
  return nullptr;
}

const kit::Json* ShapeReader::json_schema(const kit::Json& body_or_response) const {
  return schema_of(body_or_response, [](const std::string& type) { return type == "application/json" || type.ends_with("+json") || type == "*/*" || type == "application/*"; });
}

const kit::Json* ShapeReader::form_schema(const kit::Json& body) const {
  return schema_of(body, [](const std::string& type) { return type == "application/x-www-form-urlencoded"; });
}

Shape ShapeReader::shape_of(const kit::Json& schema) {
  Shape shape;
  std::string problem;
  const kit::Json* found = document_.resolve(schema, &problem);
  if (found == nullptr && problem_.empty()) problem_ = problem;
  if (found == nullptr || !found->is_object()) return shape;
  const bool again = std::find(open_.begin(), open_.end(), found) != open_.end();
  if (again || open_.size() >= kMostLevels || ++read_ > most_) {
    shape.cut = true;
    return shape;
  }
  const kit::Json& json = *found;
  open_.push_back(found);

  const kit::Json& type = json["type"];
  if (type.is_string()) shape.kind = kind_of(type.string_or(""));
  for (const kit::Json& one : type.items()) {
    const Kind kind = kind_of(one.string_or(""));
    if (kind != Kind::Null && (shape.kind == Kind::Any || kind == Kind::Text)) shape.kind = kind;
  }
  shape.format = text_of(json["format"]);
  shape.pattern = text_of(json["pattern"]);
  if (!is_plain(shape.pattern)) shape.pattern.clear();
  shape.description = text_of(json["description"]);
  shape.constant = scalar_of(json["const"]);
  shape.standard = plain_scalar_of(json["default"]);
  shape.example = plain_scalar_of(json["example"]);
  if (!shape.example) shape.example = plain_scalar_of(json["examples"].at(0));
  shape.min_length = length_of(json["minLength"]);
  shape.max_length = length_of(json["maxLength"]);
  shape.max_items = length_of(json["maxItems"]);
  if (json["minimum"].is_number()) shape.minimum = json["minimum"].as_int();
  shape.read_only = json["readOnly"].bool_or(false);
  for (const kit::Json& word : json["enum"].items()) {
    if (word.is_string() && shape.words.size() < kMostWords && word.string_or("").size() <= 200 && is_plain(word.string_or(""))) shape.words.push_back(word.string_or(""));
  }
  if (json["enum"].items().size() == 1 && !shape.constant) shape.constant = scalar_of(json["enum"].at(0));
  if (shape.kind == Kind::Any && !shape.words.empty()) shape.kind = Kind::Text;

  const kit::Json& members = json["properties"];
  if (members.is_object()) {
    if (shape.kind == Kind::Any) shape.kind = Kind::Object;
    for (std::size_t i = 0; i < members.size() && i < kMostLookedAt; ++i)
      if (is_usable_name(members.keys()[i])) add_member(shape, {members.keys()[i], shape_of(members.values()[i])});
  }
  for (const kit::Json& name : json["required"].items())
    if (name.is_string() && shape.wanted.size() < kMostMembers) shape.wanted.push_back(name.string_or(""));
  if (const kit::Json& extra = json["additionalProperties"]; extra.is_object() || extra.as_bool().value_or(false)) {
    if (shape.kind == Kind::Any) shape.kind = Kind::Object;
    const Shape value = shape_of(extra);
    shape.extra_text = value.kind == Kind::Text || (value.kind == Kind::Any && !value.cut);
  }
  if (json["items"].is_object()) {
    if (shape.kind == Kind::Any) shape.kind = Kind::List;
    shape.items.push_back(shape_of(json["items"]));
  }
  for (const kit::Json& part : json["allOf"].items().first(std::min(json["allOf"].items().size(), kMostVariants))) add(shape, shape_of(part));
  put_together(shape, json["oneOf"]);
  put_together(shape, json["anyOf"]);
  open_.pop_back();
  return shape;
}

void ShapeReader::put_together(Shape& shape, const kit::Json& variants) {
  std::vector<Shape> read;
  for (const kit::Json& variant : variants.items().first(std::min(variants.items().size(), kMostVariants))) {
    Shape one = shape_of(variant);
    if (one.kind != Kind::Null) read.push_back(std::move(one));
  }
  if (read.empty()) return;
  // {"anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}
  if (std::all_of(read.begin(), read.end(), [](const Shape& one) { return (one.kind == Kind::Any || one.kind == Kind::Object) && one.members.empty() && !one.wanted.empty(); })) {
    if (read.size() > 1)
      for (Shape& one : read) shape.any_of.push_back(std::move(one.wanted));
    else
      add(shape, std::move(read.front()));
    return;
  }
  const bool several = read.size() > 1;
  const auto all_are = [&](Kind kind) { return std::all_of(read.begin(), read.end(), [kind](const Shape& one) { return one.kind == kind; }); };
  const auto first_of = [&](Kind kind) { return std::find_if(read.begin(), read.end(), [kind](const Shape& one) { return one.kind == kind; }); };
  if (!several || !all_are(Kind::Object)) {
    auto chosen = read.begin();
    if (several) {
      for (const Kind kind : {Kind::List, Kind::Object, Kind::Text}) {
        if (first_of(kind) == read.end()) continue;
        chosen = first_of(kind);
        break;
      }
    }
    add(shape, std::move(*chosen));
  } else {
    add(shape, any_object(std::move(read)));
  }
  shape.varied = shape.varied || several;
}

}  // namespace switchboard::scaffold

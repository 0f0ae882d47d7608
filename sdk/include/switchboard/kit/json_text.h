// JSON written down as it looks:
//
//   kit::object({{"id", contact.id}, {"phones", kit::array(contact.phones)}, {"address", kit::object({{"city", city}})}, {"note", note}})
//
// For answers and bodies with a shape of their own. What is long and written often, a batch of contacts, goes through JsonWriter,
// which copies nothing.
#pragma once

#include <switchboard/kit/json_writer.h>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace switchboard::kit {

/// One value as text, made of whatever has one: a text, number, truth, nullptr, Json, or what has a json() of its own. An
/// optional that is empty makes none: an object leaves the member out, an array the item.
class JsonText {
 public:
  template <class Value>
  JsonText(const Value& value) {
    if constexpr (std::is_same_v<Value, std::nullptr_t>) {
      text_ = "null";
    } else if constexpr (requires { value.json(); }) {
      text_ = JsonText(value.json()).text_;
    } else if constexpr (requires { value.has_value(); }) {
      if (value) text_ = JsonText(*value).text_;
    } else {
      JsonWriter writer;
      text_ = writer.value(value).take();
    }
  }

  /// Text that is one JSON value already.
  static JsonText raw(std::string text) {
    JsonText value(nullptr);
    value.text_ = std::move(text);
    return value;
  }

  bool is_none() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct JsonMember {
  std::string_view name;
  JsonText value;
};

/// An object that grows: object({…}).add_all(fields).add("made", time).
class JsonObject {
 public:
  JsonObject(std::initializer_list<JsonMember> members) { add(members); }

  JsonObject& add(std::string_view name, const JsonText& value) {
    if (value.is_none()) return *this;
    members_ += (members_.empty() ? "" : ",") + json_string(name) + ':' + value.text();
    return *this;
  }
  JsonObject& add(std::initializer_list<JsonMember> members) {
    for (const JsonMember& member : members) add(member.name, member.value);
    return *this;
  }
  /// Pairs of a name and a value, such as a map.
  template <class Pairs>
  JsonObject& add_all(const Pairs& pairs) {
    for (const auto& [name, value] : pairs) add(name, value);
    return *this;
  }
  /// The members of another object, or of one that was read.
  JsonObject& add_all(const JsonObject& other) {
    if (!other.members_.empty()) members_ += (members_.empty() ? "" : ",") + other.members_;
    return *this;
  }
  JsonObject& add_all(const Json& other) {
    for (std::size_t i = 0; i < other.keys().size(); ++i) add(other.keys()[i], other.values()[i]);
    return *this;
  }

  std::string text() const { return '{' + members_ + '}'; }
  JsonText json() const { return JsonText::raw(text()); }

 private:
  std::string members_;
};

inline JsonObject object(std::initializer_list<JsonMember> members) { return JsonObject(members); }

/// Of each item what `make` makes of it.
template <class Items, class Make>
JsonText array(const Items& items, Make make) {
  std::string text;
  for (const auto& item : items) {
    const JsonText value(make(item));
    if (!value.is_none()) text += (text.empty() ? "" : ",") + value.text();
  }
  return JsonText::raw('[' + text + ']');
}
template <class Items>
JsonText array(const Items& items) {
  return array(items, [](const auto& item) -> const auto& { return item; });
}
inline JsonText array(std::initializer_list<JsonText> items) { return array<std::initializer_list<JsonText>>(items); }

}  // namespace switchboard::kit

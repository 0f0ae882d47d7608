#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace switchboard::input {

/// An attribute's value as a whole number; `otherwise`: it is none.
inline std::uint32_t whole_number(std::string_view text, std::uint32_t otherwise = 0) {
  std::uint32_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// An attribute as written; borrowed for the call.
struct XmlAttribute {
  std::string_view name;   ///< with its prefix
  std::string_view local;  ///< without
  std::string_view value;
};

/// `name` without its prefix.
inline std::string_view local_name_of(std::string_view name) {
  // Most have a letter or two: calling for a search takes longer.
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == ':') return name.substr(i + 1);
  }
  return name;
}

/// The attributes of an element, names without their prefix; borrowed for the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(std::span<const XmlAttribute> all) : all_(all) {}
  /// Empty: none of that name (or an empty one). `prefixed`: only one with a prefix ("r:id") counts.
  std::string_view get(std::string_view local_name, bool prefixed = false) const {
    for (const auto& attribute : all_) {
      if (attribute.local == local_name && (!prefixed || attribute.local.size() != attribute.name.size())) return attribute.value;
    }
    return {};
  }
  /// The one of that whole name, prefix included.
  std::string_view exactly(std::string_view name) const {
    for (const auto& attribute : all_) {
      if (attribute.name == name) return attribute.value;
    }
    return {};
  }
  bool on(std::string_view local_name) const {
    const auto value = get(local_name);
    return value == "1" || value == "true" || value == "on";
  }

 private:
  std::span<const XmlAttribute> all_;
};

/// What an XML part tells while it is read. Element names come without their prefix: programs choose prefixes as they
/// like, and strict files have other namespaces for the same names.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void begin(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view piece) = 0;
  /// What comes next, from a '<' on, inside of the outermost element: UTF-8, of which XML knows no more yet. A handler that knows the
  /// elements there at sight reads some of them itself, without being told of them. It returns their bytes: elements from their first to
  /// their last, right behind one another. They are XML, and mean what they would if it had been told.
  virtual std::size_t take([[maybe_unused]] std::string_view ahead) { return 0; }
};

}  // namespace switchboard::input

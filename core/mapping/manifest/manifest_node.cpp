#include "core/mapping/manifest/manifest_node.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <sstream>

#include "core/base/display_text.h"
#include "core/base/utf8.h"
#include "core/mapping/manifest/manifest_limits.h"

namespace switchboard::mapping {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;

std::vector<Var> list_of(const Poco::JSON::Object::Ptr& object, const std::string& key, const std::string& path) {
  std::vector<Var> result;
  if (!object->has(key) || object->isNull(key)) return result;
  const Array::Ptr array = object->getArray(key);
  if (array.isNull()) throw ManifestFlaw{path, "must be a list"};
  for (std::size_t i = 0; i < array->size(); ++i) result.push_back(array->get(static_cast<unsigned>(i)));
  return result;
}

/// What does something to a terminal, line ends and tabs left out.
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length(text, i));
    const bool is_line_end = text[i] == '\n' || (text[i] == '\r' && text.substr(i + 1, 1) == "\n");
    if (!is_line_end && text[i] != '\t' && effect_of(text.substr(i, length)) != Effect::None) return true;
    i += length;
  }
  return false;
}

void check_text(const std::string& text, const std::string& path) {
  if (text.size() > kMostTextBytes)
    throw ManifestFlaw{path, "is a text of " + std::to_string(text.size()) + " bytes; at most " + std::to_string(kMostTextBytes) + " are allowed"};
  if (has_control(text)) throw ManifestFlaw{path, "has a control character in it"};
}

void check_count(std::size_t count, const std::string& path) {
  if (count > kMostEntries)
    throw ManifestFlaw{path, "has " + std::to_string(count) + " entries; at most " + std::to_string(kMostEntries) + " are allowed"};
}

/// As deep as the parser lets a document be.
void check_value(const Var& value, const std::string& path) {
  if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
    const auto& object = *value.extract<Poco::JSON::Object::Ptr>();
    check_count(object.size(), path);
    for (const auto& [key, member] : object) {
      check_text(key, "the name of a member of " + path);
      check_value(member, path == "the document" ? key : path + "." + key);
    }
  } else if (value.type() == typeid(Array::Ptr)) {
    const auto& array = *value.extract<Array::Ptr>();
    check_count(array.size(), path);
    for (const Var& entry : array) check_value(entry, path);
  } else if (value.isString()) {
    check_text(value.convert<std::string>(), path);
  }
}

}  // namespace

struct ManifestNode::Object {
  explicit Object(Poco::JSON::Object::Ptr object) : json(std::move(object)) {}
  Poco::JSON::Object::Ptr json;
};

ManifestNode ManifestNode::parse(std::string_view json, std::vector<std::string>& warnings) {
  try {
    Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(/*preserveObjectOrder=*/true));
    const Var document = parser.parse(std::string(json));
    if (document.type() != typeid(Poco::JSON::Object::Ptr)) throw ManifestFlaw{"the document", "must be an object"};
    check_value(document, "the document");
    return {std::make_shared<Object>(document.extract<Poco::JSON::Object::Ptr>()), {}, warnings};
  } catch (const Poco::Exception& error) {
    throw ManifestFlaw{"the document", "is not JSON: " + error.displayText()};
  }
}

bool ManifestNode::has(const std::string& key) const { return object_->json->has(key) && !object_->json->isNull(key); }

std::string ManifestNode::text(const std::string& key) const {
  if (!has(key)) return {};
  const Var value = object_->json->get(key);
  if (!value.isString()) throw ManifestFlaw{at(key), "must be a text"};
  return value.convert<std::string>();
}

std::string ManifestNode::required_text(const std::string& key) const {
  std::string value = text(key);
  if (value.empty()) throw ManifestFlaw{at(key), "is missing"};
  return value;
}

std::optional<std::string> ManifestNode::scalar(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  const Var value = object_->json->get(key);
  if (value.type() == typeid(Poco::JSON::Object::Ptr) || value.type() == typeid(Array::Ptr))
    throw ManifestFlaw{at(key), "must be a single value"};
  if (value.isBoolean()) return value.convert<bool>() ? "true" : "false";
  return value.convert<std::string>();
}

bool ManifestNode::flag(const std::string& key) const {
  if (!has(key)) return false;
  const Var value = object_->json->get(key);
  if (!value.isBoolean()) throw ManifestFlaw{at(key), "must be true or false"};
  return value.convert<bool>();
}

std::uint64_t ManifestNode::number(const std::string& key, std::uint64_t fallback) const {
  if (!has(key)) return fallback;
  Var value = object_->json->get(key);
  if (value.type() == typeid(Poco::JSON::Object::Ptr)) value = value.extract<Poco::JSON::Object::Ptr>()->get("value");
  if (!value.isInteger() || value.isBoolean() || value.convert<double>() < 0)
    throw ManifestFlaw{at(key), "must be a whole number, 0 or more"};
  return value.convert<std::uint64_t>();
}

std::optional<std::int64_t> ManifestNode::integer(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  const Var value = object_->json->get(key);
  if (!value.isInteger() || value.isBoolean()) throw ManifestFlaw{at(key), "must be a whole number"};
  return value.convert<std::int64_t>();
}

std::vector<std::string> ManifestNode::texts(const std::string& key) const {
  std::vector<std::string> result;
  for (const Var& value : list_of(object_->json, key, at(key))) {
    if (!value.isString()) throw ManifestFlaw{at(key), "must be a list of texts"};
    result.push_back(value.convert<std::string>());
  }
  return result;
}

std::vector<std::vector<std::string>> ManifestNode::groups(const std::string& key) const {
  std::vector<std::vector<std::string>> result;
  for (const Var& value : list_of(object_->json, key, at(key))) {
    auto& group = result.emplace_back();
    if (value.isString()) {
      group.push_back(value.convert<std::string>());
    } else if (value.type() == typeid(Array::Ptr)) {
      for (const Var& name : *value.extract<Array::Ptr>()) group.push_back(name.convert<std::string>());
    } else {
      throw ManifestFlaw{at(key), "must list fields, or groups of fields"};
    }
  }
  return result;
}

std::vector<ManifestNode> ManifestNode::nodes(const std::string& key) const {
  std::vector<ManifestNode> result;
  for (const Var& value : list_of(object_->json, key, at(key))) {
    const std::string path = at(key) + "[" + std::to_string(result.size()) + "]";
    if (value.type() != typeid(Poco::JSON::Object::Ptr)) throw ManifestFlaw{path, "must be an object"};
    result.push_back({std::make_shared<Object>(value.extract<Poco::JSON::Object::Ptr>()), path, *warnings_});
  }
  return result;
}

std::optional<ManifestNode> ManifestNode::node(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  const Poco::JSON::Object::Ptr object = object_->json->getObject(key);
  if (object.isNull()) throw ManifestFlaw{at(key), "must be an object"};
  return ManifestNode(std::make_shared<Object>(object), at(key), *warnings_);
}

std::vector<std::string> ManifestNode::names() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : *object_->json) names.push_back(key);
  return names;
}

void ManifestNode::warn_of_others(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : *object_->json) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      warnings_->push_back("unknown member " + at(key));
  }
}

void ManifestNode::warn(const std::string& key, const std::string& problem) const {
  warnings_->push_back(at(key) + " " + problem);
}

std::string ManifestNode::stringify() const {
  std::ostringstream out;
  object_->json->stringify(out);
  return out.str();
}

}  // namespace switchboard::mapping

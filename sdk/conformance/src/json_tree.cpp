#include "json_tree.h"

#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

namespace switchboard::conformance {

using Kind = kit::Json::Kind;

JsonTree JsonTree::of(const kit::Json& json) {
  JsonTree out;
  out.kind = json.kind();
  if (json.is_string() || json.is_number()) out.text = std::string(*json.as_string());
  if (json.kind() == Kind::Boolean) out.truth = json.bool_or(false);
  for (const kit::Json& item : json.items()) out.children.push_back({"", of(item)});
  for (std::size_t i = 0; i < json.keys().size(); ++i) out.children.push_back({json.keys()[i], of(json.values()[i])});
  return out;
}

std::optional<JsonTree> JsonTree::of_lines(std::string_view text) {
  JsonTree out;
  out.kind = Kind::Array;
  out.lines = true;
  for (const std::string_view line : kit::split(text, '\n')) {
    if (kit::trim(line).empty()) continue;
    const auto json = kit::Json::parse(line);
    if (!json || !json->is_object()) return std::nullopt;
    out.children.push_back({"", of(*json)});
  }
  return out.children.empty() ? std::nullopt : std::optional(std::move(out));
}

std::optional<JsonTree> JsonTree::read(std::string_view text) {
  const auto json = kit::Json::parse(text);
  return json ? of(*json) : of_lines(text);
}

JsonTree JsonTree::string(std::string text) {
  JsonTree out;
  out.kind = Kind::String;
  out.text = std::move(text);
  return out;
}

JsonTree JsonTree::number(std::string text) {
  JsonTree out = string(std::move(text));
  out.kind = Kind::Number;
  return out;
}

std::string JsonTree::to_text() const {
  switch (kind) {
    case Kind::Null: return "null";
    case Kind::Boolean: return truth ? "true" : "false";
    case Kind::Number: return text;
    case Kind::String: return kit::json_string(text);
    case Kind::Array:
    case Kind::Object: break;
  }
  if (lines && is_array()) {
    std::string text_of_lines;
    for (const auto& [name, child] : children) text_of_lines += child.to_text() + '\n';
    return text_of_lines;
  }
  std::string out(1, is_array() ? '[' : '{');
  for (const auto& [name, child] : children) {
    if (out.size() > 1) out += ',';
    if (!is_array()) out += kit::json_string(name) + ':';
    out += child.to_text();
  }
  return out + (is_array() ? ']' : '}');
}

void JsonTree::each(const std::function<void(JsonTree&, const std::string&)>& visit, const std::string& path) {
  visit(*this, path);
  for (auto& [name, child] : children) child.each(visit, path + (path.empty() ? "" : ".") + (is_array() ? "*" : name));
}

void JsonTree::each(const std::function<void(const JsonTree&, const std::string&)>& visit, const std::string& path) const {
  visit(*this, path);
  for (const auto& [name, child] : children) child.each(visit, path + (path.empty() ? "" : ".") + (is_array() ? "*" : name));
}

std::size_t JsonTree::count() const {
  std::size_t values = 1;
  for (const auto& child : children) values += child.value.count();
  return values;
}

JsonTree& JsonTree::nth(std::size_t index) {
  if (index == 0) return *this;
  --index;
  for (auto& entry : children) {
    const std::size_t below = entry.value.count();
    if (index < below) return entry.value.nth(index);
    index -= below;
  }
  return *this;
}

}  // namespace switchboard::conformance

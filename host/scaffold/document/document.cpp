#include "host/scaffold/document/document.h"

#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <array>

#include "core/base/display_text.h"
#include "host/scaffold/document/yaml.h"

namespace switchboard::scaffold {
namespace {

constexpr std::size_t kMostOperations = 5000, kMostYamlBytes = 4 << 20;

Error not_usable(const std::string& name, const std::string& what, std::string remedy = {}) {
  return usage_error(name + ": " + what + ".", std::move(remedy));
}

}  // namespace

std::string Operation::shown() const { return clipped(one_line(method + " " + path + (id.empty() ? "" : " (" + id + ")")), 160); }

Result<Document> Document::parse(std::string_view text, const std::string& name) {
  if (text.size() > kMostDocumentBytes)
    return not_usable(name, "this is larger than " + std::to_string(kMostDocumentBytes >> 20) + " MiB", "Leave out of it what has nothing to do with the import.");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view begun = kit::trim(text);
  std::string why;
  std::optional<kit::Json> json;
  if (begun.starts_with('{')) {
    json = kit::Json::parse(begun, &why);
    if (!json) return not_usable(name, "this is no JSON: " + one_line(why));
  } else {
    if (text.size() > kMostYamlBytes)
      return not_usable(name, "YAML of more than " + std::to_string(kMostYamlBytes >> 20) + " MiB is not read", "Write the document as JSON, or leave out of it what has nothing to do with the import.");
    const auto written = yaml_as_json(text, 2 * text.size() + (1 << 20));
    if (!written) return not_usable(name, "this is neither JSON nor YAML: " + clipped(one_line(written.error().message), 200));
    json = kit::Json::parse(*written, &why);
    if (!json) return not_usable(name, "this YAML is nothing that JSON could say: " + one_line(why));
  }
  Document document;
  document.root_ = *std::move(json);
  const std::string version = document.root_["openapi"].string_or("");
  if (!document.root_["swagger"].is_null())
    return not_usable(name, "this is Swagger 2.0; OpenAPI 3.0 and 3.1 are understood", "Convert it first; most editors of OpenAPI can.");
  if (!version.starts_with("3.0") && !version.starts_with("3.1"))
    return not_usable(name, version.empty() ? "this is no OpenAPI document: it has no member `openapi`" : "OpenAPI " + clipped(one_line(version), 20) + " is not understood; 3.0 and 3.1 are");
  if (!document.root_["paths"].is_object() || document.root_["paths"].size() == 0) return not_usable(name, "this document has no paths");
  return document;
}

const kit::Json* Document::find(std::string_view pointer) const {
  const kit::Json* at = &root_;
  if (!pointer.empty() && !pointer.starts_with('/')) return nullptr;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = pointer.find('/');
    std::string key;
    const std::string part = kit::url_decode(pointer.substr(0, end));
    for (std::size_t i = 0; i < part.size(); ++i) {
      const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
      key += escape ? (part[++i] == '0' ? '~' : '/') : part[i];
    }
    if (at->is_array()) {
      const auto index = kit::parse_int(key);
      if (!index || *index < 0 || static_cast<std::size_t>(*index) >= at->size()) return nullptr;
      at = &at->at(static_cast<std::size_t>(*index));
    } else {
      at = at->get(key);
    }
    if (at == nullptr) return nullptr;
    pointer.remove_prefix(end == pointer.npos ? pointer.size() : end);
  }
  return at;
}

const kit::Json* Document::resolve(const kit::Json& value, std::string* problem) const {
  const kit::Json* at = &value;
  const auto trouble = [&](std::string sentence) -> const kit::Json* {
    if (problem != nullptr) *problem = std::move(sentence);
    return nullptr;
  };
  constexpr int kMostSteps = 32;
  for (int step = 0; step < kMostSteps; ++step) {
    if (!at->is_object()) return at;
    const kit::Json& reference = (*at)["$ref"];
    if (!reference.is_string()) return at;
    const std::string text = reference.string_or("");
    const std::string shown = "\"" + clipped(one_line(text), 120) + "\"";
    if (!text.starts_with('#')) return trouble("The reference " + shown + " leads out of the document; nothing is fetched, and no other file is read");
    auto known = found_.find(text);
    if (known == found_.end()) known = found_.emplace(text, find(std::string_view(text).substr(1))).first;
    if (known->second == nullptr) return trouble("The reference " + shown + " leads nowhere");
    at = known->second;
  }
  return trouble("A reference leads around in a circle");
}

const kit::Json& Document::at(const kit::Json& value) const {
  static const kit::Json nothing;
  const kit::Json* found = resolve(value);
  return found != nullptr ? *found : nothing;
}

std::vector<Operation> Document::operations() const {
  static constexpr std::array<std::pair<const char*, const char*>, 5> kMethods = {
      {{"get", "GET"}, {"post", "POST"}, {"put", "PUT"}, {"patch", "PATCH"}, {"delete", "DELETE"}}};
  std::vector<Operation> list;
  const kit::Json& paths = root_["paths"];
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const kit::Json& place = at(paths.values()[i]);
    for (const auto& [member, method] : kMethods) {
      const kit::Json& json = place[member];
      if (!json.is_object() || list.size() == kMostOperations) continue;
      const kit::Json& id = json["operationId"];
      list.push_back({method, paths.keys()[i], id.is_string() ? id.string_or("") : "", &json, &place});
    }
  }
  return list;
}

}  // namespace switchboard::scaffold

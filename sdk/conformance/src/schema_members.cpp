#include "schema_members.h"

#include <set>
#include <string_view>

/// sdk/schema/manifest.schema.json; CMake makes the definition.
extern const char* const swb_manifest_schema;

namespace switchboard::conformance {

namespace {

using kit::Json;

class Walk {
 public:
  explicit Walk(const Json& root) : root_(root) {}

  void look(const Json& value, const Json& place, const std::string& path) {
    const Json& schema = resolved(place);
    for (const Json& choice : schema["oneOf"].items()) {
      const Json& one = resolved(choice);
      if (value.is_object() == (one["type"].as_string() == "object")) look(value, one, path);
    }
    if (value.is_array()) {
      for (const Json& item : value.items()) look(item, schema["items"], path + "[]");
      return;
    }
    const Json& known = schema["properties"];
    if (!value.is_object() || !known.is_object()) return;  // what is not described may be anything: claims, headers
    for (std::size_t i = 0; i < value.keys().size(); ++i) {
      const std::string& key = value.keys()[i];
      const std::string here = path.empty() ? key : path + "." + key;
      if (const Json* member = known.get(key))
        look(value.values()[i], *member, here);
      else
        unknown.insert(here);
    }
  }

  std::set<std::string> unknown;

 private:
  const Json& resolved(const Json& schema) const {
    constexpr std::string_view kPlace = "#/$defs/";
    const auto reference = schema["$ref"].as_string();
    return reference && reference->starts_with(kPlace) ? root_["$defs"][reference->substr(kPlace.size())] : schema;
  }

  const Json& root_;
};

}  // namespace

std::vector<std::string> unknown_members(const Json& manifest) {
  const auto schema = Json::parse(swb_manifest_schema);
  if (!schema) return {"(the schema itself cannot be read)"};
  Walk walk(*schema);
  walk.look(manifest, *schema, "");
  return {walk.unknown.begin(), walk.unknown.end()};
}

}  // namespace switchboard::conformance

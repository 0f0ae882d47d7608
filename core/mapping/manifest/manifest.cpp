#include "core/mapping/manifest/manifest.h"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <set>

#include "core/contact/meaning.h"
#include "core/contact/text.h"
#include "core/mapping/manifest/manifest_limits.h"
#include "core/mapping/manifest/manifest_node.h"
#include "core/mapping/manifest/pattern.h"

namespace switchboard::mapping {
namespace {

void check_pattern(const ManifestNode& node, const std::string& pattern, const std::string& key = "pattern") {
  if (pattern.empty()) return;
  if (auto compiled = Pattern::compile(pattern); !compiled)
    throw ManifestFlaw{node.at(key), compiled.error().message};
}

std::string one_of(const ManifestNode& node, const std::string& key,
                   std::initializer_list<std::string_view> allowed) {
  std::string value = node.text(key);
  if (value.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  std::string list;
  for (const std::string_view name : allowed) list += (list.empty() ? "" : ", ") + std::string(name);
  throw ManifestFlaw{node.at(key), "is \"" + value + "\"; it must be one of " + list};
}

FieldType field_type(const ManifestNode& node) {
  const std::string type =
      one_of(node, "type", {"text", "phone", "email", "int", "number", "boolean", "date", "list"});
  if (type == "phone") return FieldType::Phone;
  if (type == "email") return FieldType::Email;
  if (type == "int") return FieldType::Int;
  if (type == "number") return FieldType::Number;
  if (type == "boolean") return FieldType::Boolean;
  if (type == "date") return FieldType::Date;
  if (type == "list") return FieldType::List;
  if (type.empty()) throw ManifestFlaw{node.at("type"), "is missing"};
  return FieldType::Text;
}

/// "mode=create", or "mode"; the setting is looked for in check_references(), when all are known.
Condition read_condition(const ManifestNode& node, const std::string& key) {
  const std::string text = node.text(key);
  const std::size_t equals = text.find('=');
  if (text.empty()) return {};
  if (equals == 0) throw ManifestFlaw{node.at(key), "must be SETTING=VALUE, or SETTING"};
  if (equals == std::string::npos) return {text, "", true};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Setting read_setting(const ManifestNode& node) {
  node.warn_of_others({"name", "type", "required", "default", "pattern", "enum", "max_length", "min", "max",
                       "discover", "discover_by", "discover_into", "discover_unless", "required_unless", "ignored_when",
                       "one_job_each", "identifying", "shapes_contacts", "help",
                       "source"});
  Setting setting;
  setting.name = node.required_text("name");
  setting.type = one_of(node, "type", {"text", "int", "number", "boolean", "list"});
  if (setting.type.empty()) setting.type = "text";
  setting.required = node.flag("required");
  setting.default_value = node.scalar("default");
  setting.pattern = node.text("pattern");
  check_pattern(node, setting.pattern);
  setting.allowed = node.texts("enum");
  setting.max_length = node.number("max_length", 0);
  setting.min = node.integer("min");
  setting.max = node.integer("max");
  setting.discover = node.text("discover");
  setting.discover_by_label = one_of(node, "discover_by", {"id", "label"}) == "label";
  setting.discover_into = node.text("discover_into");
  setting.discover_unless = read_condition(node, "discover_unless");
  setting.required_unless = read_condition(node, "required_unless");
  setting.ignored_when = read_condition(node, "ignored_when");
  setting.one_job_each = node.flag("one_job_each");
  setting.identifying = node.flag("identifying");
  setting.shapes_contacts = node.flag("shapes_contacts");
  setting.help = node.text("help");
  setting.source = node.text("source");
  return setting;
}

Field read_field(const ManifestNode& node) {
  node.warn_of_others({"name", "type", "meaning", "required", "min_length", "max_length", "pattern", "enum",
                       "format", "derive", "derive_from", "default", "default_setting", "unique", "opt_in",
                       "help", "source"});
  Field field;
  field.name = node.required_text("name");
  field.type = field_type(node);
  field.meaning = node.text("meaning");
  if (!field.meaning.empty() && !contact::is_meaning(field.meaning))
    node.warn("meaning", "\"" + field.meaning + "\" is no canonical meaning");
  field.required = node.flag("required");
  field.min_length = node.number("min_length", 0);
  field.max_length = node.number("max_length", 0);
  field.pattern = node.text("pattern");
  check_pattern(node, field.pattern);
  field.allowed = node.texts("enum");
  field.format = one_of(node, "format", {"e164", "e164_digits", "national", "as_given", "iso8601"});
  field.derive = one_of(node, "derive",
                        {"calling_code", "national_number", "full_name", "first_name", "last_name", "prefix", "hash"});
  field.derive_from = node.text("derive_from");
  field.default_value = node.scalar("default");
  field.default_setting = node.text("default_setting");
  field.unique = node.flag("unique");
  field.opt_in = node.flag("opt_in");
  field.help = node.text("help");
  field.source = node.text("source");
  if (field.max_length > 0 && field.min_length > field.max_length)
    throw ManifestFlaw{node.at("min_length"), "is above max_length"};
  return field;
}

void require_fields(const Manifest& manifest, const std::vector<std::string>& names,
                    const std::string& path) {
  for (const std::string& name : names) {
    if (manifest.field(name) == nullptr) throw ManifestFlaw{path, "names \"" + name + "\", which is no field"};
  }
}

Rule read_rule(const ManifestNode& node, const Manifest& manifest) {
  node.warn_of_others(
      {"any_of", "all_of", "at_most_one_of", "requires", "message", "severity", "when", "help", "source"});
  Rule rule;
  rule.message = node.text("message");
  rule.warns = one_of(node, "severity", {"error", "warning"}) == "warning";
  rule.when = read_condition(node, "when");
  int kinds = 0;
  const auto plain = [&](const std::string& key, Rule::Kind kind) {
    if (!node.has(key)) return;
    ++kinds;
    rule.kind = kind;
    rule.fields = node.texts(key);
    require_fields(manifest, rule.fields, node.at(key));
  };
  plain("all_of", Rule::Kind::AllOf);
  plain("at_most_one_of", Rule::Kind::AtMostOneOf);
  plain("requires", Rule::Kind::Requires);
  if (node.has("any_of")) {
    ++kinds;
    rule.kind = Rule::Kind::AnyOf;
    for (auto& group : node.groups("any_of")) {
      require_fields(manifest, group, node.at("any_of"));
      rule.fields.insert(rule.fields.end(), group.begin(), group.end());
      rule.any_of_groups.push_back(std::move(group));
    }
  }
  if (kinds != 1)
    throw ManifestFlaw{node.path(), "must have exactly one of any_of, all_of, at_most_one_of and requires"};
  if (rule.fields.empty()) throw ManifestFlaw{node.path(), "names no fields"};
  return rule;
}

std::uint64_t duration(const ManifestNode& node, const std::string& key, std::uint64_t fallback, std::uint64_t longest) {
  const std::uint64_t ms = node.number(key, fallback);
  if (ms > longest) throw ManifestFlaw{node.at(key), "is " + std::to_string(ms) + "; at most " + std::to_string(longest) + " is allowed"};
  return ms;
}

Limits read_limits(const ManifestNode& node) {
  node.warn_of_others(
      {"records_per_request", "body_bytes", "in_flight", "rates", "joint", "lists", "same_fields", "first_alone", "timeout_ms", "poll", "help", "source"});
  Limits limits;
  limits.records_per_request = node.number("records_per_request", limits.records_per_request);
  limits.body_bytes = node.number("body_bytes", limits.body_bytes);
  limits.in_flight = node.number("in_flight", limits.in_flight);
  limits.timeout_ms = duration(node, "timeout_ms", limits.timeout_ms, kLongestTimeoutMs);
  limits.first_alone = read_condition(node, "first_alone");
  for (const char* key : {"records_per_request", "body_bytes", "in_flight", "timeout_ms"}) {
    if (node.number(key, 1) == 0) throw ManifestFlaw{node.at(key), "must be 1 or more"};
  }
  for (const ManifestNode& rate : node.nodes("rates")) {
    rate.warn_of_others({"requests", "per_ms", "bucket", "help", "source"});
    RateLimit limit{rate.number("requests", 0), duration(rate, "per_ms", 0, kLongestWindowMs), rate.text("bucket")};
    if (limit.requests == 0 || limit.per_ms == 0)
      throw ManifestFlaw{rate.path(), "needs requests and per_ms, both 1 or more"};
    limits.rates.push_back(std::move(limit));
  }
  for (const ManifestNode& joint : node.nodes("joint")) {
    joint.warn_of_others({"path", "list", "most", "within_ms", "help", "source"});
    JointRequest request{joint.required_text("path"), joint.required_text("list"), joint.number("most", 0),
                         duration(joint, "within_ms", 0, kDayMs)};
    if (request.most == 0) throw ManifestFlaw{joint.at("most"), "must be 1 or more"};
    limits.joint.push_back(std::move(request));
  }
  for (const ManifestNode& list : node.nodes("lists")) {
    list.warn_of_others({"path", "help", "source"});
    limits.lists.push_back(list.required_text("path"));
  }
  limits.same_fields = read_condition(node, "same_fields");
  if (const auto poll = node.node("poll")) {
    poll->warn_of_others({"min_ms", "max_ms", "deadline_ms", "help", "source"});
    limits.poll_min_ms = duration(*poll, "min_ms", limits.poll_min_ms, kLongestPollMs);
    limits.poll_max_ms = duration(*poll, "max_ms", limits.poll_max_ms, kLongestPollMs);
    limits.poll_deadline_ms = duration(*poll, "deadline_ms", limits.poll_deadline_ms, kLongestPollMs);
    if (limits.poll_min_ms > limits.poll_max_ms) throw ManifestFlaw{poll->path(), "has min_ms above max_ms"};
  }
  return limits;
}

Auth read_auth(const ManifestNode& node) {
  node.warn_of_others({"id", "kind", "secrets", "token", "user", "password", "headers", "header", "template", "alg",
                       "alg_setting", "key", "claims", "jose", "lifetime_ms", "help", "source"});
  Auth auth;
  auth.id = node.required_text("id");
  if (!node.has("kind")) throw ManifestFlaw{node.at("kind"), "is missing"};
  auth.kind = one_of(node, "kind", {"header", "bearer", "basic", "jwt", "signature", "none"});
  for (const ManifestNode& secret : node.nodes("secrets")) {
    secret.warn_of_others({"name", "help", "required", "identifying"});
    auth.secrets.push_back({secret.required_text("name"), secret.text("help"),
                            !secret.has("required") || secret.flag("required"),
                            !secret.has("identifying") || secret.flag("identifying")});
  }
  auth.json = node.stringify();
  return auth;
}

template <class T>
void require_few(const std::vector<T>& items, std::size_t most, const std::string& path) {
  if (items.size() > most)
    throw ManifestFlaw{path, "has " + std::to_string(items.size()) + " entries; at most " + std::to_string(most) + " are allowed"};
}

void require_small_defaults(const std::vector<Field>& fields) {
  std::size_t bytes = 0;
  for (const Field& field : fields) bytes += field.default_value ? field.default_value->size() : 0;
  if (bytes > kMostDefaultBytes)
    throw ManifestFlaw{"fields", "have defaults of " + std::to_string(bytes) + " bytes together; at most " + std::to_string(kMostDefaultBytes) + " are allowed"};
}

template <class T>
void require_unique(const std::vector<T>& items, const std::string& path) {
  std::set<std::string> seen;
  for (const T& item : items) {
    if (!seen.insert(item.name).second) throw ManifestFlaw{path, "has \"" + item.name + "\" twice"};
  }
}

void read_promise(const ManifestNode& node, Promise& promise) {
  node.warn_of_others({"all_or_nothing", "row_results", "resumable", "reimport_effect", "reimport_duplicates",
                       "reimport_duplicates_when", "help", "source"});
  promise.all_or_nothing = node.text("all_or_nothing");
  promise.row_results = node.text("row_results");
  promise.resumable = node.text("resumable");
  promise.reimport_effect = node.text("reimport_effect");
  promise.reimport_duplicates = node.flag("reimport_duplicates");
  promise.reimport_duplicates_when = read_condition(node, "reimport_duplicates_when");
  promise.help = node.text("help");
}

void read_custom_fields(const ManifestNode& node, CustomFields& custom) {
  node.warn_of_others({"allowed", "name_pattern", "reserved", "max", "help", "source"});
  custom.allowed = node.flag("allowed");
  custom.name_pattern = node.text("name_pattern");
  check_pattern(node, custom.name_pattern, "name_pattern");
  custom.reserved = node.texts("reserved");
  custom.max = node.number("max", 0);
}

void check_references(const Manifest& manifest) {
  require_fields(manifest, manifest.identity, "identity");
  for (std::size_t i = 0; i < manifest.fields.size(); ++i) {
    const Field& field = manifest.fields[i];
    const std::string path = "fields[" + std::to_string(i) + "]";
    if (!field.derive_from.empty() && manifest.field(field.derive_from) == nullptr) {
      throw ManifestFlaw{path + ".derive_from", "names \"" + field.derive_from + "\", which is no field"};
    }
    if (!field.default_setting.empty() && manifest.setting(field.default_setting) == nullptr) {
      throw ManifestFlaw{path + ".default_setting", "names \"" + field.default_setting + "\", which is no setting"};
    }
  }
  const auto require_setting = [&](const Condition& condition, const std::string& where) {
    if (!condition.empty() && manifest.setting(condition.setting) == nullptr)
      throw ManifestFlaw{where, "names \"" + condition.setting + "\", which is no setting"};
  };
  std::set<std::string> ids;
  for (const Auth& auth : manifest.auth) {
    if (auth.id == "none" && auth.kind != "none") throw ManifestFlaw{"auth", "has an entry called none, which means no credential"};
    if (!ids.insert(auth.id).second) throw ManifestFlaw{"auth", "has \"" + auth.id + "\" twice"};
  }
  for (const Setting& setting : manifest.settings) {
    if (!setting.discover.empty() && !manifest.offers(Operation::Discover))
      throw ManifestFlaw{"operations", "lacks discover, which the setting " + setting.name + " is checked with"};
  }
  require_setting(manifest.promise.reimport_duplicates_when, "promise.reimport_duplicates_when");
  require_setting(manifest.limits.same_fields, "limits.same_fields");
  require_setting(manifest.limits.first_alone, "limits.first_alone");
  for (const Setting& setting : manifest.settings) {
    require_setting(setting.discover_unless, "discover_unless of the setting " + setting.name);
    require_setting(setting.required_unless, "required_unless of the setting " + setting.name);
    require_setting(setting.ignored_when, "ignored_when of the setting " + setting.name);
    if (!setting.discover_into.empty() && manifest.setting(setting.discover_into) == nullptr)
      throw ManifestFlaw{"settings", "name \"" + setting.discover_into + "\" in discover_into, which is no setting"};
  }
  for (std::size_t i = 0; i < manifest.rules.size(); ++i)
    require_setting(manifest.rules[i].when, "rules[" + std::to_string(i) + "].when");
  if (!manifest.base_url_setting.empty() && manifest.setting(manifest.base_url_setting) == nullptr) {
    throw ManifestFlaw{"base_url_setting", "names \"" + manifest.base_url_setting + "\", which is no setting"};
  }
}

void read_channels(const ManifestNode& root, Manifest& manifest) {
  manifest.channels = root.texts("channels");
  for (const std::string& channel : manifest.channels) {
    if (channel != "phone" && channel != "sms" && channel != "email")
      throw ManifestFlaw{"channels", "has \"" + channel + "\"; phone, sms and email are known"};
  }
  if (!manifest.channels.empty()) return;
  const auto any = [&](auto holds) { return std::any_of(manifest.fields.begin(), manifest.fields.end(), holds); };
  if (any([](const Field& field) {
        return field.type == FieldType::Phone || field.derive == "national_number" || contact::is_phone(field.meaning);
      }))
    manifest.channels = {"phone", "sms"};
  if (any([](const Field& field) { return field.type == FieldType::Email || field.meaning == "email"; }))
    manifest.channels.push_back("email");
}

Manifest read_manifest(const ManifestNode& root, Manifest manifest) {
  root.warn_of_others({"$schema",       "id",        "name",
                       "version",       "abi",       "homepage",
                       "promise",       "base_urls", "base_url_setting",
                       "hosts",         "settings",  "fields",
                       "custom_fields", "rules",     "identity",
                       "limits",        "auth",      "operations",
                       "sandbox",       "help",      "channels"});
  manifest.id = root.required_text("id");
  manifest.name = root.required_text("name");
  manifest.version = root.required_text("version");
  manifest.homepage = root.text("homepage");
  manifest.abi = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(root.number("abi", 1), std::numeric_limits<std::uint32_t>::max()));
  if (manifest.abi != 1) throw ManifestFlaw{"abi", "is " + std::to_string(manifest.abi) + "; this host speaks 1"};
  if (const auto promise = root.node("promise")) read_promise(*promise, manifest.promise);
  for (const ManifestNode& url : root.nodes("base_urls")) {
    url.warn_of_others({"name", "url", "help", "source"});
    manifest.base_urls.push_back({url.text("name"), url.required_text("url")});
  }
  if (manifest.base_urls.empty()) throw ManifestFlaw{"base_urls", "must have at least one entry"};
  manifest.base_url_setting = root.text("base_url_setting");
  manifest.hosts = root.texts("hosts");
  for (const ManifestNode& setting : root.nodes("settings")) manifest.settings.push_back(read_setting(setting));
  for (const ManifestNode& field : root.nodes("fields")) manifest.fields.push_back(read_field(field));
  if (manifest.fields.empty()) throw ManifestFlaw{"fields", "must have at least one entry"};
  require_few(manifest.settings, kMostSettings, "settings");
  require_few(manifest.fields, kMostFields, "fields");
  require_small_defaults(manifest.fields);
  require_unique(manifest.settings, "settings");
  require_unique(manifest.fields, "fields");
  if (const auto custom = root.node("custom_fields")) read_custom_fields(*custom, manifest.custom_fields);
  for (const ManifestNode& rule : root.nodes("rules")) manifest.rules.push_back(read_rule(rule, manifest));
  require_few(manifest.rules, kMostRules, "rules");
  manifest.identity = root.texts("identity");
  if (const auto limits = root.node("limits")) manifest.limits = read_limits(*limits);
  for (const ManifestNode& auth : root.nodes("auth")) manifest.auth.push_back(read_auth(auth));
  manifest.operations = root.texts("operations");
  if (manifest.operations.empty()) manifest.operations = {"import"};
  if (const auto sandbox = root.node("sandbox")) {
    if (const auto settings = sandbox->node("settings")) {
      for (const std::string& name : settings->names())
        if (const auto value = settings->scalar(name)) manifest.sandbox_settings[name] = *value;
    }
  }
  read_channels(root, manifest);
  check_references(manifest);
  return manifest;
}

template <class T>
const T* find_named(const std::vector<T>& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

Error flawed(const std::string& where, const std::string& problem) {
  return {ErrorKind::Internal, "the connector's manifest is not valid: " + where + " " + problem,
          "Correct connector.json (schema: sdk/schema/manifest.schema.json) and build the connector again."};
}

}  // namespace

const Field* Manifest::field(std::string_view wanted) const { return find_named(fields, wanted); }
const Setting* Manifest::setting(std::string_view wanted) const { return find_named(settings, wanted); }
bool Manifest::contacts_by(std::string_view channel) const {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}
bool Manifest::offers(Operation operation) const {
  return std::find(operations.begin(), operations.end(), traits_of(operation).name) != operations.end();
}

bool Manifest::can_settle(Operation operation) const {
  const auto& traits = traits_of(operation);
  return traits.carries_rows && offers(question_about(traits.about));
}

Result<Manifest> parse_manifest(std::string_view json) {
  try {
    Manifest manifest;
    manifest.json = json;
    std::vector<std::string> warnings;
    manifest = read_manifest(ManifestNode::parse(json, warnings), std::move(manifest));
    manifest.warnings = std::move(warnings);
    return manifest;
  } catch (const ManifestFlaw& flaw) {
    return flawed(flaw.path, flaw.problem);
  } catch (const std::exception& error) {
    return flawed("the document", std::string("cannot be read: ") + error.what());
  }
}

}  // namespace switchboard::mapping

#include "host/scaffold/plan/account.h"

#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <set>

#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {
namespace {

constexpr std::size_t kMostSettings = 60;

std::string text_in(const kit::Json& value) { return value.is_string() ? value.string_or("") : ""; }

/// A piece of a path as it may stand in a URL: what is encoded stays, what may not stand there is encoded.
std::string path_text(std::string_view text) {
  constexpr std::string_view kMayStand = "-._~!$&'()*+,;=:@/%";
  std::string out;
  for (const char c : text) {
    if (kit::is_alpha(c) || kit::is_digit(c) || kMayStand.find(c) != kMayStand.npos) out += c;
    else out += kit::url_encode(std::string_view(&c, 1));
  }
  return out;
}

bool climbs(const std::string& path) {
  const std::vector<std::string_view> parts = kit::split(path, '/');
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) { const std::string plain = kit::url_decode(part); return plain == ".." || plain == "."; });
}

const kit::Json* parameter_named(const Document& document, const Operation& operation, std::string_view name, std::string_view in) {
  for (const kit::Json* parameter : parameters_of(document, operation))
    if (text_in((*parameter)["name"]) == name && text_in((*parameter)["in"]) == in) return parameter;
  return nullptr;
}

std::size_t setting_of_parameter(const Document& document, const kit::Json* parameter, const std::string& name, Plan& plan) {
  const bool of_path = parameter == nullptr || text_in((*parameter)["in"]) == "path";
  for (std::size_t i = 0; i < plan.settings.size() && of_path; ++i)
    if (plan.settings[i].parameter == name) return i;
  Shape shape;
  if (parameter != nullptr) shape = ShapeReader(document).read((*parameter)["schema"]);
  shape.kind = Shape::Kind::Text;
  if (shape.standard && kit::Json::parse(*shape.standard)) shape.standard = kit::json_string(kit::Json::parse(*shape.standard)->string_or(*shape.standard));
  const std::size_t setting = add_setting(name, shape, true, parameter != nullptr ? text_in((*parameter)["description"]) : "", plan);
  if (of_path) plan.settings[setting].parameter = name;
  return setting;
}

// Servers.


bool is_host(std::string_view host) {
  const auto plain = [](char c) { return kit::is_alpha(c) || kit::is_digit(c) || c == '.' || c == '-' || c == ':' || c == '{' || c == '}' || c == '_'; };
  return !host.empty() && host.size() <= 250 && std::all_of(host.begin(), host.end(), plain);
}

/// A server's URL as the manifest has it; empty: it cannot be one.
std::string base_url(const kit::Json& server, Plan& plan) {
  std::string url = text_in(server["url"]);
  if (url.size() > 500) return {};
  if (url.starts_with('/') || url.empty() || url == ".") {
    plan.mark("connector.json", "The document names no host: https://api." + plan.id + ".invalid stands in for it. Write the vendor's.");
    url = "https://api." + plan.id + ".invalid" + (url.starts_with('/') ? url : "");
  }
  if (kit::lower(url).starts_with("http://")) {
    plan.mark("connector.json", "The document says http for " + in_quotes(url) + "; https is written, since a key goes along.");
    url = "https://" + url.substr(7);
  }
  if (!kit::lower(url).starts_with("https://")) return {};
  url = "https://" + url.substr(8);
  const auto slash = url.find('/', 8);
  const std::string host = url.substr(8, slash == url.npos ? url.npos : slash - 8);
  std::string path = slash == url.npos ? "" : url.substr(slash);
  while (path.ends_with('/')) path.pop_back();
  // {name} becomes a setting's.
  std::string text = host + path;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      if (text[i] == '}') return {};
      out += text[i];
      continue;
    }
    const auto end = text.find('}', i);
    if (end == text.npos) return {};
    const std::string name = text.substr(i + 1, end - i - 1);
    const kit::Json& variable = server["variables"][name];
    Shape shape;
    shape.kind = Shape::Kind::Text;
    for (const kit::Json& word : variable["enum"].items())
      if (word.is_string() && shape.words.size() < 100 && said(word.string_or("")) == word.string_or("")) shape.words.push_back(word.string_or(""));
    if (variable["default"].is_string() && said(variable["default"].string_or("")) == variable["default"].string_or("")) shape.standard = variable["default"].to_text();
    out += "{" + plan.settings[add_setting(name, shape, true, text_in(variable["description"]), plan)].name + "}";
    i = end;
  }
  if (!is_host(out.substr(0, out.find('/'))) || out.find_first_of("?#") != out.npos || climbs(out)) return {};
  std::string made = "https://";
  for (const char c : out) made += c == '{' || c == '}' ? std::string(1, c) : path_text(std::string_view(&c, 1));
  return made.size() > 9 ? made : "";
}

void plan_servers(const Document& document, const Operation& operation, Plan& plan) {
  const kit::Json* servers = &document.root()["servers"];
  for (const kit::Json* own : {&(*operation.place)["servers"], &(*operation.json)["servers"]})
    if (own->is_array() && own->size() > 0) servers = own;
  std::set<std::string> names;
  constexpr std::size_t kMost = 10;
  for (const kit::Json& server : servers->items()) {
    if (plan.base_urls.size() == kMost) break;
    const std::string url = base_url(server, plan);
    if (url.empty()) {
      plan.mark("connector.json", "The document's server " + in_quotes(text_in(server["url"])) + " is no https address and is left out.");
      continue;
    }
    const std::string name = plan.base_urls.empty() ? "default" : snake(said(text_in(server["description"]), 30));
    plan.base_urls.push_back({unique(name, names), url});
  }
  if (plan.base_urls.empty()) {
    plan.base_urls.push_back({"default", "https://api." + plan.id + ".invalid"});
    plan.mark("connector.json", "The document names no server: https://api." + plan.id + ".invalid stands in for it. Write the vendor's.");
  }
  if (plan.base_urls.size() < 2) return;
  Shape shape;
  shape.kind = Shape::Kind::Text;
  for (const BaseUrl& base : plan.base_urls) shape.words.push_back(base.name);
  shape.standard = "\"default\"";
  plan.base_url_setting = plan.settings[add_setting("server", shape, false, "Which of the vendor's servers.", plan)].name;
}

// Credentials.

class Credentials {
 public:
  Credentials(const Document& document, Plan& plan) : schemes_(document.root()["components"]["securitySchemes"]), document_(document), plan_(plan) {}

  void alternative(const kit::Json& needed) {
    Credential credential;
    for (const std::string& name : needed.keys()) scheme(name, credential);
    if (credential.kind.empty()) return;
    credential.id = unique(snake(said(needed.keys().front(), 30)), ids_);
    plan_.credentials.push_back(std::move(credential));
  }

 private:
  std::string secret(const std::string& wish, const std::string& help, Credential& credential) {
    const bool there = std::any_of(credential.secrets.begin(), credential.secrets.end(), [&](const auto& known) { return known.first == wish; });
    std::set<std::string> own;
    for (const auto& known : credential.secrets) own.insert(known.first);
    const std::string name = there ? unique(wish, own) : wish;
    credential.secrets.emplace_back(name, help);
    return name;
  }

  void header(const std::string& name, const std::string& value, Credential& credential) {
    if (credential.kind.empty()) credential.kind = "header";
    credential.headers.emplace_back(name, value);
  }

  void scheme(const std::string& name, Credential& credential) {
    const kit::Json& json = document_.at(schemes_[name]);
    const std::string type = text_in(json["type"]), how = kit::lower(text_in(json["scheme"]));
    const std::string words = said(text_in(json["description"]), 200);
    const auto help = [&](const char* otherwise) { return words.empty() ? std::string(otherwise) : words; };
    if (type == "http" && how == "basic" && credential.kind.empty()) {
      credential.kind = "basic";
      credential.user = secret("user", "The account's user.", credential);
      credential.password = secret("password", help("The password."), credential);
    } else if ((type == "http" && how == "bearer") || type == "oauth2" || type == "openIdConnect") {
      const bool fetched = type != "http";
      if (fetched)
        plan_.mark("connector.json", "The document wants a token of " + std::string(type == "oauth2" ? "OAuth 2" : "OpenID Connect") + had_at(json["flows"]["clientCredentials"]) + ". The host fetches none: whoever imports gives one (SWITCHBOARD_" + upper(plan_.id) + "_ACCESS_TOKEN), and a new one when it ends.");
      const std::string token = secret(fetched ? "access_token" : "token", help(fetched ? "An access token." : "An API token of the account."), credential);
      if (credential.kind.empty()) credential.kind = "bearer", credential.token = token;
      else header("Authorization", "Bearer {secret:" + token + "}", credential);
    } else if (type == "apiKey") {
      api_key(name, json, help("An API key of the account."), credential);
    } else {
      plan_.mark("connector.json", "The security scheme " + in_quotes(name) + " is none that the host has (" + said(type + " " + how, 40) + "). Write `auth` by hand: kind signature or jwt may be what it takes, see sdk/MANIFEST.md.");
    }
  }

  /// Where client credentials are exchanged for a token.
  static std::string had_at(const kit::Json& flow) {
    const std::string where = said(text_in(flow["tokenUrl"]), 200);
    return where.empty() ? "" : ", which client credentials are exchanged for at " + where;
  }

  void api_key(const std::string& scheme, const kit::Json& json, const std::string& help, Credential& credential) {
    const std::string in = text_in(json["in"]), name = text_in(json["name"]);
    const bool authorization = kit::equals_ignoring_case(name, "authorization");
    const std::string key = secret(credential.secrets.empty() ? "api_key" : snake(scheme), help, credential);
    if (in == "header" && (authorization || is_header_of_ours(name))) return header(name, "{secret:" + key + "}", credential);
    if (in == "cookie" && is_header_of_ours(name)) return header("Cookie", name + "={secret:" + key + "}", credential);
    header("X-Api-Key", "{secret:" + key + "}", credential);
    plan_.mark("connector.json", in == "query" ? "The vendor wants its key in the URL (" + in_quotes(name) + "). The host puts no secret into a URL, where logs keep it: the header X-Api-Key stands in `auth`. See whether the vendor takes a header."
                                               : "The document does not say in which header the key of " + in_quotes(scheme) + " goes; X-Api-Key is written.");
  }

  static std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
  }

  const kit::Json& schemes_;
  const Document& document_;
  Plan& plan_;
  std::set<std::string> ids_ = {"none"};
};

void plan_credentials(const Document& document, const Operation& operation, Plan& plan) {
  const kit::Json& own = (*operation.json)["security"];
  const kit::Json& needed = own.is_array() ? own : document.root()["security"];
  Credentials credentials(document, plan);
  constexpr std::size_t kMost = 6;
  bool open = false;
  for (const kit::Json& alternative : needed.items()) {
    if (plan.credentials.size() == kMost) break;
    if (alternative.is_object() && alternative.size() > 0 && alternative.size() <= kMost) credentials.alternative(alternative);
    else open = true;
  }
  if (plan.credentials.empty() && needed.is_null()) {
    plan.mark("connector.json", "The document does not say how to authenticate. Write `auth`: see sdk/MANIFEST.md.");
  } else if (plan.credentials.empty() && !open && needed.size() > 0) {
    plan.mark("connector.json", "None of the document's ways to authenticate could be made. Write `auth`: see sdk/MANIFEST.md.");
  }
  if (plan.credentials.empty()) plan.credentials.push_back({"open", "none", "", "", "", {}, {}});
}

void plan_parameters(const Document& document, const Operation& operation, Plan& plan) {
  std::set<std::string> seen;
  for (const kit::Json* parameter : parameters_of(document, operation)) {
    const std::string name = text_in((*parameter)["name"]), in = text_in((*parameter)["in"]);
    if (name.empty() || name.size() > 100 || !seen.insert(in + " " + name).second) continue;
    const bool required = (*parameter)["required"].bool_or(false);
    if (in == "header" && is_one_of(letters(name), {"idempotencykey", "xidempotencykey", "idempotencytoken", "xidempotencytoken"}) && is_header_of_ours(name)) {
      plan.key_header = name;
      plan.mark("request.cpp", "The document has a header " + in_quotes(name) + ": each request bears a key of its own, and may be sent again with it (KEYED). Read how long the vendor remembers a key; where it does not store a repetition only for a while, call the request Unsafe.");
    } else if (required && in == "query") {
      plan.query.push_back({name, setting_of_parameter(document, parameter, name, plan)});
    } else if (required && in == "header" && is_header_of_ours(name)) {
      plan.headers.push_back({name, setting_of_parameter(document, parameter, name, plan)});
    } else if (required && in == "cookie") {
      plan.mark("request.cpp", "Every request needs the cookie " + in_quotes(name) + ", which is not sent.");
    }
  }
}

}  // namespace

namespace {

/// A setting's name that does not sound like a secret: those belong to `auth`, and the judge refuses settings that do.
std::string harmless(std::string name) {
  for (const auto& [word, other] : {std::pair{"api_key", "key"}, {"apikey", "key"}, {"password", "word"}, {"secret", "value"}, {"token", "mark"}, {"credential", "value"}})
    for (std::size_t i = 0; (i = name.find(word)) != name.npos;) name.replace(i, std::string_view(word).size(), other);
  return name;
}

}  // namespace

std::size_t add_setting(const std::string& name, const Shape& shape, bool required, const std::string& help, Plan& plan) {
  std::set<std::string> taken;
  for (const Setting& known : plan.settings) taken.insert(known.name);
  Setting setting;
  setting.name = unique(harmless(snake(name)), taken);
  if (harmless(snake(name)) != snake(name))
    plan.mark("connector.json", "What the vendor calls " + in_quotes(name) + " became the setting " + setting.name + ". If it is a secret, it belongs to `auth`: settings stand in configuration files and in the ledger.");

  setting.type = shape.kind == Shape::Kind::Integer ? "int" : shape.kind == Shape::Kind::Number ? "number" : shape.kind == Shape::Kind::Boolean ? "boolean" : "text";
  setting.standard = shape.standard;
  setting.required = required && !shape.standard && plan.settings.size() < kMostSettings;
  setting.identifying = required && setting.type == "text";
  if (setting.type == "text") {
    for (const std::string& word : shape.words)
      if (!word.empty()) setting.words.push_back(word);
    setting.max_length = shape.max_length;
  }
  const std::string words = said(help.empty() ? shape.description : help, 300);
  setting.help = words.empty() ? "What the vendor calls " + in_quotes(name) + "." : words;
  const auto example = shape.example ? kit::Json::parse(*shape.example) : std::nullopt;
  if (!setting.words.empty()) setting.sample = setting.words.front();
  else if (setting.type == "boolean") setting.sample = "true";
  else if (setting.type != "text") setting.sample = "1";
  else if (example && example->is_string() && !example->string_or("").empty() && example->string_or("") == said(example->string_or(""), 60)) setting.sample = example->string_or("");
  else setting.sample = "sample";
  if (setting.max_length != 0 && setting.sample.size() > setting.max_length) setting.sample = setting.sample.substr(0, setting.max_length);
  plan.settings.push_back(std::move(setting));
  return plan.settings.size() - 1;
}

std::vector<const kit::Json*> parameters_of(const Document& document, const Operation& operation) {
  std::vector<const kit::Json*> list;
  constexpr std::size_t kMost = 200;
  for (const kit::Json* owner : {operation.json, operation.place})
    for (const kit::Json& parameter : (*owner)["parameters"].items())
      if (list.size() < kMost) list.push_back(&document.at(parameter));
  return list;
}

Result<std::vector<Piece>> pieces_of(const std::string& path, const std::string& job_parameter, const Document& document, const Operation& operation, Plan& plan) {
  const std::string shown = in_quotes(path);
  if (!path.starts_with('/') || path.size() > 500 || path.find_first_of("?#\\") != path.npos) return usage_error("The path " + shown + " cannot be requested: it is no path that begins with /.");
  if (climbs(path)) return usage_error("The path " + shown + " cannot be requested: it climbs (\"..\").");
  std::vector<Piece> pieces;
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto end = path[i] == '{' ? path.find('}', i) : path.npos;
    if (end == path.npos) {
      text += path_text(path.substr(i, 1));
      continue;
    }
    const std::string name = path.substr(i + 1, end - i - 1);
    if (!text.empty()) pieces.push_back({text, std::nullopt, false});
    text.clear();
    if (!job_parameter.empty() && name == job_parameter)
      pieces.push_back({"", std::nullopt, true});
    else
      pieces.push_back({"", setting_of_parameter(document, parameter_named(document, operation, name, "path"), name, plan), false});
    i = end;
  }
  if (!text.empty()) pieces.push_back({text, std::nullopt, false});
  return pieces;
}

Result<void> plan_account(const Document& document, const Operation& operation, Plan& plan) {
  plan_servers(document, operation, plan);
  plan_credentials(document, operation, plan);
  auto pieces = pieces_of(operation.path, "", document, operation, plan);
  if (!pieces) return pieces.error();
  plan.path = *std::move(pieces);
  plan_parameters(document, operation, plan);
  return {};
}

namespace {

/// What only a good answer of this shape holds; nullopt: an error under 200 could look the same.
std::optional<Probe> proof_in(const Shape& shape) {
  if (shape.kind == Shape::Kind::List) return Probe{{}, {}, true};
  const auto tells = [](const Member& member) {
    const bool of_errors = is_one_of(letters(member.name), {"message", "messages", "msg", "error", "errors", "code", "status", "success", "ok", "detail", "title", "type", "meta", "links", "requestid", "traceid"});
    return !of_errors && member.shape.kind != Shape::Kind::Null;
  };
  const Member* best = nullptr;
  for (const Member& member : shape.members) {
    const auto rank = [&](const Member& one) { return 2 * (shape.wants(one.name) ? 1 : 0) + (one.shape.is_scalar() || one.shape.kind == Shape::Kind::List ? 1 : 0); };
    if (tells(member) && (best == nullptr || rank(member) > rank(*best))) best = &member;
  }
  if (best == nullptr) return std::nullopt;
  return Probe{{}, {best->name}, best->shape.kind == Shape::Kind::List};
}

}  // namespace

void plan_probe(const Document& document, const Operation& import, Plan& plan) {
  int most = 0;
  std::string unproven;
  const std::vector<Operation> operations = document.operations();
  for (const Operation& operation : operations) {
    if (operation.method != "GET" || operation.path.find('{') != operation.path.npos || !operation.path.starts_with('/') || climbs(operation.path) || operation.path.find_first_of("?#\\") != operation.path.npos || operation.path.size() > 200) continue;
    const auto parameters = parameters_of(document, operation);
    if (std::any_of(parameters.begin(), parameters.end(), [](const kit::Json* parameter) { return (*parameter)["required"].bool_or(false); })) continue;
    const kit::Json& own = (*operation.json)["security"];
    if (own.is_array() && own.size() == 0) continue;  // proves nothing of a credential
    const std::string words = kit::lower(operation.path);
    const std::string last = words.substr(words.rfind('/') + 1);
    const int score = is_one_of(last, {"me", "whoami", "account", "self", "ping"}) ? 3 : operation.path == import.path ? 2 : is_one_of(last, {"user", "status", "lists", "workspace", "organization"}) ? 1 : 0;
    ShapeReader reader(document, 500);
    const kit::Json* schema = score > most ? reader.json_schema((*operation.json)["responses"]["200"]) : nullptr;
    if (schema == nullptr) continue;
    auto probe = proof_in(reader.read(*schema));
    if (!probe) {
      unproven = operation.shown();
      continue;
    }
    most = score;
    probe->path = {Piece{path_text(operation.path), std::nullopt, false}};
    plan.probe = std::move(probe);
  }
  if (!plan.probe && !unproven.empty())
    plan.mark("connector.json", "What does a good answer to " + unproven + " hold that no other one does? The document does not say, so the key is not tried before an import (operation probe).");
}

}  // namespace switchboard::scaffold

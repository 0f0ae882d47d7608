#include <switchboard/conformance/simulation.h>
#include <switchboard/kit/base64.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/ids.h>
#include <switchboard/kit/json_writer.h>

#include <algorithm>

namespace switchboard::conformance {

namespace {

/// Fills in the placeholders of the manifest's auth templates (sdk/schema/manifest.schema.json, "template").
class Templates {
 public:
  Templates(const std::map<std::string, std::string>& secrets, const kit::Json& settings, std::int64_t now_ms,
            std::int64_t lifetime_s, std::uint64_t serial)
      : secrets_(secrets), settings_(settings), now_s_(now_ms / 1000) {
    values_["now_ms"] = std::to_string(now_ms);
    values_["now_s"] = std::to_string(now_s_);
    values_["expires_s"] = std::to_string(now_s_ + lifetime_s);
    const std::string uuid = kit::uuid_id("conformance", serial);
    values_["uuid"] = uuid;
    std::string hex;
    for (const char c : uuid) {
      if (c != '-') hex.push_back(c);
    }
    values_["uuid_hex"] = hex;
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    values_["uuid_hex_upper"] = hex;
  }

  void set(const std::string& name, std::string value) { values_[name] = std::move(value); }

  std::string secret(const std::string& name) const {
    const auto found = secrets_.find(name);
    return found != secrets_.end() ? found->second : "sandbox";
  }

  std::string fill(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
      const auto open = text.find('{');
      out += text.substr(0, open);
      if (open == std::string_view::npos) break;
      std::size_t depth = 0, close = open;
      for (; close < text.size(); ++close) {
        if (text[close] == '{') ++depth;
        if (text[close] == '}' && --depth == 0) break;
      }
      if (close == text.size()) return out + std::string(text.substr(open));
      out += placeholder(text.substr(open + 1, close - open - 1));
      text.remove_prefix(close + 1);
    }
    return out;
  }

 private:
  std::string placeholder(std::string_view inner) const {
    const auto colon = inner.find(':');
    const std::string name(inner.substr(0, colon));
    const std::string_view argument =
        colon == std::string_view::npos ? std::string_view() : inner.substr(colon + 1);
    if (name == "secret") return secret(std::string(argument));
    if (name == "setting") return settings_[argument].string_or("");
    if (name == "sha256") return kit::to_hex(kit::sha256(fill(argument)));
    if (name == "sha256_upper") return kit::to_hex(kit::sha256(fill(argument)), true);
    const auto found = values_.find(name);
    if (found == values_.end()) return '{' + std::string(inner) + '}';
    const auto length = kit::parse_int(argument);
    return length && *length >= 0 ? found->second.substr(0, static_cast<std::size_t>(*length))
                                  : found->second;
  }

  const std::map<std::string, std::string>& secrets_;
  const kit::Json& settings_;
  std::int64_t now_s_;
  std::map<std::string, std::string> values_;
};

std::string json_web_token(const kit::Json& auth, const Templates& templates) {
  const std::string algorithm = templates.fill(auth["algorithm"].string_or("HS256"));
  kit::JsonWriter claims;
  claims.object();
  for (std::size_t i = 0; i < auth["claims"].keys().size(); ++i) {
    const kit::Json& value = auth["claims"].values()[i];
    const std::string text = value.string_or("");
    claims.key(auth["claims"].keys()[i]);
    if (!value.is_string())
      claims.value(value);
    else if (text == "{now_s}" || text == "{expires_s}")
      claims.raw(templates.fill(text));
    else
      claims.value(templates.fill(text));
  }
  const std::string head = kit::base64url_encode(R"({"alg":")" + algorithm + R"(","typ":"JWT"})");
  const std::string signed_part = head + '.' + kit::base64url_encode(claims.end().text());
  const std::string key = templates.secret(auth["key"].string_or("client_secret"));
  const std::string signature =
      algorithm == "HS512" ? kit::hmac_sha512(key, signed_part) : kit::hmac_sha256(key, signed_part);
  return signed_part + '.' + kit::base64url_encode(signature);
}

}  // namespace

Request with_credential(const kit::Json& manifest, const kit::Json& settings,
                        const std::map<std::string, std::string>& secrets, const Request& request,
                        std::int64_t now_ms, std::uint64_t serial) {
  Request out = request;
  if (request.auth == "none") return out;
  const kit::Json* auth = &manifest["auth"].at(0);
  for (const kit::Json& entry : manifest["auth"].items()) {
    if (!request.auth.empty() && entry["id"].as_string() == request.auth) auth = &entry;
  }
  Templates templates(secrets, settings, now_ms, (*auth)["lifetime_s"].int_or(300), serial);
  const std::string kind = (*auth)["kind"].string_or("none");
  const auto secret = [&](const char* member, const char* fallback) {
    return templates.secret((*auth)[member].string_or(fallback));
  };
  if (kind == "bearer") {
    out.headers.emplace_back("authorization", "Bearer " + secret("token", "api_key"));
  } else if (kind == "basic") {
    out.headers.emplace_back("authorization", "Basic " + kit::base64_encode(secret("user", "user") + ':' +
                                                                            secret("password", "api_key")));
  } else if (kind == "jwt") {
    templates.set("jwt", json_web_token(*auth, templates));
    out.headers.emplace_back(kit::lower((*auth)["header"].string_or("authorization")),
                             templates.fill((*auth)["template"].string_or("Bearer {jwt}")));
  }
  const kit::Json& headers = (*auth)["headers"];
  for (std::size_t i = 0; i < headers.keys().size(); ++i) {
    out.headers.emplace_back(kit::lower(headers.keys()[i]),
                             templates.fill(headers.values()[i].string_or("")));
  }
  return out;
}

}  // namespace switchboard::conformance

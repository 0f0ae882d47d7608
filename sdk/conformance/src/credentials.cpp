#include <switchboard/conformance/simulation.h>
#include <switchboard/kit/base64.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/ids.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/time.h>

namespace switchboard::conformance {

namespace {

/// The credential of one request: fills in the templates of one auth entry (sdk/schema/manifest.schema.json,
/// "template"). A template that makes no sense stays as it is, and the sandbox refuses it.
class Credential {
 public:
  Credential(const kit::Json& auth, const kit::Json& settings,
             const std::map<std::string, std::string>& secrets, const Request& request, std::int64_t now_ms,
             std::uint64_t serial)
      : auth_(auth),
        settings_(settings),
        secrets_(secrets),
        request_(request),
        now_ms_(now_ms),
        serial_(serial) {
    const std::string kind = auth["kind"].string_or("none");
    if (kind == "bearer") {
      add("Authorization", "Bearer {secret:" + named("token") + "}");
    } else if (kind == "basic") {
      add("Authorization",
          "Basic {base64:{secret:" + named("user") + "}:{secret:" + named("password") + "}}");
    } else if (kind == "header") {
      add(auth["header"].string_or(""), auth["template"].string_or("{secret:" + only_secret() + "}"));
    } else if (kind == "jwt") {
      jwt_ = json_web_token();
      add(auth["header"].string_or("Authorization"), auth["template"].string_or("Bearer {jwt}"));
    }
    const kit::Json& headers = auth["headers"];
    for (std::size_t i = 0; i < headers.keys().size(); ++i)
      add(headers.keys()[i], headers.values()[i].string_or(""));
  }

  Headers headers() {
    Headers out;
    for (const auto& [name, text] : templates_) {
      if (!name.empty()) out.emplace_back(name, header(name));
    }
    return out;
  }

 private:
  std::string only_secret() const { return auth_["secrets"].at(0)["name"].string_or("api_key"); }
  std::string named(const char* member) const { return auth_[member].string_or(only_secret()); }
  void add(const std::string& name, const std::string& text) { templates_[kit::lower(name)] = text; }

  std::string secret(std::string_view name) const {
    const auto found = secrets_.find(std::string(name));
    return found != secrets_.end() ? found->second : "sandbox";
  }

  /// A header of this entry, filled in once; or of the request.
  std::string header(const std::string& name) {
    const std::string key = kit::lower(name);
    if (const auto known = made_.find(key); known != made_.end()) return known->second;
    const auto own = templates_.find(key);
    if (own == templates_.end()) {
      const std::string* given = request_.header(key);
      return given != nullptr ? *given : std::string();
    }
    made_[key] = "";  // a header that refers to itself ends here
    return made_[key] = fill(own->second);
  }

  std::string fill(std::string_view text) {
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

  std::string placeholder(std::string_view inside) {
    const auto colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const std::string_view rest =
        colon == std::string_view::npos ? std::string_view() : inside.substr(colon + 1);
    if (name == "base64") return kit::base64_encode(fill(rest));
    if (name.substr(0, 7) == "sha256_" || name.substr(0, 7) == "sha512_") {
      return encoded(name.substr(0, 6) == "sha256" ? kit::sha256(fill(rest)) : kit::sha512(fill(rest)),
                     name.substr(7));
    }
    if (name.substr(0, 12) == "hmac_sha256_" || name.substr(0, 12) == "hmac_sha512_") {
      const auto next = rest.find(':');
      const std::string key = secret(rest.substr(0, next));
      const std::string message =
          next == std::string_view::npos ? std::string() : fill(rest.substr(next + 1));
      const bool short_one = name.substr(0, 11) == "hmac_sha256";
      return encoded(short_one ? kit::hmac_sha256(key, message) : kit::hmac_sha512(key, message),
                     name.substr(12));
    }
    const auto parts = kit::split(inside, '|');
    std::string value = plain(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (parts[i] == "lower") value = kit::lower(value);
      if (parts[i] == "upper") value = upper(value);
      if (parts[i].substr(0, 6) == "first:") {
        value = value.substr(0, static_cast<std::size_t>(kit::parse_int(parts[i].substr(6)).value_or(0)));
      }
    }
    return value;
  }

  std::string plain(std::string_view name) {
    const auto starts = [name](std::string_view prefix) { return name.substr(0, prefix.size()) == prefix; };
    if (starts("secret:")) return secret(name.substr(7));
    if (starts("setting:")) return settings_[name.substr(8)].string_or("");
    if (starts("header:")) return header(std::string(name.substr(7)));
    if (starts("now_ms")) return std::to_string(now_ms_ + kit::parse_int(name.substr(6)).value_or(0));
    if (starts("now_s")) return std::to_string(now_ms_ / 1000 + kit::parse_int(name.substr(5)).value_or(0));
    if (name == "now_iso") return kit::format_iso8601(now_ms_, false);
    if (starts("uuid")) {
      const std::string uuid = kit::uuid_id("conformance", serial_ * 100 + uuids_++);
      if (name == "uuid") return uuid;
      std::string hex;
      for (const char c : uuid) {
        if (c != '-') hex.push_back(c);
      }
      return name == "uuid_hex" ? hex : upper(hex);
    }
    if (name == "jwt") return jwt_;
    if (name == "method") return request_.method;
    if (name == "path") return request_.path;
    if (name == "body") return request_.body;
    if (name == "host") return "127.0.0.1:1";
    if (name == "lbrace") return "{";
    if (name == "rbrace") return "}";
    return '{' + std::string(name) + '}';
  }

  static std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
  }

  static std::string encoded(const std::string& digest, std::string_view encoding) {
    return encoding == "base64" ? kit::base64_encode(digest) : kit::to_hex(digest, encoding == "hex_upper");
  }

  std::string members(const kit::Json& object) {
    std::string out;
    for (std::size_t i = 0; i < object.keys().size(); ++i) {
      const kit::Json& value = object.values()[i];
      const std::string text = value.string_or("");
      // A claim that is exactly one time is a number.
      const bool time =
          text.rfind("{now_", 0) == 0 && text.find('}') + 1 == text.size() && text != "{now_iso}";
      out += ',' + kit::json_string(object.keys()[i]) + ':';
      out += !value.is_string() ? value.to_text() : time ? fill(text) : kit::json_string(fill(text));
    }
    return out;
  }

  std::string json_web_token() {
    const std::string chosen = settings_[auth_["alg_setting"].string_or("")].string_or("");
    const std::string algorithm = chosen.empty() ? auth_["alg"].string_or("HS256") : chosen;
    const std::string claims = members(auth_["claims"]);
    const std::string text =
        kit::base64url_encode(R"({"alg":")" + algorithm + R"(","typ":"JWT")" + members(auth_["jose"]) + "}") +
        '.' + kit::base64url_encode('{' + (claims.empty() ? claims : claims.substr(1)) + '}');
    const std::string key = secret(named("key"));
    return text + '.' +
           kit::base64url_encode(algorithm == "HS512" ? kit::hmac_sha512(key, text)
                                                      : kit::hmac_sha256(key, text));
  }

  const kit::Json& auth_;
  const kit::Json& settings_;
  const std::map<std::string, std::string>& secrets_;
  const Request& request_;
  std::int64_t now_ms_;
  std::uint64_t serial_;
  std::uint64_t uuids_ = 0;
  std::string jwt_;
  std::map<std::string, std::string> templates_, made_;
};

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
  for (auto& header : Credential(*auth, settings, secrets, request, now_ms, serial).headers())
    out.headers.push_back(std::move(header));
  return out;
}

}  // namespace switchboard::conformance

#include "host/transport/auth_entry.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>
#include <strings.h>

#include <algorithm>
#include <sstream>

#include "core/base/ascii.h"
#include "core/base/http_token.h"
#include "switchboard/forbidden_in_requests.h"

namespace switchboard::transport {
namespace {

using Object = Poco::JSON::Object;

Error wrong(const std::string& id, const std::string& what) {
  return Error{ErrorKind::Internal, "the manifest's auth \"" + id + "\" is not in order: " + what,
               "Tell the connector's author."};
}

/// Reads the members of one entry; the first error sticks.
class EntryReader {
 public:
  EntryReader(const mapping::Auth& auth, const Object& json) : auth_(auth), json_(json) {
    entry_.id = auth.id;
    entry_.secrets = auth.secrets;
  }

  Result<AuthEntry> read() {
    if (auth_.kind == "bearer") {
      add("Authorization", "Bearer {secret:" + secret_name("token") + "}");
    } else if (auth_.kind == "basic") {
      add("Authorization",
          "Basic {base64:{secret:" + secret_name("user") + "}:{secret:" + secret_name("password") + "}}");
    } else if (auth_.kind == "header") {
      auto fallback = auth_.secrets.size() == 1 ? "{secret:" + auth_.secrets[0].name + "}" : "";
      add(text("header"), text("template", fallback));
      if (text("header").empty()) fail("header is missing");
      if (text("template", fallback).empty()) fail("template is missing; with several secrets none of them is the default");
    } else if (auth_.kind == "jwt") {
      read_jwt();
      add(text("header", "Authorization"), text("template", "Bearer {jwt}"));
    } else if (auth_.kind != "signature" && auth_.kind != "none") {
      fail("kind \"" + auth_.kind + "\" is unknown");
    }
    if (auto headers = json_.getObject("headers"))
      for (const auto& name : headers->getNames()) add(name, headers->get(name).convert<std::string>());
    if (auth_.kind == "signature" && entry_.headers.empty()) fail("headers are missing");
    check_secrets();
    if (error_) return *error_;
    return std::move(entry_);
  }

 private:
  void fail(const std::string& what) {
    if (!error_) error_ = wrong(auth_.id, what);
  }

  std::string text(const std::string& name, const std::string& fallback = "") const {
    return json_.optValue<std::string>(name, fallback);
  }

  /// The secret that a member names; where it names none, the only one there is.
  std::string secret_name(const std::string& member) {
    auto name = text(member, auth_.secrets.size() == 1 ? auth_.secrets[0].name : "");
    if (name.empty()) fail(member + " is missing");
    return name;
  }

  void add(const std::string& name, const std::string& source) {
    if (!is_http_token(name)) return fail("\"" + name + "\" is no name of a header");
    if (is_one_of(kConnectionHeaders, lower_case(name))) return fail("the header \"" + name + "\" is the connection's, and the host's alone");
    auto parsed = AuthTemplate::parse(source);
    if (!parsed) return fail("header " + name + ": " + parsed.error().message);
    std::erase_if(entry_.headers,
                  [&](const auto& header) { return ::strcasecmp(header.first.c_str(), name.c_str()) == 0; });
    constexpr std::size_t kMostHeaders = 64;
    if (entry_.headers.size() == kMostHeaders) return fail("it has more than " + std::to_string(kMostHeaders) + " headers");
    entry_.headers.emplace_back(name, std::move(*parsed));
  }

  std::vector<JwtMember> members(const std::string& name) {
    std::vector<JwtMember> result;
    auto object = json_.getObject(name);
    if (!object) return result;
    for (const auto& key : object->getNames()) {
      JwtMember member{key, std::nullopt, ""};
      auto value = object->get(key);
      if (value.isString()) {
        auto parsed = AuthTemplate::parse(value.extract<std::string>());
        if (!parsed) {
          fail(name + "." + key + ": " + parsed.error().message);
          continue;
        }
        member.text = std::move(*parsed);
      } else {
        std::ostringstream out;
        Poco::JSON::Stringifier::stringify(value, out);
        member.json = out.str();
      }
      result.push_back(std::move(member));
    }
    return result;
  }

  void read_jwt() {
    JwtRecipe recipe;
    recipe.key = secret_name("key");
    recipe.algorithm = text("alg", "HS256");
    recipe.algorithm_setting = text("alg_setting");
    if (recipe.algorithm != "HS256" && recipe.algorithm != "HS512") fail("alg must be HS256 or HS512");
    recipe.claims = members("claims");
    recipe.jose = members("jose");
    recipe.lifetime_ms = json_.optValue<Poco::Int64>("lifetime_ms", 0);
    constexpr std::int64_t kYearMs = 31'536'000'000;
    if (recipe.lifetime_ms < 0 || recipe.lifetime_ms > kYearMs) fail("lifetime_ms is not between 0 and a year");
    entry_.jwt = std::move(recipe);
  }

  void check_secrets() {
    std::set<std::string> named, settings;
    for (const auto& [name, value] : entry_.headers) value.collect(named, settings);
    if (entry_.jwt) {
      named.insert(entry_.jwt->key);
      for (const auto* list : {&entry_.jwt->claims, &entry_.jwt->jose})
        for (const auto& member : *list)
          if (member.text) member.text->collect(named, settings);
    }
    for (const auto& name : named)
      if (std::ranges::find(entry_.secrets, name, &mapping::Secret::name) == entry_.secrets.end())
        fail("it uses the secret \"" + name + "\", which it does not list");
  }

  const mapping::Auth& auth_;
  const Object& json_;
  AuthEntry entry_;
  std::optional<Error> error_;
};

}  // namespace

const AuthTemplate* AuthEntry::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (known.size() == name.size() && ::strncasecmp(known.data(), name.data(), name.size()) == 0)
      return &value;
  return nullptr;
}

Result<AuthEntry> parse_auth_entry(const mapping::Auth& auth) {
  try {
    Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(true));
    auto json = parser.parse(auth.json.empty() ? "{}" : auth.json).extract<Object::Ptr>();
    return EntryReader(auth, *json).read();
  } catch (const Poco::Exception& error) {
    return wrong(auth.id, error.displayText());
  }
}

}  // namespace switchboard::transport

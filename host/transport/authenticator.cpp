#include <switchboard/kit/text.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <set>
#include <vector>

#include "core/base/json_text.h"
#include "core/base/ascii.h"
#include "host/transport/auth.h"
#include "host/transport/auth_entry.h"
#include "host/transport/url.h"

namespace switchboard::transport {
namespace {

constexpr std::size_t kMintedKept = 64;
constexpr std::size_t kLongestHeader = std::size_t{64} << 10;
constexpr std::size_t kShortestSecret = 3;  // shorter ones would take common words apart

bool is_header_value(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

void set_header(HttpRequest& request, const std::string& name, std::string value) {
  auto wanted = lower_case(name);
  std::erase_if(request.headers, [&](const auto& header) { return lower_case(header.first) == wanted; });
  request.headers.emplace_back(name, std::move(value));
}

class TemplateAuthenticator : public Authenticator {
 public:
  TemplateAuthenticator(std::vector<AuthEntry> complete, const Secrets& secrets,
                        const std::map<std::string, std::string>& settings, Clock& clock,
                        std::function<std::string()> nonce)
      : entries_(std::move(complete)),
        secrets_(secrets),
        forms_of_secrets_(forms_of(secrets)),
        settings_(settings),
        clock_(clock),
        nonce_(std::move(nonce)) {}

  Result<void> apply(const std::string& auth_id, HttpRequest& request) override {
    if (auth_id == "none" || entries_.empty()) return {};
    const AuthEntry* entry = &entries_.front();
    if (!auth_id.empty()) {
      auto found = std::ranges::find(entries_, auth_id, &AuthEntry::id);
      if (found == entries_.end())
        return usage_error("the connector wants the credential \"" + auth_id + "\", which is not given",
                     "`switchboard describe` names its variables.");
      entry = &*found;
    }
    return Application(*this, *entry, request).run();
  }

  void renew() override {
    std::lock_guard lock(mutex_);
    tokens_.clear();
  }

  std::string redact(std::string text) const override {
    // Three texts of every row come by: making the list for each took 4 % of an import.
    if (!shows_any(text)) return text;
    auto hidden = forms_of_secrets_;
    {
      std::lock_guard lock(mutex_);
      hidden.insert(hidden.end(), minted_.begin(), minted_.end());
    }
    // The longest first: a secret may be part of what was made with it.
    std::ranges::sort(hidden, std::ranges::greater(), &std::string::size);
    for (const auto& value : hidden) {
      if (value.size() < kShortestSecret) continue;
      for (std::size_t at = 0; (at = text.find(value, at)) != std::string::npos; at += kRedacted.size())
        text.replace(at, value.size(), kRedacted);
    }
    return text;
  }

 private:
  /// The secrets as they may stand in a text: themselves, in a URL, inside a JSON text, made into a code by a connector.
  static std::vector<std::string> forms_of(const Secrets& secrets) {
    std::vector<std::string> forms;
    for (const auto& [name, value] : secrets) {
      forms.push_back(value);
      forms.push_back(percent_encode(value));
      forms.push_back(kit::to_code(value));
      auto quoted = json_quote(value);
      forms.push_back(quoted.substr(1, quoted.size() - 2));
    }
    return forms;
  }

  bool shows_any(const std::string& text) const {
    if (text.size() < kShortestSecret) return false;
    const auto shows = [&](const std::string& value) {
      return value.size() >= kShortestSecret && text.find(value) != std::string::npos;
    };
    if (std::ranges::any_of(forms_of_secrets_, shows)) return true;
    std::lock_guard lock(mutex_);
    return std::ranges::any_of(minted_, shows);
  }

  static constexpr std::string_view kRedacted = "[redacted]";

  struct Token {
    std::string text;
    std::int64_t until_ms = 0;
  };

  /// One apply(): headers of an entry, which may refer to one another.
  class Application {
   public:
    Application(TemplateAuthenticator& owner, const AuthEntry& entry, HttpRequest& request)
        : owner_(owner), entry_(entry), request_(request) {
      auto url = parse_url(request.url);
      host_ = url ? url->authority() : "";
      path_ = url ? url->target : "";
      source_.secret = [this](const std::string& name) { return owner_.secret(name); };
      source_.setting = [this](const std::string& name) { return owner_.setting(name); };
      source_.header = [this](const std::string& name) { return header(name); };
      source_.uuid = owner.nonce_;
      source_.now_ms = owner.clock_.now_ms();
      source_.method = request.method;
      source_.host = host_;
      source_.path = path_;
      source_.body = request.body;
    }

    Result<void> run() {
      if (entry_.jwt) {
        auto token = owner_.token(entry_, source_);
        if (!token) return token.error();
        jwt_ = *token;
        source_.jwt = jwt_;
      }
      std::vector<std::pair<std::string, std::string>> values;
      for (const auto& [name, text] : entry_.headers) {
        auto value = header(name);
        if (!value) return value.error();
        if (value->size() > kLongestHeader)
          return Error{ErrorKind::Internal, "the manifest's auth \"" + entry_.id + "\": the header " + name + " has " + std::to_string(value->size()) +
                                                " bytes; at most " + std::to_string(kLongestHeader) + " are allowed",
                       "Tell the connector's author."};
        if (!is_header_value(*value))
          return usage_error("the credential has a line end or another control character in it",
                       "Check the secret's file or variable.");
        if (text.is_secret()) owner_.remember_header(*value);
        values.emplace_back(name, std::move(*value));
      }
      for (auto& [name, value] : values) set_header(request_, name, std::move(value));
      return {};
    }

   private:
    /// A header of this entry, made once; or of the request.
    Result<std::string> header(const std::string& name) {
      auto key = lower_case(name);
      if (auto known = made_.find(key); known != made_.end()) return known->second;
      const AuthTemplate* own = entry_.header(name);
      if (own == nullptr) {
        for (const auto& [other, value] : request_.headers)
          if (lower_case(other) == key) return value;
        return Error{ErrorKind::Internal,
                     "the manifest's auth \"" + entry_.id + "\" refers to the header " + name +
                         ", which the request does not have",
                     "Tell the connector's author."};
      }
      if (!in_making_.insert(key).second)
        return Error{ErrorKind::Internal,
                     "the manifest's auth \"" + entry_.id + "\": the header " + name + " refers to itself",
                     "Tell the connector's author."};
      auto value = own->fill(source_);
      in_making_.erase(key);
      if (value) made_[key] = *value;
      return value;
    }

    TemplateAuthenticator& owner_;
    const AuthEntry& entry_;
    HttpRequest& request_;
    TemplateSource source_;
    std::string host_, path_, jwt_;
    std::map<std::string, std::string> made_;
    std::set<std::string> in_making_;
  };

  Result<std::string> secret(const std::string& name) const {
    auto found = secrets_.find(name);
    return found == secrets_.end() ? std::string() : found->second;  // absent: an optional one
  }

  Result<std::string> setting(const std::string& name) const {
    auto found = settings_.find(name);
    if (found == settings_.end())
      return usage_error("the credential needs the setting " + name, "Give it with --set " + name + "=VALUE.");
    return found->second;
  }

  /// A header's value, and behind a scheme ("Basic dXNlcjp…") what follows it: a vendor may show either.
  void remember_header(const std::string& value) {
    remember(value);
    if (const auto blank = value.rfind(' '); blank != std::string::npos) remember(value.substr(blank + 1));
  }

  void remember(const std::string& value) {
    std::lock_guard lock(mutex_);
    if (std::ranges::find(minted_, value) != minted_.end()) return;
    minted_.push_back(value);
    if (minted_.size() > kMintedKept) minted_.pop_front();
  }

  Result<std::string> token(const AuthEntry& entry, const TemplateSource& source) {
    const JwtRecipe& recipe = *entry.jwt;
    if (recipe.lifetime_ms > 0) {
      std::lock_guard lock(mutex_);
      auto known = tokens_.find(entry.id);
      if (known != tokens_.end() && source.now_ms < known->second.until_ms) return known->second.text;
    }
    auto made = mint(recipe, source);
    if (!made) return made;
    remember(*made);
    if (recipe.lifetime_ms > 0) {
      std::lock_guard lock(mutex_);
      tokens_[entry.id] = {*made, source.now_ms + recipe.lifetime_ms};
    }
    return made;
  }

  /// `,"NAME":VALUE` for each. Without blanks, as everybody writes tokens.
  static Result<std::string> members_of(const std::vector<JwtMember>& members, const TemplateSource& source) {
    std::string json;
    for (const auto& member : members) {
      json += "," + json_quote(member.name) + ":";
      if (!member.text) {
        json += member.json;
        continue;
      }
      auto value = member.text->fill(source);
      if (!value) return value;
      json += member.text->is_number() ? *value : json_quote(*value);
    }
    return json;
  }

  Result<std::string> mint(const JwtRecipe& recipe, const TemplateSource& source) const {
    std::string algorithm = recipe.algorithm;
    if (auto chosen = settings_.find(recipe.algorithm_setting);
        chosen != settings_.end() && !chosen->second.empty())
      algorithm = chosen->second;
    if (algorithm != "HS256" && algorithm != "HS512")
      return usage_error(recipe.algorithm_setting + "=" + algorithm + " is not a way to sign that is supported",
                   "HS256 and HS512 are.");
    auto jose = members_of(recipe.jose, source), claims = members_of(recipe.claims, source);
    if (!jose) return jose;
    if (!claims) return claims;
    auto key = secret(recipe.key);
    if (!key) return key;
    std::string head = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"" + *jose + "}";
    std::string body = "{" + (claims->empty() ? "" : claims->substr(1)) + "}";
    std::string text = base64_url(head) + "." + base64_url(body);
    auto digest = algorithm == "HS256" ? Digest::Sha256 : Digest::Sha512;
    return text + "." + base64_url(hmac(digest, *key, text));
  }

  const std::vector<AuthEntry> entries_;  ///< those whose secrets are there, in the manifest's order
  const Secrets secrets_;
  const std::vector<std::string> forms_of_secrets_;
  const std::map<std::string, std::string> settings_;
  Clock& clock_;
  const std::function<std::string()> nonce_;  ///< called from several threads
  mutable std::mutex mutex_;
  std::map<std::string, Token> tokens_;
  std::deque<std::string> minted_;
};

bool is_complete(const mapping::Auth& auth, const Secrets& secrets) {
  return std::ranges::all_of(auth.secrets, [&](const mapping::Secret& secret) {
    auto found = secrets.find(secret.name);
    return !secret.required || (found != secrets.end() && !found->second.empty());
  });
}

}  // namespace

std::string secret_variables(const mapping::Manifest& manifest) {
  std::string text;
  for (const auto& auth : manifest.auth) {
    std::string group;
    for (const auto& secret : auth.secrets)
      if (secret.required)
        group += (group.empty() ? "" : " and ") + secret_variable(manifest.id, secret.name);
    if (!group.empty()) text += (text.empty() ? "" : ", or ") + group;
  }
  return text;
}

Result<std::unique_ptr<Authenticator>> Authenticator::create(
    const mapping::Manifest& manifest, const Secrets& secrets,
    const std::map<std::string, std::string>& settings, Clock& clock, std::function<std::string()> nonce) {
  for (const auto& [name, value] : secrets)
    if (!is_header_value(value))
      return usage_error("the secret " + name + " has a line end or another control character in it",
                   "Check where it comes from (" + secret_variable(manifest.id, name) + ").");
  std::vector<AuthEntry> complete;
  for (const auto& auth : manifest.auth) {
    auto entry = parse_auth_entry(auth);
    if (!entry) return entry.error();
    if (is_complete(auth, secrets)) complete.push_back(std::move(*entry));
  }
  if (complete.empty() && !manifest.auth.empty())
    return usage_error(manifest.id + " needs a credential and none is complete",
                 "Set " + secret_variables(manifest) + ", or give references in a profile.");
  return std::unique_ptr<Authenticator>(std::make_unique<TemplateAuthenticator>(
      std::move(complete), secrets, settings, clock, std::move(nonce)));
}

}  // namespace switchboard::transport

#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/transport/auth_template.h"
#include "host/transport/crypto.h"

namespace switchboard::transport {

/// A member of a JWT: a template, or JSON that stays as it is.
struct JwtMember {
  std::string name;
  std::optional<AuthTemplate> text;
  std::string json;
};

/// How kind jwt makes its token.
struct JwtRecipe {
  std::string key;  ///< name of the secret
  std::string algorithm, algorithm_setting;
  std::vector<JwtMember> claims, jose;
  std::int64_t lifetime_ms = 0;
};

/// One entry of the manifest's auth list, every kind brought to the same form: headers with templates.
struct AuthEntry {
  std::string id;
  std::vector<mapping::Secret> secrets;
  std::vector<std::pair<std::string, AuthTemplate>> headers;
  std::optional<JwtRecipe> jwt;

  const AuthTemplate* header(std::string_view name) const;
};

/// Errors (Internal) say what is wrong with the entry.
Result<AuthEntry> parse_auth_entry(const mapping::Auth& auth);

}  // namespace switchboard::transport

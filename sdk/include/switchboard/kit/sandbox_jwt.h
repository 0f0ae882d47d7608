// JSON Web Tokens (RFC 7519) signed with a shared secret: for emulators of vendors whose credential is one (`jwt` in a manifest).
#pragma once

#include <switchboard/kit/base64.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/text.h>

#include <optional>
#include <string>
#include <string_view>

namespace switchboard::kit {

struct SandboxJwt {
  Json claims;
  bool genuine = false;  ///< signed with the secret, by HS256 or HS512 as its header says; never where that says something else

  /// nullopt: the text is no token.
  static std::optional<SandboxJwt> read(std::string_view token, std::string_view secret) {
    const auto parts = split(token, '.');
    if (parts.size() != 3) return std::nullopt;
    const auto json_of = [](std::string_view part) {
      const auto text = base64_decode(part);
      return text ? Json::parse(*text) : std::nullopt;
    };
    const auto header = json_of(parts[0]), claims = json_of(parts[1]);
    if (!header || !claims) return std::nullopt;
    const std::string_view text = token.substr(0, parts[0].size() + 1 + parts[1].size());
    const std::string algorithm = (*header)["alg"].string_or("");
    const std::string signature = algorithm == "HS256"   ? hmac_sha256(secret, text)
                                  : algorithm == "HS512" ? hmac_sha512(secret, text)
                                                         : std::string();
    return SandboxJwt{*claims, !signature.empty() && base64url_encode(signature) == parts[2]};
  }
};

}  // namespace switchboard::kit

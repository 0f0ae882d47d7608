#pragma once

#include <string>
#include <string_view>

namespace switchboard::transport {

// OpenSSL's digests, as bytes.

enum class Digest { Sha256, Sha512 };

std::string hash(Digest digest, std::string_view text);
std::string hmac(Digest digest, std::string_view key, std::string_view text);

std::string hex(std::string_view bytes, bool upper);
std::string base64(std::string_view bytes);
/// With '-' and '_', without padding (RFC 4648, 5; what a JWT wants).
std::string base64_url(std::string_view bytes);

}  // namespace switchboard::transport

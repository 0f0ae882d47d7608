#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace switchboard {

/// Streaming SHA-256 (OpenSSL's).
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view bytes);
  /// The digest of all bytes so far; the object may not be updated afterwards.
  std::array<std::uint8_t, 32> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string to_hex(const std::uint8_t* data, std::size_t size);

/// Lower-case hex SHA-256 of the text.
std::string sha256_hex(std::string_view text);

/// Lower-case hex HMAC-SHA-256 (RFC 2104) of the text under the key.
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

}  // namespace switchboard

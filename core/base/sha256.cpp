// The functions for this one digest, which digest_of() calls, are deprecated in favour of EVP's.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "core/base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>

#include "core/base/fingerprint.h"

namespace switchboard {

namespace {

/// Looked up once: EVP_sha256() is looked up anew by every initialisation, which takes longer than the digest of a short text.
const EVP_MD* sha256() {
  static const EVP_MD* const found = [] {
    const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched == nullptr ? EVP_sha256() : fetched;
  }();
  return found;
}

struct Context {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(context); }
};

/// Of a short text, as nearly all are: EVP's context took longer than the digest itself, 1,000 instructions a fingerprint.
std::array<std::uint8_t, 32> digest_of(std::string_view text) {
  std::array<std::uint8_t, 32> digest{};
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, text.data(), text.size());
  SHA256_Final(digest.data(), &context);
  return digest;
}

}  // namespace

struct Sha256::Impl : Context {};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) { EVP_DigestInit_ex(impl_->context, sha256(), nullptr); }
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) { EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()); }

std::array<std::uint8_t, 32> Sha256::finish() {
  std::array<std::uint8_t, 32> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(impl_->context, digest.data(), &size);
  return digest;
}

std::string to_hex(const std::uint8_t* data, std::size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    hex += kDigits[data[i] >> 4];
    hex += kDigits[data[i] & 15];
  }
  return hex;
}

std::string sha256_hex(std::string_view text) {
  auto digest = digest_of(text);
  return to_hex(digest.data(), digest.size());
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  std::array<std::uint8_t, 32> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest.data(), &size);
  return to_hex(digest.data(), digest.size());
}

Fingerprint fingerprint_of(std::string_view text) {
  auto digest = digest_of(text);
  Fingerprint result;
  std::copy_n(digest.begin(), result.bytes.size(), result.bytes.begin());
  return result;
}

}  // namespace switchboard

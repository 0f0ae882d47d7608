#include "host/transport/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace switchboard::transport {
namespace {

const EVP_MD* algorithm(Digest digest) { return digest == Digest::Sha256 ? EVP_sha256() : EVP_sha512(); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string hash(Digest digest, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), out, &size, algorithm(digest), nullptr);
  return std::string(reinterpret_cast<char*>(out), size);
}

std::string hmac(Digest digest, std::string_view key, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(algorithm(digest), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(), out, &size);
  return std::string(reinterpret_cast<char*>(out), size);
}

std::string hex(std::string_view bytes, bool upper) {
  const char* digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string result;
  result.reserve(bytes.size() * 2);
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    result += digits[byte >> 4];
    result += digits[byte & 15];
  }
  return result;
}

std::string base64(std::string_view bytes) {
  std::string result((bytes.size() + 2) / 3 * 4 + 1, '\0');
  int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()), bytes_of(bytes),
                             static_cast<int>(bytes.size()));
  result.resize(static_cast<std::size_t>(size));
  return result;
}

std::string base64_url(std::string_view bytes) {
  auto result = base64(bytes);
  while (result.ends_with('=')) result.pop_back();
  for (char& c : result) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return result;
}

}  // namespace switchboard::transport

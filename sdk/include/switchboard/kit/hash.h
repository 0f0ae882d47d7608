// SHA-256, SHA-512 (FIPS 180-4) and HMAC (RFC 2104): for sandboxes that check signatures and tokens, and for
// stable ids. Digests are raw bytes; see to_hex(). Connectors never hold a secret, so nothing here is
// constant-time.
#pragma once

#include <switchboard/kit/text.h>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::kit {

inline constexpr std::array<std::uint32_t, 64> kSha256Constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

inline constexpr std::array<std::uint64_t, 80> kSha512Constants = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

/// What differs between the two: word, constants, first state, rotations.
struct Sha256 {
  using Word = std::uint32_t;
  static constexpr const auto& kConstants = kSha256Constants;
  static constexpr std::array<Word, 8> kInitial = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static constexpr std::size_t kBlockBytes = 64;
  static constexpr std::array<int, 12> kRotations = {2, 13, 22, 6, 11, 25, 7, 18, 3, 17, 19, 10};
};

struct Sha512 {
  using Word = std::uint64_t;
  static constexpr const auto& kConstants = kSha512Constants;
  static constexpr std::array<Word, 8> kInitial = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                                   0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                                   0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  static constexpr std::size_t kBlockBytes = 128;
  static constexpr std::array<int, 12> kRotations = {28, 34, 39, 14, 18, 41, 1, 8, 7, 19, 61, 6};
};

template <class Algorithm>
void sha_block(std::array<typename Algorithm::Word, 8>& state, const char* block) {
  using Word = typename Algorithm::Word;
  constexpr auto& r = Algorithm::kRotations;
  constexpr std::size_t kRounds = Algorithm::kConstants.size();
  std::array<Word, kRounds> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t k = 0; k < sizeof(Word); ++k) {
      w[i] = static_cast<Word>(w[i] << 8) | static_cast<unsigned char>(block[i * sizeof(Word) + k]);
    }
  }
  for (std::size_t i = 16; i < kRounds; ++i) {
    const Word s0 = std::rotr(w[i - 15], r[6]) ^ std::rotr(w[i - 15], r[7]) ^ (w[i - 15] >> r[8]);
    const Word s1 = std::rotr(w[i - 2], r[9]) ^ std::rotr(w[i - 2], r[10]) ^ (w[i - 2] >> r[11]);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < kRounds; ++i) {
    const Word s1 = std::rotr(e, r[3]) ^ std::rotr(e, r[4]) ^ std::rotr(e, r[5]);
    const Word t1 = h + s1 + ((e & f) ^ (~e & g)) + Algorithm::kConstants[i] + w[i];
    const Word s0 = std::rotr(a, r[0]) ^ std::rotr(a, r[1]) ^ std::rotr(a, r[2]);
    const Word t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const std::array<Word, 8> add = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += add[i];
}

template <class Algorithm>
std::string sha(std::string_view bytes) {
  using Word = typename Algorithm::Word;
  constexpr std::size_t kBlock = Algorithm::kBlockBytes;
  std::array<Word, 8> state = Algorithm::kInitial;
  std::size_t at = 0;
  for (; at + kBlock <= bytes.size(); at += kBlock) sha_block<Algorithm>(state, bytes.data() + at);
  std::string tail(bytes.substr(at));
  tail.push_back('\x80');
  constexpr std::size_t kLengthBytes = kBlock / 8;  // 8 and 16; the upper half of the latter is always 0 here
  while (tail.size() % kBlock != kBlock - kLengthBytes) tail.push_back('\0');
  tail.append(kLengthBytes - 8, '\0');
  const auto bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (int shift = 56; shift >= 0; shift -= 8) tail.push_back(static_cast<char>(bits >> shift & 0xFF));
  for (at = 0; at < tail.size(); at += kBlock) sha_block<Algorithm>(state, tail.data() + at);
  std::string digest;
  for (const Word word : state) {
    for (int shift = static_cast<int>(sizeof(Word)) * 8 - 8; shift >= 0; shift -= 8) {
      digest.push_back(static_cast<char>(word >> shift & 0xFF));
    }
  }
  return digest;
}

inline std::string sha256(std::string_view bytes) { return sha<Sha256>(bytes); }
inline std::string sha512(std::string_view bytes) { return sha<Sha512>(bytes); }

template <class Algorithm>
std::string hmac(std::string_view key, std::string_view message) {
  std::string block = key.size() > Algorithm::kBlockBytes ? sha<Algorithm>(key) : std::string(key);
  block.resize(Algorithm::kBlockBytes, '\0');
  std::string inner = block;
  std::string outer = block;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
  return sha<Algorithm>(outer + sha<Algorithm>(inner.append(message)));
}

inline std::string hmac_sha256(std::string_view key, std::string_view message) {
  return hmac<Sha256>(key, message);
}
inline std::string hmac_sha512(std::string_view key, std::string_view message) {
  return hmac<Sha512>(key, message);
}

}  // namespace switchboard::kit

#include <doctest/doctest.h>
#include <switchboard/kit/hash.h>

#include <string>

using namespace switchboard::kit;

TEST_CASE("SHA-256 and SHA-512 give the digests published by NIST") {
  // FIPS 180-4 examples (csrc.nist.gov, "Cryptographic Standards and Guidelines: Example Values").
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(to_hex(sha512("abc")) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d"
        "4423643ce80e2a9ac94fa54ca49f");
  CHECK(to_hex(sha512("")) ==
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b9"
        "31bd47417a81a538327af927da3e");
  CHECK(to_hex(sha512("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnop"
                      "qrlmnopqrsmnopqrstnopqrstu")) ==
        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d3"
        "29eeb6dd26545e96e55b874be909");
}

TEST_CASE("every length around a block's end is padded right") {
  // Digest of the digests of 'a' × n, n = 0 … 299; computed with Python's hashlib.
  std::string all256, all512;
  for (std::size_t n = 0; n < 300; ++n) {
    all256 += sha256(std::string(n, 'a'));
    all512 += sha512(std::string(n, 'a'));
  }
  CHECK(to_hex(sha256(all256)) == "80e953e3b006c4bab43fd5d792f8bd29c122f6cf1497318365fe66bf2d61398d");
  CHECK(to_hex(sha256(all512)) == "667d051b4ed1fee8838c56c9ad1115987d04495f0624fd5c35e62518a554a0b2");
}

TEST_CASE("HMAC gives the values of RFC 4231") {
  CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha512("Jefe", "what do ya want for nothing?")) ==
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaea"
        "b1a34d4a6b4b636e070a38bce737");
  CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'),
                           "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

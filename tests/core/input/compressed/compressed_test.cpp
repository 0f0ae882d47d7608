#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>

#include "core/input/compressed/gzip.h"
#include "core/input/compressed/unpacked_store.h"
#include "core/input/source.h"
#include "tests/core/input/gzipped.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using switchboard::input::testing::gzipped;

namespace {

std::string zstandard(const std::string& bytes) {
  std::string out(::ZSTD_compressBound(bytes.size()), '\0');
  out.resize(::ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1));
  return out;
}

std::string contacts(int rows) {
  std::string text = "Name,Phone\n";
  for (int i = 0; i < rows; ++i)
    text += "Bob " + std::to_string(i * 7919 % 10007) + ",555" + std::to_string(1000000 + i) + "\n";
  return text;
}

Error error_of(const std::string& bytes) {
  TemporaryFile file(bytes, "contacts.csv.gz");
  auto source = Source::open(file.path(), {});
  REQUIRE_FALSE(source);
  return source.error();
}

/// Never comes to an end.
class Endless final : public Unpacker {
 public:
  Result<std::size_t> read(char* out, std::size_t size) override {
    std::fill(out, out + size, 'x');
    return size;
  }
};

}  // namespace

TEST_CASE("a compressed list reads like the list, and its size and digest are the file's") {
  const std::string text = contacts(40'000) + "\nTotal,40000 contacts\n";
  TemporaryFile plain(text);
  const auto expected = survey(**Source::open(plain.path(), {}));
  REQUIRE(expected);
  const std::string halves = gzipped(text.substr(0, 300'000)) + gzipped(text.substr(300'000));
  const std::string frames = zstandard(text.substr(0, 300'000)) + zstandard(text.substr(300'000));
  const std::string passed_over("\x5F\x2A\x4D\x18\x04\0\0\0size", 12);  // a frame that says something to parallel unpackers
  for (const auto& packed : {gzipped(text), halves, gzipped(text) + std::string(512, '\0'), zstandard(text), frames, passed_over + passed_over + frames,
                             gzipped(zstandard(text))}) {
    TemporaryFile file(packed, "contacts.csv.gz");
    auto source = Source::open(file.path(), {});
    INFO((source ? std::string() : source.error().message));
    REQUIRE(source);
    const auto surveyed = survey(**source);
    REQUIRE(surveyed);
    CHECK(surveyed->records == expected->records);
    CHECK(surveyed->info.lines.other == expected->info.lines.other);
    CHECK(surveyed->info.lines.total == expected->info.lines.total);
    CHECK(surveyed->info.format == "csv");
    CHECK(surveyed->info.bytes == packed.size());
    CHECK(surveyed->info.sha256 != expected->info.sha256);
    CHECK(rejects_name(surveyed->info) == "contacts.rejects.csv");
  }
}

TEST_CASE("half a compressed file is never taken for the whole") {
  const std::string text = contacts(5'000);
  for (const std::string& packed : {gzipped(text), zstandard(text)}) {
    for (const std::size_t size : {packed.size() / 2, packed.size() - 1, packed.size() - 5, std::size_t{20}}) {
      const Error error = error_of(packed.substr(0, size));
      CHECK(error.kind == ErrorKind::Input);
      CHECK(error.message.find("contacts.csv.gz") == 0);
      CHECK_FALSE(error.remedy.empty());
    }
  }
}

TEST_CASE("damage, and things behind the end, are named") {
  std::string packed = gzipped(contacts(5'000));
  CHECK(error_of(packed + "and more").message.find("behind its end") != std::string::npos);
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  CHECK(error_of(packed).message.find("damaged") != std::string::npos);
}

TEST_CASE("what unpacks beyond all measure is refused") {
  CHECK(error_of(gzipped(std::string(std::size_t{80} << 20, '\0'), Z_BEST_COMPRESSION)).message.find("times its size") != std::string::npos);
  CHECK(error_of(zstandard(std::string(std::size_t{80} << 20, 'x'))).message.find("times its size") != std::string::npos);

  const std::string packed = gzipped(contacts(1'000));
  const auto open = [&]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(packed); };
  const auto endless = [](std::unique_ptr<ByteStore>, const std::string&) {
    return std::unique_ptr<Unpacker>(std::make_unique<Endless>());
  };
  UnpackLimits narrow;
  narrow.bytes = 1'000;
  const auto refused = unpack_bytes(open, "toy", "x", endless, narrow);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("more than 1000 bytes") != std::string::npos);
}

TEST_CASE("unpacked bytes can be read at any place, in any order") {
  const std::string text = contacts(20'000);
  const std::string packed = gzipped(text);
  auto unpacked = gzip().unpack([&]() -> Result<std::unique_ptr<ByteStore>> { return view_bytes(packed); }, "x");
  REQUIRE(unpacked);
  auto store = unpacked->bytes();
  REQUIRE(store);
  CHECK((*store)->size() == text.size());
  for (const std::size_t at : {std::size_t{0}, std::size_t{100'000}, std::size_t{5}, text.size() - 10,
                               text.size() - 100'000, text.size(), std::size_t{70'000}}) {
    CAPTURE(at);
    CHECK(*read_part(**store, at, 1'000) == text.substr(std::min(at, text.size()), 1'000));
  }
}

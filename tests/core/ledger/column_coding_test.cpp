#include "core/ledger/packing/column_coding.h"

#include <doctest/doctest.h>

#include <random>

#include "core/ledger/packing/byte_coding.h"
#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;

namespace {

std::vector<RowOutcome> mixed_outcomes() {
  std::vector<RowOutcome> rows;
  for (int i = 0; i < 40; ++i)
    rows.push_back({Outcome::Created, "", "", "id-" + std::to_string(1000 + i), ""});
  for (int i = 0; i < 40; ++i) rows.push_back({Outcome::Pending, "", "", "", ""});
  rows.push_back(
      {Outcome::Rejected, "phone.too_short", "phone", "", "The number has 4 digits; write all of it."});
  rows.push_back(
      {Outcome::Rejected, "phone.too_short", "phone", "", "The number has 5 digits; write all of it."});
  rows.push_back({Outcome::Updated, "", "", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", ""});
  rows.push_back({Outcome::Updated, "", "", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", ""});
  rows.push_back({Outcome::Unknown, "timeout", "", "", std::string("with a \0 byte", 13)});
  rows.push_back({Outcome::Accepted, "", "", "f81d4fae-7dec-11d0-a765-00a0c91e6bf", ""});
  return rows;
}

std::vector<std::uint64_t> jumpy_lines() { return {2, 3, 4, 9, 10, 12, 0, 0, 0, 7, ~0ull, 1, 2}; }

/// One to four bytes changed, cut off or put in; sealed anew, so that the decoder itself has to see it.
std::string mutated(std::string packed, std::mt19937& dice, bool seal_again) {
  if (seal_again) packed.resize(packed.size() - 4);
  for (int changes = 1 + static_cast<int>(dice() % 4); changes > 0; --changes) {
    const std::size_t at = packed.empty() ? 0 : dice() % packed.size();
    switch (dice() % 4) {
      case 0:
        packed.resize(at);
        break;
      case 1:
        packed.insert(at, 1, static_cast<char>(dice()));
        break;
      default:
        if (!packed.empty()) packed[at] = static_cast<char>(dice() % 3 == 0 ? 0xFF : dice());
    }
  }
  if (seal_again) seal(packed);
  return packed;
}

}  // namespace

TEST_CASE("the checksum is the CRC-32 of gzip") { CHECK(crc32_of("123456789") == 0xCBF43926u); }

TEST_CASE("numbers of all sizes come back") {
  for (std::uint64_t value : {0ull, 1ull, 127ull, 128ull, 300ull, 1ull << 63, ~0ull}) {
    ByteWriter out;
    out.varint(value);
    out.signed_varint(static_cast<std::int64_t>(value));
    const std::string bytes = out.take();
    ByteReader in(bytes);
    CHECK(in.varint() == value);
    CHECK(in.signed_varint() == static_cast<std::int64_t>(value));
    CHECK(in.at_good_end());
  }
}

TEST_CASE("a number of more than 64 bits, or one that is cut, fails") {
  for (std::string_view bytes : {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02",
                                 "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", "\x80", ""}) {
    ByteReader in(bytes);
    in.varint();
    CHECK(in.failed());
  }
}

TEST_CASE("lines come back, whatever their order") {
  const auto lines = jumpy_lines();
  CHECK(unpack_lines(pack_lines(lines), lines.size()) == lines);
  CHECK(unpack_lines(pack_lines({}), 0) == std::vector<std::uint64_t>());
  CHECK_FALSE(unpack_lines(pack_lines(lines), lines.size() - 1));
  CHECK_FALSE(unpack_lines(pack_lines(lines), lines.size() + 1));
}

TEST_CASE("a thousand lines in a row take a few bytes") {
  std::vector<std::uint64_t> lines(1000);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = 500'000 + i;
  CHECK(pack_lines(lines).size() < 16);
}

TEST_CASE("outcomes come back with codes, messages and vendor ids") {
  const auto rows = mixed_outcomes();
  const auto again = unpack_outcomes(pack_outcomes(rows), rows.size());
  REQUIRE(again);
  CHECK((*again == rows));
  CHECK_FALSE(unpack_outcomes(pack_outcomes(rows), rows.size() + 1));
  CHECK_FALSE(unpack_outcomes(pack_outcomes(rows), rows.size() - 1));
}

TEST_CASE("bare outcomes are those of the rows") {
  const auto rows = mixed_outcomes();
  const auto bare = unpack_bare_outcomes(pack_outcomes(rows), rows.size());
  REQUIRE(bare);
  REQUIRE(bare->size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK((*bare)[i] == rows[i].outcome);
  CHECK_FALSE(unpack_bare_outcomes(pack_outcomes(rows), 1'000));
  std::string damaged = pack_outcomes(rows);
  damaged[3] ^= 1;
  CHECK_FALSE(unpack_bare_outcomes(damaged, rows.size()));
}

TEST_CASE("each of many texts that repeat is written once, and comes back") {
  std::vector<RowOutcome> rows;
  for (int i = 0; i < 200; ++i) rows.push_back({Outcome::Rejected, "code." + std::to_string(i % 40), "", "", "a message of some length, number " + std::to_string(i % 40)});
  const auto packed = pack_outcomes(rows);
  CHECK(packed.size() < 40 * 45 + 200 * 6);
  const auto again = unpack_outcomes(packed, rows.size());
  REQUIRE(again);
  CHECK((*again == rows));
}

TEST_CASE("a thousand ordinary outcomes take a few bytes, with counted ids a few bytes each") {
  std::vector<RowOutcome> rows(1000, RowOutcome{Outcome::Created, "", "", "", ""});
  CHECK(pack_outcomes(rows).size() < 16);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].vendor_id = std::to_string(8'100'000 + i);
  CHECK(pack_outcomes(rows).size() < 4000);
}

TEST_CASE("fingerprints, chain rows and warnings come back") {
  std::vector<Fingerprint> prints = {fingerprint_of("a"), {}, fingerprint_of("b")};
  CHECK(unpack_fingerprints(pack_fingerprints(prints), 3) == prints);
  CHECK_FALSE(unpack_fingerprints(pack_fingerprints(prints), 2));
  const std::vector<std::uint32_t> rows = {0, 1, 2, 5, 4, 0xFFFFFFFFu};
  CHECK(unpack_indices(pack_indices(rows), 6) == rows);
  CHECK_FALSE(unpack_indices(pack_indices(rows), 5));
  const std::vector<RowWarning> warnings = {{101, "phone.possible_only", "phone", "m"},
                                            {101, "email.left_out", "", "m"}};
  const std::vector<RowId> ids = {100, 101};
  const auto again = unpack_warnings(pack_warnings(warnings, ids), ids);
  REQUIRE(again);
  CHECK((*again)[1].row == RowId(101));
  CHECK((*again)[1].code == "email.left_out");
  CHECK((*again)[0].field == "phone");
  CHECK_FALSE(unpack_warnings(pack_warnings(warnings, ids), std::span(ids).first(1)));  // a row outside the batch
}

TEST_CASE("damaged columns are refused, never misread and never a crash") {
  std::mt19937 dice(20240517);
  const auto rows = mixed_outcomes();
  const auto lines = jumpy_lines();
  const std::vector<std::uint32_t> indices = {0, 1, 2, 3, 9, 8};
  const std::vector<RowWarning> warnings = {{7, "c", "f", "m"}, {9, "c", "", "another"}};
  const std::vector<RowId> ids = {5, 6, 7, 8, 9, {10, 1}, {10, 2}, 11, 12, 13};
  const std::string packed[] = {pack_outcomes(rows), pack_lines(lines), pack_indices(indices),
                                pack_warnings(warnings, ids),
                                pack_fingerprints(std::vector<Fingerprint>(13, fingerprint_of("x")))};
  int refused_by_decoder = 0;
  for (int round = 0; round < 20'000; ++round) {
    const bool seal_again = round % 2 == 0;
    for (const auto& whole : packed) {
      const std::string bytes = mutated(whole, dice, seal_again);
      const bool read[] = {unpack_outcomes(bytes, rows.size()).has_value(),
                           unpack_lines(bytes, lines.size()).has_value(),
                           unpack_indices(bytes, 10).has_value(), unpack_warnings(bytes, ids).has_value(),
                           unpack_fingerprints(bytes, 13).has_value()};
      if (read[0]) REQUIRE(unpack_bare_outcomes(bytes, rows.size()));
      const bool any = read[0] || read[1] || read[2] || read[3] || read[4];
      if (!seal_again && bytes != whole) REQUIRE_FALSE(any);
      if (seal_again && !any) ++refused_by_decoder;
    }
  }
  CHECK(refused_by_decoder > 10'000);
}

TEST_CASE("the example in docs/formats.md is what is written") {
  std::vector<std::uint64_t> lines(1000);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = i + 2;
  std::string expected("\x01\x04\xE7\x07\x02", 5);
  seal(expected);
  CHECK(pack_lines(lines) == expected);

  std::vector<RowOutcome> rows(1000, RowOutcome{Outcome::Created, "", "", "", ""});
  rows.back() = {Outcome::Rejected, "a.b", "", "", "short"};
  expected = std::string(
                 "\x02\x03"
                 "a.b"
                 "\x05"
                 "short",
                 11) +
             std::string("\xE7\x07\x01\0\0\0\x01\x05\x01\0\x02\0", 12);
  seal(expected);
  CHECK(pack_outcomes(rows) == expected);
}

#include <doctest/doctest.h>
#include <switchboard/kit/batch_digest.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

struct TwoPeople {
  std::vector<swb_str> columns{to_abi("phone"), to_abi("name")};
  std::vector<swb_str> cells{to_abi("+1"), to_abi("Jane"), to_abi("+2"), {nullptr, 0}};
  std::vector<swb_str> ids{to_abi("r1"), to_abi("r2")};
  swb_batch table{sizeof(swb_batch), 2, 2, 2, columns.data(), cells.data(), ids.data()};
  Batch batch{table};
};

std::string digest_of(const char* text, std::size_t digits) { return to_hex(sha256(text)).substr(0, digits); }

}  // namespace

TEST_CASE("the digest is of row ids and cells, with what stands between them") {
  const TwoPeople people;
  CHECK(batch_digest(people.batch, 0, 2, {0, 1}, 16) == digest_of("r1\x1F+1\x1FJane\x1Er2\x1F+2\x1F\x1E", 16));
  CHECK(batch_digest(people.batch, 0, 2, {0}, 24, '\n', '\n') == digest_of("r1\n+1\nr2\n+2\n", 24));
}

TEST_CASE("the digest is of the rows that are asked for, and not of rows that the batch does not have") {
  const TwoPeople people;
  CHECK(batch_digest(people.batch, 1, 1, {0}, 64) == digest_of("r2\x1F+2\x1E", 64));
  CHECK(batch_digest(people.batch, 1, 9, {0}, 64) == batch_digest(people.batch, 1, 1, {0}, 64));
  CHECK(batch_digest(people.batch, 0, 1, {0}, 64) != batch_digest(people.batch, 1, 1, {0}, 64));
}

#include "core/input/handover/shared_reading.h"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/input/delimited/csv_source.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

/// A source of text that counts its readings.
struct Text {
  explicit Text(std::string content) : bytes(std::move(content)) {
    const auto open = [this]() -> Result<std::unique_ptr<ByteStore>> {
      ++opens;
      return view_bytes(bytes);
    };
    auto opened = open_csv(*begin_opening(open, "t.csv", "t.csv", {}), 4096);
    REQUIRE(opened);
    source = std::move(*opened);
    opens = 0;
  }
  std::string bytes;
  std::atomic<int> opens{0};
  std::unique_ptr<Source> source;
};

std::string rows_text(std::size_t count, std::size_t width = 5) {
  std::string text = "id,name\n";
  for (std::size_t i = 1; i <= count; ++i)
    text += std::to_string(i) + "," + std::string(width, static_cast<char>('a' + i % 26)) + "\n";
  return text;
}

/// Reads up to `most` records and checks each; returns how many there were.
std::size_t read_on(RecordReader& reader, std::size_t from, std::size_t most) {
  Record record;
  for (std::size_t n = 0; n < most; ++n) {
    auto more = reader.next(record);
    REQUIRE(more);
    if (!*more) return n;
    const auto number = from + n + 1;
    const auto id = std::to_string(number);
    if (record.row != number || record.cells[0] != id || record.line != number + 1)
      FAIL("record " << number << " is not what it should be");
  }
  return most;
}

constexpr std::size_t kAll = 1'000'000;

}  // namespace

TEST_CASE("several readers get every record from one reading") {
  Text text(rows_text(5'000));
  const SharedReading shared(*text.source);
  auto one = *shared.read(), two = *shared.read(), three = *shared.read();
  CHECK(read_on(*one, 0, 3'000) == 3'000);
  CHECK(read_on(*two, 0, kAll) == 5'000);
  CHECK(read_on(*one, 3'000, kAll) == 2'000);
  CHECK(read_on(*three, 0, kAll) == 5'000);
  CHECK(text.opens == 1);
  CHECK(one->lines().records == 5'000);
  CHECK(three->lines().total == 5'001);
  CHECK(one->bytes_read() == text.bytes.size());
}

TEST_CASE("a reader that falls far behind reads on by itself, from where it stood") {
  Text text(rows_text(60'000));
  const SharedReading shared(*text.source);
  auto fast = *shared.read(), slow = *shared.read();
  CHECK(read_on(*slow, 0, 700) == 700);
  CHECK(read_on(*fast, 0, kAll) == 60'000);
  CHECK(text.opens == 1);
  CHECK(read_on(*slow, 700, kAll) == 59'300);
  CHECK(text.opens == 2);
  CHECK(slow->lines().records == 60'000);
}

TEST_CASE("what is at hand is bounded in bytes, too") {
  Text text(rows_text(400, 100'000));
  const SharedReading shared(*text.source);
  auto fast = *shared.read(), slow = *shared.read();
  CHECK(read_on(*fast, 0, kAll) == 400);
  CHECK(read_on(*slow, 0, kAll) == 400);
  CHECK(text.opens == 2);
}

TEST_CASE("who begins late begins a reading of their own") {
  Text text(rows_text(30'000));
  const SharedReading shared(*text.source);
  auto first = *shared.read();
  CHECK(read_on(*first, 0, kAll) == 30'000);
  auto second = *shared.read(), third = *shared.read();
  CHECK(read_on(*second, 0, 500) == 500);
  CHECK(read_on(*third, 0, 500) == 500);
  CHECK(text.opens == 2);
}

TEST_CASE("absent and empty cells stay apart, and damage reaches everybody where it is") {
  Text text("id,name,note\n1,a\n2,,x\n3,\"open,\n");
  const SharedReading shared(*text.source);
  for (int i = 0; i < 2; ++i) {
    auto reader = *shared.read();
    Record record;
    REQUIRE(*reader->next(record));
    CHECK(record.cells.size() == 2);
    REQUIRE(*reader->next(record));
    CHECK(record.cells[1].empty());
    CHECK_FALSE(is_absent(record.cells[1]));
    const auto damage = reader->next(record);
    REQUIRE_FALSE(damage);
    CHECK(damage.error().kind == ErrorKind::Input);
    CHECK_FALSE(reader->next(record));
  }
  CHECK(text.opens == 1);
}

TEST_CASE("readers on threads of their own") {
  Text text(rows_text(40'000));
  const SharedReading shared(*text.source);
  std::atomic<std::size_t> read{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      auto reader = *shared.read();
      Record record;
      for (std::size_t n = 1;; ++n) {
        auto more = reader->next(record);
        if (!more || !*more || record.row != n || record.cells[0] != std::to_string(n)) break;
        ++read;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(read == 160'000);
}

TEST_CASE("a source goes on with the file that it was opened with, whatever takes its name") {
  const TemporaryFile file("id,name\n1,a\n2,b\n");
  auto source = Source::open(file.path(), {});
  REQUIRE(source);
  const std::string other = file.directory() + "/other.csv";
  std::ofstream(other) << "id,name\n9,z\n";
  std::filesystem::rename(other, file.path());
  auto reader = *(*source)->read();
  Record record;
  REQUIRE(*reader->next(record));
  CHECK(record.cells[0] == "1");
  auto surveyed = survey(**source);
  REQUIRE(surveyed);
  CHECK(surveyed->records == 2);
}

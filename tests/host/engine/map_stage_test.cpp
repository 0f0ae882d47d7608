#include "host/engine/plan/map_stage.h"

#include <doctest/doctest.h>

#include <atomic>
#include <system_error>

#include "tests/host/engine/fake_parts.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

namespace {

constexpr std::uint64_t kAll = UINT64_MAX;

std::unique_ptr<input::RecordReader> reader_of(const FakeSource& source) {
  auto reader = source.read();
  REQUIRE(reader);
  return std::move(*reader);
}

/// Counts what is read.
class CountingReader : public input::RecordReader {
 public:
  CountingReader(std::unique_ptr<input::RecordReader> reader, std::atomic<std::uint64_t>& count)
      : reader_(std::move(reader)), count_(count) {}
  Result<bool> next(Record& record) override {
    auto more = reader_->next(record);
    if (more && *more) ++count_;
    return more;
  }
  const LineCounts& lines() const override { return reader_->lines(); }
  std::uint64_t bytes_read() const override { return reader_->bytes_read(); }

 private:
  std::unique_ptr<input::RecordReader> reader_;
  std::atomic<std::uint64_t>& count_;
};

/// The ids of the rows that the stage gives, with the line of each.
std::vector<std::string> drain(MapStage& stage, std::optional<Error>* trouble = nullptr) {
  std::vector<std::string> rows;
  while (true) {
    const auto row = stage.next();
    if (!row && trouble != nullptr) *trouble = row.error();
    if (!row || *row == nullptr) return rows;
    std::string text = std::to_string((*row)->line);
    for (const auto& [contact, issues, good] : (*row)->contacts) text += " " + (good ? *contact.values[0] : "bad");
    rows.push_back(text);
  }
}

std::vector<Row> many(std::size_t count) {
  auto rows = contacts(count);
  for (std::size_t i = 0; i < rows.size(); i += 7) rows[i][0].clear();
  return rows;
}

}  // namespace

TEST_CASE("rows that several threads map come in the order of the source") {
  const FakeSource source(many(5'000));
  const FakeMapper mapper;
  MapStage alone(reader_of(source), mapper, kAll, 0);
  const auto expected = drain(alone);
  REQUIRE(expected.size() == 5'000);
  CHECK(expected[7].ends_with(" bad"));
  for (const std::size_t helpers : {1, 3, 7}) {
    CAPTURE(helpers);
    MapStage stage(reader_of(source), mapper, kAll, helpers);
    CHECK(drain(stage) == expected);
    CHECK(*stage.next() == nullptr);  // the end stays the end
  }
}

TEST_CASE("a row that comes soon is the very one that comes a few calls later, and none comes behind the last") {
  const FakeSource source(contacts(100));
  const FakeMapper mapper;
  MapStage stage(reader_of(source), mapper, kAll, 1);
  CHECK(stage.soon() == nullptr);
  REQUIRE(*stage.next() != nullptr);
  const auto* soon = stage.soon();
  REQUIRE(soon != nullptr);
  const auto line = soon->line;
  int calls = 1;
  const MapStage::Row* row = nullptr;
  while (row != soon && ++calls < 20) row = *stage.next();
  CHECK(row == soon);
  CHECK(row->line == line);
  while (*stage.next() != nullptr) ++calls;
  CHECK(calls == 100);
  CHECK(stage.soon() == nullptr);
}

TEST_CASE("damage of the source is told behind the rows before it") {
  FakeSource source(many(3'000));
  source.damaged_after = 2'100;
  const FakeMapper mapper;
  for (const std::size_t helpers : {0, 3}) {
    CAPTURE(helpers);
    MapStage stage(reader_of(source), mapper, kAll, helpers);
    std::optional<Error> trouble;
    CHECK(drain(stage, &trouble).size() == 2'100);
    REQUIRE(trouble);
    CHECK(trouble->message == source.damage.message);
  }
}

TEST_CASE("no more rows are read than are wanted") {
  const FakeSource source(many(3'000));
  const FakeMapper mapper;
  for (const std::size_t helpers : {0, 3}) {
    std::atomic<std::uint64_t> read{0};
    MapStage stage(std::make_unique<CountingReader>(reader_of(source), read), mapper, 1'000, helpers);
    CHECK(drain(stage).size() == 1'000);
    CHECK(read.load() == 1'000);
  }
}

TEST_CASE("threads that map stay a few chunks ahead, and end with their user") {
  const FakeSource source(many(50'000));
  const FakeMapper mapper;
  std::atomic<std::uint64_t> read{0};
  {
    MapStage stage(std::make_unique<CountingReader>(reader_of(source), read), mapper, kAll, 3);
    for (int i = 0; i < 1'000; ++i) REQUIRE(*stage.next() != nullptr);
  }
  CHECK(read.load() >= 1'000);
  CHECK(read.load() < 10'000);
}

TEST_CASE("where the system starts no thread, the user's maps all rows") {
  const FakeSource source(many(2'000));
  const FakeMapper mapper;
  MapStage stage(reader_of(source), mapper, kAll, 3, [](std::function<void()>) -> std::thread {
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
  });
  CHECK(drain(stage).size() == 2'000);
}

#include "host/engine/plan/planner.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>

#include "core/base/sha256.h"
#include "host/engine/job/codes.h"
#include "host/engine/vendor/batch_size.h"
#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

namespace {

std::vector<Plan> plan_all(World& world, std::size_t batch_size) {
  RowGate gate(world.options, "id");
  const auto parts = world.parts();
  REQUIRE(gate.load_sent(world.ledger, world.job));
  if (world.options.duplicates == Duplicates::Last) {
    REQUIRE(Planner::learn_last(parts, world.job.rows_read, gate, [] { return true; }));
  }
  auto planner = Planner::create(parts, world.options, {world.job.id, world.job.rows_read, 0}, gate, {});
  REQUIRE(planner);
  std::vector<Plan> plans;
  while (true) {
    auto plan = (*planner)->next(batch_size);
    REQUIRE(plan);
    if (!*plan) return plans;
    plans.push_back(std::move(**plan));
  }
}

std::vector<std::string> codes_of(const std::vector<Plan>& plans) {
  std::vector<std::string> codes;
  for (const auto& plan : plans) {
    for (const auto& row : plan.batch->record.rows) {
      codes.push_back(row.outcome == Outcome::Pending ? "send" : row.code.str());
    }
  }
  return codes;
}

}  // namespace

TEST_CASE("a batch is full of rows to send, with the others among them") {
  auto rows = contacts(25);
  rows[3][0] = rows[11][0] = "";
  World world(std::move(rows));
  const auto plans = plan_all(world, 10);
  REQUIRE(plans.size() == 3);
  CHECK(plans[0].batch->record.rows.size() == 11);
  CHECK(plans[0].to_send.size() == 10);
  CHECK(plans[0].batch->record.rows[3].code == "field.required");
  CHECK(plans[0].batch->record.identity[3].is_zero());
  CHECK(plans[1].batch->record.first_row == 12);
  CHECK(plans[1].batch->record.seq == 1);
  CHECK(plans[1].batch->record.lines[0] == 13);
  CHECK(plans[2].to_send.size() == 3);
}

TEST_CASE("a file of rejected rows alone needs few batches") {
  World world(std::vector<Row>(1'000, Row{"", "note"}));
  CHECK(plan_all(world, 1).size() == 4);
  CHECK(plan_all(world, 100).size() == 3);
}

TEST_CASE("warnings are kept for rows that are sent") {
  World world({{"c1", "warn"}, {"c1", "warn"}, {"c2", "note"}});
  const auto plans = plan_all(world, 10);
  REQUIRE(plans[0].batch->record.warnings.size() == 1);
  CHECK(plans[0].batch->record.warnings[0].row == 1);
  CHECK(plans[0].batch->record.warnings[0].code == "note.odd");
}

TEST_CASE("of duplicates the first, the last or all are sent, and the others name it") {
  World world({{"a", "1"}, {"b", ""}, {"a", "2"}, {"", ""}, {"a", "3"}, {"-", ""}, {"-", ""}});
  using Codes = std::vector<std::string>;
  const std::string dup = code::kDuplicate, bad = "field.required", send = "send";
  SUBCASE("first") {
    const auto plans = plan_all(world, 2);
    CHECK(codes_of(plans) == Codes{send, send, dup, bad, dup, send, send});
    CHECK(plans[1].batch->record.rows[0].message.view().find("row 1") != std::string::npos);
  }
  SUBCASE("last") {
    world.options.duplicates = Duplicates::Last;
    const auto plans = plan_all(world, 10);
    CHECK(codes_of(plans) == Codes{dup, send, dup, bad, send, send, send});
    CHECK(plans[0].batch->record.rows[0].message.view().find("row 5") != std::string::npos);
  }
  SUBCASE("keep") {
    world.options.duplicates = Duplicates::Keep;
    CHECK(codes_of(plan_all(world, 10)) == Codes{send, send, send, bad, send, send, send});
  }
}

TEST_CASE("a rejected row is not the first of its kind") {
  World world({{"", "x"}, {"a", "x"}, {"a", "y"}});
  CHECK(codes_of(plan_all(world, 10)) ==
        std::vector<std::string>{"field.required", "send", code::kDuplicate});
}

TEST_CASE("a duplicate that the ledger holds does not stand in the way of its first row") {
  const RunOptions options;
  RowGate gate(options, "id");
  mapping::Contact contact;
  contact.identity = fingerprint_of("a");
  gate.remember(7, contact.identity, {Outcome::Skipped, code::kDuplicate, "", "", ""});
  CHECK(gate.judge(3, contact).outcome == Outcome::Pending);  // row 3 stood in a batch that was never saved
  gate.remember(9, fingerprint_of("b"), {Outcome::Created, "", "", "", ""});
  contact.identity = fingerprint_of("b");
  CHECK(gate.judge(12, contact).code == code::kDuplicate);
}

TEST_CASE("what two people share is called by its name") {
  const RunOptions options;
  RowGate gate(options, "id");
  using KnownBy = mapping::Contact::KnownBy;
  const auto second = [&](const char* identity, KnownBy known_by) {
    mapping::Contact contact;
    contact.identity = fingerprint_of(identity);
    contact.known_by = known_by;
    contact.name_hash = 1;
    (void)gate.judge(1, contact);
    contact.name_hash = 3;
    const RowOutcome outcome = gate.judge(2, contact);
    return outcome.code.str() + ": " + outcome.message.str();
  };
  CHECK(second("a", KnownBy::Number) == "row.same_number: the same number as row 1, under another name");
  CHECK(second("b", KnownBy::Address) == "row.same_key: the same e-mail address as row 1, under another name");
  CHECK(second("c", KnownBy::Id) == "row.same_key: the same id as row 1, under another name");
}

TEST_CASE("what earlier jobs delivered unchanged is skipped, and still counts as the first of its kind") {
  World world({{"a", "1"}, {"a", "2"}, {"b", "1"}});
  world.options.only_new = true;
  world.ledger.sent_by_an_earlier_job(fingerprint_of("a\n1"), true);
  CHECK(codes_of(plan_all(world, 10)) ==
        std::vector<std::string>{code::kAlreadyDelivered, code::kDuplicate, "send"});
}

TEST_CASE("all of what earlier jobs delivered is known") {
  auto rows = contacts(50);
  World world(rows);
  world.options.only_new = true;
  for (const auto& row : rows) world.ledger.sent_by_an_earlier_job(fingerprint_of(row[0] + "\n" + row[1]), true);
  CHECK(codes_of(plan_all(world, 100)) == std::vector<std::string>(50, code::kAlreadyDelivered));
}

TEST_CASE("what an earlier job sent without learning its fate is not sent twice by --only-new") {
  World world({{"a", "1"}, {"b", "1"}, {"c", "1"}});
  world.options.only_new = true;
  world.ledger.sent_by_an_earlier_job(fingerprint_of("a\n1"), false);
  world.ledger.sent_by_an_earlier_job(fingerprint_of("b\n1"), false);
  world.ledger.sent_by_an_earlier_job(fingerprint_of("b\n1"), true);
  CHECK(codes_of(plan_all(world, 10)) == std::vector<std::string>{code::kMayBeDelivered, code::kAlreadyDelivered, "send"});
}

TEST_CASE("a row that says no is skipped, named, and counts as the first of its kind") {
  RunOptions options;
  RowGate gate(options, "id");
  mapping::Contact no, yes;
  no.identity = yes.identity = fingerprint_of("jane");
  no.content = fingerprint_of("jane, no");
  yes.content = fingerprint_of("jane, yes");
  no.opted_out = "\"yes…\" in column \"Do not call\" says no to being contacted.";
  const auto first = gate.judge(1, no);
  CHECK(first.outcome == Outcome::Skipped);
  CHECK(first.code == code::kOptedOut);
  CHECK(first.message == no.opted_out);
  CHECK(gate.judge(2, yes).code == code::kDuplicate);
  // A job that went out with --ignore-consent and is resumed without it.
  CHECK(gate.judge_again(no).code == code::kOptedOut);
  CHECK(gate.judge_again(yes).outcome == Outcome::Pending);
  // Who was put on the suppression list since is not sent to when the job is resumed.
  options.suppressed = [](const mapping::Contact& contact) { return contact.identity == fingerprint_of("jane"); };
  CHECK(gate.judge_again(yes).code == code::kSuppressed);
}

TEST_CASE("rows are told apart by the fields that they fill") {
  LiveBatch batch;
  batch.values = {{"+1", "Ann", std::nullopt}, {"+2", std::nullopt, "x"}, {"+3", "Cid", ""}, {}, {"+5", std::nullopt, "y"}};
  CHECK(by_filled_fields(batch, {0, 1, 2, 4}) == std::vector<std::vector<std::uint32_t>>{{0, 2}, {1, 4}});
  CHECK(by_filled_fields(batch, {}).empty());
}

TEST_CASE("a suppressed row is not sent") {
  World world({{"a", "1"}, {"b", "1"}});
  std::atomic<int> asked = 0;
  world.options.suppressed = [&](const mapping::Contact& contact) {
    ++asked;
    return contact.values[0] == "b";
  };
  CHECK(codes_of(plan_all(world, 10)) == std::vector<std::string>{"send", code::kSuppressed});
  CHECK(asked == 2);  // once a row, where it was mapped
}

TEST_CASE("contacts that are to be sent are shown in row order, the others not") {
  World world({{"a", "1"}, {"", "1"}, {"a", "1"}, {"b", "1"}});
  std::vector<std::string> shown;
  world.options.write_contact = [](const mapping::Contact& contact, std::string& text) { text += *contact.values[0]; };
  world.options.on_contact = [&](std::string_view text) { shown.emplace_back(text); };
  plan_all(world, 1);
  CHECK(shown == std::vector<std::string>{"a", "b"});
}

TEST_CASE("rows that are rejected before anything is sent are named, the others not") {
  auto rows = contacts(6);
  rows[1][0] = rows[4][0] = "";
  World world(std::move(rows));
  std::vector<std::uint64_t> rejected;
  world.options.on_rejected = [&](std::uint64_t row, std::uint64_t) { rejected.push_back(row); };
  plan_all(world, 2);
  CHECK(rejected == std::vector<std::uint64_t>{2, 5});
}

TEST_CASE("a source that became shorter is an error, after all that is left of it") {
  World world(contacts(5));
  world.job.rows_read = 8;
  RowGate gate(world.options, "id");
  const auto parts = world.parts();
  auto planner = Planner::create(parts, world.options, {world.job.id, 8, 0}, gate, {});
  REQUIRE(planner);
  auto plan = (*planner)->next(10);
  REQUIRE(plan);
  CHECK((*plan)->to_send.size() == 5);
  plan = (*planner)->next(10);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::Drift);
}

TEST_CASE("rows that are the same contact and are all sent get derived ids of their own, the same ones on resume") {
  auto rows = contacts(6);
  rows[3] = rows[4] = rows[0];
  World world(rows);
  const KeyMapper mapper;
  mapping::Field id, note, key;
  id.name = "id";
  note.name = "note";
  key.name = "key";
  key.derive = "hash";
  world.connector.manifest_.fields = {id, note, key};
  const auto keys = [&](History history) {
    RowGate gate(world.options, "id");
    auto parts = world.parts();
    parts.mapper = &mapper;
    auto planner = Planner::create(parts, world.options, {world.job.id, world.job.rows_read, 0}, gate, std::move(history));
    REQUIRE(planner);
    std::map<std::uint64_t, std::string> by_row;
    while (true) {
      auto plan = (*planner)->next(2);
      REQUIRE(plan);
      if (!*plan) return by_row;
      const auto& batch = *(*plan)->batch;
      for (const auto index : (*plan)->to_send) by_row[batch.record.first_row + index] = *batch.values[index][2];
    }
  };
  const auto first_row = to_hex(fingerprint_of("c1").bytes.data(), 16);
  CHECK(keys({})[1] == first_row);  // --duplicates first: the others are not sent
  world.options.duplicates = Duplicates::Keep;
  const auto fresh = keys({});
  REQUIRE(fresh.size() == 6);
  CHECK(fresh.at(1) == first_row);
  std::set<std::string> different;
  for (const auto& [row, text] : fresh) different.insert(text);
  CHECK(different.size() == 6);

  // The first batch is decided, the second half done; the third was never saved.
  ledger::BatchRecord batch;
  const auto put = [&](std::uint64_t seq, std::uint64_t first, std::initializer_list<std::size_t> decided) {
    batch = {};
    batch.seq = seq;
    batch.first_row = first;
    for (std::size_t i = 0; i < 2; ++i) {
      batch.rows.emplace_back();
      if (std::find(decided.begin(), decided.end(), i) != decided.end()) batch.rows.back().outcome = Outcome::Created;
      batch.lines.push_back(first + i + 1);
      batch.identity.push_back(fingerprint_of(rows[first + i - 1][0]));
      batch.content.push_back(batch.identity.back());
    }
    REQUIRE(world.ledger.save(&batch, {}, {}));
  };
  put(0, 1, {0, 1});
  put(1, 3, {0});
  RowGate gate(world.options, "id");
  auto history = load_history(world.ledger, world.options, gate);
  REQUIRE(history);
  const auto again = keys(std::move(*history));
  CHECK(again == std::map<std::uint64_t, std::string>{{4, fresh.at(4)}, {5, fresh.at(5)}, {6, fresh.at(6)}});
}

TEST_CASE("a batch of hundreds of thousands of open rows is planned again in a time that grows with them, not with their square") {
  constexpr std::size_t kRows = 150'000;  // eleven thousand million comparisons, when each row looks for itself among the others
  World world(contacts(kRows));
  ledger::BatchRecord batch;
  batch.rows.resize(kRows);
  batch.lines.resize(kRows);
  batch.identity.resize(kRows);
  batch.content.resize(kRows);
  REQUIRE(world.ledger.save(&batch, {}, {}));
  RowGate gate(world.options, "id");
  auto history = load_history(world.ledger, world.options, gate);
  REQUIRE(history);
  const auto parts = world.parts();
  auto planner = Planner::create(parts, world.options, {world.job.id, world.job.rows_read, 0}, gate, std::move(*history));
  REQUIRE(planner);
  const auto begun = std::chrono::steady_clock::now();
  const auto plan = (*planner)->next(10);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
  REQUIRE(plan);
  CHECK((*plan)->to_send.size() == kRows);
}

TEST_CASE("rows that a vendor sends back are collected in a time that grows with them, not with their square") {
  constexpr std::uint32_t kRows = 300'000;
  auto batch = std::make_shared<LiveBatch>();
  batch->record.rows.resize(kRows);
  batch->values.resize(kRows);
  batch->owner.resize(kRows);
  std::vector<std::uint32_t> rows(kRows);
  std::vector<connectors::RowResult> results(kRows);
  for (std::uint32_t i = 0; i < kRows; ++i) {
    rows[i] = results[i].row = i;
    results[i].result = SWB_RESEND;
  }
  results.push_back(results.front());
  auto chain = make_chain(batch, rows, fresh_cursor(Operation::Import, 0), Names("job"));
  const auto begun = std::chrono::steady_clock::now();
  CHECK(apply_results(chain, results).send_again == rows);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(60));
}

TEST_CASE("a batch holds no more rows than the ledger takes, however many a request may carry") {
  World world(contacts(kMostBatchRows + 1));
  world.connector.manifest_.limits.records_per_request = UINT64_MAX;
  const auto size = first_batch_size(world.connector.manifest_.limits, world.options);
  const auto plans = plan_all(world, size);
  REQUIRE(plans.size() == 2);
  CHECK(plans[0].to_send.size() == kMostBatchRows);
  CHECK(plans[1].to_send.size() == 1);
}

TEST_CASE("a gap between batches of the ledger is cut into as many as it had, none larger than the ledger takes") {
  constexpr std::size_t kGap = kMostBatchRows + 500;
  World world(contacts(kGap + 1));
  History history;
  history.batches = {{2, kGap + 1, 1, false}};  // batches 0 and 1 were never saved
  RowGate gate(world.options, "id");
  const auto parts = world.parts();
  auto planner = Planner::create(parts, world.options, {world.job.id, world.job.rows_read, 0}, gate, std::move(history));
  REQUIRE(planner);
  const auto first = (*planner)->next(10), second = (*planner)->next(10);
  REQUIRE(first);
  REQUIRE(second);
  CHECK((*first)->batch->record.rows.size() == 500);
  CHECK((*second)->batch->record.rows.size() == kMostBatchRows);
}

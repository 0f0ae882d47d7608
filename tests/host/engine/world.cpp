#include "tests/host/engine/world.h"

#include <fmt/format.h>

namespace switchboard::engine::test {

std::vector<Row> contacts(std::size_t n) {
  std::vector<Row> rows;
  for (std::size_t i = 1; i <= n; ++i) rows.push_back({fmt::format("c{}", i), "note"});
  return rows;
}

World::World(std::vector<Row> rows, const Protocol& how, std::uint64_t seed)
    : protocol(how),
      vendor(clock, ledger),
      session(protocol),
      source(std::move(rows)),
      dice_(seed) {
  auto& manifest = connector.manifest_;
  manifest.id = "acme";
  manifest.operations = {"import", "probe", "discover"};
  if (how.reconcile) manifest.operations.push_back("reconcile");
  manifest.limits.records_per_request = 10;
  job.id = "20261121-224501-acme-4f2a";
  job.rows_read = source.size();
  job.started_ms = clock.now_ms();
  ledger.begin(job);
}

Parts World::parts() {
  Parts parts;
  parts.connector = &connector;
  parts.session = &session;
  parts.source = &source;
  parts.mapper = people ? &people_mapper : &mapper;
  parts.journal = &ledger;
  parts.sent = &ledger;
  parts.http = &vendor;
  parts.auth = &auth;
  line = std::make_unique<VendorLine>(connector.manifest_.limits, clock, paced);
  parts.egress = &egress;
  parts.start_thread = start_thread;
  parts.clock = &clock;
  parts.dice = [this] {
    const std::lock_guard lock(dice_mutex_);
    return std::uniform_real_distribution<double>(0, 1)(dice_);
  };
  return parts;
}

Result<RunResult> World::run() {
  clock.advance(5'000);
  job = *ledger.info();
  const auto all = parts();
  ledger.settled(0);
  options.on_settled = [this](std::uint64_t before) { ledger.settled(before); };
  options.on_done = [this](ledger::BatchRecord&& batch) { ledger.done(batch); };
  Engine engine(all, *line, options, policy);
  if (with_engine) with_engine(engine);
  return engine.run(job);
}

RunResult World::run_to_the_end(int times) {
  RunResult last;
  for (int i = 0; i < times; ++i) {
    ledger.revive();
    auto result = run();
    if (!result) continue;
    last = *result;
    if (count(Outcome::Pending) + count(Outcome::Failed) == 0 && ledger.chains()->empty()) return last;
  }
  return last;
}

std::vector<std::string> World::wrongs() {
  auto wrongs = ledger.broken_laws();
  if (counts().sum() != job.rows_read) wrongs.push_back("rows read is not the sum of all outcomes");
  auto stored = vendor.stored();
  std::map<std::string, int> held;  // outcomes that say: the vendor has it, once
  std::map<std::string, bool> open;
  auto reader = *source.read();
  Record record;
  std::map<std::string, Outcome> decided = ledger.by_row();
  std::vector<mapping::MappedContact> contacts;
  for (std::uint64_t row = 1; row <= job.rows_read; ++row) {
    if (auto more = reader->next(record); !more || !*more) break;
    static_cast<const mapping::ContactMapper&>(people ? people_mapper : mapper).map_all(record, contacts);
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      if (!contacts[i].good) continue;
      const std::string id = *contacts[i].contact.values[0];
      const auto name = RowId(row, contacts.size() == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(i + 1)).text();
      const auto outcome = decided[name];  // pending, where no batch has it
      if (is_delivered(outcome)) ++held[id];
      if (outcome == Outcome::Unknown || outcome == Outcome::Pending) open[id] = true;
    }
  }
  for (const auto& [id, times] : stored) {
    if (times > 1) wrongs.push_back(fmt::format("{} is stored {} times", id, times));
    if (held[id] != 1 && !open[id])
      wrongs.push_back(fmt::format("{} is stored, but the ledger does not say so", id));
  }
  for (const auto& [id, times] : held) {
    if (times > 0 && stored[id] == 0)
      wrongs.push_back(fmt::format("{} is called delivered, but is not stored", id));
  }
  return wrongs;
}

}  // namespace switchboard::engine::test

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "core/mapping/rows/contact_mapper.h"
#include "host/connectors/connector.h"
#include "host/transport/auth.h"
#include "host/transport/egress.h"

namespace switchboard::engine::test {

/// Time that passes only where somebody waits, and then at once. Its wall clock can be set.
class ManualClock : public Clock {
 public:
  std::int64_t now_ms() override { return now_.load() + set_.load(); }
  std::int64_t steady_ms() override { return now_.load(); }
  bool wait_until(std::int64_t until_ms) override;
  void interrupt() override { interrupted_.store(true); }
  void advance(std::int64_t ms) { now_.fetch_add(ms); }
  void set_back(std::int64_t ms) { set_.fetch_sub(ms); }

 private:
  std::atomic<std::int64_t> set_{0};
  std::atomic<std::int64_t> now_{1'700'000'000'000};
  std::atomic<bool> interrupted_{false};
};

/// Rows of two cells: the contact's id, and a note. FakeMapper rejects a row
/// with an empty id, warns of one whose note is "warn", and takes the id for the identity ("-": none). PeopleMapper takes
/// "a|b" for two contacts of one row.
using Row = std::vector<std::string>;

class FakeSource : public input::Source {
 public:
  explicit FakeSource(std::vector<Row> rows) : rows_(std::move(rows)) { info_.name = "contacts.csv"; }
  const SourceInfo& info() const override { return info_; }
  Result<std::unique_ptr<input::RecordReader>> read() const override;
  Result<std::unique_ptr<input::ByteStore>> bytes() const override {
    return Error{ErrorKind::Internal, "rows of a test have no bytes", ""};
  }
  Result<std::unique_ptr<input::RejectsWriter>> write_rejects(const std::string&) const override {
    return Error{ErrorKind::Internal, "rows of a test are not written", ""};
  }
  std::uint64_t size() const { return rows_.size(); }
  /// Reading fails after this row.
  std::optional<std::uint64_t> damaged_after;
  Error damage{ErrorKind::Input, "contacts.csv is cut", ""};

 private:
  std::vector<Row> rows_;
  SourceInfo info_;
};

class FakeConnector : public connectors::Connector {
 public:
  const mapping::Manifest& manifest() const override { return manifest_; }
  const std::string& library_path() const override { return path_; }
  Result<std::unique_ptr<connectors::Session>> open(const std::string&) const override;
  Result<std::unique_ptr<connectors::Sandbox>> open_sandbox(const std::string&) const override;
  mapping::Manifest manifest_;

 private:
  std::string path_;
};

class FakeAuth : public transport::Authenticator {
 public:
  Result<void> apply(const std::string& auth_id, transport::HttpRequest& request) override;
  void renew() override { ++renewals; }
  std::string redact(std::string text) const override;
  std::atomic<int> renewals{0};
  std::optional<Error> refuse;
};

class FakeMapper : public mapping::ContactMapper {
 public:
  const std::vector<std::string>& columns() const override { return columns_; }
  std::size_t field_count() const override { return columns_.size(); }
  const std::string& own_id_field() const override { return own_id_field_; }
  bool map(const Record& record, mapping::Contact& contact, std::vector<Issue>& issues) const override;

 private:
  const std::vector<std::string> columns_{"id", "note"};
  const std::string own_id_field_ = "id";
};

class PeopleMapper : public FakeMapper {
 public:
  void map_all(const Record& record, std::vector<mapping::MappedContact>& contacts) const override;
  std::size_t most_contacts() const override { return 3; }
};

/// One that has a third column, "key", for an id that is derived from the contact.
class KeyMapper : public FakeMapper {
 public:
  const std::vector<std::string>& columns() const override { return columns_; }
  std::size_t field_count() const override { return columns_.size(); }
  bool map(const Record& record, mapping::Contact& contact, std::vector<Issue>& issues) const override;

 private:
  const std::vector<std::string> columns_{"id", "note", "key"};
};

/// Every path is one of the vendor's, below its base URL.
class FakeDestinations : public transport::Destinations {
 public:
  Result<Target> resolve(const std::string& path_or_url) const override;
};

}  // namespace switchboard::engine::test

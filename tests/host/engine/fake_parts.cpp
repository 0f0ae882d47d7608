#include "tests/host/engine/fake_parts.h"

#include "core/base/sha256.h"

namespace switchboard::engine::test {
namespace {

class FakeReader : public input::RecordReader {
 public:
  FakeReader(const std::vector<Row>& rows, std::optional<std::uint64_t> damaged_after, Error damage)
      : rows_(rows), damaged_after_(damaged_after), damage_(std::move(damage)) {}

  Result<bool> next(Record& record) override {
    if (damaged_after_ && at_ == *damaged_after_) return damage_;
    if (at_ == rows_.size()) return false;
    current_ = rows_[at_++];  // a copy that is overwritten: what is borrowed from it must not be kept
    record = {};
    record.row = at_;
    record.line = at_ + 1;
    for (const auto& cell : current_) record.cells.emplace_back(cell);
    return true;
  }
  const LineCounts& lines() const override { return lines_; }
  std::uint64_t bytes_read() const override { return at_; }

 private:
  const std::vector<Row>& rows_;
  const std::optional<std::uint64_t> damaged_after_;
  const Error damage_;
  std::size_t at_ = 0;
  Row current_;
  LineCounts lines_;
};

}  // namespace

bool ManualClock::wait_until(std::int64_t until_ms) {
  if (interrupted_.load()) return false;
  auto now = now_.load();
  while (now < until_ms && !now_.compare_exchange_weak(now, until_ms)) {
  }
  return true;
}

Result<std::unique_ptr<input::RecordReader>> FakeSource::read() const {
  return std::unique_ptr<input::RecordReader>(std::make_unique<FakeReader>(rows_, damaged_after, damage));
}

Result<std::unique_ptr<connectors::Session>> FakeConnector::open(const std::string&) const {
  return Error{ErrorKind::Internal, "not in these tests", ""};
}

Result<std::unique_ptr<connectors::Sandbox>> FakeConnector::open_sandbox(const std::string&) const {
  return Error{ErrorKind::Internal, "not in these tests", ""};
}

Result<void> FakeAuth::apply(const std::string&, transport::HttpRequest& request) {
  if (refuse) return *refuse;
  request.headers.emplace_back("authorization", "Bearer s3cret-" + std::to_string(renewals.load()));
  return {};
}

std::string FakeAuth::redact(std::string text) const {
  for (auto at = text.find("s3cret"); at != std::string::npos; at = text.find("s3cret"))
    text.replace(at, 6, "[redacted]");
  return text;
}

bool FakeMapper::map(const Record& record, mapping::Contact& contact, std::vector<Issue>& issues) const {
  contact.row = record.row;
  contact.values.assign(2, std::nullopt);
  if (record.cells[0].empty()) {
    issues.push_back({Issue::Severity::Reject, "field.required", "id", "Id", "the id is missing"});
    return false;
  }
  const std::string id(record.cells[0]), note(record.cells[1]);
  contact.values[0] = id;
  contact.values[1] = note;
  contact.identity = id.starts_with("-") ? Fingerprint{} : fingerprint_of(id);
  contact.content = fingerprint_of(id + "\n" + note);
  if (note == "warn") issues.push_back({Issue::Severity::Warning, "note.odd", "note", "Note", "an odd note"});
  return true;
}

void PeopleMapper::map_all(const Record& record, std::vector<mapping::MappedContact>& contacts) const {
  contacts.clear();
  std::string_view ids = record.cells[0];
  for (bool more = true; more;) {
    const auto end = ids.find('|');
    more = end != std::string_view::npos;
    Record one = record;
    one.cells[0] = ids.substr(0, end);
    if (more) ids.remove_prefix(end + 1);
    auto& mapped = contacts.emplace_back();
    mapped.good = map(one, mapped.contact, mapped.issues);
    mapped.contact.part = static_cast<std::uint8_t>(contacts.size());
  }
  if (contacts.size() == 1) contacts.front().contact.part = 0;
}

bool KeyMapper::map(const Record& record, mapping::Contact& contact, std::vector<Issue>& issues) const {
  if (!FakeMapper::map(record, contact, issues)) return false;
  contact.values.push_back(to_hex(contact.identity.bytes.data(), contact.identity.bytes.size()));
  return true;
}

Result<transport::Destinations::Target> FakeDestinations::resolve(const std::string& path_or_url) const {
  if (!path_or_url.starts_with('/')) return Error{ErrorKind::Internal, "not a declared host", ""};
  return Target{"https://api.acme.example" + path_or_url, true};
}

}  // namespace switchboard::engine::test

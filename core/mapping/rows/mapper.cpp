#include "core/mapping/rows/mapper.h"

#include <algorithm>
#include <set>

#include "core/base/own_columns.h"
#include "core/base/parts_left.h"
#include "core/contact/meaning.h"
#include "core/contact/phone.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/field_plan.h"
#include "core/mapping/rows/merge.h"
#include "core/mapping/rows/refusals.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {

namespace {

/// What no vendor takes, whatever its manifest says of the field.
constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;

/// An empty contact, whose memory stays.
void start_anew(Contact& contact) {
  contact.row = 0;
  contact.part = 0;
  contact.values.clear();
  contact.identity = contact.content = contact.own_id = {};
  contact.reach.clear();
  contact.suppressed.reset();
  contact.opted_out.clear();
  contact.name_hash = 0;
}

/// The place of `_row` among the columns of a rejects file of ours.
std::size_t row_column(const std::vector<std::string>& columns) {
  const auto has = [&](std::string_view name) { return std::find(columns.begin(), columns.end(), name) != columns.end(); };
  if (!std::all_of(kRejectColumns.begin(), kRejectColumns.end(), has)) return kNoColumn;
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), kRejectColumns.front()) - columns.begin());
}

RowScratch& scratch() {
  thread_local RowScratch own;
  return own;
}

}  // namespace

struct Mapper::Impl {
  std::vector<Plan> plans;  ///< of the people of a row, the first one's first; one where rows are one person's
  std::vector<std::string> columns;
  std::string own_id_field;
  std::unique_ptr<const MergedRows> merged;

  bool map(std::size_t person, const Record& record, Contact& contact, std::vector<Issue>& issues) const;
  /// What holds for every value, and what later rows add. False: rejected.
  bool ends_well(std::size_t person, Contact& contact, std::vector<Issue>& issues) const;
  std::vector<ConsentColumn> consents;  ///< of all plans, each column that is asked the same once
  std::size_t left_column = kNoColumn;  ///< `_row` of a rejects file
  /// Where the rejects file says that some of the row's people were sent, who is left of it; nullopt: it says no such thing.
  std::optional<PartsLeft> left_of(const Record& record) const;
  /// Nobody of such a row can be sent: who was sent before cannot be told.
  Issue partly_sent(const Record& record) const;
  /// Who of the row is sent; one at least.
  std::vector<std::size_t> people_in(const Record& record) const;
};

Mapper::Mapper(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mapper::Mapper(Mapper&&) noexcept = default;
Mapper::~Mapper() = default;

Result<Mapper> Mapper::create(const Manifest& manifest, const Mapping& mapping,
                              const std::vector<std::string>& columns, const MapOptions& options) {
  auto impl = std::make_unique<Impl>();
  const auto add = [&](const Mapping& one) -> Result<void> {
    auto plan = make_plan(manifest, one, columns, options);
    if (!plan) return plan.error();
    plan->person = impl->plans.size();
    for (const ConsentColumn& column : plan->consents) {
      const auto is_same = [&](const ConsentColumn& other) { return other.index == column.index && other.question == column.question; };
      if (std::none_of(impl->consents.begin(), impl->consents.end(), is_same)) impl->consents.push_back(column);
    }
    impl->plans.push_back(std::move(*plan));
    return {};
  };
  if (auto done = add(mapping); !done) return done.error();
  for (const Mapping& other : mapping.others) {
    if (auto done = add(other); !done) return done.error();
  }
  impl->left_column = row_column(columns);
  const Plan& first = impl->plans.front();
  if (const auto own = first.own_id; own != kNoColumn) impl->own_id_field = first.fields[own].field.name;
  for (const FieldPlan& field : first.fields) impl->columns.push_back(field.field.name);
  return Mapper(std::move(impl));
}

const std::vector<std::string>& Mapper::columns() const { return impl_->columns; }
const std::string& Mapper::own_id_field() const { return impl_->own_id_field; }
std::size_t Mapper::field_count() const { return impl_->plans.front().manifest_fields; }

namespace {

bool any_filled(const Record& record, const std::vector<std::size_t>& columns, std::string_view meaning) {
  return std::any_of(columns.begin(), columns.end(), [&](std::size_t c) {
    return c < record.cells.size() && !contact::is_placeholder(contact::trim(record.cells[c]), meaning);
  });
}
bool is_named(const Record& record, const Plan& plan) { return any_filled(record, plan.name_columns, "full_name"); }

/// A number of nobody in particular is that of the first one, where there is such a person in the row.
bool can_be_reached(const Record& record, const Plan& plan) {
  return any_filled(record, plan.reach_columns, "phone") ||
         (any_filled(record, plan.shared_reach_columns, "phone") && (plan.name_columns.empty() || is_named(record, plan)));
}

}  // namespace

bool Mapper::Impl::map(std::size_t person, const Record& record, Contact& contact, std::vector<Issue>& issues) const {
  if (record.issue != nullptr) {
    issues.push_back(*record.issue);
    if (record.issue->severity == Issue::Severity::Reject) return false;
  }
  return RowMapper(plans[person], record, contact, issues, scratch()).run() && ends_well(person, contact, issues);
}

bool Mapper::Impl::ends_well(std::size_t person, Contact& contact, std::vector<Issue>& issues) const {
  for (std::size_t i = 0; i < contact.values.size(); ++i) {
    if (!contact.values[i] || contact.values[i]->size() <= kMaxValueBytes) continue;
    issues.push_back({Issue::Severity::Reject, "field.too_long", columns[i], "",
                      "The cell is longer than 1 MiB; shorten it."});
    return false;
  }
  if (merged && merged->fill(contact, columns, issues)) contact.content = content_of(plans[person], contact.values);
  return true;
}

std::optional<PartsLeft> Mapper::Impl::left_of(const Record& record) const {
  return left_column == kNoColumn || record.issue != nullptr ? std::nullopt : PartsLeft::in(cell(record, left_column));
}

Issue Mapper::Impl::partly_sent(const Record& record) const {
  const std::string said = "Others of this row were sent before (_row is \"" + std::string(cell(record, left_column)) + "\")";
  return {Issue::Severity::Reject, "row.partly_sent", {}, "_row",
          plans.size() > 1 ? said + ", and it does not hold as many people any more; take out whoever was sent, and empty the cell."
                           : said + "; import the file with --people each, or take out whoever was sent and empty the cell."};
}

std::vector<std::size_t> Mapper::Impl::people_in(const Record& record) const {
  std::vector<std::size_t> there;
  if (plans.size() == 1 || (record.issue != nullptr && record.issue->severity == Issue::Severity::Reject)) return {0};
  for (const Plan& plan : plans) {
    if (can_be_reached(record, plan)) there.push_back(plan.person);
  }
  for (const Plan& plan : plans) {
    if (there.empty() && is_named(record, plan)) there.push_back(plan.person);
  }
  if (there.empty()) there.push_back(0);
  return there;
}

bool Mapper::map(const Record& record, Contact& contact, std::vector<Issue>& issues) const {
  return impl_->map(0, record, contact, issues);
}

void Mapper::map_all(const Record& record, std::vector<MappedContact>& contacts) const {
  const auto begin = [&](std::size_t i) -> MappedContact& {
    MappedContact& one = contacts[i];
    start_anew(one.contact);
    one.issues.clear();
    return one;
  };
  const auto left = impl_->left_of(record);
  const auto refuse = [&](Issue trouble) {
    contacts.resize(1);
    MappedContact& one = begin(0);
    one.contact.row = record.row;
    one.issues.push_back(std::move(trouble));
    one.good = false;
  };
  if (impl_->plans.size() == 1) {
    if (left && !left->has(1)) return refuse(impl_->partly_sent(record));
    contacts.resize(1);
    MappedContact& one = begin(0);
    one.good = impl_->map(0, record, one.contact, one.issues);
    return;
  }
  auto people = impl_->people_in(record);
  if (left && people.size() != left->of) return refuse(impl_->partly_sent(record));
  if (left) {
    std::size_t part = 0;
    std::erase_if(people, [&](std::size_t) { return !left->has(++part); });
  }
  contacts.resize(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    MappedContact& one = begin(i);
    one.contact.part = people.size() == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(i + 1);
    one.good = impl_->map(people[i], record, one.contact, one.issues);
  }
  for (const Plan& plan : impl_->plans) {
    const bool there = std::find(people.begin(), people.end(), plan.person) != people.end();
    if (left || there || !is_named(record, plan)) continue;
    contacts.front().issues.push_back({Issue::Severity::Warning, "person.unreachable", {}, {},
                                       "the row names " + (plan.person_name.empty() ? "somebody" : plan.person_name) +
                                           " without a number or address, so nothing of that person was sent."});
  }
}

std::size_t Mapper::most_contacts() const { return impl_->plans.size(); }

// All plans obey the same refusals.
std::optional<Error> Mapper::failure() const {
  const auto& refusals = impl_->plans.front().refusals;
  return refusals ? refusals->failure() : std::nullopt;
}

bool Mapper::can_refuse() const {
  return std::any_of(impl_->consents.begin(), impl_->consents.end(), [](const ConsentColumn& column) { return !is_incidental(column); });
}

std::vector<std::size_t> Mapper::refusing_columns() const {
  std::vector<std::size_t> columns;
  for (const ConsentColumn& column : impl_->consents) columns.push_back(column.index);
  return columns;
}

bool Mapper::says_no(std::span<const std::string_view> cells) const {
  const auto& consents = impl_->consents;
  for (std::size_t i = 0; i < consents.size(); ++i) {
    if (refusal_in(consents[i], contact::trim(cells[i]))) return true;
  }
  return false;
}

void Mapper::collect_refusals(const Record& record, Refusals& refusals) const {
  bool any = false;
  for (const Plan& plan : impl_->plans) {
    const auto says_no = [&](const ConsentColumn& column) { return refusal_in(column, cell(record, column.index)).has_value(); };
    if (std::none_of(plan.consents.begin(), plan.consents.end(), says_no)) continue;
    any = true;
    Contact contact;
    std::vector<Issue> issues;
    RowMapper(plan, record, contact, issues, scratch()).collect_refusals(refusals);
  }
  if (any) refusals.rows.add(record.row);
}

void Mapper::obey(Refusals refusals) {
  const auto rows = std::make_shared<const RefusingRows>(std::move(refusals.rows));
  for (Plan& plan : impl_->plans) plan.refusing_rows = rows;
  if (refusals.empty()) return;
  const auto shared = std::make_shared<const Refusals>(std::move(refusals));
  for (Plan& plan : impl_->plans) plan.refusals = shared;
}

void Mapper::merge(MergedRows rows) { impl_->merged = std::make_unique<const MergedRows>(std::move(rows)); }

}  // namespace switchboard::mapping

#include "core/mapping/rows/mapper.h"

#include <algorithm>
#include <set>

#include "core/contact/meaning.h"
#include "core/contact/phone.h"
#include "core/contact/text.h"
#include "core/mapping/rows/field_plan.h"
#include "core/mapping/rows/merge.h"
#include "core/mapping/rows/refusals.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {

namespace {

/// What no vendor takes, whatever its manifest says of the field.
constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;

}  // namespace

struct Mapper::Impl {
  Plan plan;
  std::vector<std::string> columns;
  std::string own_id_field;
  std::unique_ptr<const MergedRows> merged;
};

Mapper::Mapper(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mapper::Mapper(Mapper&&) noexcept = default;
Mapper::~Mapper() = default;

Result<Mapper> Mapper::create(const Manifest& manifest, const Mapping& mapping,
                              const std::vector<std::string>& columns, const MapOptions& options) {
  auto plan = make_plan(manifest, mapping, columns, options);
  if (!plan) return plan.error();
  auto impl = std::make_unique<Impl>(Impl{std::move(*plan), {}, {}, nullptr});
  if (const auto own = impl->plan.own_id; own != kNoColumn) impl->own_id_field = impl->plan.fields[own].field.name;
  for (const FieldPlan& field : impl->plan.fields) impl->columns.push_back(field.field.name);
  return Mapper(std::move(impl));
}

const std::vector<std::string>& Mapper::columns() const { return impl_->columns; }
const std::string& Mapper::own_id_field() const { return impl_->own_id_field; }
std::size_t Mapper::field_count() const { return impl_->plan.manifest_fields; }

bool Mapper::map(const Record& record, Contact& contact, std::vector<Issue>& issues) const {
  if (record.issue != nullptr) {
    issues.push_back(*record.issue);
    if (record.issue->severity == Issue::Severity::Reject) return false;
  }
  if (!RowMapper(impl_->plan, record, contact, issues).run()) return false;
  for (std::size_t i = 0; i < contact.values.size(); ++i) {
    if (!contact.values[i] || contact.values[i]->size() <= kMaxValueBytes) continue;
    issues.push_back({Issue::Severity::Reject, "field.too_long", impl_->columns[i], "",
                      "The cell is longer than 1 MiB; shorten it."});
    return false;
  }
  if (impl_->merged && impl_->merged->fill(contact, impl_->columns, issues))
    contact.content = content_of(impl_->plan, contact.values);
  return true;
}

bool Mapper::can_refuse() const { return !impl_->plan.consents.empty(); }

void Mapper::collect_refusals(const Record& record, Refusals& refusals) const {
  Contact contact;
  std::vector<Issue> issues;
  RowMapper(impl_->plan, record, contact, issues).collect_refusals(refusals);
}

void Mapper::obey(Refusals refusals) {
  if (!refusals.empty()) impl_->plan.refusals = std::make_shared<const Refusals>(std::move(refusals));
}

void Mapper::merge(MergedRows rows) { impl_->merged = std::make_unique<const MergedRows>(std::move(rows)); }

}  // namespace switchboard::mapping

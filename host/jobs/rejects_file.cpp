#include "host/jobs/rejects_file.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/outcome.h"
#include "core/base/row_id.h"
#include "core/ledger/contacts_of_rows.h"
#include "core/mapping/rows/shown_value.h"

namespace switchboard::jobs {
namespace {

/// "phone.mobile" → "phone"
std::string family(const std::string& meaning) { return meaning.substr(0, meaning.find('.')); }

/// The columns that a field may come from, the likeliest first.
std::vector<std::string> columns_of(const std::string& field, const mapping::Mapping& mapping) {
  const mapping::FieldSource* source = field.empty() ? nullptr : mapping.source_of(field);
  if (source == nullptr) return {};
  std::vector<std::string> columns = source->columns;
  if (!source->by_meaning || columns.empty()) return columns;
  const auto& all = mapping.understanding.columns;
  const auto first = std::find_if(all.begin(), all.end(), [&](const auto& column) { return column.column == columns.front(); });
  for (const auto& column : all) {
    if (first != all.end() && family(column.meaning) == family(first->meaning) && column.column != columns.front()) columns.push_back(column.column);
  }
  return columns;
}

/// Why a row stands in the rejects file; nullopt: it does not. Of several contacts each that was rejected is named, and
/// whether others are with the vendor, who would get them again.
std::optional<input::RejectNote> reject_note(std::uint64_t row, std::span<const RowOutcome> contacts,
                                             const mapping::Mapping& mapping) {
  if (std::none_of(contacts.begin(), contacts.end(), [](const RowOutcome& contact) { return contact.outcome == Outcome::Rejected; })) return std::nullopt;
  std::optional<input::RejectNote> note;
  std::string sent;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const RowOutcome& contact = contacts[i];
    const auto name = [&] { return RowId(row, static_cast<std::uint8_t>(i + 1)).text(); };
    if (contacts.size() > 1 && may_be_there(contact.outcome)) sent += (sent.empty() ? "" : ", ") + name();
    if (contact.outcome != Outcome::Rejected) continue;
    if (!note) {
      note = input::RejectNote{row, contact.code.str(), contact.field.str(), {}, columns_of(contact.field.str(), mapping)};
      note->column = mapping::column_named_in(contact.message, note->columns);
    }
    if (contacts.size() <= kMostPartsOfRow) note->left.parts |= 1U << i;
    note->message += (note->message.empty() ? "" : " ") + (contacts.size() == 1 ? "" : name() + ": ") + contact.message.str();
  }
  if (note && !sent.empty()) {
    note->left.of = contacts.size();
    note->message += " " + sent + (sent.find(',') == std::string::npos ? " was" : " were") +
                     " sent already: import the corrected row with --people each, and leave its _row as it is.";
  }
  return note;
}

}  // namespace

Result<void> RejectsFile::add(const ledger::BatchRecord& batch) {
  Result<void> trouble;
  ledger::each_row(batch, [&](std::size_t row, std::size_t first, std::size_t count) {
    if (!trouble) return;
    auto note = reject_note(batch.first_row + row, std::span(batch.rows).subspan(first, count), mapping_);
    if (!note) return;
    note->byte_begin = places_.find(note->row);
    if (!writer_) {
      auto created = source_.write_rejects(path_);
      if (!created) {
        trouble = created.error();
        return;
      }
      writer_ = std::move(*created);
    }
    trouble = writer_->add(*note);
  });
  return trouble;
}

Result<bool> RejectsFile::finish() {
  if (!writer_) return false;
  if (auto done = writer_->finish(); !done) return done.error();
  return true;
}

}  // namespace switchboard::jobs

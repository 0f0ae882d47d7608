#include "core/mapping/rows/mapping_notes.h"

#include <algorithm>

#include "core/contact/meaning.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/number_owner.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/rows/people_mapping.h"

namespace switchboard::mapping {
namespace {

bool is_name(std::string_view meaning) {
  return meaning == "full_name" || meaning == "first_name" || meaning == "last_name";
}

/// "A", "B" and 3 more.
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 4;
  std::string text;
  const std::size_t shown = names.size() == kShown + 1 ? names.size() : std::min(names.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "\"" : ", \"") + names[i] + "\"";
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

void note_no_names(const Manifest& manifest, const Mapping& mapping, std::vector<std::string>& notes) {
  bool wanted = false;
  for (const Field& field : manifest.fields) {
    if (!is_name(field.meaning)) continue;
    wanted = true;
    if (mapping.source_of(field.name) != nullptr) return;
  }
  // Without columns there are no records either, and nothing goes out without a name.
  if (!wanted || mapping.understanding.columns.empty()) return;
  std::vector<std::string> columns;
  for (const ColumnMeaning& column : mapping.understanding.columns) {
    const bool used = std::any_of(mapping.fields.begin(), mapping.fields.end(), [&](const auto& entry) {
      const auto& names = entry.second.columns;
      return std::find(names.begin(), names.end(), column.column) != names.end();
    });
    if (!used) columns.push_back(column.column);
  }
  notes.push_back("No name column was found: contacts go out without a name." +
                  (columns.empty() ? std::string() : " If one of " + some_of(columns) + " holds names: --field FIELD=COLUMN."));
}

/// Two columns for a field that takes one value: where both are filled, the second one is not sent.
void note_shared_fields(const Manifest& manifest, const Mapping& mapping, std::vector<std::string>& notes) {
  for (const auto& [name, source] : mapping.fields) {
    const Field* field = manifest.field(name);
    if (field == nullptr || source.chosen || is_chosen_by_row(manifest, *field) || !source.join_separator.empty() ||
        source.template_)
      continue;
    std::vector<std::string> columns;
    for (std::size_t c = 0; c < mapping.understanding.columns.size(); ++c) {
      const ColumnMeaning& column = mapping.understanding.columns[c];
      const bool used = std::find(source.columns.begin(), source.columns.end(), column.column) != source.columns.end();
      if (used && column.meaning == field->meaning && !mapping.understanding.is_another_persons(c)) columns.push_back(column.column);
    }
    // Parts of a last name are joined, not chosen from.
    if (columns.size() < 2 || field->meaning == "last_name") continue;
    notes.push_back("Several columns could fill \"" + name + "\": " + some_of(columns) +
                    ". The first one that is filled is sent, the others of that row are not.");
  }
}

/// Columns that say whose a number is: it is sent where that is the contact.
void note_owners(const Mapping& mapping, std::vector<std::string>& notes) {
  for (const ColumnMeaning& column : mapping.understanding.columns) {
    if (column.meaning.starts_with(kOwnerOf))
      notes.push_back("Where \"" + column.column + "\" names somebody else (mother, spouse …), the number in \"" +
                      column.meaning.substr(kOwnerOf.size()) + "\" is not sent.");
  }
}

std::string each_note(const Mapping& mapping, const std::vector<std::string>& left_out) {
  if (mapping.understanding.people.size() < 2) return "Each person of a row was to be sent, but the columns tell no several people apart.";
  std::string text = "Rows hold several people, and each is sent as a contact of its own: " + name_of(mapping.understanding.people.front());
  for (const Mapping& other : mapping.others) text += ", " + name_of(other.understanding.people.front());
  text += ".";
  for (std::size_t i = 0; i < left_out.size(); ++i) text += (i == 0 ? " Left out, without the columns that a contact needs: " : ", ") + left_out[i];
  return text + (left_out.empty() ? "" : ".");
}

}  // namespace

std::string people_note(const Understanding& understanding) {
  if (understanding.people.size() < 2) return {};
  const std::string& contact = understanding.people.front().name;
  const bool nobodys = contact.empty() && std::none_of(understanding.columns.begin(), understanding.columns.end(),
                                                       [](const ColumnMeaning& column) { return column.person == 0; });
  std::string text = nobodys ? std::string("Rows name people, and what numbers or addresses are not theirs name nobody: those are sent without a name.")
                             : "Rows hold several people, of whom one is sent, with its own numbers only" + (contact.empty() ? "" : ": " + contact) + ".";
  for (std::size_t p = 1; p < understanding.people.size(); ++p) {
    std::vector<std::string> columns;
    for (const ColumnMeaning& column : understanding.columns) {
      if (column.person == static_cast<int>(p)) columns.push_back(column.column);
    }
    text += (p == 1 ? " Left out: " : "; ") + name_of(understanding.people[p]) + " (" + some_of(columns) + ")";
  }
  return text + ".";
}

std::vector<std::string> mapping_notes(const Manifest& manifest, const Mapping& mapping, const std::vector<std::string>& left_out) {
  std::vector<std::string> notes;
  std::string note = mapping.people == PeoplePolicy::Each ? each_note(mapping, left_out) : people_note(mapping.understanding);
  if (!note.empty()) notes.push_back(std::move(note));
  note_no_names(manifest, mapping, notes);
  note_shared_fields(manifest, mapping, notes);
  note_owners(mapping, notes);
  return notes;
}

void note_number_cells(const Mapping& mapping, const std::vector<std::string>& contents, std::vector<std::string>& notes) {
  std::vector<std::string> columns;
  const auto& all = mapping.understanding.columns;
  for (std::size_t c = 0; c < all.size() && c < contents.size(); ++c) {
    if (contact::is_phone(all[c].meaning) && (contents[c] == "number" || contents[c] == "mixed")) columns.push_back(all[c].column);
  }
  if (columns.empty()) return;
  notes.push_back("The workbook keeps phones as numbers (" + some_of(columns) +
                  "), so that a + or 0 before them is lost: they are read as numbers of their country.");
}

}  // namespace switchboard::mapping

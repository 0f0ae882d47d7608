#include "core/mapping/columns/seen_as.h"

#include <algorithm>
#include <array>

#include "core/contact/meaning.h"

namespace switchboard::mapping {
namespace {

/// Belongs to whoever the row is about where that one is named by nothing: "Company" beside "Spouse Name".
bool is_of_work(std::string_view meaning) { return meaning == "company" || meaning == "department"; }

void give_to_another(ColumnMeaning& column, int person) {
  if (column.person <= 0 && column.own_meaning.empty()) column.own_meaning = column.meaning;
  column.meaning = "other";
  column.score = 0.5;
  column.reason = "another person's";
  column.person = person;
}

}  // namespace

bool is_personal(std::string_view meaning) {
  static constexpr std::array kOfOne = {"full_name", "first_name", "middle_name", "last_name", "prefix",   "suffix", "nickname",
                                        "email",     "job_title",  "external_id", "birthday",  "phone.extension"};
  return contact::is_phone(meaning) || std::find(kOfOne.begin(), kOfOne.end(), meaning) != kOfOne.end() || meaning.starts_with("label_of:");
}

Understanding seen_as(const Understanding& understanding, std::size_t person) {
  if (person == 0 || person >= understanding.people.size()) return understanding;
  Understanding view = understanding;
  const auto at = static_cast<int>(person);
  std::rotate(view.people.begin(), view.people.begin() + at, view.people.begin() + at + 1);
  const bool first_is_unnamed = understanding.people.front().name.empty() || understanding.people.front().name.starts_with("person ");
  for (ColumnMeaning& column : view.columns) {
    if (column.person == at) {
      column.person = 0;
      column.meaning = column.own_meaning;
      column.score = column.meaning == "other" || column.meaning.empty() ? 0.5 : 0.9;
      column.reason = view.people.front().name + "'s";
    } else if (column.person >= 0) {
      give_to_another(column, column.person < at ? column.person + 1 : column.person);
    } else if (is_personal(column.meaning) || (first_is_unnamed && is_of_work(column.meaning))) {
      give_to_another(column, 1);
    }
  }
  return view;
}

}  // namespace switchboard::mapping

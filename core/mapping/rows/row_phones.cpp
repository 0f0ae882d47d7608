#include "core/mapping/rows/row_phones.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/contact/country.h"
#include "core/contact/meaning.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/number_owner.h"

namespace switchboard::mapping {
namespace {

bool says_international(const std::string& header) {
  const std::string key = header_key(header);
  return key.find("msisdn") != std::string::npos || key.find("e164") != std::string::npos ||
         key.find("international") != std::string::npos;
}

/// A word for nothing in a column of calling codes; NO and NA are countries.
bool says_nothing(std::string_view code) {
  return contact::is_placeholder(code, "phone.dial_code") && contact::country_code(code).empty();
}

/// How well a country column fits a phone: that of the same place first, then one of no stated place.
int distance(const std::string& country_column, std::string_view phone_meaning) {
  const Reading words = read_words(header_words(country_column));
  if (words.has_any({Concept::Phone, Concept::Mobile})) return 0;  // "Phone country"
  const bool work = words.has_any({Concept::Work, Concept::Company});
  const bool home = words.has(Concept::Home);
  if (!work && !home && !words.has(Concept::Other)) return 1;
  const bool phone_work = phone_meaning == "phone.work" || phone_meaning == "phone.work_main" ||
                          phone_meaning == "phone.fax_work";
  const bool phone_home = phone_meaning == "phone.home" || phone_meaning == "phone.fax_home";
  if ((work && phone_work) || (home && phone_home)) return 0;
  return 2;
}

/// The label of the number at `place` of a cell: one for a cell of several numbers is everybody's.
std::string_view label_at(std::string_view labels, std::size_t place) {
  for (auto end = labels.find(":::"); end != std::string_view::npos; end = labels.find(":::")) {
    if (place-- == 0) return contact::trim(labels.substr(0, end));
    labels.remove_prefix(end + 3);
  }
  return contact::trim(labels);
}

/// What the labels beside a number say that it is; false: no number at all. A label that forbids it beats one that says its kind.
bool hear_labels(const Record& record, std::size_t place, RowPhone& phone) {
  const PhoneColumn& column = *phone.column;
  const bool by_label = column.meaning == "phone.by_label";
  bool heard = false;
  for (const std::size_t index : column.labels) {
    const std::string_view label = label_at(cell(record, index), place);
    const std::string_view meaning = by_label ? phone_meaning_of_label(label) : phone.meaning;
    if (meaning.empty()) return false;
    const bool forbids = contact::phone_preference(meaning) == contact::kNeverChosen;
    if (heard && (meaning == "phone" || !(forbids || phone.meaning == "phone"))) continue;
    phone.meaning = meaning;
    phone.label = label;
    heard = true;
    if (forbids) break;
  }
  if (by_label && !heard) phone.meaning = phone_meaning_of_label({});
  return true;
}

}  // namespace

PhoneSheet::PhoneSheet(const Understanding& understanding, const std::vector<std::string>& columns,
                       const std::vector<Extra>& extra, std::string region, const contact::NumberingPlan* plan,
                       const std::vector<std::string>& contents)
    : names_(columns), region_(std::move(region)), plan_(contact::plan_or_newest(plan)) {
  const bool aligned = understanding.columns.size() == columns.size();
  std::vector<std::pair<std::size_t, std::string>> labels, owners;
  std::vector<std::string> names;
  for (std::size_t i = 0; aligned && i < columns.size(); ++i) {
    const ColumnMeaning& column = understanding.columns[i];
    if (column.score < kBar) continue;
    if (column.meaning == "country") countries_.push_back({i, column.column});
    if (column.meaning == "phone.dial_code") dial_codes_.push_back({i, column.column});
    if (column.meaning == "phone.area_code") areas_.push_back({i, column.column});
    if (column.meaning == "phone.extension") extensions_.push_back({i, column.column});
    if (column.meaning.starts_with("label_of:")) labels.emplace_back(i, column.meaning.substr(9));
    if (column.meaning.starts_with(kOwnerOf)) owners.emplace_back(i, column.meaning.substr(kOwnerOf.size()));
    if (column.meaning == "full_name" || column.meaning == "first_name" || column.meaning == "last_name") names.push_back(column.column);
  }
  if (!owners.empty()) people_ = people_named_in(names);
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    const std::array letters = {static_cast<char>('A' + i / kLetters), static_cast<char>('A' + i % kLetters)};
    const std::string_view code = contact::country_code({letters.data(), letters.size()});
    if (!code.empty() && contact::is_phone_region(code, plan_)) regions_[i] = code;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (aligned && understanding.is_another_persons(i) &&
        std::none_of(extra.begin(), extra.end(), [&](const Extra& entry) { return entry.by_hand && entry.column == columns[i]; })) {
      if (contact::is_phone(understanding.columns[i].own_meaning)) others_.push_back(i);
      continue;
    }
    PhoneColumn phone;
    phone.index = i;
    phone.name = columns[i];
    phone.international = says_international(columns[i]);
    phone.number_cells = i < contents.size() && contents[i] == "number";
    phone.shared = aligned && understanding.is_shared(i);
    if (aligned && contact::is_phone(understanding.columns[i].meaning) &&
        understanding.columns[i].score >= kBar) {
      phone.meaning = understanding.columns[i].meaning;
    } else {
      const auto named = std::find_if(extra.begin(), extra.end(),
                                      [&](const Extra& entry) { return entry.column == columns[i]; });
      if (named == extra.end()) continue;
      phone.meaning = named->meaning;
    }
    for (const auto& [index, labelled] : labels) {
      if (labelled == phone.name) phone.labels.push_back(index);
    }
    for (const auto& [index, owned] : owners) {
      if (owned == phone.name) phone.owner = index;
    }
    add_evidence(phone);
    columns_.push_back(std::move(phone));
  }
}

void PhoneSheet::add_evidence(PhoneColumn& column) const {
  // Of several calling code (or extension) columns the neighbour belongs to the number; a single one to all
  // numbers.
  const auto beside = [&](const std::vector<Evidence>& evidence) {
    for (const Evidence& other : evidence) {
      if (other.index + 1 == column.index || column.index + 1 == other.index) return other.index;
    }
    return evidence.size() == 1 ? evidence.front().index : kNoColumn;
  };
  column.dial_code = beside(dial_codes_);
  column.area = beside(areas_);
  column.extension = beside(extensions_);
  std::vector<Evidence> countries = countries_;
  std::stable_sort(countries.begin(), countries.end(), [&](const Evidence& a, const Evidence& b) {
    return distance(a.name, column.meaning) < distance(b.name, column.meaning);
  });
  for (const Evidence& country : countries) column.countries.push_back(country.index);
}

PhoneColumn PhoneSheet::column_at(std::size_t index) const {
  for (const PhoneColumn& column : columns_) {
    if (column.index == index) return column;
  }
  PhoneColumn column;
  column.index = index;
  column.name = index < names_.size() ? names_[index] : std::string{};
  column.meaning = "phone";
  column.international = says_international(column.name);
  add_evidence(column);
  return column;
}

void PhoneSheet::collect(const Record& record, std::vector<RowPhone>& phones) const {
  phones.clear();
  for (const PhoneColumn& column : columns_) {
    std::string_view text = cell(record, column.index);
    if (text.empty() || is_somebody_elses(record, column)) continue;
    for (std::size_t place = 0; !text.empty(); ++place) {
      const auto end = text.find(":::");
      const std::string_view value = contact::trim(text.substr(0, end));
      if (!value.empty() && !contact::is_placeholder(value, contact::NothingWords::OfReach)) {
        RowPhone phone{&column, value, column.meaning, {}, false};
        if (hear_labels(record, place, phone)) phones.push_back(phone);
      }
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 3);
    }
  }
}

bool PhoneSheet::is_somebody_elses(const Record& record, const PhoneColumn& column) const {
  return column.owner != kNoColumn && is_somebody_else(cell(record, column.owner), people_);
}

std::string PhoneSheet::instead(const Record& record, const std::vector<RowPhone>& phones) const {
  const auto in = [](const std::string& what, const std::string& column) { return what + " (column \"" + column + "\")"; };
  for (const RowPhone& phone : phones) {
    if (phone.taken) continue;
    if (phone.meaning == "phone.assistant")
      return in(says_not_to_use(phone.label) ? "a number whose label says that it is not to be used" : "another person's number", phone.column->name);
    if (phone.meaning.starts_with("phone.fax")) return in("a fax number", phone.column->name);
    if (phone.meaning == "phone.pager") return in("a pager's number", phone.column->name);
  }
  for (const PhoneColumn& column : columns_) {
    if (!cell(record, column.index).empty() && is_somebody_elses(record, column)) return in("another person's number", column.name);
  }
  for (const std::size_t index : others_) {
    const std::string_view text = cell(record, index);
    if (!text.empty() && !contact::is_placeholder(text, "phone")) return in("another person's number", names_[index]);
  }
  return {};
}

PhoneSheet::Region PhoneSheet::region_of(const Record& record, const PhoneColumn& column) const {
  for (const std::size_t index : column.countries) {
    const std::string_view name = cell(record, index);
    if (name.empty()) continue;
    const std::string_view code = contact::country_code(name);
    if (!code.empty() && contact::is_phone_region(code, plan_)) return {code, index};
  }
  return {region_, kNoColumn};
}

std::string_view PhoneSheet::region_by_letters(const Record& record, const PhoneColumn& column) const {
  if (column.dial_code != kNoColumn || column.area != kNoColumn || column.countries.empty()) return {};
  const std::string_view name = cell(record, column.countries.front());
  if (name.size() != 2 || !is_ascii_upper(name[0]) || !is_ascii_upper(name[1])) return {};
  return regions_[static_cast<std::size_t>(name[0] - 'A') * kLetters + static_cast<std::size_t>(name[1] - 'A')];
}

std::string PhoneSheet::because(const Record& record, const PhoneColumn& column,
                                contact::Phone::Evidence evidence) const {
  using Told = contact::Phone::Evidence;
  if (evidence == Told::DialCode && column.dial_code != kNoColumn) {
    return "read with the calling code in column \"" + names_[column.dial_code] + "\"";
  }
  if (evidence != Told::Region) return {};
  const Region region = region_of(record, column);
  const std::string source =
      region.column == kNoColumn ? "--region" : "column \"" + names_[region.column] + "\"";
  return "read as a number of " + std::string(region.code) + ", because of " + source;
}

contact::DialCode PhoneSheet::code_among_countries(const Record& record, const PhoneColumn& column) const {
  for (const std::size_t index : column.countries) {
    const std::string_view text = cell(record, index);
    if (text.empty()) continue;
    // "US": nearly every cell.
    if (text.size() == 2 && is_ascii_letter(text[0]) && is_ascii_letter(text[1])) return {};
    // With a + or an area: 44 by itself may number a country in somebody's list.
    const bool plus = text.find('+') != std::string_view::npos;
    const bool written = plus || text.starts_with("00") || text.find('-') != std::string_view::npos;
    const bool only = written && (plus || contact::is_calling_code(text, plan_));
    return only && contact::country_code(text).empty() ? contact::read_dial_code(text, plan_) : contact::DialCode{};
  }
  return {};
}

contact::DialCode PhoneSheet::dial_code(const Record& record, const PhoneColumn& column) const {
  contact::DialCode code;
  if (column.dial_code != kNoColumn && !says_nothing(cell(record, column.dial_code)))
    code = contact::read_dial_code(cell(record, column.dial_code), plan_);
  if (column.dial_code == kNoColumn) code = code_among_countries(record, column);
  if (column.area == kNoColumn) return code;
  const std::string_view area = cell(record, column.area);
  // "Vorwahl" is said of both.
  if (code.code.empty() && (area.starts_with('+') || area.starts_with("00"))) return contact::read_dial_code(area, plan_);
  // Letters make it a postal code or the like.
  constexpr std::size_t kMostDigits = 5;
  std::string digits;
  for (const char c : area) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (area.find_first_not_of("0123456789 ()-/.") == std::string_view::npos && digits.size() <= kMostDigits) code.area += digits;
  return code;
}

std::pair<std::string, std::string_view> PhoneSheet::dial_code_cell(const Record& record,
                                                                    const PhoneColumn& column) const {
  if (column.dial_code == kNoColumn || says_nothing(cell(record, column.dial_code))) return {};
  return {names_[column.dial_code], cell(record, column.dial_code)};
}

void PhoneSheet::parse(const Record& record, const PhoneColumn& column, std::string_view text, const contact::DialCode& given,
                       contact::Phone& phone) const {
  contact::PhoneContext context;
  context.plan = &plan_;
  context.international = column.international;
  context.number_cell = column.number_cells;
  contact::DialCode code;
  if (given.code.empty()) context.region = region_by_letters(record, column);
  if (context.region.empty()) {
    code = dial_code(record, column);
    if (!given.code.empty()) code = {given.code, given.area.empty() ? code.area : given.area};
    context.dial_code = code.code;
    context.area = code.area;
    if (code.code.empty()) context.region = region_of(record, column).code;
  }
  contact::parse_phone(text, context, phone);
  if (phone.ok() && phone.extension.empty() && column.extension != kNoColumn) {
    const std::string_view extension = cell(record, column.extension);
    if (!extension.empty() && extension.find_first_not_of("0123456789") == std::string_view::npos)
      phone.extension = extension;
  }
}

}  // namespace switchboard::mapping

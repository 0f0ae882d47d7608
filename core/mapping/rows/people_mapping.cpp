#include "core/mapping/rows/people_mapping.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/row_id.h"
#include "core/contact/meaning.h"
#include "core/mapping/columns/seen_as.h"
#include "core/mapping/rows/field_match.h"

namespace switchboard::mapping {
namespace {

/// A custom field that this person does not have; it keeps its place among the values.
FieldSource nothing() {
  FieldSource source;
  source.constant = "";
  source.reason = "another person's";
  return source;
}

class PersonMapper {
 public:
  PersonMapper(const Manifest& manifest, const std::vector<std::vector<std::string>>& samples, bool only_named, const Mapping& row)
      : manifest_(manifest), samples_(samples), only_named_(only_named), row_(row) {}

  Mapping map(std::size_t person) const {
    Mapping mapping;
    mapping.connector = row_.connector;
    mapping.columns = row_.columns;
    mapping.understanding = seen_as(row_.understanding, person);
    const Offer offer{manifest_, mapping.understanding, samples_};
    const auto add = [&](const Field& field) {
      if (auto source = match_field(offer, field)) mapping.fields.emplace_back(field.name, std::move(*source));
    };
    for (const auto& [name, source] : row_.fields) {
      const Field* field = manifest_.field(name);
      if (source.chosen && is_this_ones(person, field, source)) {
        mapping.fields.emplace_back(name, source);
      } else if (field == nullptr) {
        mapping.fields.emplace_back(name, nothing());
      } else {
        Field wanted = *field;
        wanted.opt_in = false;
        add(wanted);
      }
    }
    for (const Field& field : manifest_.fields) {
      if (!only_named_ && row_.source_of(field.name) == nullptr) add(field);
    }
    return mapping;
  }

 private:
  bool is_this_ones(std::size_t person, const Field* field, const FieldSource& source) const {
    std::set<int> owners;
    bool personal = field != nullptr && is_personal(field->meaning);
    for (const ColumnMeaning& column : row_.understanding.columns) {
      if (std::find(source.columns.begin(), source.columns.end(), column.column) == source.columns.end()) continue;
      if (column.person >= 0) owners.insert(column.person);
      personal = personal || is_personal(column.meaning);
    }
    if (!owners.empty()) return owners.contains(static_cast<int>(person));
    return person == 0 || source.columns.empty() || !personal;
  }

  const Manifest& manifest_;
  const std::vector<std::vector<std::string>>& samples_;
  const bool only_named_;
  const Mapping& row_;
};

bool has_reach(const Understanding& understanding) {
  for (std::size_t c = 0; c < understanding.columns.size(); ++c) {
    const std::string& meaning = understanding.columns[c].meaning;
    if (!understanding.is_another_persons(c) && contact::is_reach(meaning)) return true;
  }
  return false;
}

}  // namespace

std::string name_of(const PersonInRow& person) {
  return person.name.empty() ? std::string("the one whose columns name nobody") : person.name;
}

std::vector<std::string> map_each_person(const Manifest& manifest, const std::vector<std::vector<std::string>>& samples,
                                         bool only_named, const std::function<bool(const Mapping&)>& is_complete, Mapping& mapping) {
  mapping.people = PeoplePolicy::Each;
  std::vector<std::string> left_out;
  const auto people = mapping.understanding.people;
  if (people.size() < 2) return left_out;
  const PersonMapper mapper(manifest, samples, only_named, mapping);
  std::vector<Mapping> mappings;
  for (std::size_t p = 0; p < people.size(); ++p) {
    std::optional<Mapping> one;
    if (mappings.size() < kMostPartsOfRow && (people[p].whole || (p == 0 && has_reach(mapping.understanding)))) one = mapper.map(p);
    if (one && is_complete(*one))
      mappings.push_back(std::move(*one));
    else if (p > 0 || people[p].whole || !people[p].name.empty())
      left_out.push_back(name_of(people[p]));
  }
  if (mappings.empty()) return left_out;
  Mapping first = std::move(mappings.front());
  mappings.erase(mappings.begin());
  first.people = PeoplePolicy::Each;
  first.others = std::move(mappings);
  mapping = std::move(first);
  return left_out;
}

}  // namespace switchboard::mapping

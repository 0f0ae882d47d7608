#include "core/mapping/rows/field_plan.h"

#include <algorithm>
#include <iterator>

#include "core/contact/country.h"
#include "core/contact/meaning.h"
#include "core/contact/phone.h"
#include "core/contact/text.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

std::string quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}

/// Compiles the fields of one manifest for one source.
class Planner {
 public:
  Planner(const Manifest& manifest, const Mapping& mapping, const std::vector<std::string>& columns,
          const MapOptions& options)
      : manifest_(manifest), mapping_(mapping), columns_(columns), options_(options) {}

  Result<Plan> run() {
    std::string region;
    if (!options_.region.empty()) {
      region = contact::country_code(options_.region);
      if (region.empty() || !contact::is_phone_region(region, contact::plan_or_newest(options_.plan))) {
        return Error{ErrorKind::Usage, "\"" + options_.region + "\" is not a country that --region knows.",
                     "Give the two letters of ISO 3166: GB, US, DE …"};
      }
    }
    plan_.phones =
        std::make_shared<const PhoneSheet>(mapping_.understanding, columns_, extra_phone_columns(), region, options_.plan,
                                           options_.column_contents);
    for (const Field& field : manifest_.fields) {
      if (auto done = add(field, mapping_.source_of(field.name)); !done) return done.error();
    }
    plan_.manifest_fields = plan_.fields.size();
    for (const auto& [name, source] : mapping_.fields) {
      if (manifest_.field(name) != nullptr) continue;
      Field custom;
      custom.name = name;
      if (auto done = add(custom, &source); !done) return done.error();
    }
    link();
    plan_.lists_reach = options_.reach;
    plan_.wants_content = options_.content;
    for (std::size_t i = 0; i < mapping_.understanding.columns.size(); ++i) {
      const ColumnMeaning& column = mapping_.understanding.columns[i];
      if (column.meaning == "email" && column.score >= kBar) plan_.email_columns.push_back(i);
    }
    find_persons_columns();
    plan_.header_names = columns_;
    for (const std::string& column : columns_) plan_.headers.push_back(contact::fold(contact::trim(column)));
    find_child_columns();
    find_name_field();
    look_up_once();
    plan_.by_phone = manifest_.contacts_by("phone") || manifest_.contacts_by("sms");
    if (!options_.ignore_consent) plan_.consents = consent_columns(mapping_.understanding);
    for (const Setting& setting : manifest_.settings) {
      const auto value = options_.settings.find(setting.name);
      if (setting.shapes_contacts && value != options_.settings.end() && !value->second.empty())
        plan_.shape += setting.name + '=' + value->second + '\n';
    }
    const auto format = options_.settings.find("phone_format");
    plan_.as_given = manifest_.setting("phone_format") != nullptr && format != options_.settings.end() &&
                     format->second == "as_given";
    return std::move(plan_);
  }

 private:
  /// Columns matched to a phone field by its name alone.
  std::vector<PhoneSheet::Extra> extra_phone_columns() const {
    std::vector<PhoneSheet::Extra> extra;
    for (const Field& field : manifest_.fields) {
      const FieldSource* source = mapping_.source_of(field.name);
      if (source == nullptr || !holds_phones(manifest_, field) || !(source->by_meaning || is_list_by_hand(field, *source)))
        continue;
      for (const std::string& column : source->columns)
        extra.push_back({column, field.meaning.empty() ? "phone" : field.meaning, !source->by_meaning});
    }
    return extra;
  }

  /// A list takes every value of its columns, also of those chosen by hand.
  bool is_list_by_hand(const Field& field, const FieldSource& source) const {
    return field.type == FieldType::List && is_chosen_by_row(manifest_, field) && !source.columns.empty() &&
           !source.template_ && !source.constant && !source.split_separator &&
           source.join_separator.empty() && !source.regex && source.lookup.empty();
  }

  Result<void> add(const Field& field, const FieldSource* source) {
    FieldPlan plan;
    plan.field = field;
    if (!field.pattern.empty()) {
      auto pattern = Pattern::compile(field.pattern);
      if (!pattern) return pattern.error();
      plan.pattern = std::move(*pattern);
    }
    plan.default_value = default_of(manifest_, field, options_.settings);
    if (source == nullptr) {
      plan.kind = derived_kind(field);
    } else {
      plan.source_text = quoted(source->columns);
      plan.of_several = source->columns.size() > 1;
      if ((source->by_meaning && is_chosen_by_row(manifest_, field)) || is_list_by_hand(field, *source)) {
        choose_by_row(plan, *source);
      } else if (source->by_meaning && is_name(field)) {
        choose_names(plan, *source);
      } else if (auto done = express(plan, *source); !done) {
        return done.error();
      }
    }
    plan_.fields.push_back(std::move(plan));
    return {};
  }

  static bool is_name(const Field& field) {
    return (field.meaning == "full_name" || field.meaning == "first_name" || field.meaning == "last_name" ||
            (field.meaning == "prefix" && field.derive == "prefix")) &&
           field.type == FieldType::Text;
  }

  Kind derived_kind(const Field& field) const {
    if (field.derive == "hash") return Kind::Hash;
    if (!is_derived_only(manifest_, field)) return Kind::Empty;
    return field.derive == "calling_code" ? Kind::CallingCode : Kind::NationalNumber;
  }

  Result<void> express(FieldPlan& plan, const FieldSource& source) {
    auto transform = Transform::compile(source, columns_);
    if (!transform) return transform.error();
    plan.transform = std::move(*transform);
    plan.kind = Kind::Expression;
    const std::size_t index = source.columns.empty() ? kNoColumn : index_of(source.columns.front());
    // A calling code that is given tells how to read the number; what is sent is that of the number.
    if (plan.field.derive == "calling_code") plan.kind = Kind::CallingCode;
    if (is_phone_field(manifest_, plan.field)) plan.hand_phone = plan_.phones->column_at(index);
    return {};
  }

  void choose_by_row(FieldPlan& plan, const FieldSource& source) {
    const bool list = plan.field.type == FieldType::List;
    if (!holds_phones(manifest_, plan.field)) {
      plan.kind = list ? Kind::EmailList : Kind::OneEmail;
      plan.emails = all_of(source.columns, !source.by_meaning);
      std::stable_partition(plan.emails.begin(), plan.emails.end(),
                            [&](const auto& column) { return !mapping_.understanding.is_shared(column.index); });
      for (auto& column : plan.emails) add_label(column);
      return;
    }
    plan.kind = list ? Kind::PhoneList : Kind::OnePhone;
    for (const auto& column : all_of(source.columns, !source.by_meaning)) plan.phone_columns.push_back(column.index);
    for (const contact::Meaning& meaning : contact::meanings()) {
      if (!phone_field_takes(manifest_, plan.field, meaning.name)) continue;
      const bool own = is_own_kind(plan.field.meaning, meaning.name);
      plan.takes.push_back({std::string(meaning.name), own && plan.field.meaning != "phone"});
    }
  }

  void add_label(FieldPlan::NamedColumn& column) const {
    for (std::size_t i = 0; i < mapping_.understanding.columns.size(); ++i) {
      if (mapping_.understanding.columns[i].meaning == "label_of:" + column.name) column.label = i;
    }
    const Reading words = read_words(header_words(column.name));
    column.kind = words.has(Concept::Work)    ? "work"
                  : words.has(Concept::Home)  ? "home"
                  : words.has(Concept::Other) ? "other"
                                              : "";
  }

  void choose_names(FieldPlan& plan, const FieldSource& source) {
    plan.kind = plan.field.meaning == "full_name"    ? Kind::FullName
                : plan.field.meaning == "first_name" ? Kind::FirstName
                : plan.field.meaning == "prefix"     ? Kind::Prefix
                                                     : Kind::LastName;
    for (auto& column : all_of(source.columns)) {
      std::string meaning = meaning_at(column.index);
      const bool part = meaning == "first_name" || meaning == "middle_name" || meaning == "last_name" || meaning == "prefix";
      if (column.name == plan.field.name && !part) meaning = plan.field.meaning;
      auto& list = meaning == "full_name"     ? plan.full
                   : is_last_name_prefix(column.name) ? plan.before_last
                   : meaning == "last_name" && is_second_last_name(column.name) ? plan.second_last
                   : meaning == "middle_name" ? plan.middle
                   : meaning == "last_name"   ? plan.last
                   : meaning == "prefix"      ? plan.prefix
                                              : plan.first;
      list.push_back(std::move(column));
    }
    if (plan.kind != Kind::FirstName && plan.kind != Kind::LastName) return;
    const std::string other = plan.kind == Kind::FirstName ? "last_name" : "first_name";
    for (std::size_t i = 0; i < mapping_.understanding.columns.size(); ++i) {
      const ColumnMeaning& column = mapping_.understanding.columns[i];
      if (column.meaning == other && column.score >= kBar) plan.other_part.push_back({i, column.column, kNoColumn, false, {}});
    }
  }

  std::string meaning_at(std::size_t index) const {
    return index < mapping_.understanding.columns.size() ? mapping_.understanding.columns[index].meaning
                                                         : std::string{};
  }

  std::size_t index_of(const std::string& name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    return found == columns_.end() ? kNoColumn : static_cast<std::size_t>(found - columns_.begin());
  }

  /// The columns of these names, each repetition of a name included, in file order; another person's only where they were
  /// chosen by hand.
  std::vector<FieldPlan::NamedColumn> all_of(const std::vector<std::string>& names, bool by_hand = false) const {
    std::vector<FieldPlan::NamedColumn> found;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!by_hand && mapping_.understanding.is_another_persons(i)) continue;
      if (std::find(names.begin(), names.end(), columns_[i]) != names.end())
        found.push_back({i, columns_[i], kNoColumn, i < mapping_.understanding.columns.size() && mapping_.understanding.columns[i].capitals_are_family, {}});
    }
    return found;
  }

  std::size_t field_index(const std::string& name) const {
    for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
      if (plan_.fields[i].field.name == name) return i;
    }
    return kNoColumn;
  }

  /// "Number (Contact Numbers)", "Is Primary (Contact Numbers)": columns of a table inside the record, as ERPNext and its kin
  /// write them; a further line of the table stands in a row of its own.
  void find_child_columns() {
    std::map<std::string, std::size_t> tables;
    std::vector<std::string> of(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string_view column = contact::trim(columns_[i]);
      const auto open = column.rfind('(');
      if (open == std::string_view::npos || open == 0 || !column.ends_with(')')) continue;
      of[i] = column.substr(open);
      ++tables[of[i]];
    }
    bool any = false, others = false;
    std::vector<bool> child(columns_.size(), false);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      child[i] = !of[i].empty() && tables[of[i]] > 1;
      (child[i] ? any : others) = true;
    }
    if (any && others) plan_.child = std::move(child);
  }

  /// What rows would have to compare texts for.
  void look_up_once() {
    for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
      FieldPlan& plan = plan_.fields[i];
      const Field& field = plan.field;
      for (const std::string& allowed : field.allowed) plan.allowed.push_back(contact::fold(allowed));
      plan.nothing = contact::nothing_words_of(plan.hand_phone ? "phone" : std::string_view(field.meaning));
      plan.is_name = is_name_meaning(field.meaning);
      plan.phone_form = form_of(field);
      if (field.derive == "hash") plan_.hash_fields.push_back(i);
      if (field.meaning == "suffix") plan_.keeps_suffix = true;
      if (plan.kind == Kind::PhoneList) plan_.lists_phones = true;
      if (plan.kind == Kind::EmailList) plan_.lists_emails = true;
      if (plan.kind == Kind::OnePhone && plan_.first_phone == kNoColumn) plan_.first_phone = i;
      if (plan.kind == Kind::OnePhone) plan_.one_phones.push_back(i);
      if (plan.kind == Kind::CallingCode || plan.kind == Kind::NationalNumber || field.meaning == "phone.extension") plan_.derived.push_back(i);
      if (plan.default_value) plan_.defaulted.push_back(i);
      if (plan.kind == Kind::OneEmail && plan_.first_email == kNoColumn) plan_.first_email = i;
      for (const PhoneColumn& column : plan_.phones->columns()) plan.phone_ranks.push_back(rank_in(plan, column));
    }
    plan_.wants_phones = plan_.lists_phones || plan_.first_phone != kNoColumn;
    plan_.name_field_is_first = plan_.name_field != kNoColumn && plan_.fields[plan_.name_field].field.meaning == "first_name";
  }

  static FieldPlan::PhoneForm form_of(const Field& field) {
    using enum FieldPlan::PhoneForm;
    if (field.format == "as_given") return AsGiven;
    if (field.format == "e164_digits") return E164Digits;
    return field.format == "national" || field.derive == "national_number" ? National : E164;
  }

  static FieldPlan::PhoneRank rank_in(const FieldPlan& plan, const PhoneColumn& column) {
    FieldPlan::PhoneRank rank;
    const auto& columns = plan.phone_columns;
    if (std::find(columns.begin(), columns.end(), column.index) == columns.end()) return rank;
    rank = FieldPlan::rank_of(plan.takes, column.meaning);
    rank.may = true;
    rank.by_label = column.meaning == "phone.by_label";
    return rank;
  }

  static bool is_name_meaning(std::string_view meaning) {
    return meaning == "full_name" || meaning == "first_name" || meaning == "middle_name" || meaning == "last_name" ||
           meaning == "prefix" || meaning == "suffix" || meaning == "nickname" || meaning == "company" || meaning == "job_title" ||
           meaning == "department";
  }

  void find_persons_columns() {
    const Understanding& row = mapping_.understanding;
    if (row.people.empty()) return;
    plan_.person_name = row.people.front().name;
    const bool phones = manifest_.contacts_by("phone") || manifest_.contacts_by("sms");
    const bool emails = manifest_.contacts_by("email") || !phones;
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      const std::string& meaning = row.columns[i].meaning;
      if (row.is_another_persons(i) || row.columns[i].score < kBar) continue;
      if ((phones && contact::is_phone(meaning)) || (emails && meaning == "email"))
        (row.columns[i].person == 0 ? plan_.reach_columns : plan_.shared_reach_columns).push_back(i);
      if (row.columns[i].person == 0 && (meaning == "full_name" || meaning == "first_name" || meaning == "last_name"))
        plan_.name_columns.push_back(i);
    }
  }

  void find_name_field() {
    plan_.names_tell_apart = options_.names_tell_apart;
    const auto is_name_of = [](const Field& field) {
      return field.meaning == "first_name" || field.meaning == "full_name" || field.meaning == "last_name";
    };
    for (const std::string& name : manifest_.identity) {
      const Field* field = manifest_.field(name);
      if (field != nullptr && is_name_of(*field)) return;
    }
    for (const char* meaning : {"first_name", "full_name"}) {
      for (std::size_t i = 0; i < plan_.fields.size() && plan_.name_field == kNoColumn; ++i) {
        if (plan_.fields[i].field.meaning == meaning && plan_.fields[i].kind != Kind::Empty) plan_.name_field = i;
      }
    }
  }

  /// References between fields, by index.
  void link() {
    std::size_t first_phone = kNoColumn;
    for (std::size_t i = plan_.manifest_fields; i-- > 0;) {
      if (is_phone_field(manifest_, plan_.fields[i].field)) first_phone = i;
    }
    for (FieldPlan& plan : plan_.fields) {
      plan.derive_from = plan.field.derive_from.empty() ? first_phone : field_index(plan.field.derive_from);
      if (plan.field.meaning == "phone.extension") plan_.keeps_extension = true;
      if (plan.field.unique && plan_.own_id == kNoColumn) plan_.own_id = field_index(plan.field.name);
      if (plan.kind == Kind::CallingCode && plan.transform) plan_.given_code = field_index(plan.field.name);
    }
    std::copy_if(manifest_.rules.begin(), manifest_.rules.end(), std::back_inserter(plan_.rules),
                 [&](const Rule& rule) { return rule.when.empty() || rule.when.holds(options_.settings); });
    for (const Rule& rule : plan_.rules) {
      std::vector<std::size_t> fields;
      for (const std::string& name : rule.fields) fields.push_back(field_index(name));
      plan_.rule_fields.push_back(std::move(fields));
      std::vector<std::vector<std::size_t>> groups;
      for (const auto& group : rule.any_of_groups) {
        std::vector<std::size_t> indices;
        for (const std::string& name : group) indices.push_back(field_index(name));
        groups.push_back(std::move(indices));
      }
      plan_.any_of.push_back(std::move(groups));
    }
    for (const std::string& name : manifest_.identity) plan_.identity.push_back(field_index(name));
  }

  const Manifest& manifest_;
  const Mapping& mapping_;
  const std::vector<std::string>& columns_;
  const MapOptions& options_;
  Plan plan_;
};

}  // namespace

FieldPlan::PhoneRank FieldPlan::rank_of(const std::vector<Takes>& takes, std::string_view meaning) {
  const auto kind = std::find_if(takes.begin(), takes.end(), [&](const Takes& one) { return one.meaning == meaning; });
  PhoneRank rank;
  if (kind == takes.end()) return rank;
  rank.taken = true;
  rank.own = kind->own;
  rank.rank = contact::phone_preference(meaning) + (kind->own ? 0 : contact::kNeverChosen);
  return rank;
}

Result<Plan> make_plan(const Manifest& manifest, const Mapping& mapping,
                       const std::vector<std::string>& columns, const MapOptions& options) {
  return Planner(manifest, mapping, columns, options).run();
}

}  // namespace switchboard::mapping

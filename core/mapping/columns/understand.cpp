#include "core/mapping/columns/understand.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/contact/meaning.h"
#include "core/contact/text.h"
#include "core/mapping/columns/exporters.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/number_owner.h"
#include "core/mapping/columns/open_column.h"
#include "core/mapping/columns/people.h"
#include "core/mapping/columns/value_path.h"

namespace switchboard::mapping {
namespace {

using enum Concept;
using Open = HeaderMeaning::Open;

/// Understands a whole header row: what the columns say together.
class Reader {
 public:
  Reader(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples) {
    const std::vector<PlainHeader> plain = plain_headers(columns, samples);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      OpenColumn column;
      column.given = columns[i];
      column.name = mended_header(plain[i].header);
      column.header = meaning_of_header(column.name);
      if (plain[i].is_about) settle(column, "other", 0.9, "says something of another value");
      for (const std::size_t kind : plain[i].kinds) kinds_.push_back({kind, i, kind < samples.size() && names_phones(samples[kind])});
      if (i < samples.size()) column.content = look_at(samples[i]);
      if (i < samples.size() && column.header.open == Open::Label && names_phones(samples[i])) names_phones_.insert(column.given);
      columns_.push_back(std::move(column));
    }
  }

  Understanding read() {
    Understanding result;
    if (const Exporter* exporter = recognise([&] {
          std::vector<std::string> names;
          for (const OpenColumn& column : columns_) names.push_back(column.given);
          return names;
        }())) {
      result.profile = exporter->id;
      apply(*exporter);
    }
    for (OpenColumn& column : columns_) {
      if (!column.settled) settle_by_content(column);
    }
    settle_beside_area_codes();
    settle_names();
    settle_contact_persons();
    settle_titles();
    settle_bare_kinds();
    settle_labels();
    settle_kinds();
    settle_owners();
    settle_birthdays();
    settle_false_friends();
    settle_people(result);
    for (OpenColumn& column : columns_) {
      if (column.person <= 0) settle_dial_code(column);
      finish(column);
      const ColumnContent& content = column.content;
      const bool capitals = content.several_words > 1 && content.capitals_first == content.several_words;
      result.columns.push_back({column.given, column.header.meaning, column.header.score, column.header.reason, column.person,
                                column.own_meaning, capitals, column.own_header, column.settled,
                                column.header.meaning == "other" ? column.looked_like : ""});
    }
    return result;
  }

 private:
  struct ValueKind {
    std::size_t column, value;
    bool names_phones;  ///< some of its values are words for phones
  };

  static bool names_phones(const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return read_words(header_words(word)).has_any({Phone, Mobile, Fax, Sms, Pager}); });
  }

  static const Exporter* recognise(const std::vector<std::string>& names) {
    return recognise_exporter(names);
  }

  /// "Area Code, Number": the rest of a phone's number.
  void settle_beside_area_codes() {
    const auto is_area = [](const OpenColumn& column) { return column.header.meaning == "phone.area_code" && column.header.open == Open::No; };
    const auto area = std::find_if(columns_.begin(), columns_.end(), is_area);
    if (area == columns_.end()) return;
    OpenColumn* number = nullptr;
    for (OpenColumn& column : columns_) {
      if (contact::is_phone(column.header.meaning)) return;
      if (column.settled || header_key(column.name) != "number" || column.content.mostly(column.content.words, 0.5)) continue;
      if (number != nullptr) return;
      number = &column;
    }
    if (number != nullptr) settle(*number, "phone", 0.8, "the number beside an area code");
  }

  void apply(const Exporter& exporter) {
    for (OpenColumn& column : columns_) {
      std::string meaning = exporter_meaning(exporter, column.given);
      if (meaning.empty()) continue;
      if (meaning.starts_with("label_of:")) meaning = "label_of:" + spelling_of(meaning.substr(9));
      settle(column, std::move(meaning), 0.99, std::string(exporter.id) + " profile");
      column.settled = true;
    }
  }

  /// The column as this file spells it.
  std::string spelling_of(const std::string& name) const {
    for (const OpenColumn& column : columns_) {
      if (contact::fold(column.given) == contact::fold(name)) return column.given;
    }
    return name;
  }

  bool any(std::string_view meaning) const {
    return std::any_of(columns_.begin(), columns_.end(), [&](const OpenColumn& column) {
      return column.header.meaning == meaning && column.header.open == Open::No;
    });
  }

  /// "Name, Name": first and last name under one word, where each holds single words.
  void settle_twin_names() {
    std::vector<OpenColumn*> twins;
    for (OpenColumn& column : columns_) {
      if (column.header.open == Open::BareName) twins.push_back(&column);
    }
    if (twins.size() != 2 || header_key(twins[0]->name) != header_key(twins[1]->name)) return;
    // "Name, Phone, Name, Phone" are two people.
    std::vector<std::string> reaches;
    for (const OpenColumn& column : columns_) {
      if (contact::is_reach(column.header.meaning)) reaches.push_back(header_key(column.name));
    }
    std::sort(reaches.begin(), reaches.end());
    if (std::adjacent_find(reaches.begin(), reaches.end()) != reaches.end()) return;
    for (const OpenColumn* column : twins) {
      if (column->content.total == 0 || !column->content.mostly(column->content.words, 0.8) || column->content.several_words > 0) return;
    }
    settle(*twins[0], "first_name", 0.7, "two columns of this name, each of single words");
    settle(*twins[1], "last_name", 0.7, "two columns of this name, each of single words");
  }

  void settle_names() {
    if (!any("first_name") && !any("last_name") && !any("full_name")) settle_twin_names();
    const bool first = any("first_name");
    const bool last = any("last_name");
    for (OpenColumn& column : columns_) {
      if (column.header.open != Open::BareName) continue;
      column.header.open = Open::No;
      const bool whole = column.content.mostly(column.content.several_words, 0.6);
      if (first && !last && !whole) {
        column.header.meaning = "last_name";
        column.header.reason = "the first name stands in a column of its own";
      } else if (last && !first && !whole) {
        column.header.meaning = "first_name";
        column.header.reason = "the last name stands in a column of its own";
      }
      contradict(column);
    }
  }

  /// "Ansprechpartner" beside first and last name is somebody else: the one to ask for.
  void settle_contact_persons() {
    if (!any("first_name") || !any("last_name")) return;
    static constexpr std::array<std::string_view, 6> kAskFor = {"ansprechpartner", "kontaktperson", "contactperson",
                                                                "contactpersoon",  "interlocuteur", "osobakontaktowa"};
    for (OpenColumn& column : columns_) {
      const std::string key = header_key(column.name);
      const bool asks = std::any_of(kAskFor.begin(), kAskFor.end(), [&](std::string_view word) { return key.starts_with(word); });
      if (asks && column.header.meaning == "full_name" && !column.settled)
        settle_other(column, "first and last name stand in columns of their own");
    }
  }

  void settle_titles() {
    const bool job = any("job_title");
    const bool prefix = any("prefix");
    const bool german = std::any_of(columns_.begin(), columns_.end(), [](const OpenColumn& column) {
      return contact::fold(column.name) == "vorname";
    });
    for (OpenColumn& column : columns_) {
      if (column.header.open != Open::BareTitle) continue;
      column.header.open = Open::No;
      const ColumnContent& content = column.content;
      const bool academic = german && header_key(column.name) == "titel";
      const bool says_prefix = content.mostly(content.honorifics, 0.5);
      const bool says_job = content.total >= kEnough && content.honorifics == 0;
      if (says_prefix || (!says_job && (academic || (job && !prefix)))) {
        settle(column, "prefix", 0.9,
               says_prefix ? content_reason(content.honorifics, content.total, "forms of address")
                           : "the job title stands in a column of its own");
      } else if (job && prefix) {
        settle_other(column, "neither form of address nor job title: both have columns of their own");
      }
    }
  }

  /// "Home", "Work", "Mobile" side by side are phones (Yahoo, Freshsales), alone they may be anything.
  void settle_bare_kinds() {
    const auto siblings = std::count_if(columns_.begin(), columns_.end(), [](const OpenColumn& column) {
      const Reading& words = column.header.reading;
      return words.unknown.empty() && words.only({Mobile, Fax, Pager, Home, Work, Main, Other});
    });
    for (OpenColumn& column : columns_) {
      if (column.header.open != Open::BareKind) continue;
      const ColumnContent& content = column.content;
      const bool phones = content.mostly(content.phones, 0.6);
      const bool named = std::any_of(columns_.begin(), columns_.end(), [](const OpenColumn& other) {
        return other.header.meaning == "phone.mobile" || other.header.meaning == "phone.fax" ||
               other.header.meaning == "phone.pager";
      });
      if (phones ||
          (content.total == 0 && siblings >= 2 && named && is_plain_kind(header_key(column.name)))) {
        const double score = phones ? 0.85 : 0.7;
        std::string reason = phones ? content_reason(content.phones, content.total, "phone numbers")
                                    : "beside other kinds of phones";
        settle(column, phone_meaning(column.header.reading), score, std::move(reason));
      } else if (content.mostly(content.emails, 0.8)) {
        settle(column, "email", 0.8, content_reason(content.emails, content.total, "e-mail addresses"));
      } else {
        settle_other(column, "a kind of something");
      }
    }
  }

  static bool is_plain_kind(const std::string& key) { return key == "home" || key == "work"; }

  /// Pairs "Phone 1 - Type" with "Phone 1 - Value".
  void settle_labels() {
    for (OpenColumn& column : columns_) {
      if (column.header.open != Open::Label) continue;
      OpenColumn* labelled = labelled_by(column);
      if (labelled == nullptr && names_phones_.contains(column.given)) labelled = phone_among_kinds(column);
      if (labelled == nullptr || column.content.mail_types > 0) {
        settle_other(column, "a label of something else");
        continue;
      }
      settle(column, "label_of:" + labelled->given, 0.95, "label beside \"" + labelled->given + "\"");
      if (labelled->header.meaning == "phone") {
        labelled->header.meaning = "phone.by_label";
        labelled->header.reason += "; its kind stands in \"" + column.given + "\"";
      }
    }
  }

  /// "Contact 1 Type, Contact 1 Value": a number here, an address there. nullptr: none.
  OpenColumn* phone_among_kinds(const OpenColumn& label) {
    for (OpenColumn& column : columns_) {
      if (column.settled || !column.header.reading.has(Value) || column.content.phones == 0 || stem(column.name) != stem(label.name)) continue;
      settle(column, "phone", 0.9, "the value of \"" + label.given + "\"");
      return &column;
    }
    return nullptr;
  }

  /// {"system": "phone", "use": "home", "value": …}: what the value is stands beside it, record by record.
  void settle_kinds() {
    for (const ValueKind& kind : kinds_) {
      OpenColumn& value = columns_[kind.value];
      const bool own_kind = value.header.meaning == "phone" || (kind.names_phones && value.content.phones > 0);
      if (value.settled || !own_kind) continue;
      settle(value, "phone.by_label", 0.9, "its kind stands in \"" + columns_[kind.column].given + "\"");
    }
    for (const ValueKind& kind : kinds_) {
      OpenColumn &value = columns_[kind.value], &label = columns_[kind.column];
      if (value.header.meaning == "phone.by_label" && !label.settled) settle(label, "label_of:" + value.given, 0.95, "label beside \"" + value.given + "\"");
    }
  }

  /// "Phone Owner", "Phone 2 Belongs To": whose the number beside it is, where the column holds words.
  void settle_owners() {
    std::vector<OpenColumn*> phones;
    for (OpenColumn& column : columns_) {
      if (column.header.open == Open::No && contact::is_phone(column.header.meaning)) phones.push_back(&column);
    }
    for (OpenColumn& column : columns_) {
      if (column.settled || !column.content.mostly(column.content.words, 0.6)) continue;
      const auto words = asks_whose(column.name);
      if (!words || !read_words(*words).has_any({Phone, Mobile, Home, Work})) continue;
      const auto is_meant = [&](const OpenColumn* phone) { return phone != &column && stem(phone->name) == stem(joined(*words)); };
      auto phone = std::find_if(phones.begin(), phones.end(), is_meant);
      if (phone == phones.end() && phones.size() == 1 && phones.front() != &column) phone = phones.begin();
      if (phone == phones.end()) continue;
      settle(column, std::string(kOwnerOf) + (*phone)->given, 0.9, "says whose the number in \"" + (*phone)->given + "\" is");
      column.settled = true;
    }
  }

  /// Thunderbird and its kin write year, month and day of birth apart; the day alone is no birthday.
  void settle_birthdays() {
    const bool apart = std::any_of(columns_.begin(), columns_.end(), [](const OpenColumn& column) {
      return is_birth_year(header_key(column.name));
    });
    for (OpenColumn& column : columns_) {
      if (apart && column.header.meaning == "birthday" && column.content.dates == 0)
        settle_other(column, "the day of the month only");
    }
  }

  /// Words that mean something of their own in one language, told by a column that only that language has.
  void settle_false_friends() {
    const auto there = [&](std::string_view key) {
      return std::any_of(columns_.begin(), columns_.end(),
                         [&](const OpenColumn& column) { return header_key(column.name) == key; });
    };
    // Bulgarian: the father's name, before the family's; Serbian: the last name itself.
    for (OpenColumn& column : columns_) {
      if (header_key(column.name) == header_key("презиме") && there(header_key("фамилия")))
        settle(column, "middle_name", 0.9, "the last name stands in a column of its own");
    }
    // Portugal: the last name; Brazil: the nickname, beside a whole name or a "sobrenome".
    const auto first = std::find_if(columns_.begin(), columns_.end(), [](const OpenColumn& column) { return header_key(column.name) == "nome"; });
    if (first != columns_.end() && !there("sobrenome") && !first->content.mostly(first->content.several_words, 0.3)) {
      for (OpenColumn& column : columns_) {
        if (!column.settled && header_key(column.name) == "apelido") settle(column, "last_name", 0.8, "Portuguese: the last name");
      }
    }
    if (!there("prenom")) return;
    for (OpenColumn& column : columns_) {
      if (column.settled) continue;
      const std::string key = header_key(column.name);
      if (key == "service") settle(column, "department", 0.8, "French: department");
      if (key == "departement" && (there("region") || there("codepostal") || there("ville"))) {
        settle_other(column, "French: part of an address");
      }
    }
  }

  /// Several people a row ("Buyer Email" beside "Attendee Email", "Contact2 Mobile Phone"): one of them is the contact, and
  /// what is another's is no data of it.
  void settle_people(Understanding& result) {
    std::vector<PeopleColumn> seen;
    for (const OpenColumn& column : columns_)
      seen.push_back({column.name, column.header.open == Open::No ? column.header.meaning : "other", column.settled,
                      column.content.mostly(column.content.several_words, 0.6), column.content.total == 0 || (column.content.mostly(column.content.words, 0.6) &&
                                                    !column.content.mostly(column.content.booleans, 0.6)),
                      column.content.mostly(column.content.words, 0.6) && !column.content.mostly(column.content.booleans, 0.6)});
    const People people = find_people(seen);
    for (const People::Person& person : people.persons) result.people.push_back({person.name, person.whole});
    for (std::size_t p = 0; p < people.persons.size(); ++p) {
      for (const std::size_t c : people.persons[p].columns) {
        OpenColumn& column = columns_[c];
        column.person = static_cast<int>(p);
        if (p > 0) {
          column.own_header = people.headers[c];
          OpenColumn own = column;
          own.header.meaning = people.meanings[c];
          settle_dial_code(own);
          column.own_meaning = std::move(own.header.meaning);
          settle_other(column, whose(people.persons[p].name) + "; the contact is " + who(people.persons.front().name));
        } else if (column.header.meaning != people.meanings[c]) {
          settle(column, people.meanings[c], 0.9, "the contact is " + who(people.persons.front().name));
        }
      }
    }
    // A label goes with what it labels.
    for (OpenColumn& label : columns_) {
      if (!label.header.meaning.starts_with("label_of:")) continue;
      for (const OpenColumn& column : columns_) {
        if (column.person > 0 && label.header.meaning == "label_of:" + column.given) {
          label.person = column.person;
          label.own_meaning = label.header.meaning;
          settle_other(label, "a label of another person's number");
          break;
        }
      }
    }
  }

  static std::string who(const std::string& name) { return name.empty() ? "the one whose columns name nobody" : name; }
  static std::string whose(const std::string& name) { return name.empty() ? "of the one whose columns name nobody" : name + "'s"; }

  static bool is_birth_year(const std::string& key) {
    for (const char* header : {"birth year", "Geburtsjahr", "année de naissance", "año de nacimiento",
                               "anno di nascita", "ano de nascimento", "rok urodzenia", "rok narození",
                               "rok narodenia", "год рождения", "geboortejaar", "生年"}) {
      if (key == header_key(header)) return true;
    }
    return false;
  }

  /// Words without those that say "the value" or "the label" of a group.
  static std::vector<std::string> stem(const std::string& header) {
    std::vector<std::string> words;
    for (std::string& word : header_words(header)) {
      const Reading reading = read_words({word});
      if (reading.unknown.empty() && reading.only({Label, Value, Number, Neutral, Of})) continue;
      words.push_back(std::move(word));
    }
    return words;
  }

  OpenColumn* labelled_by(const OpenColumn& label) {
    const auto wanted = stem(label.name);
    if (wanted.empty()) return nullptr;
    for (OpenColumn& column : columns_) {
      if (&column == &label || column.header.open != Open::No) continue;
      const std::string& meaning = column.header.meaning;
      if (contact::is_reach(meaning) && stem(column.name) == wanted) return &column;
    }
    return nullptr;
  }

  static void finish(OpenColumn& column) {
    if (column.header.open != Open::No || (column.header.meaning != "other" && column.header.score < kBar)) {
      settle_other(column, column.header.reason);
    }
    if (column.header.meaning == "other" && column.header.reason.empty())
      column.header.reason = "not contact data";
  }

  std::vector<OpenColumn> columns_;
  std::vector<ValueKind> kinds_;
  std::set<std::string> names_phones_;  ///< columns of labels, of which some are words for phones
};

}  // namespace

Understanding understand(const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& samples) {
  return Reader(columns, samples).read();
}

}  // namespace switchboard::mapping

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/contact/placeholder.h"
#include "core/mapping/columns/consent.h"
#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapper.h"
#include "core/mapping/rows/mapping.h"
#include "core/mapping/manifest/pattern.h"
#include "core/mapping/rows/refusals.h"
#include "core/mapping/rows/row_phones.h"
#include "core/mapping/rows/transform.h"

namespace switchboard::mapping {

/// How one value of a contact is made.
struct FieldPlan {
  enum class Kind {
    Empty,       ///< no source: default or nothing
    Expression,  ///< columns, template, constant … by hand or by a single meaning
    OnePhone,    ///< chosen row by row
    PhoneList,
    OneEmail,
    EmailList,
    FullName,  ///< from a column of whole names, else joined from the parts
    FirstName,
    LastName,
    Prefix,
    CallingCode,
    NationalNumber,
    Hash,
  };
  struct NamedColumn {
    std::size_t index;
    std::string name;
    std::size_t label = kNoColumn;  ///< the column that says its kind
    bool capitals_are_family = false;  ///< ColumnMeaning::capitals_are_family
    std::string kind;               ///< what the header itself says: "work"
  };
  /// Whether a phone field takes a kind of phone, and whether it is the very kind it asks for.
  struct Takes {
    std::string meaning;
    bool own;
  };
  /// How good a number of one column of the sheet is for a phone field; the least is the best.
  struct PhoneRank {
    bool may = false;       ///< this field may take phones from the column
    bool taken = false;     ///< and does, by its meaning
    bool own = false;       ///< the very kind that the field asks for
    bool by_label = false;  ///< that depends on the row: `takes` has to be asked
    int rank = 0;
  };

  /// How the vendor wants numbers written.
  enum class PhoneForm { E164, E164Digits, National, AsGiven };

  Field field;  ///< of the manifest, or made up for a custom column
  Kind kind = Kind::Empty;
  std::optional<Transform> transform;
  std::optional<PhoneColumn> hand_phone;   ///< evidence for the single phone that an expression gives
  std::vector<std::size_t> phone_columns;  ///< indices of columns that this field may take phones from
  std::vector<Takes> takes;
  std::vector<PhoneRank> phone_ranks;  ///< by column of the sheet
  std::vector<NamedColumn> emails;
  std::vector<NamedColumn> full, first, middle, last, prefix;
  std::vector<NamedColumn> before_last, second_last;  ///< "van der", the second surname
  std::vector<NamedColumn> other_part;  ///< of a first name: the last names; a row that has one has no name to split
  std::size_t derive_from = kNoColumn;  ///< index of the field that a part of a phone is taken from
  std::optional<Pattern> pattern;
  std::optional<std::string> default_value;
  std::string source_text;  ///< for messages: “Mobile Phone”, “Home Phone”
  bool of_several = false;  ///< that names more than one column
  std::vector<std::string> allowed;  ///< field.allowed, folded
  contact::NothingWords nothing = contact::NothingWords::OfPrograms;  ///< of its meaning
  bool is_name = false;              ///< its values are cleaned like names
  PhoneForm phone_form = PhoneForm::E164;  ///< of field.format and field.derive
  /// How good a number of this meaning is; nothing: the field does not take it.
  static PhoneRank rank_of(const std::vector<Takes>& takes, std::string_view meaning);
};

/// A mapping made ready for many records. Immutable.
struct Plan {
  std::vector<FieldPlan> fields;
  std::size_t manifest_fields = 0;
  std::vector<Rule> rules;
  std::vector<std::vector<std::vector<std::size_t>>> any_of;  ///< per rule: groups of field indices (AnyOf)
  std::vector<std::vector<std::size_t>> rule_fields;          ///< per rule: field indices
  std::vector<std::size_t> identity;
  std::string shape;               ///< of the settings that shape contacts; part of the content
  std::size_t own_id = kNoColumn;  ///< the first field that is unique
  std::shared_ptr<const PhoneSheet> phones;  ///< shared with nobody; a pointer because plans move
  bool as_given = false;                     ///< --set phone_format=as_given
  bool keeps_extension = false;              ///< the vendor has a field for extensions
  std::size_t given_code = kNoColumn;        ///< field whose calling code a column or the mapping file gives
  bool lists_reach = false;                  ///< Contact::reach is wanted
  std::vector<std::size_t> email_columns;    ///< columns that mean e-mail
  std::vector<ConsentColumn> consents;       ///< columns whose no is obeyed
  std::shared_ptr<const Refusals> refusals;  ///< what other rows say no for; nullptr: nothing
  std::shared_ptr<const RefusingRows> refusing_rows;  ///< nullptr: not known, any may
  std::vector<std::string> header_names;     ///< for messages
  std::vector<std::string> headers;          ///< folded; a row of nothing but these is no contact
  std::vector<bool> child;                   ///< by column: of a table inside the record ("Number (Contact Numbers)"); empty: none
  std::size_t name_field = kNoColumn;        ///< the name that tells people of one identity apart; the identity holds none
  bool names_tell_apart = false;
  bool name_field_is_first = false;          ///< it holds a first name only
  bool keeps_suffix = false;                 ///< the vendor has a field for "Jr."
  std::vector<std::size_t> hash_fields;      ///< ids that are made from the others
  bool wants_content = true;                 ///< Contact::content is wanted
  bool wants_phones = false;                 ///< a field takes phones that are chosen row by row
  bool lists_phones = false, lists_emails = false;
  std::size_t first_phone = kNoColumn, first_email = kNoColumn;  ///< the first field that takes one of the row's
  // Few fields of few vendors: each row was asked for all of its fields whether they are some of these (2 % of `check`).
  std::vector<std::size_t> one_phones;  ///< fields of Kind::OnePhone
  std::vector<std::size_t> derived;     ///< made from a phone: calling code, national number, extension
  std::vector<std::size_t> defaulted;   ///< with a default
  bool by_phone = false;                     ///< the vendor calls or texts, else it only mails
  std::size_t person = 0;                    ///< which of the row's people this is for
  std::string person_name;                   ///< "Contact2"; empty: the row is one person's, or the columns name nobody
  std::vector<std::size_t> name_columns;     ///< of this person, where rows hold several
  std::vector<std::size_t> reach_columns;    ///< likewise, numbers and addresses that the vendor may use
  std::vector<std::size_t> shared_reach_columns;  ///< the same, of nobody in particular
};

Result<Plan> make_plan(const Manifest& manifest, const Mapping& mapping,
                       const std::vector<std::string>& columns, const MapOptions& options);

}  // namespace switchboard::mapping

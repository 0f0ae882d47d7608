#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/issue.h"
#include "core/base/record.h"
#include "core/contact/calling_code.h"
#include "core/contact/email.h"
#include "core/contact/email.h"
#include "core/contact/phone.h"
#include "core/mapping/rows/field_plan.h"

namespace switchboard::mapping {

/// Of all values of a contact: equal = unchanged.
Fingerprint content_of(const Plan& plan, const std::vector<std::optional<std::string>>& values);

/// A number in E.164, or its digits where it has no such form.
std::string number_key(const contact::Phone& phone);

/// The addresses of a cell, for comparing only.
std::vector<std::string> addresses_in(std::string_view text);

/// A number that was read as it would be read for any purpose.
struct ReadNumber {
  const PhoneColumn* column;
  std::string_view text;
  std::string key;  ///< number_key()
};

/// Memory of a RowMapper that its thread's next one takes over: a row allocates for what goes out only.
struct RowScratch {
  std::vector<RowPhone> phones;
  std::vector<std::string_view> looked_in;
  std::vector<Issue> unreadable;
  std::vector<std::string> sent_numbers;
  std::vector<ReadNumber> read_numbers;
  std::vector<const FieldPlan::NamedColumn*> email_order;
  std::vector<std::size_t> emails_given;
  std::vector<std::optional<contact::Phone>> parsed;
  std::vector<std::string> identity;
  std::vector<std::uint8_t> rejected;  ///< bools; a bit of a vector<bool> takes a dozen instructions
  std::string text;
};

/// Maps one record; lives as long as that takes.
class RowMapper {
 public:
  RowMapper(const Plan& plan, const Record& record, Contact& contact, std::vector<Issue>& issues, RowScratch& scratch);
  bool run();
  /// Instead of run(): adds what the record says no for.
  void collect_refusals(Refusals& refusals);

 private:
  using Value = std::optional<std::string>;

  // Sources of values.
  void express(std::size_t i);
  bool is_contact();
  void read_consent();
  void read_given_code();
  void choose_phones();
  bool choose_phone(std::size_t i, bool own_kind_only);
  bool has_unreadable(std::size_t i) const;
  void settle_unreadable();
  void tell_phones_left_out();
  void tell_emails_left_out();
  void look_for_emails_left_out(std::size_t field);
  void list_phones(std::size_t i);
  /// The columns of addresses, those whose label says so before the others.
  const std::vector<const FieldPlan::NamedColumn*>& preferred_first(const std::vector<FieldPlan::NamedColumn>& emails);
  bool is_given(std::string_view address) const;
  /// contact::only_email(), which both who chooses addresses and who tells of the others ask of the same cell.
  std::string_view only_email(std::string_view text);
  void choose_email(std::size_t i);
  void list_emails(std::size_t i);
  void make_name(std::size_t i);
  std::string_view name_in(std::size_t i, const std::vector<FieldPlan::NamedColumn>& columns,
                           const std::vector<FieldPlan::NamedColumn>& other_part, std::string& mended_name);
  void derive(std::size_t i);
  void fill_defaults();

  // One value.
  /// The cell without what happened to it on its way, which is told once a row; kNoColumn for `i`: not told.
  std::string mended(std::size_t i, std::string_view column, std::string_view raw);
  void take_phone(std::size_t i, const PhoneColumn& column, std::string_view text);
  /// False: it cannot be read, and that was said.
  bool read_phone(std::size_t i, const PhoneColumn& column, std::string_view text, contact::Phone& phone);
  std::string phone_text(const FieldPlan& plan, const contact::Phone& phone, std::string_view as_written) const;
  std::optional<std::string> read_email(std::size_t i, std::string_view column, std::string_view text);
  /// False: the text is a column's word for nothing.
  bool set_typed(std::size_t i, std::string_view text, std::string_view column);

  // Checks.
  bool has_one_text() const;
  void validate(std::size_t i);
  void tell_missing(std::size_t i);
  void validate_closely(std::size_t i);
  void check_rules();
  bool is_filled(std::size_t i) const {
    if (i == kNoColumn || !contact_.values[i] || contact_.values[i]->empty()) return false;
    return plan_.fields[i].field.type != FieldType::List || *contact_.values[i] != "[]";
  }
  void make_fingerprints();
  void list_reach();
  void obey_other_rows();
  std::optional<Refusals::By> refused_elsewhere(const std::string& reach) const;
  bool is_own(const Refusals::By& by) const;
  std::string says_no_elsewhere(const Refusals::By& by, std::string_view what) const;
  std::string first_name() const;
  std::uint32_t first_name_hash() const;

  void reject(std::size_t i, std::string_view column, const char* code, std::string message);
  void warn(std::size_t i, std::string_view column, const char* code, std::string message);

  const Plan& plan_;
  const Record& record_;
  Contact& contact_;
  std::vector<Issue>& issues_;
  bool ok_ = true;
  std::vector<RowPhone>& phones_;
  bool has_phones_ = false;  ///< phones_ are the record's
  std::vector<std::string_view>& looked_in_;  ///< cells that list_reach() need not look for addresses in (any more)
  bool further_ = false;           ///< the number that is read may be left out where the row has another one
  std::vector<Issue>& unreadable_;  ///< such numbers that cannot be read
  std::vector<std::string>& sent_numbers_;    ///< E.164, of lists; those of other fields are parsed_
  std::vector<ReadNumber>& read_numbers_;     ///< for list_reach()
  const ConsentColumn* no_ = nullptr;        ///< the column that holds the row back
  const ConsentColumn* refused_email_ = nullptr;  ///< the column that says no to everything
  const ConsentColumn* no_email_ = nullptr;  ///< the column that says no to e-mail only
  bool told_no_email_ = false;
  contact::DialCode given_code_;  ///< the calling code that the mapping gives
  std::vector<const FieldPlan::NamedColumn*>& email_order_;
  std::vector<std::size_t>& emails_given_;  ///< fields; numbered e-mail fields take successive addresses
  std::size_t next_email_ = 0;              ///< how many of the row's addresses were looked at
  std::string_view asked_email_, only_email_;  ///< the last question of only_email(), and its answer
  contact::EmailLook only_look_ = contact::EmailLook::Unsure;  ///< at the cell of that question
  std::vector<std::optional<contact::Phone>>& parsed_;  ///< by field
  std::vector<std::string>& identity_;  ///< by field: the normalised value where it differs from what is sent
  std::vector<std::uint8_t>& rejected_; ///< by field: a reason was given already
  std::string& text_;                   ///< memory that a fingerprint's text is written into
};

}  // namespace switchboard::mapping

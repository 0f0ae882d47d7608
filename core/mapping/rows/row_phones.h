#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/record.h"
#include "core/contact/calling_code.h"
#include "core/contact/phone.h"
#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// A column of phones with the columns that say more about its numbers.
struct PhoneColumn {
  std::size_t index = kNoColumn;
  std::string name;
  std::string meaning;
  std::vector<std::size_t> labels;  ///< of words for what the number is: "Phone 1 - Label", FHIR's system and use
  std::size_t dial_code = kNoColumn;
  std::size_t extension = kNoColumn;
  std::size_t owner = kNoColumn;  ///< of words for whose the number is ("Phone Owner")
  std::size_t area = kNoColumn;  ///< of area codes that stand apart
  std::vector<std::size_t> countries;  ///< the most fitting first
  bool international = false;          ///< "msisdn", "e164": its numbers carry their calling code, + or not
  bool number_cells = false;           ///< its cells are a workbook's numbers, which keep no zeros before them
  bool shared = false;                 ///< nobody's own where rows hold several people: after those that are
};

/// One number of a record, not parsed yet. Views into the record.
struct RowPhone {
  const PhoneColumn* column = nullptr;
  std::string_view text;
  std::string_view meaning;  ///< the label's word already heard
  std::string_view label;
  bool taken = false;
};

/// Where the phones of a source stand and what tells their country. Immutable.
class PhoneSheet {
 public:
  /// A column that fills a phone field although its header does not say phone.
  struct Extra {
    std::string column, meaning;  ///< the field's
    bool by_hand = false;         ///< counts also where it is another person's
  };
  /// `contents`: SourceInfo::column_contents.
  PhoneSheet(const Understanding& understanding, const std::vector<std::string>& columns, const std::vector<Extra>& extra,
             std::string region, const contact::NumberingPlan* plan, const std::vector<std::string>& contents = {});

  const std::vector<PhoneColumn>& columns() const { return columns_; }
  /// Of one of columns().
  std::size_t place_of(const PhoneColumn& column) const { return static_cast<std::size_t>(&column - columns_.data()); }
  const contact::NumberingPlan& numbering_plan() const { return plan_; }
  /// What the record has instead of a number to call: "a fax number (column \"Fax\")", "another person's number …"; empty: nothing.
  std::string instead(const Record& record, const std::vector<RowPhone>& phones) const;
  /// Every number of the record, in the order of the columns; a cell of several (Google's " ::: ") gives
  /// several.
  void collect(const Record& record, std::vector<RowPhone>& phones) const;

  /// Parses a number of the record with all the evidence there is, into a `phone` that says nothing yet: it is four texts, and moving
  /// it took as long as reading half of it. `given`: a calling code that goes before what columns say; empty: none.
  void parse(const Record& record, const PhoneColumn& column, std::string_view text, const contact::DialCode& given, contact::Phone& phone) const;
  contact::Phone parse(const Record& record, const PhoneColumn& column, std::string_view text) const {
    contact::Phone phone;
    parse(record, column, text, {}, phone);
    return phone;
  }
  /// The calling code that a column beside the number gives, with the area that stands behind it or in a column of its
  /// own; empty: none, or none that can be read.
  contact::DialCode dial_code(const Record& record, const PhoneColumn& column) const;
  /// Name and content of the column of calling codes beside this one; for messages.
  std::pair<std::string, std::string_view> dial_code_cell(const Record& record, const PhoneColumn& column) const;
  /// For messages: which country a number without + was read for, and why. Empty: none was known.
  std::string because(const Record& record, const PhoneColumn& column,
                      contact::Phone::Evidence evidence) const;
  /// The evidence for a number in any column, one that is not known as phone column included.
  PhoneColumn column_at(std::size_t index) const;

 private:
  struct Region {
    std::string_view code;
    std::size_t column = kNoColumn;  ///< kNoColumn: of --region
  };
  Region region_of(const Record& record, const PhoneColumn& column) const;
  /// The same where the column that tells it holds two capital letters and nothing else could tell a calling code; empty: not so.
  std::string_view region_by_letters(const Record& record, const PhoneColumn& column) const;
  /// A column of countries may give calling codes here and there: "+44", "US (+1)", "44-1481". Empty: it gives none.
  contact::DialCode code_among_countries(const Record& record, const PhoneColumn& column) const;
  void add_evidence(PhoneColumn& column) const;
  /// The column that says whose number it is names somebody else: "Phone Owner: Mother".
  bool is_somebody_elses(const Record& record, const PhoneColumn& column) const;

  struct Evidence {
    std::size_t index;
    std::string name;
  };
  std::vector<PhoneColumn> columns_;
  std::vector<std::size_t> others_;  ///< columns of other people's numbers
  std::vector<Evidence> countries_, dial_codes_, areas_, extensions_;
  std::vector<std::string> names_;
  std::vector<std::string> people_;  ///< whom the columns of names call so: a parent's number is nobody else's in a list of parents
  std::string region_;
  const contact::NumberingPlan& plan_;
  static constexpr std::size_t kLetters = 26;
  /// By two capital letters: the country that they mean, where it has numbers. Nearly every row asks.
  std::array<std::string_view, kLetters * kLetters> regions_{};
};

}  // namespace switchboard::mapping

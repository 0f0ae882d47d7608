// What becomes of a column where another cell is empty, where it is called otherwise, and where a setting has a value.
#include "column_losses.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <utility>

#include "has_one.h"
#include "samples.h"
#include "sent_values.h"
#include "value_losses.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

constexpr std::size_t kTelling = 4;  // letters: shorter ones stand everywhere

/// Values of requests with the places in which they stand, and how often: a member's path, a parameter's name, a column's.
class Sent {
 public:
  Sent() = default;
  Sent(const Session& session, const Contacts& contacts) {
    const Emitted emitted = session.encode(contacts, Where{});
    ok_ = emitted.ok() && !emitted.requests.empty();
    for (const Request& request : emitted.requests) {
      readable_ = each_value(request, [&](const SentValue& sent) {
                    if (sent.stands != Stands::InHeader) ++places_[sent.value][(sent.stands == Stands::InQuery ? "?" : "") + sent.place];
                  }) && readable_;
    }
  }

  bool ok() const { return ok_; }
  bool holds(const std::string& value) const { return places_.count(value) > 0; }
  const std::map<std::string, std::size_t>& places(const std::string& value) const {
    static const std::map<std::string, std::size_t> none;
    const auto found = places_.find(value);
    return found == places_.end() ? none : found->second;
  }
  bool readable() const { return readable_; }

 private:
  bool ok_ = false, readable_ = true;
  std::map<std::string, std::map<std::string, std::size_t>> places_;
};

class LostColumns {
 public:
  LostColumns(const Subject& subject, std::vector<std::string>& problems)
      : subject_(subject), manifest_(subject.library.manifest()), fields_(manifest_["fields"]), problems_(problems) {
    const Contacts many = sample_contacts(manifest_, 9, 6000);  // every third is a complete one
    batch_ = subject.sample.slice(0, 0);
    const auto limit = count_of(manifest_["limits"]["records_per_request"], 100);
    for (std::uint32_t row = 0; row < many.size() && batch_.size() < std::min<std::int64_t>(3, limit); row += 3) {
      batch_.rows.push_back(many.rows[row]);
      batch_.row_ids.push_back(many.row_ids[row]);
    }
    whole_ = Sent(*subject.session, batch_);
  }

  std::size_t judge() {
    if (!whole_.ok() || batch_.size() == 0) return 0;
    for (std::size_t c = 0; c < batch_.columns.size(); ++c) judge_neighbours(c), judge_rows(c);
    for (std::size_t c = batch_.n_fields; c < batch_.columns.size(); ++c) judge_names(c), judge_digits(c);
    if (batch_.columns.size() > batch_.n_fields) judge_long_names(batch_.n_fields);
    judge_many();
    judge_full();
    judge_settings();
    return compared_;
  }

 private:
  std::string called(std::size_t c) const { return (c < batch_.n_fields ? "field " : "custom column ") + batch_.columns[c]; }
  bool required(std::size_t c) const { return c < batch_.n_fields && fields_.at(c)["required"].bool_or(false); }
  /// A vendor wants some name for a contact, and somebody that it can be told from others by.
  bool may_be_made_up(std::size_t c) const {
    return c < batch_.n_fields && (has_one(batch_.columns[c], {"name", "title", "label", "display", "id"}) || has_one(fields_.at(c)["meaning"].string_or(""), {"name", "id"}));
  }
  bool names_a_contact(std::size_t c) const {
    const std::string type = c < batch_.n_fields ? fields_.at(c)["type"].string_or("") : "", meaning = c < batch_.n_fields ? fields_.at(c)["meaning"].string_or("") : "";
    return type == "phone" || type == "email" || has_one(meaning, {"phone", "email", "name", "id"}) || (c < batch_.n_fields && has_one(batch_.columns[c], {"name", "phone", "mobile", "id"}));
  }
  bool is_one(const std::optional<std::string>& cell) const { return cell && cell->size() >= kTelling && whole_.holds(*cell); }

  /// Where a contact has no value here, nothing else goes out in its place.
  void judge_neighbours(std::size_t c) {
    if (required(c) || !batch_.rows[0][c] || may_be_made_up(c)) return;
    Contacts contacts = batch_;
    contacts.rows[0][c] = std::nullopt;
    const Sent sent(*subject_.session, contacts);
    if (!sent.ok()) return;
    ++compared_;
    for (std::size_t other = 0; other < batch_.columns.size(); ++other) {
      if (other == c || !is_one(batch_.rows[0][other]) || names_a_contact(other)) continue;
      const auto& before = whole_.places(*batch_.rows[0][other]);
      for (const auto& [where, times] : sent.places(*batch_.rows[0][other])) {
        const auto found = before.find(where);
        if (found == before.end() || found->second < times)
          problems_.push_back(called(other) + " is sent as " + where + " as well where a contact has no " + batch_.columns[c]);
      }
    }
  }

  /// What one contact does not have the others have all the same.
  void judge_rows(std::size_t c) {
    if (required(c) || batch_.size() < 2) return;
    for (const std::size_t empty : {std::size_t{0}, batch_.rows.size() - 1}) {
      Contacts contacts = batch_;
      contacts.rows[empty][c] = std::nullopt;
      const Sent sent(*subject_.session, contacts);
      if (!sent.ok()) continue;
      ++compared_;
      for (std::size_t row = 0; row < batch_.rows.size(); ++row) {
        const auto& cell = batch_.rows[row][c];
        if (row == empty || !is_one(cell) || sent.holds(*cell) || cell == batch_.rows[empty][c]) continue;
        problems_.push_back(called(c) + " of row " + std::to_string(row) + " is not sent where row " + std::to_string(empty) + " has none");
        break;
      }
    }
  }

  /// Every name that the manifest lets a user's column have.
  void judge_names(std::size_t c) {
    const auto& cell = batch_.rows[0][c];
    if (!is_one(cell)) return;
    for (const char* name : {"Shoe size", "shoe_size", "ShoeSize", "SHOE", "shoe-size", "shoe.size", "x", "Gr\xC3\xB6\xC3\x9F" "e", "2nd shoe", "shoe2", "A long name of a column that somebody has thought of", "Size, \"EU\"", "50% (net)"}) {
      if (!may_be_called(manifest_["custom_fields"], name)) continue;
      Contacts contacts = batch_;
      contacts.columns[c] = name;
      const Sent sent(*subject_.session, contacts);
      if (!sent.ok()) continue;
      ++compared_;
      if (!sent.holds(*cell)) problems_.push_back("a custom column that is called '" + std::string(name) + "' is not sent; where the vendor takes no such names, the manifest's custom_fields say so");
    }
  }

  /// Columns whose names are alike for long are two columns.
  void judge_long_names(std::size_t c) {
    if (!is_one(batch_.rows[0][c])) return;
    const auto bodies = [&](const std::string& name) {
      Contacts contacts = batch_;
      contacts.columns[c] = name;
      std::string out;
      for (const Request& request : subject_.session->encode(contacts, Where{}).requests) out += request.body + '\n' + request.path + '\n';
      return out;
    };
    std::string alike = "somecolumn";
    if (bodies(alike + "a") == bodies(alike + "b")) return;  // names do not go out
    for (; alike.size() < 60; alike += "thatiscalled") {
      if (!may_be_called(manifest_["custom_fields"], alike + "a")) return;
      ++compared_;
      if (bodies(alike + "a") != bodies(alike + "b")) continue;
      problems_.push_back("custom columns whose names differ behind their first " + std::to_string(alike.size()) + " letters are sent under one name; where the vendor takes no longer ones, the manifest's custom_fields say so");
      return;
    }
  }

  /// Digits are a text all the same: a postcode, a customer's number.
  void judge_digits(std::size_t c) {
    if (!is_one(batch_.rows[0][c])) return;
    for (const char* value : {"0071932", "71932001", "7193.250", "1e700", "-0719"}) {
      Contacts contacts = batch_;
      contacts.rows[0][c] = value;
      const Sent sent(*subject_.session, contacts);
      if (!sent.ok()) continue;
      ++compared_;
      if (!sent.readable()) problems_.push_back(called(c) + " with \"" + value + "\": the body is no JSON any more");
      else if (!sent.holds(value)) problems_.push_back(called(c) + ": \"" + value + "\" is not sent as it was handed in");
    }
  }

  /// As many columns as somebody's list may well have.
  void judge_many() {
    if (batch_.columns.size() == batch_.n_fields || !is_one(batch_.rows[0][batch_.n_fields])) return;
    const auto most = manifest_["custom_fields"]["max"].int_or(0);
    const std::size_t count = std::min<std::size_t>(40, most > 0 ? static_cast<std::size_t>(most) : 40);
    Contacts contacts = batch_;
    while (contacts.columns.size() < batch_.n_fields + count) {
      const std::string number = std::to_string(contacts.columns.size()), name = "plan" + number;
      if (!may_be_called(manifest_["custom_fields"], name)) return;
      contacts.columns.push_back(name);
      for (auto& row : contacts.rows) row.emplace_back("one of many " + number);
    }
    const Sent sent(*subject_.session, contacts);
    if (!sent.ok()) return;
    ++compared_;
    for (std::size_t c = batch_.n_fields; c < contacts.columns.size(); ++c) {
      if (!contacts.rows[0][c] || contacts.rows[0][c]->size() < kTelling || sent.holds(*contacts.rows[0][c])) continue;
      problems_.push_back("custom column " + std::to_string(c - batch_.n_fields + 1) + " of " + std::to_string(contacts.columns.size() - batch_.n_fields) + " is not sent; where the vendor takes fewer, the manifest's custom_fields.max says so");
      return;
    }
  }

  /// Every row of a request as large as may be.
  void judge_full() {
    constexpr std::int64_t kMost = 2000;
    const auto limit = count_of(manifest_["limits"]["records_per_request"], 100);
    std::size_t telling = batch_.n_fields;  // a column that tells them apart
    for (std::size_t c = batch_.n_fields; c-- > 0;)
      if (required(c) && std::all_of(batch_.rows.begin(), batch_.rows.end(), [&](const auto& row) { return is_one(row[c]); })) telling = c;
    if (telling == batch_.n_fields || batch_.size() < 2) return;
    for (const std::int64_t rows : {std::min(limit, kMost), std::min(limit, kMost) - 1}) {
      const Contacts full = sample_contacts(manifest_, static_cast<std::uint32_t>(rows), 20'000);
      const Sent sent(*subject_.session, full);
      if (!sent.ok() || rows < 3) continue;
      ++compared_;
      for (std::size_t row = 0; row < full.rows.size(); ++row) {
        if (!full.rows[row][telling] || sent.holds(*full.rows[row][telling])) continue;
        problems_.push_back("row " + std::to_string(row) + " of " + std::to_string(rows) + " is not sent");
        break;
      }
    }
  }

  /// A text that a user may give, or not, decides over no column; one that speaks of columns may.
  void judge_settings() {
    for (const kit::Json& setting : manifest_["settings"].items()) {
      const std::string name = setting["name"].string_or("");
      if (setting["type"].string_or("text") != "text" || !setting["enum"].items().empty() || has_one(name + ' ' + setting["help"].string_or(""), {"field", "column", "custom", "only", "exclude", "without", "skip", "map"})) continue;
      for (const std::string& value : setting_guesses()) {
        Emitted emitted;
        const auto session = subject_.library.open(with_setting(subject_.settings, name, value), emitted);
        if (!session) continue;
        const Sent sent(*session, batch_);
        if (!sent.ok()) continue;
        ++compared_;
        for (std::size_t c = 0; c < batch_.columns.size(); ++c) {
          const bool of_one_name = has_one(name, {batch_.columns[c].c_str()}) || has_one(batch_.columns[c], {name.c_str()});  // it may stand for all
          if (!is_one(batch_.rows[0][c]) || sent.holds(*batch_.rows[0][c]) || of_one_name) continue;
          problems_.push_back(called(c) + " is not sent where the setting " + name + " is given");
          break;
        }
        break;
      }
    }
  }

  const Subject& subject_;
  const kit::Json& manifest_;
  const kit::Json& fields_;
  std::vector<std::string>& problems_;
  Contacts batch_;
  Sent whole_;
  std::size_t compared_ = 0;
};

}  // namespace

std::size_t judge_column_losses(const Subject& subject, std::vector<std::string>& problems) { return LostColumns(subject, problems).judge(); }

}  // namespace switchboard::conformance

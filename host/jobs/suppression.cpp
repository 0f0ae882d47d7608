#include "host/jobs/suppression.h"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/display_text.h"
#include "core/base/fingerprint.h"
#include "core/base/own_columns.h"
#include "core/base/sha256.h"
#include "core/contact/calling_code.h"
#include "core/contact/country.h"
#include "core/contact/email.h"
#include "core/contact/email_list.h"
#include "core/contact/meaning.h"
#include "core/contact/phone.h"
#include "core/contact/phone_text.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/input/source.h"
#include "core/mapping/rows/mapping.h"
#include "host/jobs/source_setup.h"

namespace switchboard::jobs {
namespace {

/// What a list says, without any of it in clear. First insert(), then sort(), then has().
class Entries {
 public:
  std::unordered_set<std::string> hashes;  ///< lower-case hex
  const contact::NumberingPlan* plan = nullptr;  ///< that phones are read by

  void insert(std::string_view reach) {
    plain_.push_back(fingerprint_of(reach));
    marks_.push_back(std::hash<std::string_view>{}(reach));
  }
  void sort() {
    std::ranges::sort(plain_);
    constexpr std::size_t kBitsEach = 32;
    filter_.assign(std::bit_ceil(plain_.size() * kBitsEach + 1), false);
    for (const std::size_t mark : marks_) filter_[mark & (filter_.size() - 1)] = true;
    marks_ = {};
  }
  bool empty() const { return plain_.empty() && hashes.empty(); }
  bool has(std::string_view reach) const {
    // A digest of each number and address made `check` half as slow again; the filter lets one of thirty-two through.
    if (may_have(reach) && std::ranges::binary_search(plain_, fingerprint_of(reach))) return true;
    if (hashes.empty()) return false;
    // Lists for advertising hash the digits without +.
    return hashes.contains(sha256_hex(reach)) || (reach.starts_with('+') && hashes.contains(sha256_hex(reach.substr(1))));
  }

 private:
  bool may_have(std::string_view reach) const { return filter_[std::hash<std::string_view>{}(reach) & (filter_.size() - 1)]; }

  std::vector<Fingerprint> plain_;
  std::vector<std::size_t> marks_;  ///< hashes of what is in plain_
  std::vector<bool> filter_;        ///< by hash: something of plain_ has it
};

bool is_hash(std::string_view value) {
  return value.size() == 64 && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Adds what the value is: true for phones, e-mail addresses, or hashes of them, where each of several was read.
bool add(Entries& entries, std::string_view value, const std::string& region, const contact::DialCode& beside = {}) {
  value = contact::trim(value);
  if (value.empty()) return false;
  if (is_hash(value)) {
    entries.hashes.insert(lower_case(std::string(value)));
    return true;
  }
  if (value.find('@') != std::string_view::npos) {
    // Several in a cell: all of them have to be read.
    bool all = true;
    for (const std::string& one : contact::split_emails(value)) {
      if (one.find('@') == std::string::npos) {
        all = add(entries, one, region, beside) && all;
        continue;
      }
      const auto email = contact::parse_email(one);
      if (email.ok()) entries.insert(lower_case(email.address));
      all = all && email.ok();
    }
    return all;
  }
  if (const auto several = contact::phones_in(value); several.size() > 1) {
    bool all = true;
    for (const std::string_view one : several) all = add(entries, one, region, beside) && all;
    return all;
  }
  // "+1 212 555 1234 +1 212 555 1235": only the second + tells them apart.
  if (const auto next = value.find(" +", 1); next != std::string_view::npos && value.starts_with('+')) {
    const bool first = add(entries, value.substr(0, next), region, beside);
    return add(entries, value.substr(next), region, beside) && first;
  }
  contact::PhoneContext context;
  context.plan = entries.plan;
  context.region = region;
  context.dial_code = beside.code;
  context.area = beside.area;
  const auto phone = contact::parse_phone(value, context);
  if (phone.ok() && !phone.e164.empty()) entries.insert(phone.e164);
  // Written without +, it may be a number with its calling code as well: rather one too many kept back.
  const bool bare = value.find_first_not_of("0123456789 ") == std::string_view::npos && value[0] != '0';
  contact::PhoneContext world;
  world.plan = entries.plan;
  const auto abroad = bare ? contact::parse_phone("+" + std::string(value), world) : contact::Phone();
  const bool known = bare && abroad.ok() && !abroad.possible_only;
  if (known) entries.insert(abroad.e164);
  return (phone.ok() && !phone.e164.empty()) || known;
}

/// Reads one file as one list.
class ListReader {
 public:
  ListReader(const input::Source& source, std::string region, bool headed, const contact::NumberingPlan& plan)
      : source_(source), region_(std::move(region)), headed_(headed), plan_(plan) {}

  /// False: a file with a header whose columns hold nothing that we look for.
  Result<bool> choose_columns() {
    auto samples = sample_columns(source_);
    if (!samples) return samples.error();
    const auto& columns = source_.info().columns;
    const auto meanings = mapping::understand(columns, *samples).columns;
    for (std::size_t c = 0; c < meanings.size(); ++c) {
      const auto& values = (*samples)[c];
      const bool hashes = !values.empty() && std::all_of(values.begin(), values.end(), [](const auto& v) { return is_hash(v); });
      if (contact::is_reach(meanings[c].meaning) || hashes) used_.push_back(c);
      if (meanings[c].meaning == "country" && country_ == kNone) country_ = c;
      if (meanings[c].meaning == "phone.dial_code" && dial_code_ == kNone) dial_code_ = c;
    }
    if (!headed_) return true;
    // The first line of a bare list is an entry, not a header.
    Entries probe;
    probe.plan = &plan_;
    const bool entry = std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return add(probe, column, region_); });
    return !used_.empty() && !entry;
  }

  Result<void> read(Entries& entries, SuppressionList& list, const CancelToken* cancel) {
    constexpr std::size_t kNamed = 20;
    auto reader = source_.read();
    if (!reader) return reader.error();
    Record record;
    while (true) {
      auto more = (*reader)->next(record);
      if (!more) return more.error();
      if (!*more) return {};
      if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped while " + source_.info().name + " was read.", ""};
      std::size_t filled = 0, read = 0;
      bool missed = false;
      for (std::size_t c = 0; c < record.cells.size(); ++c) {
        const std::string_view cell = record.cells[c];
        // What stands behind the last column that has a name is one more of its values: "a@x.org; b@x.org".
        const bool used = std::find(used_.begin(), used_.end(), c) != used_.end();
        if (headed_ && !used && !is_unnamed(c)) continue;
        if (contact::is_placeholder(cell, "phone")) continue;
        ++filled;
        if (add(entries, cell, region_in(record), dial_code_in(record))) {
          ++read;
        } else {
          // Beside the number, where no header says what it is, names and the like may stand.
          missed = missed || used || cell.find_first_of(headed_ ? "@+0123456789" : "@+") != std::string_view::npos;
        }
      }
      if (filled == 0) continue;
      ++list.lines;
      if (read > 0 && !missed) continue;
      ++list.unread;
      if (list.unread_lines.size() < kNamed) list.unread_lines.push_back(record.line);
    }
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// The header has no name for it: the reader made one up, or the line is longer than the header.
  bool is_unnamed(std::size_t c) const {
    const auto& columns = source_.info().columns;
    return c >= columns.size() || columns[c] == made_up_column(c);
  }
  contact::DialCode dial_code_in(const Record& record) const {
    return dial_code_ < record.cells.size() ? contact::read_dial_code(record.cells[dial_code_], plan_) : contact::DialCode();
  }
  std::string region_in(const Record& record) const {
    if (country_ >= record.cells.size()) return region_;
    const auto code = contact::country_code(record.cells[country_]);
    return code.empty() || !contact::is_phone_region(code, plan_) ? region_ : std::string(code);
  }

  const input::Source& source_;
  const std::string region_;
  const bool headed_;
  std::vector<std::size_t> used_;
  std::size_t country_ = kNone, dial_code_ = kNone;
  const contact::NumberingPlan& plan_;
};

}  // namespace

std::string lines_text(const SuppressionList& list) {
  constexpr std::size_t kShown = 5;
  std::string text = list.unread == 1 ? "line " : "lines ";
  const std::size_t shown = std::min(kShown, list.unread_lines.size());
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + std::to_string(list.unread_lines[i]);
  if (list.unread > shown) text += " and " + std::to_string(list.unread - shown) + " more";
  return text;
}

Result<SuppressionList> load_suppression(const std::string& path, const std::string& region, bool partly,
                                         const contact::NumberingPlan& plan, const CancelToken* cancel) {
  std::error_code failed;
  if (std::filesystem::is_fifo(path, failed))
    return Error{ErrorKind::Usage, "The suppression list " + path + " is a pipe, and lists are read twice.", "Write it to a file, and name that."};
  auto entries = std::make_shared<Entries>();
  entries->plan = &plan;
  SuppressionList list;
  // A headed list is read by its columns, a bare one line by line: there the first line counts too.
  for (const bool headed : {true, false}) {
    input::InputOptions options;
    options.no_header = !headed;
    auto source = input::Source::open(path, options);
    if (!source) return source.error();
    ListReader reader(**source, region, headed, plan);
    auto fits = reader.choose_columns();
    if (!fits) return fits.error();
    if (!*fits) continue;
    if (auto done = reader.read(*entries, list, cancel); !done) return done.error();
    break;
  }
  const std::string all = counted(list.lines, "line");
  if (entries->empty())
    return Error{ErrorKind::Usage, "The suppression list " + path + " holds no phone number and no e-mail address.",
                 "Write one a line, or give a contact file; numbers without + need --region."};
  if (list.unread > 0 && !partly)
    return Error{ErrorKind::Usage,
                 "The suppression list " + path + " has " + std::to_string(list.unread) + " of " + all +
                     " that cannot be read, and whom they mean would not be held back: " + lines_text(list) + ".",
                 "Correct them; numbers without + need --region. --suppress-partly goes on with what can be read."};
  entries->sort();
  list.holds = [entries](const mapping::Contact& contact) {
    return std::ranges::any_of(contact.reach, [&](const std::string& reach) { return entries->has(reach); });
  };
  return list;
}

}  // namespace switchboard::jobs

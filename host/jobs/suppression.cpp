#include "host/jobs/suppression.h"

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "core/base/fingerprint.h"
#include "core/contact/email.h"
#include "core/contact/phone.h"
#include "core/input/source.h"
#include "core/mapping/rows/mapping.h"
#include "host/jobs/source_setup.h"

namespace switchboard::jobs {
namespace {

struct FingerprintHash {
  std::size_t operator()(const Fingerprint& f) const {
    std::size_t hash = 0;
    for (std::size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | f.bytes[i];
    return hash;
  }
};
using FingerprintSet = std::unordered_set<Fingerprint, FingerprintHash>;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Adds what the value is; a value that is neither a phone nor an e-mail address is passed over.
bool add(FingerprintSet& set, std::string_view value, const std::string& region) {
  if (value.empty()) return false;
  if (value.find('@') != std::string_view::npos) {
    const auto email = contact::parse_email(value);
    if (!email.ok()) return false;
    set.insert(fingerprint_of(lower(email.address)));
    return true;
  }
  const auto phone = contact::parse_phone(value, {region, {}});
  if (phone.ok()) set.insert(fingerprint_of(phone.e164));
  // Written without +, it may be a number with its calling code as well: rather one too many kept back.
  const bool bare = value.find_first_not_of("0123456789 ") == std::string_view::npos && value[0] != '0';
  const auto abroad = bare ? contact::parse_phone("+" + std::string(value), {}) : contact::Phone();
  const bool known = bare && abroad.ok() && !abroad.possible_only;
  if (known) set.insert(fingerprint_of(abroad.e164));
  return phone.ok() || known;
}

bool is_reach(const std::string& meaning) {
  return meaning == "email" || meaning == "phone" ||
         (meaning.starts_with("phone.") && meaning != "phone.dial_code" && meaning != "phone.extension");
}

}  // namespace

Result<std::function<bool(const mapping::Contact&)>> load_suppression(const std::string& path, const std::string& region) {
  auto set = std::make_shared<FingerprintSet>();
  // A headed list is read by its columns, a bare one line by line: there the first line counts too.
  for (const bool no_header : {false, true}) {
    input::InputOptions options;
    options.no_header = no_header;
    auto source = input::Source::open(path, options);
    if (!source) return source.error();
    auto samples = sample_columns(**source);
    if (!samples) return samples.error();
    const auto meanings = mapping::understand((*source)->info().columns, *samples).columns;
    std::vector<std::size_t> used;
    for (std::size_t c = 0; c < meanings.size(); ++c)
      if (is_reach(meanings[c].meaning)) used.push_back(c);
    // The first line of a bare list is an entry, not a header.
    const auto& columns = (*source)->info().columns;
    FingerprintSet probe;
    const bool headed = std::none_of(columns.begin(), columns.end(), [&](const auto& c) { return add(probe, c, region); });
    if (!no_header && (used.empty() || !headed)) continue;
    auto reader = (*source)->read();
    if (!reader) return reader.error();
    Record record;
    while (true) {
      auto more = (*reader)->next(record);
      if (!more) return more.error();
      if (!*more) break;
      for (std::size_t c = 0; c < record.cells.size(); ++c)
        if (no_header || std::find(used.begin(), used.end(), c) != used.end()) add(*set, record.cells[c], region);
    }
    break;
  }
  if (set->empty())
    return Error{ErrorKind::Usage, "The suppression list " + path + " holds no phone number and no e-mail address.",
                 "Write one a line, or give a contact file; numbers without + need --region."};
  return std::function<bool(const mapping::Contact&)>([set](const mapping::Contact& contact) {
    return std::any_of(contact.reach.begin(), contact.reach.end(),
                       [&](const auto& reach) { return set->count(fingerprint_of(reach)) != 0; });
  });
}

}  // namespace switchboard::jobs

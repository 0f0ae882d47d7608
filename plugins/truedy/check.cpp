// After an upload: which rows are new, and which were refused without being named? The contacts tell.
#include "connector.h"

#include <algorithm>

namespace truedy {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;

// So much is a row's class worth: the contacts of a large organisation are not read for it.
constexpr std::int64_t kMaxPages = 20;

std::int64_t count(const std::vector<bool>& rows) { return std::count(rows.begin(), rows.end(), true); }

// Refused rows that the answer did not name.
std::int64_t unnamed(const Chain& chain) { return std::max<std::int64_t>(0, chain.counts.errors - count(chain.decided)); }

// Rows that the list has still to show.
std::int64_t open_rows(const Chain& chain) {
  return static_cast<std::int64_t>(chain.found.size()) - count(chain.decided) - count(chain.fresh) - count(chain.found);
}

void find_rows(const kit::Batch& batch, std::span<const Json> contacts, Chain& chain) {
  constexpr std::int64_t kSecondMs = 1000;
  const RowsByPhone by_phone = rows_by_phone(batch);
  for (const Json& contact : contacts) {
    const auto rows = by_phone.find(kit::digits_of(phone_of(contact)));
    if (rows == by_phone.end()) continue;
    const std::string text = contact["created_at"].string_or("");
    const auto made_ms = kit::parse_iso8601(text);
    chain.undated = chain.undated || !made_ms;
    const bool exact = text.find('.') != std::string::npos;
    const bool made_since = made_ms && *made_ms >= (exact ? chain.since_ms : chain.since_ms / kSecondMs * kSecondMs);
    for (const std::uint32_t row : rows->second) {
      if (chain.decided[row] || chain.fresh[row]) continue;
      chain.fresh[row] = made_since;
      chain.found[row] = !made_since;
    }
  }
}

// Whether the counts say what the rows are that were not seen.
bool rest_is_clear(const Chain& chain) {
  if (chain.undated || unnamed(chain) > 0) return false;
  return open_rows(chain) == 0 || count(chain.fresh) == chain.counts.imported ||
         count(chain.found) == chain.counts.updated + chain.counts.skipped;
}

// Of a row that is stored.
Outcome stored(const Chain& chain, std::uint32_t row) {
  const Counts& counts = chain.counts;
  if (counts.imported == counts.stored()) return Outcome::created();
  if (counts.updated == counts.stored()) return Outcome::updated();
  if (counts.skipped == counts.stored()) return Outcome::unchanged();
  const std::int64_t before = counts.updated + counts.skipped;
  // Rows that were not seen are of the kind that was not seen to its end.
  const bool rest_is_old = count(chain.fresh) == counts.imported;
  const bool rest_is_fresh = count(chain.found) == before;
  if (chain.undated || (!rest_is_old && !rest_is_fresh)) return Outcome::accepted();
  const bool seen = chain.fresh[row] || chain.found[row];
  if (!seen && unnamed(chain) > 0) return Outcome::accepted();
  if (seen ? chain.fresh[row] : rest_is_fresh) return Outcome::created();
  if (counts.skipped == 0) return Outcome::updated();
  return counts.updated == 0 ? Outcome::unchanged() : Outcome::accepted();
}

}  // namespace

void start_check(const kit::Step& step, const kit::Response& response, Chain chain, kit::Answer& answer) {
  chain.start_list(Chain::Phase::Check);
  chain.found.assign(chain.found.size(), false);
  chain.since_ms = kit::began_ms(response, step.now_ms());
  answer.finish(Directive::next(chain.to_text()));
}

void decode_check(const Connector& connector, const kit::Batch& batch, Chain chain, std::span<const Json> contacts,
                  bool more, bool complete, kit::Answer& answer) {
  find_rows(batch, contacts, chain);
  const bool enough = open_rows(chain) == 0 || rest_is_clear(chain) || (++chain.pages >= kMaxPages && unnamed(chain) == 0);
  if (more && !enough) return answer.finish(Directive::next(chain.to_text()));
  // More are missing than were refused: the list may lag behind the upload.
  if (complete && unnamed(chain) > 0 && open_rows(chain) > unnamed(chain) && !chain.second_look && connector.settle_ms > 0) {
    chain.start_list(Chain::Phase::Check);
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  finish_check(batch, chain, complete && !more, answer);
}

void finish_check(const kit::Batch& batch, const Chain& chain, bool complete, kit::Answer& answer) {
  const bool missing_is_refused = complete && open_rows(chain) <= unnamed(chain);
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    if (chain.decided[row]) continue;
    if (chain.fresh[row] || chain.found[row] || unnamed(chain) == 0) {
      answer.row(row, stored(chain, row));
    } else if (missing_is_refused) {
      answer.row(row, refusal(chain.reason, batch.value(row, "phone").value_or("")));
    } else {
      answer.row(row, Outcome::unknown("not_listed", "Truedy refused some rows without naming them, and its list of "
                                                     "contacts does not show this one"));
    }
  }
  answer.done();
}

}  // namespace truedy

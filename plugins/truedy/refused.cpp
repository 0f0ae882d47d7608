// Rows that an answer to an upload refuses: which ones it is about, and why.
#include "connector.h"

#include <algorithm>
#include <utility>

namespace truedy {
namespace {

// The number that `row` gives to the first contact, where only one of the two that are known fits all details.
std::vector<std::int64_t> possible_bases(std::span<const Json> details, std::uint32_t rows) {
  std::vector<std::int64_t> bases;
  for (const std::int64_t base : {2, 1}) {
    const bool fits = std::ranges::all_of(details, [&](const Json& detail) {
      const auto number = detail["row"].as_int();
      return !number || (*number >= base && *number - base < rows);
    });
    if (fits) bases.push_back(base);
  }
  return bases;
}

}  // namespace

Refused refused_rows(const Connector& connector, const Batch& batch, std::span<const Json> details) {
  if (details.empty()) return {};
  const auto by_phone = kit::RowIndex::by_phone(batch, "phone");
  std::map<std::uint32_t, std::string> refused;
  std::vector<std::int64_t> bases;
  if (connector.row_base) bases = {*connector.row_base};
  std::vector<std::string> reasons;  // of details that name no row
  bool bases_agree = true;
  std::vector<std::pair<const Json*, std::vector<std::uint32_t>>> undecided;

  constexpr std::size_t kTelling = 4;  // a masked number shows only its last digits
  for (const Json& detail : details) {
    const std::string digits = kit::digits_of(phone_of(detail));
    auto rows = by_phone.rows(digits);
    if (rows.size() != 1) {
      if (rows.empty() && digits.size() >= kTelling) rows = by_phone.rows_ending_with(digits);
      undecided.emplace_back(&detail, rows);
      continue;
    }
    refused.emplace(rows.front(), detail["reason"].string_or(""));
    const auto number = detail["row"].as_int();
    if (!number || connector.row_base) continue;
    if (bases.empty()) bases.push_back(*number - rows.front());
    bases_agree = bases_agree && bases.front() == *number - rows.front();
  }

  if (bases.empty()) bases = possible_bases(details, batch.rows());
  const bool base_known = bases.size() == 1 && bases_agree;
  if (!base_known) bases = {2, 1};
  for (const auto& [detail, candidates] : undecided) {
    const std::string reason = (*detail)["reason"].string_or("");
    if (candidates.size() == 1 && refused.emplace(candidates.front(), reason).second) continue;
    const auto number = (*detail)["row"].as_int();
    bool named = false;
    for (const std::int64_t base : bases) {
      if (named || !number || (candidates.empty() && !base_known)) break;
      const std::int64_t at = *number - base;
      if (at < 0 || at >= batch.rows()) continue;
      const auto row = static_cast<std::uint32_t>(at);
      const bool possible = candidates.empty() || std::ranges::find(candidates, row) != candidates.end();
      named = possible && refused.emplace(row, reason).second;
    }
    if (!named) reasons.push_back(reason);
  }
  const bool common = std::ranges::all_of(reasons, [&](const std::string& reason) { return reason == reasons.front(); });
  return {refused, common && !reasons.empty() ? reasons.front() : ""};
}

Outcome refusal(const std::string& reason) {
  if (reason.empty()) return Outcome::rejected("refused", "Truedy refused this row and gives no reason");
  return kit::refusal(reason, "refused", {"phone", "email", "name"});
}

}  // namespace truedy

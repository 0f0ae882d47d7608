// Vendor answer → outcomes and directive. Errors are read in fault.cpp, refused rows in refused.cpp; the contacts that
// Truedy has are listed in lookup.cpp.
#include "connector.h"

#include <algorithm>
#include <span>
#include <utility>

namespace truedy {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;
using kit::Purpose;

// ---- The answer to an upload ----

std::optional<Counts> read_counts(const Json& data) {
  bool any = false;
  const auto count = [&](std::string_view name) {
    const auto value = data[name].as_int();
    any = any || value;
    return std::max<std::int64_t>(0, value.value_or(0));
  };
  const Counts counts{count("imported"), count("updated"), count("skipped"), count("errors")};
  return any ? std::optional(counts) : std::nullopt;
}

// What became of a row that was not refused. Counts of one kind speak for all rows; mixed ones only together
// with a snapshot that they agree with.
Outcome stored_row(const Counts& counts, const Chain& chain, std::uint32_t row, std::int64_t new_rows) {
  if (counts.imported == counts.stored()) return Outcome::created();
  if (counts.updated == counts.stored()) return Outcome::updated();
  if (counts.skipped == counts.stored()) return Outcome::unchanged();
  if (!chain.has_snapshot || counts.imported != new_rows) return Outcome::accepted();
  if (!chain.list.found[row]) return Outcome::created();
  if (counts.skipped == 0) return Outcome::updated();
  if (counts.updated == 0) return Outcome::unchanged();
  return Outcome::accepted();
}

void decode_upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                   const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json& data = json["data"].is_object() ? json["data"] : json;
  const auto counts = read_counts(data);
  if (!counts)
    return answer.finish(Directive::in_doubt("bad_answer", "Truedy's answer to the upload holds no counts"));

  const auto refused = refused_rows(connector, batch, data["error_details"].items());
  for (const auto& [row, reason] : refused.rows) {
    answer.row(row, refusal(answer.words(reason)));
    chain.decided[row] = true;
  }
  const std::int64_t rows = batch.rows();
  const auto refused_count = static_cast<std::int64_t>(refused.rows.size());
  if (refused_count == rows) return answer.done();
  if (counts->stored() == 0 && counts->errors >= rows)
    return answer.done_with(refusal(answer.words(refused.reason)));
  if (counts->errors < refused_count || counts->stored() + counts->errors != rows)
    return answer.finish(Directive::in_doubt(
        "counts_do_not_match",
        "Truedy's counts do not match the rows that were sent and the errors that it names"));

  chain.counts = *counts;
  chain.reason = answer.words(refused.reason);
  const bool one_kind = std::max({counts->imported, counts->updated, counts->skipped}) == counts->stored();
  if (counts->errors > refused_count || (!one_kind && !chain.has_snapshot && connector.verify))
    return start_check(step, response, std::move(chain), answer);

  std::int64_t new_rows = 0;
  for (std::uint32_t row = 0; row < batch.rows(); ++row)
    new_rows += !answer.answered(row) && !chain.list.found[row];
  answer.rest(chain.decided, [&](std::uint32_t row) { return stored_row(*counts, chain, row, new_rows); });
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.carries_rows();
  const Chain chain = Chain::of(*this, batch, step);
  const bool upload = chain.phase == Chain::Phase::Send;
  const bool check = rows && chain.phase == Chain::Phase::Check;
  const bool before = step.is(kit::Operation::Import) && chain.phase == Chain::Phase::List;  // nothing was sent yet
  const Purpose purpose = before ? Purpose::Ask : kit::purpose_of(step, upload);
  if (const auto fault = fault_of(*this, response, purpose, step.now_ms())) {
    // The upload itself was answered: what a list would add is not worth the job.
    constexpr std::uint32_t kAttempts = 2;
    const bool patient = fault->kind == SWB_THROTTLE || fault->kind == SWB_REAUTH || (fault->kind == SWB_RETRY && step.attempt() < kAttempts);
    if (check && !patient) return finish_check(*this, chain, false, answer);
    return answer.finish(*fault);
  }

  if (check && !Json::parse(response.body())) return finish_check(*this, chain, false, answer);
  const auto json = kit::json_of(response, purpose, "Truedy", answer);
  if (!json) return;
  if (upload) return decode_upload(*this, batch, step, response, chain, *json, answer);
  if (rows) return decode_page(*this, batch, step, response, chain, *json, answer);
  const bool discover = step.is(kit::Operation::Discover);
  const Json* list = discover ? list_of(*json, {"folders", "items"}) : list_of(*json, {"contacts", "items", "results"});
  for (const Json& folder : discover && list != nullptr ? list->items() : std::span<const Json>()) {
    const std::string id = folder["id"].string_or("");
    if (!id.empty()) answer.item("folder", id, folder["name"].string_or(id));
  }
  kit::finish_probe(list != nullptr, "Truedy", answer);
}

}  // namespace truedy

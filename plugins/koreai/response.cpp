// Vendor answer → outcomes and directive. Errors are read in fault.cpp, the bot's contacts in lookup.cpp.
#include "connector.h"

#include <algorithm>
#include <utility>

namespace koreai {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;

void decode_upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                   const kit::Response& response, Chain chain, const Json& json, kit::Answer& answer) {
  const Json* contacts = kit::list_in(json, {"contacts", "results", "data"});
  if (contacts == nullptr)
    return answer.finish(Directive::in_doubt("bad_answer", "Kore.ai's answer to the upload is no list of contacts"));
  const kit::RowIndex by_number = rows_by_number(batch);
  std::int64_t first_ms = INT64_MAX;
  for (const Json& contact : contacts->items()) {
    const auto named = rows_of(contact, by_number);
    chain.strangers = chain.strangers || named.empty();
    if (named.empty()) continue;
    if (const auto made_ms = kit::parse_iso8601(contact["createdAt"].string_or(""))) first_ms = std::min(first_ms, *made_ms);
    // One contact of an answer is one row. Further rows with its number found it there.
    for (const std::uint32_t row : named) {
      if (chain.list.found[row]) continue;
      chain.list.found[row] = true;
      answer.row(row, row == named.front() ? Outcome::created(id_of(contact)) : Outcome::unchanged(id_of(contact)));
    }
  }
  if (kit::all_rows(chain.list.found)) return answer.done();
  if (!connector.verify)
    return answer.done_with(Outcome::unknown("not_named", "Kore.ai's answer does not name this contact, and verify is off"));
  chain.phase = Chain::Phase::List;
  // What it named was made by this upload, so its own times are the best clock; the rest was made within the same request.
  chain.sent_ms = first_ms != INT64_MAX ? first_ms - static_cast<std::int64_t>(response.elapsed_ms())
                                        : kit::began_ms(response, step.now_ms());
  kit::go_on(chain, answer);
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.carries_rows();
  Chain chain = Chain::of(batch, step);
  const bool upload = rows && chain.phase == Chain::Phase::Send;
  const kit::Purpose purpose = kit::purpose_of(step, upload);
  if (const auto fault = fault_of(response, purpose, step.now_ms())) {
    // Which rows were refused because they are there, the list says.
    const VendorError error = read_error(response.body());
    const bool look = upload && fault->kind == SWB_SPLIT && verify && kit::hints_at_duplicate(response.status(), answer.words(error.message));
    const bool page_refused = rows && !upload && chain.limit == kPageSize && (response.status() == 400 || response.status() == 422);
    if (!look && !page_refused) return answer.finish(*fault);
    chain.phase = Chain::Phase::List;
    chain.list.paging = {};
    if (page_refused) chain.limit = 0;
    if (look) chain.refusal = answer.words(fault->message.value_or("refused"));
    return kit::go_on(chain, answer);
  }
  const auto json = kit::json_of(response, purpose, "Kore.ai", answer);
  if (!json) return;
  if (upload) return decode_upload(*this, batch, step, response, std::move(chain), *json, answer);
  if (rows) return decode_page(*this, batch, step, response, std::move(chain), *json, answer);
  kit::finish_probe(kit::list_in(*json, {"results", "contacts", "data"}) != nullptr, "Kore.ai", answer);
}

}  // namespace koreai

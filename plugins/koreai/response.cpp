// Vendor answer → outcomes and directive. Errors are read in fault.cpp, the bot's contacts in lookup.cpp.
#include "connector.h"

#include <algorithm>

namespace koreai {
namespace {

struct Answered : Reading {
  void read() {
    const bool rows = step.carries_rows(), sent = rows && chain.phase == Phase::Send;
    const Purpose purpose = kit::purpose_of(step, sent);
    if (const auto fault = fault_of(response, purpose, step.now_ms())) return fault_of_step(*fault, sent);
    const auto json = kit::json_of(response, purpose, "Kore.ai", answer);
    if (!json) return;
    if (rows) return sent ? upload(*json) : read_page(*this, *json);
    kit::finish_probe(kit::list_in(*json, {"results", "contacts", "data"}) != nullptr, "Kore.ai", answer);
  }

  void fault_of_step(const Directive& fault, bool sent) {
    const kit::VendorError error = read_error(response.body());
    // Which rows were refused because they are there, the list says.
    const bool look = sent && fault.kind == SWB_SPLIT && connector.verify &&
                      kit::hints_at_duplicate(response.status(), answer.words(error.message));
    const bool page_refused = step.carries_rows() && !sent && chain.limit == kPageSize &&
                              (response.status() == 400 || response.status() == 422);
    if (!look && !page_refused) return answer.finish(fault);
    chain.phase = Phase::List;
    chain.list.paging = {};
    if (page_refused) chain.limit = 0;
    if (look) chain.refusal = answer.words(fault.message.value_or("refused"));
    go_on();
  }

  void upload(const Json& json) {
    const Json* contacts = kit::list_in(json, {"contacts", "results", "data"});
    if (contacts == nullptr) return answer.in_doubt("bad_answer", "Kore.ai's answer to the upload is no list of contacts");
    const kit::RowIndex by_number = rows_by_number(batch);
    std::int64_t first_ms = INT64_MAX;
    const auto named = [&](const Json& contact) {
      auto rows = rows_of(contact, by_number);
      chain.strangers = chain.strangers || rows.empty();
      const auto made_ms = kit::parse_iso8601(contact["createdAt"].string_or(""));
      if (made_ms && !rows.empty()) first_ms = std::min(first_ms, *made_ms);
      return rows;
    };
    settle(contacts->items(), chain.list.found, named, [](const Json& contact, std::uint32_t, bool first) {
      return first ? Outcome::created(id_of(contact)) : Outcome::unchanged(id_of(contact));
    });
    if (kit::all_rows(chain.list.found)) return answer.done();
    if (!connector.verify)
      return answer.done_with(Outcome::unknown("not_named", "Kore.ai's answer does not name this contact, and verify is off"));
    chain.phase = Phase::List;
    // What it named was made by this upload, so its own times are the best clock; the rest was made within the same request.
    chain.sent_ms = first_ms != INT64_MAX ? first_ms - static_cast<std::int64_t>(response.elapsed_ms())
                                          : kit::began_ms(response, step.now_ms());
    go_on();
  }
};

}  // namespace

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{*this, batch, step, response, answer}}.read();
}

}  // namespace koreai

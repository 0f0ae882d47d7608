#include "connector.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// MARK 3: The answer counts, and names what it refused: the others count as taken where the numbers add up.
// MARK 6: What does silence mean? A row that the answer does not name, or names with a word that is not known, ends
//   as unknown.

namespace rundruf {

namespace {

bool is_running(std::string_view state) { return state == "QUEUED" || state == "RUNNING"; }
bool is_finished(std::string_view state) { return state == "DONE"; }
// Everything else is in doubt, also what the document calls "FAILED".

// In the vendor's words without the contacts that they quote; the field that they name is to blame.
kit::Outcome refused(const kit::Json& result, kit::Answer& answer) {
  return kit::refusal(answer.words(result["reason"].string_or("refused")), "invalid", {"number", "e-mail", "full_name", "class", "externalId"});
}

// A number that no request has makes the sum negative.
std::int64_t count(const kit::Json& number) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const std::int64_t value = number.int_or(0);
  return value < 0 || value > kMost ? -10 * kMost : value;
}

void read_results(const kit::Json& json, const kit::Batch& batch, kit::Answer& answer) {
  const std::int64_t taken = count(json["importedCount"]);
  std::int64_t refusals = 0;
  for (const kit::Json& result : json["errors"].items()) {
    const std::int64_t index = result["row"].int_or(-1);
    if (index < 1 || index >= static_cast<std::int64_t>(batch.rows()) + 1) continue;
    const auto row = static_cast<std::uint32_t>(index - 1);
    if (answer.answered(row)) continue;
    answer.row(row, refused(result, answer));
    ++refusals;
  }
  if (taken < 0 || taken + refusals != static_cast<std::int64_t>(batch.rows())) {
    answer.rest(kit::Outcome::unknown("counts", "the answer's numbers do not say what became of this contact"));
    return answer.done();
  }
  answer.rest(kit::Outcome::accepted());
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
  // Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at
  // response.status() before this line for what your vendor does differently.
  if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);
  const auto body = kit::json_of(response, kit::purpose_of(step), "Rundruf", answer);
  if (!body) return;  // a send is in doubt then; a question is asked again
  const kit::Json& json = *body;
  Chain chain;
  if (!kit::read_state(step, batch, chain)) {
    chain.job = json["import"]["id"].string_or("");
    constexpr std::size_t kLongestId = 200;
    if (chain.job.empty() || chain.job.size() > kLongestId) {
      return answer.in_doubt("bad_answer", "the answer names no import");
    }
    return kit::go_on(chain, answer, 1000);  // the next step, after a second
  }
  const std::string state = json["state"].string_or("");
  if (is_running(state)) return kit::poll(chain, answer);
  if (!is_finished(state)) return answer.in_doubt("job_failed", "the import ended otherwise than well");
  read_results(json, batch, answer);
}

}  // namespace rundruf

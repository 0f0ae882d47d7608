// What may be sent again, sent again: the emulator's account must not notice.
#include <switchboard/kit/text.h>

#include <string>
#include <vector>

#include "counted.h"
#include "json_tree.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// The dump without the numbers at its top: counters of requests.
std::string contents(const std::string& dump) {
  const auto json = kit::Json::parse(dump);
  if (!json) return dump;
  JsonTree tree = JsonTree::of(*json);
  std::erase_if(tree.children, [](const auto& member) { return member.value.is_scalar(); });
  return tree.to_text();
}

/// An attempt sends what the one before it sent; another chain has another key.
void judge_attempts(const Subject& subject, std::vector<std::string>& problems) {
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at)) continue;
    Where again = at.where;
    again.attempt += 1;
    const Emitted first = subject.session->encode(at.contacts, at.where), second = subject.session->encode(at.contacts, again);
    const bool comparable = first.requests.size() == 1 && second.requests.size() == 1;
    if (comparable && (first.requests[0].body != second.requests[0].body || first.requests[0].path != second.requests[0].path || first.requests[0].method != second.requests[0].method))
      problems.push_back(place(at) + ": the second attempt sends something else than the first");
    if (comparable && first.requests[0].replay == SWB_UNSAFE && second.requests[0].replay != SWB_UNSAFE)
      problems.push_back(place(at) + ": the second attempt is called harmless to repeat, and the first is UNSAFE");
    if (!comparable || first.requests[0].replay != SWB_KEYED || at.contacts.size() < 2) continue;
    Where other = at.where;
    other.chain_id += "b";
    // Either half of them, as after SPLIT, and as many others.
    const std::uint32_t half = at.contacts.size() / 2;
    for (const Contacts& rest : {at.contacts.slice(0, half), at.contacts.slice(half, at.contacts.size() - half), sample_contacts(subject.library.manifest(), at.contacts.size(), 700)}) {
      const Emitted elsewhere = subject.session->encode(rest, other);
      if (elsewhere.requests.size() != 1) continue;
      for (const auto& [name, value] : first.requests[0].headers) {
        const std::string* there = elsewhere.requests[0].header(name);
        if ((kit::contains_ignoring_case(name, "key") || kit::contains_ignoring_case(name, "idempot")) && there != nullptr && *there == value)
          problems.push_back(place(at) + ": header " + name + " of a KEYED request is the same for another chain with other rows: the vendor would take it for a repetition and store nothing");
      }
    }
  }
}

/// Requests that make something and are called SAFE or KEYED, each sent twice, the second answer taken, as after a time-out: whatever
/// comes of it later, rows end as they do without. Of one whose own answer says what became of them the check below tells more.
void judge_ends(const Subject& subject, std::vector<std::string>& problems) {
  const auto account = subject.account();
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  Request sent;
  std::string twice;
  std::string before;
  simulation.on_request = [&](Request& request) { sent = request; before = request.replay == SWB_UNSAFE || request.method != "POST" ? "" : contents(account->dump().text); };
  simulation.on_answer = [&](const Request& request, Response& response) {
    if (before.empty() || response.http_status >= 400 || contents(account->dump().text) == before) return;
    Emitted served = account->serve(sent, simulation.now_ms);
    if (served.responses.empty() || served.responses.front().http_status >= 400) return;
    response = served.responses.front();
    response.tag = request.tag;
    twice += (twice.empty() ? "" : ", ") + request.method + ' ' + kit::clean_text(request.path, 60);
  };
  const Run run = simulation.run(SWB_IMPORT, subject.sample);
  if (twice.empty()) return;
  const Run once = subject.import(subject.sample);
  for (std::size_t row = 0; row < run.fates.size() && run.ok() && once.ok(); ++row) {
    if (run.fates[row].result == once.fates[row].result) continue;
    problems.push_back(twice + " may be sent again, says the connector; sent twice, row " + std::to_string(row) + " ends as " + result_name(run.fates[row].result) + ", and as " +
                       result_name(once.fates[row].result) + " otherwise: it is UNSAFE, or the vendor does not know the key");
    return;
  }
}

}  // namespace

/// Every request that may be sent again is sent again: the account must not notice.
void check_replay(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  judge_attempts(subject, problems);
  if (!subject.library.sandbox()) return results.judge("replay", problems, "the same request at every attempt");
  judge_ends(subject, problems);
  std::size_t repeated = 0;
  const kit::Json settings = kit::Json::parse(subject.settings).value_or(kit::Json());
  for (const auto& operation : kOperations) {
    const std::uint32_t op = operation.number;
    if (!operation.carries_rows || !subject.library.offers(op)) continue;
    const auto account = subject.account();
    Simulation simulation(subject.library, *subject.session, *account, subject.settings);
    std::string before = contents(account->dump().text), first_sent;
    Request sent;
    std::vector<std::string> here;
    std::vector<bool> changed_by_first;
    std::vector<Response> second_answers;
    simulation.on_request = [&](Request& request) { sent = request; before = contents(account->dump().text); };
    simulation.on_answer = [&](const Request& request, Response& response) {
      const std::string after = contents(account->dump().text);
      changed_by_first.push_back(before != after);
      second_answers.push_back(response);
      if (request.replay == SWB_UNSAFE || response.http_status >= 400) return;
      ++repeated;
      Request again = request;
      again.path = sent.path;
      if (request.path == sent.path || !request.path.starts_with("http"))
        again = with_credential(subject.library.manifest(), settings, simulation.secrets, again, simulation.now_ms, 900'000 + repeated);
      const Emitted served = account->serve(again, simulation.now_ms);  // in the same moment: an emulator may note when it changed what
      if (!served.responses.empty()) second_answers.back() = served.responses.front();
      second_answers.back().tag = request.tag;
      if (request.method != "GET" && contents(account->dump().text) != after)  // a job goes on while it is looked at
        here.push_back(op_name(op) + ", " + request.method + ' ' + kit::clean_text(request.path, 60) + ": called " +
                       (request.replay == SWB_SAFE ? "SAFE" : "KEYED") + ", yet sent again it changes the account once more");
    };
    const Run run = simulation.run(op, subject.sample);
    problems.insert(problems.end(), here.begin(), here.end());
    for (std::size_t i = 0; i < run.exchanges.size() && i < second_answers.size(); ++i) {
      const Exchange& at = run.exchanges[i];
      const bool makes = at.request.method == "POST" && changed_by_first[i] && at.where.op == SWB_IMPORT;
      if (at.request.replay == SWB_UNSAFE || !makes || at.response.http_status >= 400) continue;
      const Emitted second = decoded(subject, at, second_answers[i]);
      for (const Outcome& outcome : at.decoded.outcomes) {
        const auto now = std::find_if(second.outcomes.begin(), second.outcomes.end(), [&](const Outcome& other) { return other.row == outcome.row; });
        if (now != second.outcomes.end() ? now->result == outcome.result : !delivered(outcome.result)) continue;
        const bool keyed = at.request.replay == SWB_KEYED;
        problems.push_back(place(at) + (keyed ? ": called KEYED" : ": called SAFE") + ", yet after a lost answer the repetition says " + (now == second.outcomes.end() ? "nothing" : result_name(now->result)) +
                           " where the first said " + result_name(outcome.result) + (keyed ? ": the vendor does not know the key" : ": it is UNSAFE, or KEYED"));
        break;
      }
      if (at.request.replay == SWB_SAFE && at.where.step == 0 && subject.library.manifest()["promise"]["reimport_effect"].as_string() == "duplicates")
        problems.push_back(place(at) + ": called SAFE, yet the manifest's promise says that importing again makes duplicates");
    }
    // The key of a request is the same at every attempt.
    for (const Exchange& at : run.exchanges) {
      if (at.request.replay != SWB_KEYED || at.response.http_status >= 400) continue;
      Where later = at.where;
      ++later.attempt;
      later.now_ms += 90'000;
      const Emitted encoded = subject.session->encode(at.contacts, later);
      if (encoded.requests.size() != 1) continue;
      const Request& request = encoded.requests.front();
      for (const auto& [name, value] : at.request.headers) {
        const std::string* now = request.header(name);
        if (kit::contains_ignoring_case(name, "key") && (now == nullptr || *now != value))
          problems.push_back(place(at) + ": header " + name + " of a KEYED request differs from attempt to attempt");
      }
    }
  }
  results.judge("replay", problems, counted(repeated, "request") + " sent twice; the account is the same", {.tried = repeated, .untried = "no request that changes or finds something may be sent again"});
}

}  // namespace switchboard::conformance

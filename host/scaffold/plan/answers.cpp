#include <switchboard/kit/text.h>

#include <algorithm>

#include "host/scaffold/plan/account.h"
#include "host/scaffold/plan/names.h"
#include "host/scaffold/plan/results.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

/// What is taken for granted where the document shows no results: the shape of the SDK's template.
Results assumed_results(const Plan& plan) {
  Results results;
  results.assumed = true;
  results.id_path = {"id"};
  if (plan.body.kind == Body::Kind::Single) return results;
  results.kind = Results::Kind::Items;
  results.has_list = true;
  results.list = {"results"};
  results.status = Results::Status::Word;
  results.status_path = {"status"};
  results.message_path = {"message"};
  return results;
}

/// What is left open by the document's schema, with marks that say so.
void settle(Results& results, Plan& plan) {
  const std::string file = "response.cpp";
  if (results.assumed)
    plan.mark(file, plan.body.kind == Body::Kind::Single
                        ? "The document does not show what a contact's answer holds: {\"id\": ...} is assumed."
                        : "The document does not show how an answer tells what became of each contact: {\"results\": [{\"status\", \"id\", \"message\"}]}, one for each contact in their order, is assumed.");
  if (results.status == Results::Status::Word) {
    for (const auto& [word, fate] : results.words)
      if (fate == Fate::Unknown) plan.mark(file, "What does the status " + in_quotes(word) + " mean for a contact? Its row ends as unknown.");
    const bool tells = results.has(Fate::Created) || results.has(Fate::Updated) || results.has(Fate::Accepted);
    if (!tells || !results.has(Fate::Refused)) {
      if (!results.assumed) plan.mark(file, "The document does not list the words for a contact's fate; \"created\", \"exists\" and \"failed\" are assumed beside those that it has.");
      if (!tells) results.words.emplace_back("created", Fate::Created);
      if (!tells && !results.has(Fate::Unchanged)) results.words.emplace_back("exists", Fate::Unchanged);
      if (!results.has(Fate::Refused)) results.words.emplace_back("failed", Fate::Refused);
    }
  }
  if (results.kind == Results::Kind::Items && results.index_path.empty() && !results.assumed)
    plan.mark(file, results.echo_path.empty() ? "The document does not say that results come in the order of the contacts; it is assumed, where there are as many."
                                              : "Results are taken in the order of the contacts, and only where the " + in_quotes(results.echo_path.front()) + " that they bear is the contact's.");
  if (results.kind == Results::Kind::Items && !results.index_path.empty())
    plan.mark(file, "Is the place of the first contact, " + in_quotes(results.index_path.front()) + ", " + std::to_string(results.index_base) + "? The document does not quite say.");
  if (results.kind == Results::Kind::Counts)
    plan.mark(file, results.has_list ? "The answer counts, and names what it refused: the others count as taken where the numbers add up."
                                     : "The answer only counts: rows count as taken where all of them are. How does the vendor say which ones it refused?");
}

Results read_results(const std::optional<Results>& found, std::uint32_t status, Plan& plan) {
  Results results = found ? *found : assumed_results(plan);
  if (status == 201 && results.status == Results::Status::None) results.good = Fate::Created;
  if (status == 201 && results.status == Results::Status::Error) results.good = Fate::Created;
  settle(results, plan);
  return results;
}

bool has_status(const kit::Json& responses, const char* status) { return responses[status].is_object(); }

std::optional<Path> job_id_in(const Shape& answer) {
  const auto is_id = [](const Member& member) { return member.shape.kind == Kind::Text || member.shape.kind == Kind::Integer || member.shape.kind == Kind::Any; };
  if (auto path = find_member(answer, [&](const Member& member) { return is_id(member) && is_one_of(letters(member.name), {"jobid", "importid", "batchid", "taskid", "operationid", "requestid", "processid", "job", "import", "task", "batch"}); })) return path;
  return find_member(answer, [&](const Member& member) { return is_id(member) && is_one_of(letters(member.name), {"id", "uuid"}); });
}

std::string last_parameter(const std::string& path) {
  const auto open = path.rfind('{'), close = path.rfind('}');
  return open == path.npos || close == path.npos || close < open ? "" : path.substr(open + 1, close - open - 1);
}

/// Where the job's answer leads by name: responses[…].links.
const kit::Json* linked(const Document& document, const kit::Json& response) {
  for (const kit::Json& link : document.at(response)["links"].values()) {
    const kit::Json& found = document.at(link);
    if (found["operationId"].is_string()) return &found["operationId"];
  }
  return nullptr;
}

/// The GET that asks for the job; nullptr: none looks like it.
const Operation* asks_for_job(const Document& document, const Operation& import, const kit::Json& response, const std::vector<Operation>& operations) {
  const kit::Json* link = linked(document, response);
  const Operation* best = nullptr;
  int most = 0;
  const auto parameters_in = [](const std::string& path) { return std::count(path.begin(), path.end(), '{'); };
  for (const Operation& operation : operations) {
    if (operation.method != "GET" || last_parameter(operation.path).empty() || parameters_in(operation.path) != parameters_in(import.path) + 1) continue;
    int score = 0;
    if (link != nullptr && operation.id == link->string_or("")) score += 20;
    const std::string words = kit::lower(operation.path);
    if (operation.path.starts_with(import.path + "/")) score += 5;
    if (speaks_of(words, {"job", "import", "batch", "task", "operation", "bulk", "status"})) score += 3;
    if (speaks_of(kit::lower(last_parameter(operation.path)), {"job", "import", "batch", "task", "operation"})) score += 3;
    if (speaks_of(words, {"error", "file", "download", "log"})) score -= 2;
    if (score > most) most = score, best = &operation;
  }
  return most >= 3 ? best : nullptr;
}

void read_words(const Shape& shape, Job& job, Plan& plan) {
  for (const std::string& word : shape.words) {
    const std::string plain = letters(word);
    if (is_one_of(plain, {"queued", "pending", "running", "processing", "inprogress", "started", "scheduled", "new", "open", "submitted", "waiting", "active", "created", "accepted", "received", "inqueue", "working", "importing", "validating"})) job.running.push_back(word);
    else if (is_one_of(plain, {"completed", "complete", "finished", "done", "succeeded", "success", "ok", "processed", "imported", "completedwitherrors", "partiallycompleted", "partial", "completedwithwarnings", "partialsuccess"})) job.finished.push_back(word);
    else if (is_one_of(plain, {"failed", "failure", "error", "errored", "cancelled", "canceled", "aborted", "expired", "timedout", "timeout", "rejected", "stopped"})) job.failed.push_back(word);
    else plan.mark("response.cpp", "What does the job's state " + in_quotes(word) + " mean? Its rows are in doubt.");
  }
  if (!job.running.empty() && !job.finished.empty()) return;
  plan.mark("response.cpp", "The document does not list the states of a job; \"running\", \"completed\" and \"failed\" are assumed beside those that it has.");
  if (job.running.empty()) job.running = {"running"};
  if (job.finished.empty()) job.finished = {"completed"};
}

void plan_job(const Document& document, const Operation& import, const kit::Json& response, ShapeReader& reader, Plan& plan) {
  Job job;
  const kit::Json* schema = reader.json_schema(response);
  const auto id = schema != nullptr ? job_id_in(reader.read(*schema)) : std::nullopt;
  job.id_path = id.value_or(Path{"id"});
  if (!id) plan.mark("response.cpp", "The import goes on after its answer, and the document does not show what the answer calls it: {\"id\": ...} is assumed.");
  const std::vector<Operation> operations = document.operations();
  const Operation* asked = asks_for_job(document, import, response, operations);
  std::optional<Results> found;
  Shape answer;
  if (asked != nullptr) {
    if (auto pieces = pieces_of(asked->path, last_parameter(asked->path), document, *asked, plan)) job.path = *std::move(pieces);
    if (const kit::Json* shown = reader.json_schema((*asked->json)["responses"]["200"])) {
      answer = reader.read(*shown);
      found = results_in(answer, plan);
    }
    plan.mark("request.cpp", "What became of an import is asked with " + asked->shown() + ". Where its results come in pages, only the first is read.");
  }
  if (job.path.empty()) {
    job.assumed = true;
    job.path = plan.path;
    job.path.push_back({"/", std::nullopt, false});
    job.path.push_back({"", std::nullopt, true});
    plan.mark("request.cpp", "The import goes on after its answer, and the document does not say how to ask what became of it: GET of the import's own path and its id is assumed.");
  }
  const auto is_state = [](const Member& member) { return member.shape.kind == Kind::Text && is_one_of(letters(member.name), {"status", "state", "phase", "jobstatus", "importstatus"}); };
  const auto state = find_member(answer, is_state);
  job.state_path = state.value_or(Path{"status"});
  const Shape* words = &answer;
  for (const std::string& name : job.state_path) words = words != nullptr ? words->member(name) : nullptr;
  static const Shape kNothing;
  read_words(words != nullptr ? *words : kNothing, job, plan);
  plan.job = std::move(job);
  plan.results = read_results(found, 200, plan);
}

}  // namespace

void plan_answers(const Document& document, const Operation& operation, ShapeReader& reader, Plan& plan) {
  const kit::Json& responses = document.at((*operation.json)["responses"]);
  plan.conflict = plan.body.kind == Body::Kind::Single && has_status(responses, "409");
  std::optional<std::uint32_t> good;
  for (const auto& [name, status] : {std::pair{"207", 207u}, {"200", 200u}, {"201", 201u}, {"2XX", 200u}}) {
    if (!has_status(responses, name) && !(std::string_view(name) == "2XX" && has_status(responses, "2xx"))) continue;
    if (!good) good = status;
    const kit::Json* schema = reader.json_schema(responses[name]);
    const auto found = schema != nullptr ? results_in(reader.read(*schema), plan) : std::nullopt;
    if (!found) continue;
    plan.good_status = status;
    plan.results = read_results(found, status, plan);
    plan.results.tells_updated = plan.results.kind == Results::Kind::One && has_status(responses, "200") && has_status(responses, "201");
    if (plan.results.kind == Results::Kind::One && status == 200 && has_status(responses, "201")) plan.good_status = 201;
    if (plan.good_status == 201 && plan.results.kind == Results::Kind::One) plan.results.good = Fate::Created;
    return;
  }
  const bool later = has_status(responses, "202");
  if (!later && plan.body.kind == Body::Kind::Single && has_status(responses, "204")) {
    plan.results.empty_answer = true;
    plan.good_status = 204;
    plan.mark("response.cpp", "A contact is taken where the answer is 204 without a body, as documented. Nothing else proves it.");
    return;
  }
  if (later) {
    plan.good_status = 202;
    return plan_job(document, operation, responses["202"], reader, plan);
  }
  // 200 with the id of a job, and a way to ask for it.
  for (const char* name : {"200", "201"}) {
    const kit::Json* schema = reader.json_schema(responses[name]);
    const Shape answer = schema != nullptr ? reader.read(*schema) : Shape();
    const std::vector<Operation> operations = document.operations();
    const bool names_job = answer.kind == Kind::Object && job_id_in(answer).has_value();
    if (!names_job || plan.body.kind == Body::Kind::Single || asks_for_job(document, operation, responses[name], operations) == nullptr) continue;
    plan.good_status = std::string_view(name) == "200" ? 200 : 201;
    return plan_job(document, operation, responses[name], reader, plan);
  }
  plan.good_status = good.value_or(200);
  plan.results = read_results(std::nullopt, plan.good_status, plan);
}

}  // namespace switchboard::scaffold

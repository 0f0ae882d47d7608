#include "host/scaffold/plan/names.h"
#include "host/scaffold/write/code.h"
#include "host/scaffold/write/files.h"
#include "host/scaffold/write/lookup.h"

namespace switchboard::scaffold {
namespace {

/// "kit::Outcome::created(id)".
std::string outcome(Fate fate, const std::string& id, const std::string& unknown_code, const std::string& unknown_words) {
  switch (fate) {
    case Fate::Created: return "kit::Outcome::created(" + id + ")";
    case Fate::Updated: return "kit::Outcome::updated(" + id + ")";
    case Fate::Unchanged: return "kit::Outcome::unchanged(" + id + ")";
    case Fate::Accepted: return id.empty() ? "kit::Outcome::accepted()" : "kit::Outcome::accepted().with_id(" + id + ")";
    case Fate::Refused: return "refused(result, answer)";
    case Fate::Unknown: break;
  }
  return "kit::Outcome::unknown(" + literal(unknown_code) + ", " + literal(unknown_words) + ")";
}

constexpr const char* kSilence = "the answer does not say what became of this contact";

bool can_refuse(const Plan& plan) {
  return plan.results.kind == Results::Kind::Items ? plan.results.status != Results::Status::None : plan.results.kind == Results::Kind::Counts && plan.results.has_list;
}

void write_refused(Code& code, const Plan& plan) {
  code.line("// In the vendor's words without the contacts that they quote; the field that they name is to blame.");
  code.line("kit::Outcome refused(const kit::Json& result, kit::Answer& answer) {");
  std::string fields;
  for (std::size_t i = 0; i < plan.fields.size() && i < 12; ++i) fields += (i == 0 ? "" : ", ") + literal(plan.fields[i].name);
  const std::string words = plan.results.message_path.empty() ? "\"refused\"" : at("result", plan.results.message_path) + ".string_or(\"refused\")";
  if (plan.results.message_path.empty()) code.line("(void)result;");
  code.line("return kit::refusal(answer.words(" + words + "), \"invalid\", {" + fields + "});").line("}").blank();
}

/// fate_of(result, answer): of an item.
void write_fate(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  const std::string id = results.id_path.empty() ? "" : at("result", results.id_path) + ".text()";
  const std::string status = at("result", results.status_path);
  const auto give = [&](const std::string& condition, Fate fate) { code.line("if (" + condition + ") return " + outcome(fate, id, "", "") + ";"); };
  const bool uses_answer = results.status != Results::Status::None;
  code.line(std::string("kit::Outcome fate_of(const kit::Json& result, kit::Answer&") + (uses_answer ? " answer" : "") + ") {");
  switch (results.status) {
    case Results::Status::Word:
      code.line("const std::string status = " + status + ".string_or(\"\");");
      for (const auto& [word, fate] : results.words)
        if (fate != Fate::Unknown) give("status == " + literal(word), fate);
      break;
    case Results::Status::Number:
      code.line("const std::int64_t status = " + status + ".int_or(0);");
      give("status == 201", Fate::Created);
      give("status >= 200 && status <= 299 && status != 202", Fate::Accepted);
      code.line("// 408, 429 and 5xx say nothing of the contact.");
      give("status >= 400 && status <= 499 && status != 401 && status != 403 && status != 408 && status != 429", Fate::Refused);
      break;
    case Results::Status::Flag:
      code.line("const auto taken = " + status + ".as_bool();");
      give("taken == true", results.good);
      give("taken == false", Fate::Refused);
      break;
    case Results::Status::Error:
      code.line("const kit::Json& error = " + status + ";");
      give("!error.is_null() && !(error.is_array() && error.size() == 0) && error.as_string() != \"\"", Fate::Refused);
      if (!id.empty()) give(id, results.good);
      break;
    case Results::Status::None:
      give(id, results.good);
      break;
  }
  code.line("return " + outcome(Fate::Unknown, "", "no_result", kSilence) + ";").line("}").blank();
}

/// `row` of a result that bears an index; others are passed over.
void write_row(Code& code, const Results& results) {
  const std::string base = std::to_string(results.index_base);
  code.line("const std::int64_t index = " + at("result", results.index_path) + ".int_or(-1);");
  code.line("if (index < " + base + " || index >= static_cast<std::int64_t>(batch.rows())" + (results.index_base == 0 ? "" : " + " + base) + ") continue;");
  code.line("const auto row = static_cast<std::uint32_t>(index" + (results.index_base == 0 ? ");" : " - " + base + ");"));
}

void write_items(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  write_fate(code, plan);
  code.line("void read_results(const kit::Json& json, const kit::Batch& batch, kit::Answer& answer) {");
  code.line("const kit::Json& results = " + at("json", results.list) + ";");
  if (!results.index_path.empty()) {
    code.line("if (!results.is_array()) return answer.in_doubt(\"bad_answer\", \"the answer holds no results\");");
    code.line("std::vector<const kit::Json*> of_row(batch.rows(), nullptr);").line("std::vector<bool> twice(batch.rows(), false);");
    code.line("for (const kit::Json& result : results.items()) {");
    write_row(code, results);
    code.line("twice[row] = twice[row] || of_row[row] != nullptr;").line("of_row[row] = &result;").line("}");
    code.line("for (std::uint32_t row = 0; row < batch.rows(); ++row) {");
    code.line("const bool known = of_row[row] != nullptr && !twice[row];");
    code.line("answer.row(row, known ? fate_of(*of_row[row], answer) : " + outcome(Fate::Unknown, "", "no_result", kSilence) + ");").line("}");
  } else {
    code.line("if (!results.is_array() || results.items().size() != batch.rows()) {");
    code.line("return answer.in_doubt(\"bad_answer\", \"the answer does not list every contact\");").line("}");
    code.line("for (std::uint32_t row = 0; row < batch.rows(); ++row) {");
    if (!results.echo_path.empty()) {
      const Field& field = plan.fields[results.echo_field];
      const std::string sent = "batch.value(row, " + literal(field.name) + ").value_or(\"\")", echoed = "*echoed";
      code.line("// The result of another contact says nothing of this one.");
      code.line("const auto echoed = " + at("results.at(row)", results.echo_path) + ".as_string();");
      const std::string same = field.type == "phone" ? "kit::digits_of(" + echoed + ") == kit::digits_of(" + sent + ")" : "kit::plain(" + echoed + ") == kit::plain(" + sent + ")";
      code.line("const bool its = !echoed || " + same + ";");
      code.line("answer.row(row, its ? fate_of(results.at(row), answer) : " + outcome(Fate::Unknown, "", "another_contact", "the answer's results are not in the order of the contacts") + ");");
    } else {
      code.line("answer.row(row, fate_of(results.at(row), answer));");
    }
    code.line("}");
  }
  code.line("answer.done();").line("}").blank();
}

void write_counts(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  code.line("// A number that no request has makes the sum negative.");
  code.line("std::int64_t count(const kit::Json& number) {").line("constexpr std::int64_t kMost = 1'000'000'000;");
  code.line("const std::int64_t value = number.int_or(0);").line("return value < 0 || value > kMost ? -10 * kMost : value;").line("}").blank();
  code.line("void read_results(const kit::Json& json, const kit::Batch& batch, kit::Answer& answer) {");
  std::string sum;
  for (const Path& path : results.taken) sum += (sum.empty() ? "" : " + ") + ("count(" + at("json", path) + ")");
  code.line("const std::int64_t taken = " + sum + ";");
  std::string refused = "0";
  if (results.has_list) {
    refused = "refusals";
    code.line("std::int64_t refusals = 0;");
    code.line("for (const kit::Json& result : " + at("json", results.list) + ".items()) {");
    write_row(code, results);
    code.line("if (answer.answered(row)) continue;").line("answer.row(row, refused(result, answer));").line("++refusals;").line("}");
  }
  code.line("if (taken < 0 || taken + " + refused + " != static_cast<std::int64_t>(batch.rows())) {");
  code.line("answer.rest(kit::Outcome::unknown(\"counts\", \"the answer's numbers do not say what became of this contact\"));");
  code.line("return answer.done();").line("}");
  code.line("answer.rest(kit::Outcome::accepted());").line("answer.done();").line("}").blank();
}

void write_one(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  code.line("void read_results(const kit::Json& json, const kit::Response& response, kit::Answer& answer) {");
  code.line("const auto id = " + at("json", results.id_path) + ".text();");
  code.line("if (!id || id->empty()) return answer.in_doubt(\"bad_answer\", \"the answer names no contact\");");
  if (results.tells_updated) {
    code.line("answer.row(0, response.status() == 201 ? kit::Outcome::created(id) : kit::Outcome::updated(id));");
  } else {
    code.line("(void)response;").line("answer.row(0, " + outcome(results.good, "id", "", "") + ");");
  }
  code.line("answer.done();").line("}").blank();
}

void write_words(Code& code, const char* name, const std::vector<std::string>& words) {
  std::string condition;
  for (const std::string& word : words) condition += (condition.empty() ? "" : " || ") + std::string("state == ") + literal(word);
  code.line(std::string("bool ") + name + "(std::string_view state) { return " + (condition.empty() ? "state.empty() && false" : condition) + "; }");
}

void write_decode(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  const bool reads_rows = plan.job.has_value() || plan.lookup.has_value() || results.kind != Results::Kind::One;
  code.line(std::string("void Connector::decode(const kit::Batch&") + (reads_rows ? " batch" : "") + ", const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {");
  code.line("// Everything but 2xx, 429 with its Retry-After among it: see the table in switchboard/kit/fault.h. Look at");
  code.line("// response.status() before this line for what your vendor does differently.");
  code.line("if (const auto fault = kit::http_fault(response, step)) return answer.finish(*fault);");
  if (results.empty_answer) {
    code.line("if (step.is(kit::Operation::Import)) {");
    code.line("if (response.status() != 204 || !response.body().empty()) {");
    code.line("return answer.in_doubt(\"bad_answer\", \"the vendor answers otherwise than with 204\");").line("}");
    code.line("answer.rest(kit::Outcome::accepted());").line("return answer.done();").line("}");
    if (!plan.probe && !plan.lookup) {
      code.line("answer.abort(kit::Reason::Unavailable, \"bad_answer\", \"nothing was asked\");").line("}");
      return;
    }
  }
  code.line("const auto body = kit::json_of(response, kit::purpose_of(step), " + literal(plan.title) + ", answer);");
  code.line("if (!body) return;  // a send is in doubt then; a question is asked again");
  code.line("const kit::Json& json = *body;");
  if (plan.probe) {
    const std::string place = at("json", plan.probe->proof);
    const std::string proof = plan.probe->is_list ? place + ".is_array()" : "!" + place + ".is_null()";
    code.line("if (step.is(kit::Operation::Probe)) return kit::finish_probe(" + proof + ", " + literal(plan.title) + ", answer);");
  }
  if (plan.lookup) code.line("if (step.is(kit::Operation::Reconcile)) return read_page(json, batch, step, answer);");
  if (results.empty_answer) {
    if (!plan.probe) code.line("answer.abort(kit::Reason::Unavailable, \"bad_answer\", \"nothing was asked\");");
    code.line("}");
    return;
  }
  if (plan.job) {
    code.line("Chain chain;").line("if (!kit::read_state(step, batch, chain)) {");
    code.line("chain.job = " + at("json", plan.job->id_path) + ".string_or(\"\");").line("constexpr std::size_t kLongestId = 200;");
    code.line("if (chain.job.empty() || chain.job.size() > kLongestId) {");
    code.line("return answer.in_doubt(\"bad_answer\", \"the answer names no import\");").line("}");
    code.line("return kit::go_on(chain, answer, 1000);  // the next step, after a second").line("}");
    code.line("const std::string state = " + at("json", plan.job->state_path) + ".string_or(\"\");");
    code.line("if (is_running(state)) return kit::poll(chain, answer);");
    code.line("if (!is_finished(state)) return answer.in_doubt(\"job_failed\", \"the import ended otherwise than well\");");
  } else {
    code.line("if (response.status() == 202) return answer.in_doubt(\"accepted\", \"the vendor began, and does not say that it ended\");");
  }
  code.line(results.kind == Results::Kind::One ? "read_results(json, response, answer);" : "read_results(json, batch, answer);").line("}");
}

}  // namespace

std::string response_source(const Plan& plan) {
  const std::string space = namespace_of(plan.id);
  std::string out = "#include \"connector.h\"\n\n#include <cstdint>\n#include <string>\n#include <string_view>\n#include <vector>\n\n" + mark_comments(plan, "response.cpp") + "\nnamespace " + space + " {\n\n";
  if (!plan.results.empty_answer || plan.lookup) {
    Code inner;
    write_read_page(inner, plan);
    if (plan.job) {
      write_words(inner, "is_running", plan.job->running);
      write_words(inner, "is_finished", plan.job->finished);
      if (!plan.job->failed.empty()) {
        std::string words;
        for (const std::string& word : plan.job->failed) words += (words.empty() ? "" : ", ") + comment(in_quotes(word));
        inner.line("// Everything else is in doubt, also what the document calls " + words + ".");
      }
      inner.blank();
    }
    if (can_refuse(plan)) write_refused(inner, plan);
    if (plan.results.kind == Results::Kind::Items) write_items(inner, plan);
    if (plan.results.kind == Results::Kind::Counts) write_counts(inner, plan);
    if (plan.results.kind == Results::Kind::One && !plan.results.empty_answer) write_one(inner, plan);
    out += "namespace {\n\n" + inner.take() + "}  // namespace\n\n";
  }
  Code decode;
  write_decode(decode, plan);
  return out + decode.take() + "\n}  // namespace " + space + "\n";
}

}  // namespace switchboard::scaffold

#include <switchboard/kit/json.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>

#include "host/scaffold/write/answer_shape.h"
#include "host/scaffold/write/code.h"
#include "host/scaffold/write/files.h"
#include "host/scaffold/write/lookup.h"

namespace switchboard::scaffold {
namespace {

std::string pattern_of(const std::vector<Piece>& pieces, const Plan& plan) {
  const std::string& url = plan.base_urls.front().url;
  const auto slash = url.find('/', 8);
  std::string path = slash == url.npos ? "" : url.substr(slash);
  for (const Piece& piece : pieces) path += piece.setting || piece.job ? "{}" : piece.text;
  std::string out;
  for (const std::string_view part : kit::split(path, '/')) {
    if (part.empty()) continue;
    const bool any = part.find('{') != part.npos;
    out += "/" + (any ? "*" : kit::url_decode(part));
  }
  return literal(out.empty() ? "/" : out);
}

// What a credential looks like from the vendor's side.

std::string expected(const std::string& text) {
  std::string out, plain;
  const auto add = [&](const std::string& piece) { out += (out.empty() ? "" : " + ") + piece; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (!rest.starts_with("{secret:")) {
      plain += text[i];
      continue;
    }
    const auto end = rest.find('}');
    add(out.empty() ? "std::string(" + literal(plain) + ")" : literal(plain));
    add("options_.secret(" + literal(rest.substr(8, end - 8)) + ")");
    plain.clear();
    i += end;
  }
  if (!plain.empty() || out.empty()) add(out.empty() ? "std::string(" + literal(plain) + ")" : literal(plain));
  return out;
}

std::string credential_check(const Credential& credential) {
  std::string out;
  const auto add = [&](const std::string& test) { out += (out.empty() ? "" : " && ") + test; };
  if (credential.kind == "none") return "true";
  if (credential.kind == "bearer") add("request.bearer() == options_.secret(" + literal(credential.token) + ")");
  if (credential.kind == "basic") add("request.basic() == std::pair(options_.secret(" + literal(credential.user) + "), options_.secret(" + literal(credential.password) + "))");
  for (const auto& [name, value] : credential.headers) add("request.header(" + literal(kit::lower(name)) + ") == " + expected(value));
  return "(" + out + ")";
}

/// `contact["address"]["city"]` of a field; empty: it is not found.
std::string place_of(const Node& node, std::size_t field, const std::string& here) {
  for (const Node& child : node.children) {
    const std::string at_child = child.name.empty() ? here : here + "[" + literal(child.name) + "]";
    if (child.kind == Node::Kind::Field && child.field == field) return at_child;
    if (child.kind == Node::Kind::FieldInList && child.field == field) return at_child + ".at(0)";
    if (child.kind != Node::Kind::Object && child.kind != Node::Kind::ObjectInList) continue;
    const std::string found = place_of(child, field, child.kind == Node::Kind::ObjectInList ? at_child + ".at(0)" : at_child);
    if (!found.empty()) return found;
  }
  return {};
}

void write_wrong_with(Code& code, const Plan& plan) {
  code.line("// What is wrong with a contact; empty: nothing.");
  code.line("static std::string wrong_with(const kit::Json& contact) {").line("if (!contact.is_object()) return \"a contact is an object\";");
  for (std::size_t i = 0; i < plan.fields.size(); ++i) {
    const Field& field = plan.fields[i];
    const std::string place = place_of(plan.contact, i, "contact");
    if (place.empty()) continue;
    if (field.required) code.line("if (" + place + ".is_null() || " + place + ".as_string() == \"\") return " + literal(field.name + " is required") + ";");
    if (field.type == "phone") code.line("if (!" + place + ".is_null() && kit::digits_of(" + place + ".string_or(\"\")).size() < 5) return " + literal(field.name + " is no phone number") + ";");
    if (field.type == "email") code.line("if (!" + place + ".is_null() && !is_address(" + place + ".string_or(\"\"))) return " + literal(field.name + " is no e-mail address") + ";");
  }
  code.line("return \"\";").line("}").blank();
  if (std::any_of(plan.fields.begin(), plan.fields.end(), [](const Field& field) { return field.type == "email"; })) {
    code.line("static bool is_address(std::string_view text) {").line("const auto sign = text.find('@');");
    code.line("return sign != text.npos && sign > 0 && text.find('.', sign) != text.npos;").line("}").blank();
  }
}

void write_key(Code& code, const Plan& plan) {
  code.line("// By what the vendor tells contacts apart.");
  std::string place, type;
  for (std::size_t i = 0; i < plan.fields.size(); ++i)
    if (!plan.identity.empty() && plan.fields[i].name == plan.identity.front()) place = place_of(plan.contact, i, "contact"), type = plan.fields[i].type;
  code.line("static std::string key_of(const kit::Json& contact) {");
  if (!place.empty()) {
    const std::string value = place + ".string_or(\"\")";
    code.line("const std::string key = " + (type == "phone" ? "kit::digits_of(" + value + ")" : "kit::lower(" + value + ")") + ";");
    code.line("if (!key.empty()) return key;");
  }
  code.line("return contact.to_text();").line("}").blank();
}

bool refuses_rows(const Plan& plan) {
  const Results& results = plan.results;
  if (results.kind == Results::Kind::One) return false;
  return results.kind == Results::Kind::Counts || results.status != Results::Status::None;
}

void write_take(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  code.line("struct Taken {").line("std::string id, wrong;").line("bool was_there = false;").line("};").blank();
  code.line("// Stores a contact, or says what is wrong with it.");
  code.line("Taken take(const kit::Json& contact) {").line("Taken taken;").line("taken.wrong = wrong_with(contact);").line("if (!taken.wrong.empty()) return taken;");
  code.line("const auto known = by_key_.find(key_of(contact));").line("taken.was_there = known != by_key_.end();");
  const bool keeps = results.has(Fate::Unchanged) || plan.conflict, replaces = results.has(Fate::Updated) || results.tells_updated;
  code.line("if (taken.was_there) taken.id = contacts_[known->second].first;");
  if (keeps) code.line("if (taken.was_there) return taken;  // it stays as it was");
  else if (replaces) code.line("if (taken.was_there) {").line("contacts_[known->second].second = contact;").line("return taken;").line("}");
  else code.line("// Nothing says that the vendor knows a contact again: it is stored once more.");
  code.line(results.id_is_number ? "taken.id = kit::decimal_id(contacts_.size() + 1, 9);" : "taken.id = kit::hex_id(\"contact\", contacts_.size() + 1);");
  code.line("by_key_[key_of(contact)] = contacts_.size();").line("contacts_.emplace_back(taken.id, contact);").line("return taken;").line("}").blank();
}

/// A conditional expression over `taken` that gives the status of an item.
std::string item_status(const Results& results) {
  const auto word = [&](Fate fate) { return literal(results.word(fate)); };
  const std::string stored = results.has(Fate::Created) ? word(Fate::Created) : results.has(Fate::Accepted) ? word(Fate::Accepted) : word(Fate::Updated);
  std::string there = stored;
  if (results.has(Fate::Unchanged)) there = word(Fate::Unchanged);
  else if (results.has(Fate::Updated)) there = word(Fate::Updated);
  return "!taken.wrong.empty() ? " + word(Fate::Refused) + " : taken.was_there ? " + there + " : " + stored;
}

void write_item(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  AnswerShape item;
  const std::string good = "taken.wrong.empty()", bad = "!taken.wrong.empty()";
  if (!results.index_path.empty()) item.put(results.index_path, std::string(".value(index") + (results.index_base == 0 ? ")" : " + 1)"));
  switch (results.status) {
    case Results::Status::Word: item.put(results.status_path, ".value(std::string_view(" + item_status(results) + "))"); break;
    case Results::Status::Number: item.put(results.status_path, ".value(taken.wrong.empty() ? 201 : 422)"); break;
    case Results::Status::Flag: item.put(results.status_path, ".value(taken.wrong.empty())"); break;
    case Results::Status::Error:  // the message is below it, or it is the message
    case Results::Status::None: break;
  }
  if (!results.id_path.empty()) item.put(results.id_path, results.id_is_number ? ".raw(taken.id)" : ".value(taken.id)", good);
  if (!results.message_path.empty()) item.put(results.message_path, ".value(taken.wrong)", bad);
  if (!results.echo_path.empty()) item.put(results.echo_path, ".value(" + place_of(plan.contact, results.echo_field, "contact") + ")");
  item.write(code, "json");
}

/// Lines that store a batch, and the places of its results in the answer.
void write_batch(Code& code, const Plan& plan, AnswerShape& answer) {
  const Results& results = plan.results;
  const bool items = results.kind == Results::Kind::Items;
  const bool indexed = !results.index_path.empty();
  code.line("const kit::Json& list = " + (plan.body.kind == Body::Kind::Wrapped ? "body[" + literal(plan.body.list) + "]" : std::string("body")) + ";");
  code.line("if (!list.is_array()) return error(400, \"there is no list of contacts\");");
  if (!refuses_rows(plan)) {
    code.line("for (const kit::Json& contact : list.items()) {");
    code.line("if (const std::string wrong = wrong_with(contact); !wrong.empty()) return error(422, wrong);").line("}");
  }
  if (!items) code.line("std::int64_t stored = 0, refused = 0;");
  if (indexed) code.line("std::int64_t index = 0;");
  const bool lists = items || results.has_list;
  if (lists) code.line("kit::JsonWriter json;").line("json.array();");
  code.line("for (const kit::Json& contact : list.items()) {").line("const Taken taken = take(contact);");
  if (items) {
    write_item(code, plan);
  } else {
    code.line("taken.wrong.empty() ? ++stored : ++refused;");
    if (lists) {
      AnswerShape item;
      item.put(results.index_path, std::string(".value(index") + (results.index_base == 0 ? ")" : " + 1)"));
      if (!results.message_path.empty()) item.put(results.message_path, ".value(taken.wrong)");
      code.line("if (!taken.wrong.empty()) {");
      item.write(code, "json");
      code.line("}");
    }
  }
  if (indexed) code.line("++index;");
  code.line("}");
  if (lists) code.line("const std::string results = json.end().take();");
  if (lists) answer.put(results.list, ".raw(results)");
  for (std::size_t i = 0; i < results.taken.size(); ++i) answer.put(results.taken[i], i == 0 ? ".value(stored)" : ".value(0)");
  if (results.refused) answer.put(*results.refused, ".value(refused)");
}

void write_import(Code& code, const Plan& plan) {
  const Results& results = plan.results;
  code.line("kit::SandboxResponse import(const kit::Json& body) {");
  AnswerShape answer;
  if (plan.job) answer.put(plan.job->state_path, ".value(" + literal(plan.job->finished.front()) + ")");
  if (plan.body.kind == Body::Kind::Single) {
    code.line("const Taken taken = take(body);").line("if (!taken.wrong.empty()) return error(422, taken.wrong);");
    if (plan.conflict && !results.tells_updated) code.line("if (taken.was_there) return error(409, \"there is such a contact\");");
    answer.put(results.id_path, results.id_is_number ? ".raw(taken.id)" : ".value(taken.id)");
  } else {
    write_batch(code, plan, answer);
  }
  code.line("if (imports_.next() == \"lost_reply\") return error(502, \"bad gateway\");  // stored, and nobody hears of it");
  if (results.empty_answer) {
    code.line("return {204, {}, \"\"};").line("}").blank();
    return;
  }
  code.line("kit::JsonWriter out;");
  answer.write(code, "out");
  std::string status = std::to_string(plan.good_status);
  if (plan.job) {
    code.line("jobs_.push_back({out.take(), 0});").line("kit::JsonWriter begun;");
    AnswerShape first;
    first.put(plan.job->id_path, ".value(\"job-\" + std::to_string(jobs_.size()))");
    first.write(code, "begun");
    code.line("return kit::SandboxResponse::json(" + status + ", begun.take());");
  } else {
    if (results.tells_updated) status = "taken.was_there ? 200 : 201";
    code.line("return kit::SandboxResponse::json(" + status + ", out.take());");
  }
  code.line("}").blank();
}

void write_show(Code& code, const Plan& plan) {
  code.line("// A job runs until it was looked at once.");
  code.line("kit::SandboxResponse show(const std::vector<std::string>& segments) {").line("for (std::size_t i = 0; i < jobs_.size(); ++i) {");
  code.line("const std::string id = \"job-\" + std::to_string(i + 1);");
  code.line("if (std::find(segments.begin(), segments.end(), id) == segments.end()) continue;");
  code.line("if (++jobs_[i].second > 1) return kit::SandboxResponse::json(200, jobs_[i].first);").line("kit::JsonWriter running;");
  AnswerShape answer;
  answer.put(plan.job->state_path, ".value(" + literal(plan.job->running.front()) + ")");
  answer.write(code, "running");
  code.line("return kit::SandboxResponse::json(200, running.take());").line("}").line("return error(404, \"no such import\");").line("}").blank();
}

/// The least that proves a credential.
std::string probe_answer(const Probe& probe) {
  std::string out = probe.is_list ? "[]" : kit::json_string("sandbox");
  for (auto name = probe.proof.rbegin(); name != probe.proof.rend(); ++name) out = "{" + kit::json_string(*name) + ":" + out + "}";
  return out;
}

void write_serve(Code& code, const Plan& plan) {
  code.line("kit::SandboxResponse fault(int status) const { return error(status, \"a fault was asked for\"); }").blank();
  code.line("kit::SandboxResponse answer(const kit::SandboxRequest& request) {");
  std::string passes;
  for (const Credential& credential : plan.credentials) passes += (passes.empty() ? "" : " || ") + credential_check(credential);
  if (passes != "true") code.line("const bool known = " + passes + ";").line("if (!known) return error(401, \"the credential is not known\");");
  code.line("if (!rate_.pass(now_ms_)) return error(429, \"too many requests\").with(\"retry-after\", \"60\");");
  if (plan.lookup) code.line("if (request.method() == \"GET\" && kit::is_route(" + pattern_of(plan.lookup->path, plan) + ", request.segments())) return list(request);");
  const bool probe_lists = plan.probe && plan.lookup && pattern_of(plan.probe->path, plan) == pattern_of(plan.lookup->path, plan);
  if (plan.probe && !probe_lists) code.line("if (request.method() == \"GET\" && kit::is_route(" + pattern_of(plan.probe->path, plan) + ", request.segments())) return kit::SandboxResponse::json(200, " + literal(probe_answer(*plan.probe)) + ");");
  if (plan.job) code.line("if (request.method() == \"GET\" && kit::is_route(" + pattern_of(plan.job->path, plan) + ", request.segments())) return show(request.segments());");
  code.line("if (request.method() != " + literal(plan.method) + " || !kit::is_route(" + pattern_of(plan.path, plan) + ", request.segments())) return error(404, \"no such resource\");");
  if (plan.form) code.line("if (request.media_type() != \"application/x-www-form-urlencoded\") return error(400, \"the body is no form\");").line("const std::optional<kit::Json> body = request.form();");
  else code.line("const auto body = kit::Json::parse(request.body());").line("if (!body) return error(400, \"the body is not JSON\");");
  if (plan.key_header.empty()) {
    code.line("return import(*body);");
  } else {
    code.line("// A key that comes again is answered as it was, and nothing is stored.");
    code.line("const std::string key(request.header(" + literal(kit::lower(plan.key_header)) + ").value_or(\"\"));");
    code.line("if (const auto known_key = answered_.find(key); known_key != answered_.end() && !key.empty()) return known_key->second;");
    code.line("return answered_[key] = import(*body);");
  }
  code.line("}").blank();
}

void write_helpers(Code& code) {
  code.line("static kit::SandboxResponse error(int status, std::string_view message) {");
  code.line("return kit::SandboxResponse::of(status, kit::object({{\"message\", message}}));").line("}").blank();
}

}  // namespace

std::string sandbox_source(const Plan& plan) {
  const std::string space = namespace_of(plan.id);
  std::string out = "// The vendor's emulator: an account in memory, as far as the document describes it. Pure: the same requests give the same\n// answers.\n"
                    "#include <switchboard/kit/kit.h>\n\n#include <algorithm>\n#include <cstdint>\n#include <map>\n#include <optional>\n#include <string>\n#include <string_view>\n#include <utility>\n#include <vector>\n\n" +
                    mark_comments(plan, "sandbox.cpp") + "namespace " + space + " {\n\nnamespace kit = switchboard::kit;\n\n";
  Code code;
  code.line("class Sandbox : public kit::SandboxServer<Sandbox> {").line("public:").line("using SandboxServer::SandboxServer;").blank();
  write_serve(code, plan);
  code.line("std::string dump() const {");
  code.line("const auto shown = [](const auto& stored) { return kit::object({{\"id\", stored.first}, {\"contact\", stored.second}}); };");
  code.line("return kit::object({{\"contacts\", kit::array(contacts_, shown)}}).text();").line("}").blank().line("private:");
  write_helpers(code);
  write_wrong_with(code, plan);
  write_key(code, plan);
  write_take(code, plan);
  write_import(code, plan);
  if (plan.job) write_show(code, plan);
  if (plan.lookup) write_list(code, plan, place_of(plan.contact, plan.lookup->key_field, "contact"));
  code.line("kit::SandboxRate rate_{options_.number(\"requests_per_minute\", 0), 60'000};").line("kit::SandboxFault imports_{options_};");
  code.line("std::vector<std::pair<std::string, kit::Json>> contacts_;  // id, and what was sent").line("std::map<std::string, std::size_t> by_key_;");
  if (plan.job) code.line("std::vector<std::pair<std::string, int>> jobs_;  // what they tell at last, and how often they were looked at");
  if (!plan.key_header.empty()) code.line("std::map<std::string, kit::SandboxResponse> answered_;");
  code.line("};").blank();
  return out + code.take() + "}  // namespace " + space + "\n\nSWB_SANDBOX(" + space + "::Sandbox)\n";
}

}  // namespace switchboard::scaffold

// An honest connector of two more shapes: a form-encoded request a contact, and one endpoint that answers everything with 200, errors
// included, with pages that a cursor leads through. The setting "bug" chooses one of the bugs that the judge must find; without one it
// must pass in both flows.
#include <switchboard/kit/kit.h>

#include <map>
#include <string>

namespace forms {

namespace kit = switchboard::kit;
using kit::Directive;
using kit::Json;
using kit::JsonWriter;
using kit::Outcome;

constexpr std::size_t kPage = 6;

struct Connector {
  explicit Connector(const kit::Settings& settings) : bug(settings.text("bug", "none")), graph(settings.text("flow", "form") == "graph") {}
  bool has(std::string_view name) const { return bug == name; }

  // ---- Requests ----

  std::string form(const kit::Batch& batch, std::uint32_t row) const {
    std::string out;
    for (std::uint32_t c = 0; c < batch.columns(); ++c) {
      const auto cell = batch.cell(row, c);
      if (!cell) continue;
      const bool phone = batch.column_name(c) == "phone", custom = batch.is_custom(c);
      const std::string name = kit::url_encode(has("customs_share_a_name") && custom ? "custom" : batch.column_name(c));
      std::string value = kit::url_encode(*cell);
      if (phone && has("raw_plus")) value = std::string(*cell);
      if (!phone && has("only_blanks_are_encoded")) {
        value = std::string(*cell);
        for (char& letter : value) letter = letter == ' ' ? '+' : letter;
      }
      if (has("encoded_twice") && !phone) value = kit::url_encode(value);
      out += (out.empty() ? "" : "&") + name + '=' + value;
    }
    return out;
  }

  std::string mutation(const kit::Batch& batch) const {
    JsonWriter json;
    json.object().member("query", "mutation($contacts:[ContactInput!]!){importContacts(contacts:$contacts){results{state contact{id} errors{message}}}}");
    json.key("variables").object().key("contacts").array();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      json.object();
      for (std::uint32_t c = 0; c < batch.columns(); ++c) json.member_if(batch.column_name(c), batch.cell(row, c));
      json.end();
    }
    return json.end().end().end().take();
  }

  static Json state_of(const kit::Step& step) { return Json::parse(step.state()).value_or(Json()); }

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
    if (step.is(kit::Operation::Probe)) return out.put(graph ? kit::Request::ask_json("/graphql", R"({"query":"{account{id}}"})") : kit::Request::get("/account"));
    if (step.is(kit::Operation::Import)) {
      if (step.number() > 0) throw kit::Unsupported("an import has one step");
      if (graph) {
        kit::Request request = kit::Request::post_json("/graphql", mutation(batch));
        if (has("mutation_is_safe")) request.replay = kit::Replay::Safe;
        return out.put(request.rows(0, batch.rows()));
      }
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        kit::Request request = kit::Request::post("/contacts", "application/x-www-form-urlencoded", form(batch, row));
        if (has("form_is_safe")) request.replay = kit::Replay::Safe;
        out.put(request.rows(row, 1));
      }
      return;
    }
    if (!step.is(kit::Operation::Reconcile)) throw kit::Unsupported("not offered");
    if (graph) {
      JsonWriter json;
      json.object().member("query", "query($phones:[String!]!,$after:String){contacts(phones:$phones,after:$after){edges{node{id phone}} pageInfo{hasNextPage endCursor}}}");
      json.key("variables").object().key("phones").array();
      for (std::uint32_t row = 0; row < batch.rows(); ++row) json.value(batch.value(row, "phone").value_or(""));
      json.end().member("after", state_of(step)["after"].string_or(""));
      return out.put(kit::Request::ask_json("/graphql", json.end().end().take()).rows(0, batch.rows()));
    }
    std::string phones;
    for (std::uint32_t row = 0; row < batch.rows(); ++row) phones += (row > 0 ? "," : "") + std::string(batch.value(row, "phone").value_or(""));
    kit::Query query;
    query.add("phones", phones);
    out.put(kit::Request::get("/contacts" + query.text()).rows(0, batch.rows()));
  }

  // ---- Answers ----

  /// What 200 says of the whole request.
  std::optional<Directive> error_of(const Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) const {
    const Json& error = json["errors"].at(0);
    if (error.is_null()) return std::nullopt;
    const std::string code = error["extensions"]["code"].string_or("");
    if (has("errors_are_passed_over") && batch.rows() > 0 && step.is(kit::Operation::Import)) {
      answer.rest(Outcome::accepted());
      return Directive::done();
    }
    if (code == "UNAUTHENTICATED" && has("unauthenticated_is_refused") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("unauthenticated", "refused"));
      return Directive::done();
    }
    if (code == "UNAUTHENTICATED") return Directive::reauth("credential", "the key is not valid");
    if (step.is(kit::Operation::Reconcile) && has("error_is_absent")) {
      answer.rest(Outcome::absent());
      return Directive::done();
    }
    return batch.rows() > 0 ? Directive::in_doubt("errors", "it says that something went wrong") : Directive::retry("errors", "it says that something went wrong");
  }

  void read_results(const Json& results, const kit::Batch& batch, kit::Answer& answer) const {
    if (!results.is_array() || results.size() != batch.rows()) return answer.finish(Directive::in_doubt("bad_answer", "no result of each"));
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const Json& result = results.at(row);
      const std::string state = result["state"].string_or("");
      const auto id = result["contact"]["id"].text();
      if (has("nothing_is_created") && !result.is_object()) answer.row(row, Outcome::created());
      else if (has("no_error_is_created") && result["errors"].size() == 0) answer.row(row, Outcome::created(id));
      else if (state == "CREATED") answer.row(row, Outcome::created(id));
      else if (state == "UPDATED") answer.row(row, Outcome::updated(id));
      else if (state == "UNCHANGED") answer.row(row, Outcome::unchanged(id));
      else if (state == "INVALID") answer.row(row, Outcome::rejected("invalid", answer.words(result["errors"].at(0)["message"].string_or("refused"))));
      else answer.row(row, Outcome::unknown("no_result", "it does not say what became of this contact"));
    }
    answer.done();
  }

  void read_edges(const Json& list, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) const {
    const auto more = list["pageInfo"]["hasNextPage"].as_bool();
    if (!list["edges"].is_array() || !more) return answer.finish(Directive::in_doubt("bad_answer", "no list"));
    std::string found = state_of(step)["found"].string_or("");
    found.resize(batch.rows(), '.');
    for (const Json& edge : list["edges"].items())
      for (std::uint32_t row = 0; row < batch.rows(); ++row)
        if (edge["node"]["phone"].string_or("") == batch.value(row, "phone").value_or("-")) found[row] = 'x';
    const std::string after = list["pageInfo"]["endCursor"].string_or(""), before = state_of(step)["after"].string_or("");
    const bool goes_on = *more && !after.empty() && after.size() < 200 && after != before && list["edges"].size() > 0;
    if (goes_on && !has("first_page_is_all")) return answer.finish(Directive::next(JsonWriter().object().member("after", after).member("found", found).end().take()));
    const bool whole = !*more || has("first_page_is_all");
    for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : whole ? Outcome::absent() : Outcome::unknown("list_incomplete", "the list ended early"));
    answer.done();
  }

  void read_contact(const Json& json, const kit::Batch& batch, const kit::Response& response, kit::Answer& answer) const {
    const auto id = json["contact"]["id"].text();
    if (!id && !has("any_201_is_created")) return answer.finish(Directive::in_doubt("bad_answer", "no contact"));
    const std::string state = json["state"].string_or("");
    const auto outcome = state == "created" || (response.status() == 201 && has("any_201_is_created")) ? Outcome::created(id)
                         : state == "updated"                                                         ? Outcome::updated(id)
                         : state == "unchanged"                                                       ? Outcome::unchanged(id)
                         : has("new_state_is_refused") && !state.empty()                              ? Outcome::rejected("state", "refused")
                                                                                                      : Outcome::unknown("no_result", "it does not say what became of it");
    for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, outcome);
    answer.done();
  }

  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    if (response.status() == 422 && batch.rows() == 1 && step.is(kit::Operation::Import)) {
      answer.row(0, has("refused_is_there") ? Outcome::unchanged() : Outcome::rejected("invalid", answer.words(kit::fault_message(response.body()))));
      return answer.done();
    }
    if (response.status() == 422 && has("retries_422")) return answer.finish(Directive::retry("invalid", "invalid"));
    if (const auto directive = kit::http_fault(response, step)) return answer.finish(*directive);
    const auto json = Json::parse(response.body());
    if (graph && json) {
      if (const auto directive = error_of(*json, batch, step, answer)) return answer.finish(*directive);
    }
    if (step.is(kit::Operation::Probe)) {
      const bool known = json && !(graph ? (*json)["data"] : *json)["account"]["id"].is_null();
      return known ? answer.done() : answer.finish(Directive::abort(kit::Reason::Unavailable, "bad_answer", "not the vendor"));
    }
    if (!json) return answer.finish(Directive::in_doubt("bad_answer", "no JSON"));
    if (graph) return step.is(kit::Operation::Import) ? read_results((*json)["data"]["importContacts"]["results"], batch, answer) : read_edges((*json)["data"]["contacts"], batch, step, answer);
    if (step.is(kit::Operation::Import)) return read_contact(*json, batch, response, answer);
    if (!(*json)["contacts"].is_array()) return answer.finish(Directive::in_doubt("bad_answer", "no list"));
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const Json* found = nullptr;
      for (const Json& contact : (*json)["contacts"].items())
        if (contact["phone"].string_or("") == batch.value(row, "phone").value_or("-")) found = &contact;
      answer.row(row, found != nullptr ? Outcome::unchanged((*found)["id"].text()) : Outcome::absent());
    }
    answer.done();
  }

  std::string bug;
  bool graph;
};

// ---- The vendor ----

struct Sandbox {
  explicit Sandbox(const Json& options) : key(kit::sandbox_secret(options, "api_key")) {}

  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status, JsonWriter().object().key("error").object().member("message", message).end().end().take());
  }
  static kit::SandboxResponse errors(std::string_view code) {
    return kit::SandboxResponse::json(200, JsonWriter().object().key("data").raw("null").key("errors").array().object().member("message", "no").key("extensions").object().member("code", code).end().end().end().end().take());
  }
  static std::string id_of(const std::string& phone) { return kit::hex_id("contact" + phone, 0, 12); }

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t) {
    if (const auto status = request.fault_status()) return error(*status, "asked for");
    const bool known = request.bearer() == key;
    if (request.is("POST", "/v1/graphql")) return known ? answer(request.json()) : errors("UNAUTHENTICATED");
    if (!known) return error(401, "unknown key");
    if (request.is("GET", "/v1/account")) return kit::SandboxResponse::json(200, R"({"account":{"id":"a-1"}})");
    if (request.is("GET", "/v1/contacts")) return list(request.query("phones").value_or(""));
    if (!request.is("POST", "/v1/contacts")) return error(404, "no such resource");
    const Json contact = request.form();
    const std::string state = store(contact);
    if (state == "invalid") return error(422, "phone is not valid");
    return kit::SandboxResponse::json(state == "created" ? 201 : 200, JsonWriter().object().member("state", state).key("contact").object().member("id", id_of(contact["phone"].string_or(""))).end().end().take());
  }

  std::string store(const Json& contact) {
    const std::string phone = contact["phone"].string_or("");
    if (phone.size() < 5 || phone.find_first_of("?@") != std::string::npos) return "invalid";
    const auto known = contacts.find(phone);
    if (known == contacts.end()) return contacts.emplace(phone, contact.to_text()), "created";
    const bool same = known->second == contact.to_text();
    known->second = contact.to_text();
    return same ? "unchanged" : "updated";
  }

  kit::SandboxResponse answer(const Json& asked) {
    const std::string query = asked["query"].string_or("");
    if (query.find("account") != std::string::npos) return kit::SandboxResponse::json(200, R"({"data":{"account":{"id":"a-1"}}})");
    JsonWriter json;
    json.object().key("data").object();
    if (query.starts_with("mutation")) {
      json.key("importContacts").object().key("results").array();
      for (const Json& contact : asked["variables"]["contacts"].items()) {
        std::string state = store(contact);
        for (char& c : state) c = static_cast<char>(c - 'a' + 'A');
        json.object().member("state", state);
        if (state == "INVALID") json.key("contact").raw("null").key("errors").array().object().member("message", "phone is not valid").end().end();
        else json.key("contact").object().member("id", id_of(contact["phone"].string_or(""))).end().key("errors").array().end();
        json.end();
      }
      return kit::SandboxResponse::json(200, json.end().end().end().end().take());
    }
    std::vector<std::string> hits;
    for (const Json& phone : asked["variables"]["phones"].items())
      if (contacts.count(phone.string_or("")) > 0) hits.push_back(phone.string_or(""));
    std::size_t at = static_cast<std::size_t>(kit::parse_int(asked["variables"]["after"].string_or("0")).value_or(0));
    json.key("contacts").object().key("edges").array();
    for (const std::size_t last = at + kPage; at < last && at < hits.size(); ++at) json.object().key("node").object().member("id", id_of(hits[at])).member("phone", hits[at]).end().end();
    json.end().key("pageInfo").object().member("hasNextPage", at < hits.size()).member("endCursor", std::to_string(at)).end();
    return kit::SandboxResponse::json(200, json.end().end().end().take());
  }

  kit::SandboxResponse list(const std::string& phones) const {
    JsonWriter json;
    json.object().key("contacts").array();
    for (const auto phone : kit::split(phones, ','))
      if (contacts.count(std::string(phone)) > 0) json.object().member("id", id_of(std::string(phone))).member("phone", phone).end();
    return kit::SandboxResponse::json(200, json.end().end().take());
  }

  std::string dump() const {
    JsonWriter json;
    json.object().key("contacts").array();
    for (const auto& [phone, contact] : contacts) json.object().member("id", id_of(phone)).member_raw("contact", contact).end();
    return json.end().end().take();
  }

  std::string key;
  std::map<std::string, std::string> contacts;
};

}  // namespace forms

SWB_CONNECTOR(forms::Connector)
SWB_SANDBOX(forms::Sandbox)

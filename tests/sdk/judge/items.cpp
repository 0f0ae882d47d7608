// An honest connector of another shape than zoo.cpp: 207 with a status for each contact, which are told apart by the e-mail address and looked
// up in pages with a cursor. The setting "bug" chooses one of the bugs that the judge must find; without one it must pass.
#include <locale.h>
#include <sys/random.h>
#include <unistd.h>

#include <switchboard/kit/kit.h>

#include <cfenv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace items {

namespace kit = switchboard::kit;
using kit::Directive;
using kit::Json;
using kit::JsonWriter;
using kit::Outcome;

constexpr std::size_t kPage = 4;

struct Connector {
  explicit Connector(const kit::Settings& settings) : bug(settings.text("bug", "none")) {}
  bool has(std::string_view name) const { return bug == name; }

  void number(JsonWriter& json, const std::string& name, const std::string& cell) const {
    char text[64];
    if (name == "score" && has("never_below_zero") && cell.starts_with('-')) return json.member_raw(name, "0"), void();
    std::snprintf(text, sizeof text, name == "score" ? "%.1f" : "%.0f", std::strtod(cell.c_str(), nullptr));
    if ((name == "score" && has("number_by_printf")) || (name == "visits" && has("int_by_double")))
      json.member(name, text);
    else
      json.member_raw(name, cell);
  }

  std::string people(const kit::Batch& batch) const {
    JsonWriter json;
    json.object().key("people").array();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      json.object().member("ref", batch.row_id(row));
      std::uint32_t filled = batch.fields();
      for (std::uint32_t c = 0; c < batch.fields(); ++c) {
        const std::string name(batch.column_name(c));
        if (batch.cell(row, c) == "0" && has("zero_is_nothing")) continue;
        if (const auto cell = batch.cell(row, c)) name == "score" || name == "visits" ? number(json, name, std::string(*cell)) : void(json.member(name, *cell));
      }
      for (std::uint32_t c = batch.fields(); c < batch.columns() && has("customs_stand_beside_fields"); ++c) json.member_if(batch.column_name(c), batch.cell(row, c));
      json.key("attributes").array();
      for (std::uint32_t c = batch.fields(); c < batch.columns(); ++c) {
        if (!batch.cell(row, c) || has("customs_stand_beside_fields")) continue;
        const std::uint32_t named = has("customs_shift_when_one_is_empty") ? filled++ : c;
        json.object().member("name", batch.column_name(named)).member("value", *batch.cell(row, c)).end();
      }
      json.end().end();
    }
    return json.end().end().take();
  }

  void reach_out() const {
    char byte = 0;
#ifdef ITEMS_READS_THE_ENVIRONMENT
    if (environ != nullptr && *environ != nullptr) byte = **environ;
#endif
    if (has("getrandom")) static_cast<void>(::getrandom(&byte, 1, 0));
    if (has("another_locale")) {
      if (const locale_t locale = ::newlocale(LC_ALL_MASK, "", nullptr)) ::freelocale(locale);
    }
    if (has("rounds_up")) std::fesetround(FE_UPWARD);
    static char* kept = nullptr;
    if (has("keeps_memory") && (kept = static_cast<char*>(std::malloc(4000))) != nullptr) kept[0] = byte;
  }

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
    reach_out();
    if (step.is(kit::Operation::Import)) return out.put(kit::Request::post_json("/people:batch", people(batch)).rows(0, batch.rows()));
    if (step.is(kit::Operation::Probe)) return out.put(kit::Request::get("/me"));
    if (!step.is(kit::Operation::Reconcile)) throw kit::Unsupported("not offered");
    std::string list;
    for (std::uint32_t row = 0; row < batch.rows(); ++row) list += (row > 0 ? "," : "") + std::string(batch.value(row, "email").value_or(""));
    kit::Query query;
    query.add("emails", list);
    const std::string cursor = Json::parse(step.state()).value_or(Json())["cursor"].string_or("");
    if (!cursor.empty()) query.add("cursor", cursor);
    out.put(kit::Request::get("/people" + query.text()).rows(0, batch.rows()));
  }

  std::optional<Directive> fault(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    const std::uint32_t status = response.status();
    const bool dated = response.header("retry-after") && !kit::parse_int(*response.header("retry-after"));
    if (status == 429 && dated && has("date_is_left_to_the_host")) return Directive::throttle(0);
    if (status == 404 && has("not_found_is_absent") && step.is(kit::Operation::Reconcile)) {
      answer.rest(Outcome::absent());
      return Directive::done();
    }
    if (status == 451 && has("rejects_all_on_451") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("no", "no"));
      return Directive::done();
    }
    if (status >= 500 && step.is(kit::Operation::Probe) && has("probe_takes_500")) return Directive::done();
    return kit::http_fault(response, step);
  }

  /// As a connector without the kit puts it out.
  static void rejected(kit::Answer& answer, std::uint32_t row, std::string_view message) {
    swb_outcome outcome{};
    outcome.struct_size = sizeof outcome;
    outcome.row = row;
    outcome.result = SWB_REJECTED;
    outcome.code = kit::to_abi("invalid");
    outcome.message = kit::to_abi(message);
    answer.call().host().put_outcome(answer.call().handle(), &outcome);
  }

  void read_item(std::uint32_t row, const Json& item, kit::Answer& answer) const {
    const auto status = item["status"].int_or(0);
    const auto text = item["id"].as_string();
    const std::optional<std::string> id = text ? std::optional(std::string(*text)) : std::nullopt;
    const std::string message = item["error"]["message"].string_or("refused");
    if (status == 201) return answer.row(row, Outcome::created(id));
    if (status == 200) return answer.row(row, Outcome::updated(id));
    if (status == 409) return answer.row(row, has("again_is_refused") ? Outcome::rejected("duplicate", "it is there") : Outcome::unchanged(id));
    if (status == 422 && has("quotes_half_an_address")) return rejected(answer, row, std::string_view(message).substr(0, 30));
    if (status == 422) return answer.row(row, Outcome::rejected("invalid", message));
    if (status == 429 && has("limited_item_is_refused")) return answer.row(row, Outcome::rejected("limit", "it has no time"));
    if (status == 500 && has("failed_item_is_sent_again")) return answer.row(row, Outcome::resend("server", "it failed"));
    if (status > 201 && status < 300 && has("any_2xx_item_is_there")) return answer.row(row, Outcome::accepted());
    if (status >= 500 && has("failed_item_is_refused")) return answer.row(row, Outcome::rejected("server", "it failed"));
    if (has("new_status_is_created") && status != 0) return answer.row(row, Outcome::created(id));
    if (has("no_status_is_created") && item["status"].is_null()) return answer.row(row, Outcome::created(id));
    answer.row(row, Outcome::unknown("new_status", "a status that is not known"));
  }

  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    if (has("silent_when_redirected") && response.header("location")) return;
    if (const auto directive = fault(batch, step, response, answer)) return answer.finish(*directive);
    const auto json = Json::parse(response.body());
    if (step.is(kit::Operation::Probe)) {
      const bool known = json && !(*json)["account"].is_null();
      return known ? answer.done() : answer.finish(Directive::abort(kit::Reason::Unavailable, "bad_answer", "not the vendor"));
    }
    if (!json) return answer.finish(Directive::in_doubt("bad_answer", "no JSON"));
    if (step.is(kit::Operation::Reconcile)) return read_page(*json, batch, step, answer);
    const Json& list = (*json)["items"];
    if (!list.is_array()) return answer.finish(Directive::in_doubt("bad_answer", "no items"));
    std::map<std::string, const Json*> by_ref;
    for (const Json& item : list.items()) by_ref[item["ref"].string_or("")] = &item;
    std::string last;
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const auto known = by_ref.find(std::string(batch.row_id(row)));
      const Json* item = known == by_ref.end() ? nullptr : known->second;
      if (has("reads_by_position")) item = row < list.items().size() ? &list.at(row) : nullptr;
      if (has("only_the_first_counts") && !list.items().empty()) item = &list.at(0);
      if (item == nullptr) {
        answer.row(row, Outcome::unknown("no_result", "the answer does not say what became of this row"));
      } else if (has("id_of_the_row_before") && (*item)["status"].int_or(0) == 409 && !last.empty()) {
        answer.row(row, Outcome::unchanged(last));
      } else {
        read_item(row, *item, answer);
      }
      if (item != nullptr) last = (*item)["id"].string_or("");
    }
    answer.done();
  }

  void read_page(const Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) const {
    if (!json["people"].is_array()) return answer.finish(Directive::in_doubt("bad_answer", "no list"));
    const Json state = Json::parse(step.state()).value_or(Json());
    std::string found = state["found"].string_or("");
    found.resize(batch.rows(), '.');
    for (const Json& person : json["people"].items()) {
      const std::string theirs = person["email"].string_or("");
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        const std::string mine(batch.value(row, "email").value_or(""));
        // By what it was sent with last: who was there before may have the values of then.
        const bool sent = has("found_by_its_address") || (has("found_by_the_beginning") && person["ref"].string_or("").starts_with(std::string(batch.row_id(row)))) || person["ref"].string_or("") == batch.row_id(row);
        if ((has("compares_the_case") ? mine == theirs : kit::equals_ignoring_case(mine, theirs)) && sent) found[row] = 'x';
      }
    }
    const std::string next = json["next"].string_or("");
    if (!next.empty() && next != state["cursor"].string_or("")) return answer.finish(Directive::next(JsonWriter().object().member("cursor", next.substr(0, 200)).member("found", found).end().take()));
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      if (found[row] == 'x')
        answer.row(row, Outcome::unchanged());
      else
        answer.row(row, json["next"].is_null() ? Outcome::absent() : Outcome::unknown("list_incomplete", "the list ended early"));
    }
    answer.done();
  }

  std::string bug;
};

/// Keeps addresses in lower case, as vendors do.
struct Sandbox {
  explicit Sandbox(const Json& options) : key(kit::sandbox_secret(options, "api_key")) {}

  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status, JsonWriter().object().key("error").object().member("message", message).end().end().take());
  }
  static std::string id_of(const std::string& email) { return kit::hex_id("person" + email, 0, 12); }

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t) {
    if (const auto status = request.fault_status()) return error(*status, "asked for");
    if (request.bearer() != key) return error(401, "unknown key");
    if (request.is("GET", "/v3/me")) return kit::SandboxResponse::json(200, R"({"account":"items"})");
    if (request.is("GET", "/v3/people")) return list(request);
    const auto body = Json::parse(request.body());
    return request.is("POST", "/v3/people:batch") && body ? store((*body)["people"]) : error(404, "no such resource");
  }

  kit::SandboxResponse store(const Json& list) {
    JsonWriter json;
    json.object().key("items").array();
    bool all = true;
    for (const Json& person : list.items()) {
      const std::string email = kit::lower(person["email"].string_or(""));
      JsonWriter kept;
      kept.object().member("email", email);
      for (std::size_t i = 0; i < person.keys().size(); ++i)
        if (person.keys()[i] != "ref" && person.keys()[i] != "email") kept.member(person.keys()[i], person.values()[i]);
      const std::string text = kept.end().take();
      json.object().member("ref", person["ref"].string_or(""));
      const auto known = people.find(email);
      if (email.find('@') == std::string::npos)
        json.member("status", 422).key("error").object().member("message", "the address '" + email + "' is no e-mail address").end();
      else if (known != people.end())
        json.member("status", known->second == text ? 409 : 200).member("id", id_of(email));
      else
        json.member("status", 201).member("id", id_of(email));
      all = all && known == people.end() && email.find('@') != std::string::npos;
      if (email.find('@') != std::string::npos) people[email] = text, refs[email] = person["ref"].string_or("");
      json.end();
    }
    return kit::SandboxResponse::json(all ? 201 : 207, json.end().end().take());
  }

  kit::SandboxResponse list(const kit::SandboxRequest& request) const {
    const std::string asked = request.query("emails").value_or("");
    std::vector<std::string> hits;
    for (const auto email : kit::split(asked, ','))
      if (people.count(kit::lower(email)) > 0) hits.push_back(kit::lower(email));
    std::size_t at = static_cast<std::size_t>(request.query_int("cursor", 0, 0).value_or(0));
    const std::size_t end = at + kPage;
    JsonWriter json;
    json.object().key("people").array();
    for (; at < hits.size() && at < end; ++at) json.object().member("email", hits[at]).member("ref", refs.at(hits[at])).member("id", id_of(hits[at])).end();
    json.end();
    at < hits.size() ? json.member("next", std::to_string(at)) : json.key("next").raw("null");
    return kit::SandboxResponse::json(200, json.end().take());
  }

  std::string dump() const {
    JsonWriter json;
    json.object().key("people").array();
    for (const auto& [email, person] : people) json.object().member("id", id_of(email)).member_raw("person", person).end();
    return json.end().end().take();
  }

  std::string key;
  std::map<std::string, std::string> people, refs;  // by address
};

}  // namespace items

namespace {

/// There is no setting yet while it is loaded.
const struct Constructor {
  Constructor() {
    if (std::getenv("ITEMS_READS_A_FILE") == nullptr) return;
    if (std::FILE* file = std::fopen("/proc/self/status", "r")) std::fclose(file);
  }
} constructor;

}  // namespace

SWB_CONNECTOR(items::Connector)
SWB_SANDBOX(items::Sandbox)

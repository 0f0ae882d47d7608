// Vendor answer → outcomes and directive.
#include "connector.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <utility>

namespace apptoto {
namespace {

using kit::Directive;
using kit::Json;
using kit::Outcome;
using kit::Purpose;

// ---- Errors ----

// The vendor documents no error body: texts of error, errors and message in whatever shape they come.
std::string words_of(const Json& json) {
  if (const auto text = json.as_string()) return std::string(*text);
  for (const char* name : {"message", "detail", "error"}) {
    if (json[name].as_string()) return std::string(*json[name].as_string());
  }
  std::string out;
  for (const Json& item : json.items()) {
    if (const std::string words = words_of(item); !words.empty()) out += (out.empty() ? "" : "; ") + words;
  }
  for (std::size_t i = 0; i < json.keys().size(); ++i) {
    if (const std::string words = words_of(json.values()[i]); !words.empty())
      out += (out.empty() ? "" : "; ") + json.keys()[i] + ": " + words;
  }
  return out;
}

std::string error_of(const Json& json) {
  for (const char* name : {"errors", "error"}) {
    if (const std::string words = words_of(json[name]); !words.empty()) return kit::clean_text(words, 500);
  }
  return {};
}

// No report holds a phone number or an address, so not even one that the vendor repeats.
std::string redacted(std::string text, const kit::Batch& batch) {
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    for (const char* field : {"phone_numbers", "email_addresses"}) {
      for (const Entry& entry : entries_of(batch.value(row, field))) {
        for (const std::string& value : {entry.value, kit::digits_of(entry.value)}) {
          if (value.size() < 5) continue;
          for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at))
            text.replace(at, value.size(), "…");
        }
      }
    }
  }
  return text;
}

// nullopt for a 2xx answer.
std::optional<Directive> fault_of(const Connector& connector, const kit::Batch& batch,
                                  const kit::Response& response, Purpose purpose, std::int64_t now_ms) {
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const std::string code = "http." + std::to_string(response.status());
  const auto json = Json::parse(response.body());
  const std::string words = json ? error_of(*json) : "";
  if (!words.empty())
    directive->message = "Apptoto answered HTTP " + std::to_string(response.status()) + ": " + words;
  const std::string message = redacted(directive->message.value_or(""), batch);

  switch (response.status()) {
    case 404:
    case 406:
    case 415:
      // Isolated like every other refusal of a batch: Apptoto may say 404 for an item of an update.
      if (purpose == Purpose::Send) return Directive::split(code, message);
      break;
    case 429:
      if (directive->delay_ms == 0) directive->delay_ms = 60'000;
      break;
    case 502:
      // The known sign of a request that took too long. A PUT may be repeated in smaller parts at once; what
      // a POST stored has to be looked up first.
      if (purpose != Purpose::Send) break;
      if (connector.upsert && batch.rows() > 1) return Directive::shrink("batch_too_large", message);
      return Directive::in_doubt("batch_too_large", message);
    default:
      break;
  }
  directive->message = message;
  return directive;
}

// ---- Contacts of an answer ----

std::string plain(std::string_view text) { return kit::lower(kit::clean_text(text)); }

std::string name_of(std::string_view name, std::string_view first, std::string_view last) {
  return plain(!name.empty() ? std::string(name) : std::string(first) + " " + std::string(last));
}

std::string name_of(const Json& contact) {
  return name_of(contact["name"].string_or(""), contact["first_name"].string_or(""),
                 contact["last_name"].string_or(""));
}

std::string name_of(const kit::Batch& batch, std::uint32_t row) {
  return name_of(batch.value(row, "name").value_or(""), batch.value(row, "first_name").value_or(""),
                 batch.value(row, "last_name").value_or(""));
}

std::optional<std::string> id_of(const Json& contact) {
  const auto id = contact["id"].as_string();
  return id && !id->empty() ? std::optional<std::string>(*id) : std::nullopt;
}

bool has_external_id(const Json& contact, std::string_view id) {
  return contact["external_id"].as_string() == id;
}

// {"contacts": […]}, a bare array, or a single contact; nullopt where the answer is none of them.
std::optional<std::vector<const Json*>> contacts_in(const Json& json) {
  std::vector<const Json*> out;
  const Json& list = json.is_array() ? json : json["contacts"].is_array() ? json["contacts"] : json["data"];
  const Json& one = json["contact"].is_object() ? json["contact"] : json;
  if (list.is_array()) {
    for (const Json& item : list.items()) out.push_back(&item);
  } else if (id_of(one) || one["external_id"].as_string()) {
    out.push_back(&one);
  } else {
    return std::nullopt;
  }
  return out;
}

// For each row sent, the contact of the answer that is its own: by external_id; where the vendor does not
// repeat that, by position and name in an answer of equal length. Never by position alone.
std::vector<const Json*> match(const kit::Batch& batch, const std::vector<std::uint32_t>& sent,
                               const std::vector<const Json*>& contacts) {
  std::vector<const Json*> own(sent.size(), nullptr);
  for (const bool same_name : {true, false}) {  // an external_id may stand in the source twice
    for (const Json* contact : contacts) {
      if (std::find(own.begin(), own.end(), contact) != own.end()) continue;
      for (std::size_t i = 0; i < sent.size(); ++i) {
        if (own[i] != nullptr || !has_external_id(*contact, external_id_of(batch, sent[i]))) continue;
        if (same_name && name_of(*contact) != name_of(batch, sent[i])) continue;
        own[i] = contact;
        break;
      }
    }
  }
  for (std::size_t i = 0; contacts.size() == sent.size() && i < sent.size(); ++i) {
    const bool anonymous = !(*contacts[i])["external_id"].as_string();
    if (own[i] == nullptr && anonymous && name_of(*contacts[i]) == name_of(batch, sent[i]))
      own[i] = contacts[i];
  }
  return own;
}

Outcome refusal(const Json& contact, std::string complaint) {
  const std::string code = kit::to_code(contact["error"]["code"].string_or(contact["code"].string_or("")));
  Outcome outcome = Outcome::rejected(code.empty() ? "contact_refused" : code, std::move(complaint));
  for (const char* field :
       {"phone_numbers", "email_addresses", "external_id", "first_name", "last_name", "name"}) {
    if (contact["errors"].get(field) != nullptr) return std::move(outcome).blaming(field);
  }
  return outcome;
}

// ---- The answer to a POST or PUT ----

void decode_send(const Connector& connector, const kit::Batch& batch, Chain chain, const Json& json,
                 kit::Answer& answer) {
  const auto contacts = contacts_in(json);
  if (!contacts) {
    const std::string words = redacted(error_of(json), batch);
    return answer.finish(Directive::in_doubt(
        "bad_answer", "Apptoto's answer holds no contacts" + (words.empty() ? "" : ": " + words)));
  }
  const std::vector<std::uint32_t> sent = chain.to_send(batch);
  const std::vector<const Json*> own = match(batch, sent, *contacts);
  std::vector<std::uint32_t> open;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    // Of an item that says neither whose it is nor what it is called, the words are worth keeping; the
    // verdict comes from the look-up.
    const Json* item = own[i] != nullptr                 ? own[i]
                       : contacts->size() == sent.size() ? (*contacts)[i]
                                                         : nullptr;
    const std::string complaint = item != nullptr ? redacted(error_of(*item), batch) : "";
    const auto id = own[i] != nullptr ? id_of(*own[i]) : std::nullopt;
    if (id && complaint.empty()) {
      answer.row(sent[i], !connector.upsert          ? Outcome::created(id)
                          : !connector.precheck      ? Outcome::accepted().with_id(id)
                          : chain.was_found(sent[i]) ? Outcome::updated(id)
                                                     : Outcome::created(id));
    } else if (own[i] != nullptr && !id && !complaint.empty() && !kit::hints_at_duplicate(0, complaint)) {
      answer.row(sent[i], refusal(*own[i], complaint));
    } else {
      open.push_back(sent[i]);
      if (!complaint.empty()) chain.complaints[sent[i]] = complaint;
    }
  }
  if (open.empty()) return answer.done();
  chain.confirm(std::move(open));
  answer.finish(Directive::next(chain.to_text()));
}

// ---- Look-ups ----

struct Found {
  enum class Verdict {
    Present,
    Absent,
    Elsewhere,  // in another address book
    Outdated,   // with other phone numbers or e-mail addresses than those that were sent
    Different,  // with another name
    Unclear
  };
  Verdict verdict = Verdict::Unclear;
  std::optional<std::string> id;
};

bool same_address(std::string_view shown, std::string_view sent) { return plain(shown) == plain(sent); }

// A number may be shown in its national form: its last digits are the same then.
bool same_number(std::string_view shown, std::string_view sent) {
  constexpr std::size_t kTelling = 7;
  const std::string a = kit::digits_of(shown), b = kit::digits_of(sent);
  return a == b || (std::min(a.size(), b.size()) >= kTelling && (a.ends_with(b) || b.ends_with(a)));
}

// Whether a list of the contact has every value that was sent; `value` names the member of its items that holds it as
// it was sent.
bool lists_show(const Json& list, const std::vector<Entry>& sent, const char* value,
                bool (*same)(std::string_view, std::string_view)) {
  if (!list.is_array()) return true;
  return std::all_of(sent.begin(), sent.end(), [&](const Entry& entry) {
    return std::any_of(list.items().begin(), list.items().end(), [&](const Json& item) {
      return same(item[value].string_or(""), entry.value) || same(item["normalized"].string_or(""), entry.value);
    });
  });
}

// What the answer does not show cannot differ.
Found::Verdict compare(const Json& contact, const kit::Batch& batch, std::uint32_t row) {
  const std::string name = name_of(contact);
  if (!kit::trim(name).empty() && name != name_of(batch, row)) return Found::Verdict::Different;
  const bool lists = lists_show(contact["phone_numbers"], entries_of(batch.value(row, "phone_numbers")), "number", same_number) &&
                     lists_show(contact["email_addresses"], entries_of(batch.value(row, "email_addresses")), "address", same_address);
  return lists ? Found::Verdict::Present : Found::Verdict::Outdated;
}

// Both 404 and an empty or null body mean that there is no such contact.
Found read_look_up(const Connector& connector, const kit::Batch& batch, std::uint32_t row,
                   const kit::Response& response) {
  using Verdict = Found::Verdict;
  if (response.status() == 404 || response.status() == 410) return {Verdict::Absent, {}};
  if (!response.ok()) return {Verdict::Unclear, {}};
  if (kit::trim(response.body()).empty()) return {Verdict::Absent, {}};
  const auto json = Json::parse(response.body());
  if (!json) return {Verdict::Unclear, {}};
  if (json->is_null() || (json->size() == 0 && (json->is_array() || json->is_object())))
    return {Verdict::Absent, {}};
  const auto contacts = contacts_in(*json);
  if (!contacts) {
    const Json* contact = json->get("contact");
    return {contact != nullptr && contact->is_null() ? Verdict::Absent : Verdict::Unclear, {}};
  }
  if (contacts->empty()) return {Verdict::Absent, {}};
  Found found;
  for (const Json* contact : *contacts) {
    const auto external_id = (*contact)["external_id"].as_string();
    const bool alone = contacts->size() == 1 && !external_id;
    if (!id_of(*contact) || (!alone && external_id != external_id_of(batch, row))) continue;
    const auto book = (*contact)["address_book_id"].as_string();
    const bool elsewhere = connector.address_book_id && book && *book != *connector.address_book_id;
    found = {elsewhere ? Verdict::Elsewhere : compare(*contact, batch, row), id_of(*contact)};
    if (found.verdict == Verdict::Present) break;
  }
  return found;
}

void finish_confirmation(const Connector& connector, const kit::Step& step, Chain chain,
                         kit::Answer& answer) {
  if (chain.absent.empty()) return answer.done();
  const bool explained = std::all_of(chain.absent.begin(), chain.absent.end(), [&](std::uint32_t row) { return chain.complaints.contains(row); });
  if (!explained && !chain.second_look && connector.settle_ms > 0) {
    // Apptoto may still be at work behind the gateway that gave up: only what is missing twice is missing.
    chain.confirm(std::exchange(chain.absent, {}));
    chain.second_look = true;
    return answer.finish(Directive::next(chain.to_text(), connector.settle_ms));
  }
  if (chain.too_large && !explained)
    return answer.finish(Directive::shrink("batch_too_large", "Apptoto found the request too large"));
  for (const std::uint32_t row : chain.absent) {
    const auto complaint = chain.complaints.find(row);
    answer.row(row,
               step.is(kit::Operation::Reconcile) ? Outcome::absent()
               : complaint != chain.complaints.end()
                   ? Outcome::rejected("contact_refused", complaint->second)
                   : Outcome::rejected("not_stored",
                                       "Apptoto accepted the request, but neither its answer nor a look-up "
                                       "shows this contact"));
  }
  answer.done();
}

void decode_confirmation(const Connector& connector, const kit::Step& step, Chain chain, const Found& found,
                         kit::Answer& answer) {
  const std::uint32_t row = chain.rows[chain.at];
  const bool refused = chain.complaints.contains(row);
  switch (found.verdict) {
    case Found::Verdict::Present:
      answer.row(row, refused            ? Outcome::unchanged(found.id)
                      : connector.upsert ? Outcome::accepted().with_id(found.id)
                                         : Outcome::created(found.id));
      break;
    case Found::Verdict::Absent:
      chain.absent.push_back(row);
      break;
    case Found::Verdict::Outdated:
    case Found::Verdict::Different:
      // Of an update, or a refusal: it did not take place. Of a new contact: another one with its external_id, which
      // hides it.
      if (connector.upsert || refused) {
        chain.absent.push_back(row);
        break;
      }
      answer.row(row, Outcome::unknown("external_id_taken",
                                       "the contact that Apptoto shows for this external_id has other values")
                          .blaming("external_id"));
      break;
    case Found::Verdict::Elsewhere:
      if (refused) {
        chain.absent.push_back(row);
        break;
      }
      answer.row(row,
                 Outcome::unknown("external_id_elsewhere",
                                  "the only contact that Apptoto shows for this external_id is in another "
                                  "address book")
                     .blaming("external_id"));
      break;
    case Found::Verdict::Unclear:
      answer.row(row,
                 Outcome::unknown("lookup_unclear", "Apptoto's answer to the look-up cannot be understood"));
      break;
  }
  if (++chain.at < chain.rows.size()) return answer.finish(Directive::next(chain.to_text()));
  finish_confirmation(connector, step, std::move(chain), answer);
}

void decode_precheck(const Connector& connector, const kit::Batch& batch, Chain chain, const Found& found,
                     kit::Answer& answer) {
  const std::uint32_t row = chain.rows[chain.at];
  switch (found.verdict) {
    case Found::Verdict::Present:
    case Found::Verdict::Outdated:
    case Found::Verdict::Different:
      if (connector.upsert) {
        chain.found.push_back(row);
        break;
      }
      chain.settled.push_back(row);
      answer.row(row, found.verdict != Found::Verdict::Different
                          ? Outcome::unchanged(found.id)
                          : Outcome::rejected("external_id_taken", "Apptoto has a contact of another name with this "
                                                                   "external_id; mode=upsert would update it")
                                .blaming("external_id"));
      break;
    case Found::Verdict::Absent:
      break;
    case Found::Verdict::Elsewhere:
      // A PUT looks within its own address book; what a POST does with a taken external_id is not documented.
      if (connector.upsert) break;
      chain.settled.push_back(row);
      answer.row(row, Outcome::rejected("external_id_elsewhere",
                                        "this external_id belongs to a contact in another address book")
                          .blaming("external_id"));
      break;
    case Found::Verdict::Unclear:
      return answer.finish(Directive::abort(kit::Reason::Setting, "lookup_unclear",
                                            "Apptoto's answer to a look-up cannot be understood; "
                                            "precheck=false sends without looking up"));
  }
  if (++chain.at < chain.rows.size()) return answer.finish(Directive::next(chain.to_text()));
  if (chain.to_send(batch).empty()) return answer.done();
  chain.phase = Chain::Phase::Send;
  answer.finish(Directive::next(chain.to_text()));
}

void decode_look_up(const Connector& connector, const kit::Batch& batch, const kit::Step& step, Chain chain,
                    const kit::Response& response, kit::Answer& answer) {
  const bool before = chain.phase == Chain::Phase::Precheck;
  const std::uint32_t status = response.status();
  const bool about_row = response.ok() || status == 400 || status == 404 || status == 410 || status == 422;
  if (!about_row) {
    const Purpose purpose = before ? Purpose::Ask : Purpose::Follow;
    if (const auto fault = fault_of(connector, batch, response, purpose, step.now_ms()))
      return answer.finish(*fault);
  }
  Found found = read_look_up(connector, batch, chain.rows[chain.at], response);
  before ? decode_precheck(connector, batch, std::move(chain), found, answer)
         : decode_confirmation(connector, step, std::move(chain), found, answer);
}

// ---- Address books ----

// An array, or an object with address_books; each with id and name, and perhaps the types that its phones and
// e-mail addresses may have.
void decode_address_books(const kit::Step& step, const Json& json, kit::Answer& answer) {
  const Json& books = json.is_array()                    ? json
                      : json["address_books"].is_array() ? json["address_books"]
                                                         : json["data"];
  if (!books.is_array())
    return answer.finish(Directive::abort(kit::Reason::Unavailable, "bad_answer",
                                          "Apptoto's list of address books cannot be understood"));
  if (!step.is(kit::Operation::Discover)) return answer.done();
  for (const Json& book : books.items()) {
    const auto id = book["id"].as_string();
    const std::string name = book["name"].string_or("");
    if (!id || id->empty()) continue;
    answer.item("address_book", *id, name);
    for (const auto& [member, kind] :
         {std::pair{"phone_types", "phone_type"}, {"email_types", "email_type"}}) {
      for (const Json& type : book[member].items()) {
        const std::string text = type.is_object() ? type["name"].string_or("") : type.string_or("");
        if (!text.empty()) answer.item(kind, text, name);
      }
    }
  }
  answer.done();
}

}  // namespace

void Connector::decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
                       kit::Answer& answer) const {
  const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
  Chain chain = rows ? Chain::of(*this, batch, step) : Chain();
  if (rows && chain.phase != Chain::Phase::Send)
    return decode_look_up(*this, batch, step, std::move(chain), response, answer);

  const Purpose purpose = rows ? Purpose::Send : Purpose::Ask;
  if (const auto fault = fault_of(*this, batch, response, purpose, step.now_ms())) {
    // What a POST stored before it was too large, and whether a contact was refused because it is there, a look tells.
    std::vector<std::uint32_t> sent = rows ? chain.to_send(batch) : std::vector<std::uint32_t>();
    const std::string message = fault->message.value_or("refused");
    const bool too_large = rows && fault->kind == SWB_SHRINK && !upsert;
    const bool taken = fault->kind == SWB_SPLIT && sent.size() == 1 && kit::hints_at_duplicate(response.status(), message);
    if (!too_large && !taken) return answer.finish(*fault);
    if (sent.size() == 1) chain.complaints[sent.front()] = message;
    chain.too_large = too_large;
    chain.confirm(std::move(sent));
    return answer.finish(Directive::next(chain.to_text()));
  }
  const auto json = Json::parse(response.body());
  if (!json) {
    const std::string message = "Apptoto's answer is not JSON";
    return answer.finish(rows ? Directive::in_doubt("bad_answer", message)
                              : Directive::abort(kit::Reason::Unavailable, "bad_answer", message));
  }
  rows ? decode_send(*this, batch, std::move(chain), *json, answer)
       : decode_address_books(step, *json, answer);
}

}  // namespace apptoto

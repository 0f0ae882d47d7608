// What Apptoto has: which contact of an answer is which row, and what a look-up by external_id says of one.
#include "connector.h"

#include <algorithm>
#include <utility>

namespace apptoto {
namespace {

// `text(member)`: of a contact, or of a row.
template <class Text>
std::string full_name(const Text& text) {
  const std::string name(text("name"));
  return kit::plain(!name.empty() ? name : std::string(text("first_name")) + " " + std::string(text("last_name")));
}
std::string name_of(const Json& contact) {
  return full_name([&](const char* member) { return contact[member].string_or(""); });
}
std::string name_of(const Batch& batch, std::uint32_t row) {
  return full_name([&](const char* field) { return batch.value(row, field).value_or(""); });
}

}  // namespace

std::optional<std::string> id_of(const Json& contact) {
  auto id = contact["id"].text();
  return id && !id->empty() ? id : std::nullopt;
}

std::optional<std::span<const Json>> contacts_in(const Json& json) {
  if (const Json* list = kit::list_in(json, {"contacts", "data"})) return list->items();
  const Json& one = json["contact"].is_object() ? json["contact"] : json;
  return id_of(one) || one["external_id"].as_string() ? std::optional(std::span(&one, 1)) : std::nullopt;
}

std::vector<const Json*> match(const Batch& batch, const std::vector<std::uint32_t>& sent, std::span<const Json> contacts) {
  std::vector<const Json*> own(sent.size(), nullptr);
  for (const bool same_name : {true, false}) {  // an external_id may stand in the source twice
    for (const Json& contact : contacts) {
      if (std::ranges::find(own, &contact) != own.end()) continue;
      for (std::size_t i = 0; i < sent.size(); ++i) {
        if (own[i] != nullptr || contact["external_id"].as_string() != external_id_of(batch, sent[i])) continue;
        if (same_name && name_of(contact) != name_of(batch, sent[i])) continue;
        own[i] = &contact;
        break;
      }
    }
  }
  for (std::size_t i = 0; contacts.size() == sent.size() && i < sent.size(); ++i) {
    const bool anonymous = !contacts[i]["external_id"].as_string();
    if (own[i] == nullptr && anonymous && name_of(contacts[i]) == name_of(batch, sent[i])) own[i] = &contacts[i];
  }
  return own;
}

Outcome stored(const Reading& reading, std::uint32_t row, const std::optional<std::string>& id) {
  if (!reading.connector.upsert) return Outcome::created(id);
  // Whether it was there before, only a pre-check knows.
  if (!reading.connector.precheck || !reading.step.is(Operation::Import)) return Outcome::accepted().with_id(id);
  return std::ranges::find(reading.chain.found, row) != reading.chain.found.end() ? Outcome::updated(id) : Outcome::created(id);
}

namespace {

// ---- What an answer shows ----

enum class Verdict {
  Present,
  Absent,
  Elsewhere,  // in another address book
  Outdated,   // with other phone numbers or e-mail addresses than those that were sent
  Different,  // with another name
  Unclear
};

// What the answer does not show, or shows as empty, cannot differ.
Verdict compare(const Json& contact, const Batch& batch, std::uint32_t row) {
  const std::string name = name_of(contact);
  if (!kit::trim(name).empty() && name != name_of(batch, row)) return Verdict::Different;
  const auto shows = [&](const char* list, const char* value, auto same) {
    return kit::shows_all(contact[list], kit::list_entries(batch.value(row, list)), {value, "normalized"}, same);
  };
  const bool lists = shows("phone_numbers", "number", kit::same_number) && shows("email_addresses", "address", kit::same_text);
  return lists ? Verdict::Present : Verdict::Outdated;
}

// How Apptoto says that there is no such contact is not documented: some vendors say it in the words of an error.
bool says_not_found(const Json& json) { return kit::contains_ignoring_case(error_of(json), "not found"); }

struct LookUp : Reading {
  const std::uint32_t row = chain.rows[chain.at];
  std::optional<std::string> id;  ///< of the contact that was found

  void read() {
    const bool before = chain.phase == Phase::Precheck;
    const std::uint32_t status = response.status();
    const bool about_row = response.ok() || status == 400 || status == 404 || status == 410 || status == 422;
    const auto fault = about_row ? std::nullopt : fault_of(*this, before ? Purpose::Ask : Purpose::Follow);
    if (fault) return answer.finish(*fault);
    constexpr std::uint32_t kAttempts = 2;
    const bool unreadable = response.ok() && !kit::trim(response.body()).empty() && !Json::parse(response.body());
    if (unreadable && step.attempt() < kAttempts) return answer.retry("bad_answer", "Apptoto's answer to a look-up is not JSON");
    before ? precheck(verdict()) : confirm(verdict());
  }

  // Both 404 and an empty or null body mean that there is no such contact.
  Verdict verdict() {
    const bool gone = response.status() == 404 || response.status() == 410;
    if (gone || (response.ok() && kit::trim(response.body()).empty())) return Verdict::Absent;
    const auto json = Json::parse(response.body());
    if (json && says_not_found(*json)) return Verdict::Absent;
    if (!response.ok() || !json) return Verdict::Unclear;
    if (json->is_null() || (json->size() == 0 && (json->is_array() || json->is_object()))) return Verdict::Absent;
    const auto contacts = contacts_in(*json);
    if (!contacts) return json->get("contact") != nullptr && (*json)["contact"].is_null() ? Verdict::Absent : Verdict::Unclear;
    Verdict verdict = contacts->empty() ? Verdict::Absent : Verdict::Unclear;
    for (const Json& contact : *contacts) {
      const auto external_id = contact["external_id"].as_string();
      const bool alone = contacts->size() == 1 && !external_id;
      if (!id_of(contact) || (!alone && external_id != external_id_of(batch, row))) continue;
      const auto book = contact["address_book_id"].as_string();
      const bool elsewhere = connector.address_book_id && book && *book != *connector.address_book_id;
      verdict = elsewhere ? Verdict::Elsewhere : compare(contact, batch, row);
      id = id_of(contact);
      if (verdict == Verdict::Present) break;
    }
    return verdict;
  }

  // ---- Before sending ----

  void precheck(Verdict verdict) {
    if (verdict == Verdict::Unclear)
      return answer.abort(kit::Reason::Setting, "lookup_unclear",
                          "Apptoto's answer to a look-up cannot be understood; precheck=false sends without looking up");
    if (!connector.upsert && verdict != Verdict::Absent) settle(known(verdict));
    // A PUT looks within its own address book; what a POST does with a taken external_id is not documented.
    if (connector.upsert && verdict != Verdict::Absent && verdict != Verdict::Elsewhere) chain.found.push_back(row);
    if (++chain.at < chain.rows.size()) return go_on();
    if (chain.to_send(batch).empty()) return answer.done();
    chain.phase = Phase::Send;
    chain.rows.clear();
    chain.at = 0;
    go_on();
  }

  Outcome known(Verdict verdict) const {
    const auto taken = [](std::string code, std::string message) {
      return Outcome::rejected(std::move(code), std::move(message)).blaming("external_id");
    };
    if (verdict == Verdict::Elsewhere)
      return taken("external_id_elsewhere", "this external_id belongs to a contact in another address book");
    if (verdict != Verdict::Different) return Outcome::unchanged(id);
    return taken("external_id_taken", "Apptoto has a contact of another name with this external_id; mode=upsert would update it");
  }

  // Not to be sent.
  void settle(const Outcome& outcome) {
    chain.settled.push_back(row);
    answer.row(row, outcome);
  }

  // ---- After it ----

  void confirm(Verdict verdict) {
    const bool refused = chain.complaints.contains(row);
    if (verdict == Verdict::Present)
      answer.row(row, refused ? Outcome::unchanged(id) : stored(*this, row, id));
    else if (verdict == Verdict::Unclear)
      answer.row(row, Outcome::unknown("lookup_unclear", "Apptoto's answer to the look-up cannot be understood"));
    // Another contact, where the row was to be updated, or was refused: that did not take place. Where it was to be made, the other one
    // hides it.
    else if (verdict == Verdict::Absent || refused || (connector.upsert && verdict != Verdict::Elsewhere))
      chain.absent.push_back(row);
    else if (verdict == Verdict::Elsewhere)
      taken("external_id_elsewhere", "the only contact that Apptoto shows for this external_id is in another address book");
    else
      taken("external_id_taken", "the contact that Apptoto shows for this external_id has other values");
    ++chain.at < chain.rows.size() ? go_on() : finish();
  }

  void taken(std::string code, std::string message) {
    answer.row(row, Outcome::unknown(std::move(code), std::move(message)).blaming("external_id"));
  }

  void finish() {
    if (chain.absent.empty()) return answer.done();
    const bool explained = std::ranges::all_of(chain.absent, [&](std::uint32_t absent) { return chain.complaints.contains(absent); });
    if (!explained && chain.look.due(connector.settle_ms)) {  // Apptoto may still be at work behind the gateway that gave up
      chain.confirm(std::exchange(chain.absent, {}));
      return go_on(connector.settle_ms);
    }
    if (chain.too_large && !explained) return answer.shrink("batch_too_large", "Apptoto found the request too large");
    for (const std::uint32_t absent : chain.absent) answer.row(absent, reconciling() ? Outcome::absent() : not_stored(absent));
    answer.done();
  }

  Outcome not_stored(std::uint32_t absent) const {
    const auto complaint = chain.complaints.find(absent);
    if (complaint != chain.complaints.end()) return Outcome::rejected("contact_refused", complaint->second);
    return Outcome::rejected("not_stored", "Apptoto accepted the request, but neither its answer nor a look-up shows this contact");
  }
};

}  // namespace

void read_look_up(const Reading& reading) { LookUp{reading}.read(); }

}  // namespace apptoto

// What Apptoto has: which contact of an answer is which row, and what a look-up by external_id says of one.
#include "connector.h"

#include <algorithm>
#include <utility>

namespace apptoto {
namespace {

std::string name_of(std::string_view name, std::string_view first, std::string_view last) {
  return kit::plain(!name.empty() ? std::string(name) : std::string(first) + " " + std::string(last));
}

std::string name_of(const Json& contact) {
  return name_of(contact["name"].string_or(""), contact["first_name"].string_or(""),
                 contact["last_name"].string_or(""));
}

std::string name_of(const Batch& batch, std::uint32_t row) {
  return name_of(batch.value(row, "name").value_or(""), batch.value(row, "first_name").value_or(""),
                 batch.value(row, "last_name").value_or(""));
}

}  // namespace

std::optional<std::string> id_of(const Json& contact) {
  auto id = contact["id"].text();
  return id && !id->empty() ? id : std::nullopt;
}

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

std::vector<const Json*> match(const Batch& batch, const std::vector<std::uint32_t>& sent,
                               const std::vector<const Json*>& contacts) {
  std::vector<const Json*> own(sent.size(), nullptr);
  for (const bool same_name : {true, false}) {  // an external_id may stand in the source twice
    for (const Json* contact : contacts) {
      if (std::find(own.begin(), own.end(), contact) != own.end()) continue;
      for (std::size_t i = 0; i < sent.size(); ++i) {
        if (own[i] != nullptr || (*contact)["external_id"].as_string() != external_id_of(batch, sent[i])) continue;
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

Outcome stored(const Reading& reading, std::uint32_t row, const std::optional<std::string>& id) {
  if (!reading.connector.upsert) return Outcome::created(id);
  // Whether it was there before, only a pre-check knows.
  if (!reading.connector.precheck || !reading.step.is(Operation::Import)) return Outcome::accepted().with_id(id);
  return reading.chain.was_found(row) ? Outcome::updated(id) : Outcome::created(id);
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

bool same_address(std::string_view shown, std::string_view sent) { return kit::plain(shown) == kit::plain(sent); }

// A number may be shown in its national form: its last digits are the same then.
bool same_number(std::string_view shown, std::string_view sent) {
  constexpr std::size_t kTelling = 7;
  const std::string a = kit::digits_of(shown), b = kit::digits_of(sent);
  return a == b || (std::min(a.size(), b.size()) >= kTelling && (a.ends_with(b) || b.ends_with(a)));
}

// Whether a list of the contact has every value that was sent; `value` names the member of its items that holds it as
// it was sent.
bool lists_show(const Json& list, const std::vector<kit::ListEntry>& sent, const char* value,
                bool (*same)(std::string_view, std::string_view)) {
  if (!list.is_array() || list.size() == 0) return true;
  return std::all_of(sent.begin(), sent.end(), [&](const kit::ListEntry& entry) {
    return std::any_of(list.items().begin(), list.items().end(), [&](const Json& item) {
      return same(item[value].string_or(""), entry.value) || same(item["normalized"].string_or(""), entry.value);
    });
  });
}

// What the answer does not show, or shows as empty, cannot differ.
Verdict compare(const Json& contact, const Batch& batch, std::uint32_t row) {
  const std::string name = name_of(contact);
  if (!kit::trim(name).empty() && name != name_of(batch, row)) return Verdict::Different;
  const bool lists = lists_show(contact["phone_numbers"], kit::list_entries(batch.value(row, "phone_numbers")), "number", same_number) &&
                     lists_show(contact["email_addresses"], kit::list_entries(batch.value(row, "email_addresses")), "address", same_address);
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
    if (!about_row) {
      if (const auto fault = fault_of(*this, before ? Purpose::Ask : Purpose::Follow)) return answer.finish(*fault);
    }
    constexpr std::uint32_t kAttempts = 2;
    const bool unreadable = response.ok() && !kit::trim(response.body()).empty() && !Json::parse(response.body());
    if (unreadable && step.attempt() < kAttempts) return answer.retry("bad_answer", "Apptoto's answer to a look-up is not JSON");
    before ? precheck(verdict()) : confirm(verdict());
  }

  // Both 404 and an empty or null body mean that there is no such contact.
  Verdict verdict() {
    if (response.status() == 404 || response.status() == 410) return Verdict::Absent;
    if (response.ok() && kit::trim(response.body()).empty()) return Verdict::Absent;
    const auto json = Json::parse(response.body());
    if (json && says_not_found(*json)) return Verdict::Absent;
    if (!response.ok() || !json) return Verdict::Unclear;
    if (json->is_null() || (json->size() == 0 && (json->is_array() || json->is_object()))) return Verdict::Absent;
    const auto contacts = contacts_in(*json);
    if (!contacts) {
      const Json* contact = json->get("contact");
      return contact != nullptr && contact->is_null() ? Verdict::Absent : Verdict::Unclear;
    }
    Verdict verdict = contacts->empty() ? Verdict::Absent : Verdict::Unclear;
    for (const Json* contact : *contacts) {
      const auto external_id = (*contact)["external_id"].as_string();
      const bool alone = contacts->size() == 1 && !external_id;
      if (!id_of(*contact) || (!alone && external_id != external_id_of(batch, row))) continue;
      const auto book = (*contact)["address_book_id"].as_string();
      const bool elsewhere = connector.address_book_id && book && *book != *connector.address_book_id;
      verdict = elsewhere ? Verdict::Elsewhere : compare(*contact, batch, row);
      id = id_of(*contact);
      if (verdict == Verdict::Present) break;
    }
    return verdict;
  }

  // ---- Before sending ----

  void precheck(Verdict verdict) {
    switch (verdict) {
      case Verdict::Present:
      case Verdict::Outdated:
        connector.upsert ? chain.found.push_back(row) : settle(Outcome::unchanged(id));
        break;
      case Verdict::Different:
        connector.upsert ? chain.found.push_back(row)
                         : settle(Outcome::rejected("external_id_taken", "Apptoto has a contact of another name with this "
                                                                         "external_id; mode=upsert would update it")
                                      .blaming("external_id"));
        break;
      case Verdict::Elsewhere:
        // A PUT looks within its own address book; what a POST does with a taken external_id is not documented.
        if (!connector.upsert)
          settle(Outcome::rejected("external_id_elsewhere", "this external_id belongs to a contact in another address book")
                     .blaming("external_id"));
        break;
      case Verdict::Absent:
        break;
      case Verdict::Unclear:
        return answer.abort(kit::Reason::Setting, "lookup_unclear",
                            "Apptoto's answer to a look-up cannot be understood; precheck=false sends without looking up");
    }
    if (++chain.at < chain.rows.size()) return go_on();
    if (chain.to_send(batch).empty()) return answer.done();
    chain.phase = Phase::Send;
    chain.rows.clear();
    chain.at = 0;
    go_on();
  }

  // Not to be sent.
  void settle(const Outcome& outcome) {
    chain.settled.push_back(row);
    answer.row(row, outcome);
  }

  // ---- After it ----

  void confirm(Verdict verdict) {
    const bool refused = chain.complaints.contains(row);
    switch (verdict) {
      case Verdict::Present:
        answer.row(row, refused ? Outcome::unchanged(id) : stored(*this, row, id));
        break;
      case Verdict::Absent:
        chain.absent.push_back(row);
        break;
      case Verdict::Outdated:
      case Verdict::Different:
        // Of an update, or a refusal: it did not take place. Of a new contact: another one with its external_id, which
        // hides it.
        connector.upsert || refused
            ? chain.absent.push_back(row)
            : taken("external_id_taken", "the contact that Apptoto shows for this external_id has other values");
        break;
      case Verdict::Elsewhere:
        refused ? chain.absent.push_back(row)
                : taken("external_id_elsewhere", "the only contact that Apptoto shows for this external_id is in another address book");
        break;
      case Verdict::Unclear:
        answer.row(row, Outcome::unknown("lookup_unclear", "Apptoto's answer to the look-up cannot be understood"));
        break;
    }
    ++chain.at < chain.rows.size() ? go_on() : finish();
  }

  void taken(std::string code, std::string message) {
    answer.row(row, Outcome::unknown(std::move(code), std::move(message)).blaming("external_id"));
  }

  void finish() {
    if (chain.absent.empty()) return answer.done();
    const bool explained = std::all_of(chain.absent.begin(), chain.absent.end(), [&](std::uint32_t absent) { return chain.complaints.contains(absent); });
    if (!explained && chain.look.due(connector.settle_ms)) {  // Apptoto may still be at work behind the gateway that gave up
      chain.confirm(std::exchange(chain.absent, {}));
      return go_on(connector.settle_ms);
    }
    if (chain.too_large && !explained) return answer.shrink("batch_too_large", "Apptoto found the request too large");
    for (const std::uint32_t absent : chain.absent) {
      const auto complaint = chain.complaints.find(absent);
      answer.row(absent, reconciling() ? Outcome::absent()
                         : complaint != chain.complaints.end()
                             ? Outcome::rejected("contact_refused", complaint->second)
                             : Outcome::rejected("not_stored", "Apptoto accepted the request, but neither its answer nor a look-up "
                                                               "shows this contact"));
    }
    answer.done();
  }
};

}  // namespace

void read_look_up(const Reading& reading) { LookUp{reading}.read(); }

}  // namespace apptoto

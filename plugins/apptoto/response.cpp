// Vendor answer → outcomes and directive. Errors are read in fault.cpp; what Apptoto has of a row, in lookup.cpp.
#include "connector.h"

#include <utility>

namespace apptoto {
namespace {

struct Answered : Reading {
  const bool rows = step.carries_rows();

  void read() {
    if (rows && chain.phase != Phase::Send) return read_look_up(*this);
    const Purpose purpose = rows ? Purpose::Send : Purpose::Ask;
    if (const auto fault = fault_of(*this, purpose)) return refused(*fault);
    const auto json = Json::parse(response.body());
    if (json) return rows ? sent(*json) : address_books(*json);
    const std::string message = "Apptoto's answer is not JSON";
    rows ? answer.in_doubt("bad_answer", message) : answer.abort(kit::Reason::Unavailable, "bad_answer", message);
  }

  // What a POST stored before it was too large, and whether a contact was refused because it is there, a look tells.
  void refused(const Directive& fault) {
    const std::vector<std::uint32_t> sent = rows ? chain.to_send(batch) : std::vector<std::uint32_t>();
    const std::string message = answer.words(fault.message.value_or("refused"));
    // After a pre-check as well: smaller requests would find what this one has stored.
    const bool too_large = rows && fault.kind == SWB_SHRINK && (!connector.upsert || connector.precheck);
    const bool taken = fault.kind == SWB_SPLIT && sent.size() == 1 && kit::hints_at_duplicate(response.status(), message);
    if (!too_large && !taken) return answer.finish(fault);
    if (sent.size() == 1) chain.complaints[sent.front()] = message;
    chain.too_large = too_large;
    chain.confirm(sent);
    go_on();
  }

  // ---- The answer to a POST or PUT ----

  void sent(const Json& json) {
    const auto contacts = contacts_in(json);
    if (!contacts) {
      const std::string words = error_of(json);
      return answer.in_doubt("bad_answer", "Apptoto's answer holds no contacts" + (words.empty() ? "" : ": " + words));
    }
    const std::vector<std::uint32_t> sent = chain.to_send(batch);
    const std::vector<const Json*> own = match(batch, sent, *contacts);
    std::vector<std::uint32_t> open;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      // Of an item that says neither whose it is nor what it is called, the words are worth keeping; a look-up has the verdict.
      const Json* item = own[i] == nullptr && contacts->size() == sent.size() ? &(*contacts)[i] : own[i];
      const std::string complaint = item != nullptr ? answer.words(error_of(*item)) : "";
      const auto id = own[i] != nullptr ? id_of(*own[i]) : std::nullopt;
      if (id && complaint.empty()) {
        answer.row(sent[i], stored(*this, sent[i], id));
      } else if (own[i] != nullptr && !id && !complaint.empty() && !kit::hints_at_duplicate(0, complaint)) {
        answer.row(sent[i], refusal(*own[i], complaint));
      } else {
        open.push_back(sent[i]);
        if (!complaint.empty()) chain.complaints[sent[i]] = complaint;
      }
    }
    if (open.empty()) return answer.done();
    chain.confirm(std::move(open));
    go_on();
  }

  static Outcome refusal(const Json& contact, std::string complaint) {
    const std::string code = kit::to_code(contact["error"]["code"].string_or(contact["code"].string_or("")));
    Outcome outcome = Outcome::rejected(code.empty() ? "contact_refused" : code, std::move(complaint));
    for (const char* field : {"phone_numbers", "email_addresses", "external_id", "first_name", "last_name", "name"})
      if (contact["errors"].get(field) != nullptr) return std::move(outcome).blaming(field);
    return outcome;
  }

  // ---- Address books ----

  // An array, or an object with address_books; each with id and name, and perhaps the types that its phones and
  // e-mail addresses may have.
  void address_books(const Json& json) {
    const auto not_understood = [this](const std::string& what) {
      answer.abort(kit::Reason::Unavailable, "bad_answer", "Apptoto's list of address books " + what + " understood");
    };
    const Json* books = kit::list_in(json, {"address_books", "data"});
    if (books == nullptr) return not_understood("cannot be");
    if (!step.is(Operation::Discover)) return answer.done();
    bool any = false;
    for (const Json& entry : books->items()) {
      const Json& book = entry["address_book"].is_object() ? entry["address_book"] : entry;
      const auto id = book["id"].as_string();
      const std::string name = book["name"].string_or("");
      if (!id || id->empty()) continue;
      any = true;
      answer.item("address_book", *id, name);
      for (const auto& [member, kind] : {std::pair{"phone_types", "phone_type"}, {"email_types", "email_type"}}) {
        for (const Json& type : book[member].items()) {
          const std::string text = type.is_object() ? type["name"].string_or("") : type.string_or("");
          if (!text.empty()) answer.item(kind, text, name);
        }
      }
    }
    any || books->size() == 0 ? answer.done() : not_understood("holds none that can be");
  }
};

}  // namespace

void Connector::decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const {
  Answered{{*this, batch, step, response, answer}}.read();
}

}  // namespace apptoto

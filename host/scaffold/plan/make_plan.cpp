#include "host/scaffold/plan/make_plan.h"

#include <switchboard/kit/text.h>

#include "host/scaffold/plan/account.h"
#include "host/scaffold/plan/contact.h"
#include "host/scaffold/plan/lookup.h"
#include "host/scaffold/plan/names.h"
#include "host/scaffold/plan/results.h"

namespace switchboard::scaffold {
namespace {

/// Operations with which one could look a contact up, for the mark about it.
std::string looks_like_lookup(const Document& document) {
  std::string out;
  int named = 0;
  for (const Operation& operation : document.operations()) {
    const std::string words = kit::lower(operation.path + " " + operation.id);
    const bool searches = speaks_of(words, {"search", "lookup", "find", "query"});
    bool by_reach = false;
    if (operation.method == "GET")
      for (const kit::Json* parameter : parameters_of(document, operation))
        by_reach = by_reach || speaks_of(kit::lower((*parameter)["name"].string_or("")), {"email", "phone"});
    if (!(by_reach || (searches && operation.method != "DELETE")) || named++ >= 3) continue;
    out += (out.empty() ? " These look like it: " : "; ") + operation.shown();
  }
  return out.empty() ? out : out + ".";
}

/// What no document says.
void mark_the_rest(const Document& document, Plan& plan) {
  const std::string manifest = "connector.json";
  if (plan.key_header.empty())
    plan.mark("request.cpp", "Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document has no header for a key, so the request is Unsafe: it is never sent twice blindly.");
  if (plan.lookup)
    plan.mark("response.cpp", "Rows whose answer was lost are looked for with " + plan.lookup->shown + ", page by page, and sent again where two looks do not find them. Does it list every contact of the account, and how soon after an import? Where the vendor takes a phone or an address as a filter, ask with that instead.");
  else plan.mark("request.cpp", "How is the vendor asked which contacts it has, after an answer was lost? Without that operation (reconcile) such rows end as unknown." + looks_like_lookup(document));
  plan.mark("response.cpp", "What does silence mean? A row that the answer does not name, or names with a word that is not known, ends as unknown.");
  if (plan.conflict) plan.mark("response.cpp", "409 refuses the contact. Where it means that the vendor has it already, and nothing else, the row is unchanged: say so before kit::http_fault().");
  plan.mark(manifest, std::string("What does importing the same file again do (promise)? ") +
                          (plan.results.has(Fate::Unchanged) ? "By the words of the answers nothing." : plan.results.has(Fate::Updated) || plan.results.tells_updated ? "By the answers contacts are updated." : plan.conflict ? "By the answers it is refused." : "Duplicates are assumed, so the host refuses it without --again or --only-new."));
  if (plan.identity.empty()) plan.mark(manifest, "By what does the vendor tell contacts apart (identity)? None of the fields looks like it.");
  else plan.mark(manifest, "Does the vendor tell contacts apart by " + in_quotes(plan.identity.front()) + " (identity)? It is assumed.");
  plan.mark(manifest, std::string("Limits that the document does not say are assumed: 60 requests a minute, 1 MB a body") + (plan.most_rows_said ? "." : ", 100 contacts a request."));
}

/// A path as one text, settings by their number.
std::string document_path(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += piece.setting ? "{" + std::to_string(*piece.setting) + "}" : piece.text;
  return out;
}

/// A form has names and texts; how lists and objects stand in it, each vendor says otherwise.
void leave_out_what_no_form_holds(Shape& contact, Plan& plan) {
  std::string names;
  for (const Member& member : contact.members)
    if (!member.shape.is_scalar()) names += (names.empty() ? "" : ", ") + in_quotes(member.name);
  std::erase_if(contact.members, [](const Member& member) { return !member.shape.is_scalar(); });
  if (!names.empty()) plan.mark("request.cpp", "How do these stand in a form: " + names + "? The document does not say; they are not sent.");
}

}  // namespace

Result<Plan> make_plan(const Document& document, const Operation& operation, const std::string& id) {
  ShapeReader reader(document);
  bool form = false;
  const kit::Json* schema = body_schema(reader, operation, form);
  if (schema == nullptr) {
    const kit::Json& types = document.at((*operation.json)["requestBody"])["content"];
    return usage_error(operation.shown() + (types.size() == 0 ? " sends no body." : " sends " + in_quotes(types.keys().front()) + ", neither JSON nor a form."),
                       "Only those can be made from a document. How files are sent: docs/connector-guide.md, \"What your vendor does otherwise\".");
  }
  const Shape body = reader.read(*schema);
  if (!reader.problem().empty()) return usage_error(operation.shown() + ": " + reader.problem() + ".", "Put what it refers to into the document (most tools can bundle it).");
  auto place = contact_place(body);
  if (form && place && place->kind != Body::Kind::Single) place.reset();
  if (!place) return usage_error(operation.shown() + ": nothing in its body could be a contact.", "An import sends an object with members, or a list of them.");
  Plan plan;
  plan.id = id;
  plan.title = said(document.root()["info"]["title"].string_or(""), 60);
  if (plan.title.empty()) plan.title = id;
  plan.method = operation.method;
  plan.operation = operation.shown();
  if (auto done = plan_account(document, operation, plan); !done) return done.error();
  plan.form = form;
  if (form) leave_out_what_no_form_holds(place->contact, plan);
  plan_contact(*place, body, plan);
  if (plan.fields.empty()) return usage_error(operation.shown() + ": its contacts have no members that a contact file could fill.", "Name another with --operation.");
  plan_answers(document, operation, reader, plan);
  if (!reader.problem().empty()) return usage_error(operation.shown() + ": " + reader.problem() + ".", "Put what it refers to into the document (most tools can bundle it).");
  plan_probe(document, operation, plan);
  plan_lookup(document, operation, plan);
  // One address, one emulator: the list is what proves the credential then.
  if (plan.probe && plan.lookup && document_path(plan.probe->path) == document_path(plan.lookup->path)) plan.probe->proof = plan.lookup->list, plan.probe->is_list = true;
  mark_the_rest(document, plan);
  return plan;
}

}  // namespace switchboard::scaffold

#include "host/scaffold/plan/choice.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "core/base/nearest.h"
#include "host/scaffold/plan/meanings.h"
#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

constexpr std::size_t kMostSchemasLookedAt = 80;  ///< of an operation that may be the import
constexpr std::size_t kMostNamed = 12;
constexpr int kLeastLikeness = 3;

struct Candidate {
  Operation operation;
  int score = 0;
};

int score_of(const Operation& operation, const ContactPlace& place) {
  const std::string words = kit::lower(operation.path + " " + operation.id);
  int score = std::min(place.likeness, 12) + (place.kind == Body::Kind::Single ? 0 : 6);
  if (speaks_of(words, {"contact", "subscriber", "lead", "customer", "recipient", "people", "person", "member", "audience", "profile"})) score += 3;
  if (speaks_of(words, {"import", "bulk", "batch", "upsert"})) score += 3;
  if (speaks_of(words, {"search", "query", "find", "login", "auth", "token", "message", "send", "webhook", "delete", "remove", "unsubscribe", "validat", "verif", "lookup", "merge"})) score -= 8;
  if (operation.method != "POST") score -= 4;
  if (operation.path.ends_with('}')) score -= 3;
  return score;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) out += "\n  " + names[i];
  if (names.size() > kMostNamed) out += "\n  and " + std::to_string(names.size() - kMostNamed) + " more";
  return out;
}

/// What --operation takes.
std::string name_of(const Operation& operation) { return operation.id.empty() ? operation.method + " " + operation.path : operation.id; }

bool is_named(const Operation& operation, const std::string& wanted) {
  if (operation.id == wanted) return true;
  const auto blank = wanted.find(' ');
  return blank != wanted.npos && kit::equals_ignoring_case(operation.method, wanted.substr(0, blank)) && kit::trim(std::string_view(wanted).substr(blank)) == operation.path;
}

bool takes_a_body(const Operation& operation) { return operation.method == "POST" || operation.method == "PUT" || operation.method == "PATCH"; }

Result<Choice> named(const std::vector<Operation>& operations, const std::string& wanted) {
  std::vector<std::string> names, shown;
  const Operation* found = nullptr;
  for (const Operation& operation : operations) {
    if (is_named(operation, wanted)) {
      if (found != nullptr) return usage_error("There are several operations " + in_quotes(wanted) + " in the document.", "Name it by method and path: --operation \"POST /contacts\".");
      found = &operation;
    }
    names.push_back(name_of(operation));
    if (takes_a_body(operation)) shown.push_back(operation.shown());
  }
  if (found != nullptr && takes_a_body(*found)) return Choice{*found, {}, false};
  if (found != nullptr) return usage_error(found->shown() + " sends nothing: no contact can go with it.", "An import is a POST, PUT or PATCH.");
  return usage_error("The document has no operation " + in_quotes(wanted) + said(did_you_mean(wanted, names)) + ".", "It has these that send something:" + listed(shown));
}

}  // namespace

const kit::Json* body_schema(const ShapeReader& reader, const Operation& operation, bool& form) {
  const kit::Json& body = (*operation.json)["requestBody"];
  const kit::Json* schema = reader.json_schema(body);
  form = schema == nullptr;
  return form ? reader.form_schema(body) : schema;
}

std::optional<ContactPlace> contact_place(const Shape& body) {
  ContactPlace place;
  if (body.kind == Kind::List && !body.items.empty() && body.items.front().kind == Kind::Object) {
    place.kind = Body::Kind::List;
    place.contact = body.items.front();
    place.most = body.max_items;
    place.likeness = likeness_to_contact(place.contact);
    return place;
  }
  if (body.kind != Kind::Object || body.members.empty()) return std::nullopt;
  place.contact = body;
  place.likeness = likeness_to_contact(body);
  for (const Member& member : body.members) {
    const Shape& list = member.shape;
    if (list.kind != Kind::List || list.items.empty() || list.items.front().kind != Kind::Object) continue;
    const int likeness = likeness_to_contact(list.items.front());
    if (likeness <= place.likeness) continue;
    place = {Body::Kind::Wrapped, member.name, list.items.front(), list.max_items, likeness};
  }
  return place;
}

Result<Choice> choose_operation(const Document& document, const std::string& wanted) {
  const std::vector<Operation> operations = document.operations();
  if (!wanted.empty()) return named(operations, wanted);
  std::vector<Candidate> candidates;
  std::vector<std::string> with_body;
  std::string problem;
  for (const Operation& operation : operations) {
    if (!takes_a_body(operation)) continue;
    ShapeReader reader(document, kMostSchemasLookedAt);
    bool form = false;
    const kit::Json* schema = body_schema(reader, operation, form);
    if (schema == nullptr) continue;
    with_body.push_back(operation.shown());
    const auto place = contact_place(reader.read(*schema));
    if (problem.empty()) problem = reader.problem();
    if (place && place->likeness >= kLeastLikeness) candidates.push_back({operation, score_of(operation, *place)});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates) names.push_back(candidate.operation.shown());
  if (candidates.empty())
    return usage_error("No operation of the document looks like an import of contacts: none sends an object with a phone, an address or a name as JSON or a form." + (problem.empty() ? "" : " " + problem + "."),
                       with_body.empty() ? "Operations that take files are not made by this: see docs/connector-guide.md." : "Name one with --operation. These send JSON or forms:" + listed(with_body));
  if (candidates.size() > 1 && candidates[1].score == candidates[0].score) {
    std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.score < candidates[0].score; });
    names.resize(candidates.size());
    return usage_error("Several operations of the document could be the import.", "Name one with --operation ID or --operation \"METHOD /path\":" + listed(names));
  }
  Choice choice{candidates[0].operation, {names.begin() + 1, names.end()}, true};
  if (choice.others.size() > kMostNamed) choice.others.resize(kMostNamed);
  return choice;
}

}  // namespace switchboard::scaffold

#include "host/scaffold/plan/lookup.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "host/scaffold/plan/account.h"
#include "host/scaffold/plan/names.h"
#include "host/scaffold/plan/results.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

/// How likely it lists what the import stores; 0: it does not.
int likeness(const Operation& operation, const Operation& import) {
  if (operation.method != "GET" || operation.path.empty() || operation.path.ends_with('}')) return 0;
  if (operation.path == import.path) return 3;
  if (import.path.starts_with(operation.path + "/")) return 2;
  const std::string last = kit::lower(operation.path.substr(operation.path.rfind('/') + 1));
  return speaks_of(last, {"contact", "subscriber", "lead", "customer", "recipient", "people", "person", "member", "profile"}) ? 1 : 0;
}

/// The operation's path, where all of its parameters are settings of the import already.
std::optional<std::vector<Piece>> known_path(const Document& document, const Operation& operation, const Plan& plan) {
  Plan copy = plan;
  auto pieces = pieces_of(operation.path, "", document, operation, copy);
  if (!pieces || copy.settings.size() != plan.settings.size()) return std::nullopt;
  return *std::move(pieces);
}

/// The parameters of the query that choose a page; false: there are others that must be given, or none that choose.
bool read_parameters(const Document& document, const Operation& operation, Lookup& lookup) {
  bool others = false;
  std::string number, offset, cursor;
  ShapeReader reader(document, 100);
  for (const kit::Json* parameter : parameters_of(document, operation)) {
    const std::string name = (*parameter)["name"].string_or(""), plain = letters(name), in = (*parameter)["in"].string_or("");
    if (in == "path") continue;
    if (in == "query" && is_one_of(plain, {"page", "pagenumber", "pageno", "pageindex"})) {
      number = name;
      const Shape shape = reader.read((*parameter)["schema"]);
      if (plain == "pageindex" || shape.minimum == 0 || shape.standard == "0") lookup.first = 0;
    } else if (in == "query" && is_one_of(plain, {"offset", "skip", "startat"})) {
      offset = name;
    } else if (in == "query" && is_one_of(plain, {"cursor", "pagecursor", "after", "startingafter", "pagetoken", "nexttoken", "continuationtoken"})) {
      cursor = name;
    } else if (in == "query" && is_one_of(plain, {"limit", "perpage", "pagesize", "size", "take", "maxresults", "pagelimit"})) {
      lookup.size = name;
      const std::int64_t most = (*parameter)["schema"]["maximum"].int_or(100);
      lookup.most = static_cast<std::uint64_t>(std::clamp<std::int64_t>(most, 1, 100));
    } else {
      others = others || (*parameter)["required"].bool_or(false);
    }
  }
  lookup.pages = !cursor.empty() ? Lookup::Pages::Cursor : !offset.empty() ? Lookup::Pages::Offset : Lookup::Pages::Number;
  lookup.place = !cursor.empty() ? cursor : !offset.empty() ? offset : number;
  return !others && !lookup.place.empty();
}

/// Where the answer holds the contacts, and in each of them what it is known by.
bool read_list(const Shape& answer, const Field& known_by, Lookup& lookup) {
  const auto key_in = [&](const Shape& list) {
    if (list.kind != Kind::List || list.items.empty()) return std::optional<Path>();
    return find_member(list.items.front(), [&](const Member& member) { return member.shape.is_scalar() && letters(member.name) == letters(known_by.name); });
  };
  const Shape* list = &answer;
  if (answer.kind != Kind::List) {
    const auto path = find_member(answer, [&](const Member& member) { return key_in(member.shape).has_value(); });
    if (!path) return false;
    lookup.list = *path;
    for (const std::string& name : *path) list = list->member(name);
  }
  const auto key = key_in(*list);
  if (!key) return false;
  lookup.key_path = *key;
  bool number = false;
  lookup.id_path = find_member(list->items.front(), [&](const Member& member) {
    const bool id = is_one_of(letters(member.name), {"id", "uuid", "contactid", "personid", "subscriberid"}) && (member.shape.kind == Kind::Text || member.shape.kind == Kind::Integer);
    if (id) number = member.shape.kind == Kind::Integer;
    return id;
  }, 1);
  lookup.id_is_number = number;
  return true;
}

/// What the answer says of further pages; false: a cursor that leads nowhere.
bool read_marks(const Shape& answer, Lookup& lookup) {
  lookup.next = find_member(answer, [](const Member& member) {
    const bool mark = is_one_of(letters(member.name), {"nextcursor", "nextpagetoken", "nexttoken", "nextpagecursor", "endcursor", "continuationtoken", "next", "cursor", "after"});
    return mark && member.shape.kind == Kind::Text && member.shape.format != "uri" && !(member.shape.example && member.shape.example->find("://") != std::string::npos);
  });
  lookup.total = find_member(answer, [](const Member& member) { return member.shape.kind == Kind::Integer && is_one_of(letters(member.name), {"total", "totalcount", "totalitems", "totalresults", "totalrecords"}); });
  lookup.more = find_member(answer, [](const Member& member) { return member.shape.kind == Kind::Boolean && is_one_of(letters(member.name), {"hasmore", "more", "hasnext", "hasnextpage"}); });
  if (lookup.pages != Lookup::Pages::Cursor) lookup.next.reset();
  else lookup.total.reset(), lookup.more.reset();  // the cursor says it
  return lookup.pages != Lookup::Pages::Cursor || lookup.next.has_value();
}

}  // namespace

void plan_lookup(const Document& document, const Operation& import, Plan& plan) {
  if (plan.identity.empty()) return;
  const auto field = std::find_if(plan.fields.begin(), plan.fields.end(), [&](const Field& one) { return one.name == plan.identity.front(); });
  if (field == plan.fields.end() || field->is_literal) return;
  int most = 0;
  const std::vector<Operation> operations = document.operations();
  for (const Operation& operation : operations) {
    const int score = likeness(operation, import);
    const kit::Json& own = (*operation.json)["security"];
    if (score <= most || (own.is_array() && own.size() == 0)) continue;
    Lookup lookup;
    lookup.shown = operation.shown();
    lookup.key_field = static_cast<std::size_t>(field - plan.fields.begin());
    ShapeReader reader(document, 1000);
    const kit::Json* schema = reader.json_schema((*operation.json)["responses"]["200"]);
    auto path = known_path(document, operation, plan);
    if (!path || schema == nullptr || !read_parameters(document, operation, lookup)) continue;
    const Shape answer = reader.read(*schema);
    if (!reader.problem().empty() || !read_list(answer, *field, lookup) || !read_marks(answer, lookup)) continue;
    lookup.path = *std::move(path);
    most = score;
    plan.lookup = std::move(lookup);
  }
}

}  // namespace switchboard::scaffold

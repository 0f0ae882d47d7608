#include "host/scaffold/plan/results.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {
namespace {

using Kind = Shape::Kind;

bool is_id_shape(const Shape& shape) { return shape.kind == Kind::Text || shape.kind == Kind::Integer || shape.kind == Kind::Any; }

std::optional<Path> id_in(const Shape& shape) {
  for (const auto& names : {std::initializer_list<std::string_view>{"id", "contactid", "uuid", "guid", "sid"}, {"contactkey", "recordid", "personid", "customerid", "subscriberid", "memberid", "leadid", "recipientid", "profileid", "objectid", "key"}}) {
    if (auto path = find_member(shape, [&](const Member& member) { return is_id_shape(member.shape) && is_one_of(letters(member.name), names); })) return path;
  }
  return std::nullopt;
}

const Shape* shape_at(const Shape& shape, const Path& path) {
  const Shape* at = &shape;
  for (const std::string& name : path) {
    at = name == "#0" ? (at->items.empty() ? nullptr : &at->items.front()) : at->member(name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::optional<Path> message_in(const Shape& shape) {
  if (auto path = find_member(shape, [](const Member& member) { return member.shape.kind == Kind::Text && is_one_of(letters(member.name), {"message", "errormessage", "reason", "error", "detail", "description", "errordescription", "msg"}); })) return path;
  for (const Member& member : shape.members) {
    if (member.shape.kind != Kind::List || member.shape.items.empty() || !is_one_of(letters(member.name), {"errors", "messages", "reasons"})) continue;
    if (member.shape.items.front().kind == Kind::Text) return Path{member.name, "#0"};
    if (auto inner = find_member(member.shape.items.front(), [](const Member& part) { return part.shape.kind == Kind::Text && is_one_of(letters(part.name), {"message", "reason", "detail", "error", "description", "code"}); }, 1))
      return Path{member.name, "#0", inner->front()};
  }
  return std::nullopt;
}

/// What a vendor's word for a row's fate most likely means.
Fate fate_of(std::string_view word) {
  const std::string plain = letters(word);
  if (is_one_of(plain, {"created", "inserted", "added", "new", "subscribed", "create", "insert"})) return Fate::Created;
  if (is_one_of(plain, {"updated", "modified", "merged", "overwritten", "upserted", "replaced", "changed", "update"})) return Fate::Updated;
  if (is_one_of(plain, {"exists", "existing", "alreadyexists", "duplicate", "duplicated", "unchanged", "noop", "notmodified", "nochange", "alreadysubscribed"})) return Fate::Unchanged;
  if (is_one_of(plain, {"success", "succeeded", "successful", "ok", "imported", "stored", "saved", "done", "complete", "completed", "processed"})) return Fate::Accepted;
  if (is_one_of(plain, {"failed", "fail", "failure", "error", "errored", "invalid", "rejected", "refused", "badrequest", "notvalid", "blocked", "denied"})) return Fate::Refused;
  return Fate::Unknown;
}

void read_status(const Shape& item, Results& results) {
  const auto named = [](const Member& member, Kind kind, std::initializer_list<std::string_view> names) { return member.shape.kind == kind && is_one_of(letters(member.name), names); };
  if (auto path = find_member(item, [&](const Member& member) { return named(member, Kind::Text, {"status", "state", "result", "outcome", "action", "operation"}); }, 1)) {
    results.status = Results::Status::Word;
    results.status_path = *path;
    const Shape* shape = shape_at(item, *path);
    for (const std::string& word : shape->words) results.words.emplace_back(word, fate_of(word));
  } else if (auto number = find_member(item, [&](const Member& member) { return named(member, Kind::Integer, {"status", "statuscode", "httpstatus", "httpstatuscode", "code"}); }, 1)) {
    results.status = Results::Status::Number;
    results.status_path = *number;
  } else if (auto flag = find_member(item, [&](const Member& member) { return named(member, Kind::Boolean, {"success", "succeeded", "successful", "ok", "imported", "stored", "accepted", "created", "valid"}); }, 1)) {
    results.status = Results::Status::Flag;
    results.status_path = *flag;
  } else if (results.message_path.size() == 1 || (results.message_path.size() > 1 && is_one_of(letters(results.message_path.front()), {"error", "errors"}))) {
    results.status = Results::Status::Error;
    results.status_path = {results.message_path.front()};
  }
}

void read_index(const Shape& item, Results& results) {
  const auto path = find_member(item, [](const Member& member) { return member.shape.kind == Kind::Integer && is_one_of(letters(member.name), {"index", "position", "row", "rowindex", "rownumber", "recordindex", "line", "offset"}); }, 1);
  if (!path) return;
  results.index_path = *path;
  const Shape* shape = shape_at(item, *path);
  results.index_base = shape->minimum.value_or(is_one_of(letters(path->front()), {"row", "rownumber", "line"}) ? 1 : 0) == 1 ? 1 : 0;
}

/// A list of objects, at most two objects deep, that satisfies.
template <class Wanted>
std::optional<Path> find_list(const Shape& shape, Wanted wanted) {
  return find_member(shape, [&](const Member& member) { return member.shape.kind == Kind::List && !member.shape.items.empty() && member.shape.items.front().kind == Kind::Object && wanted(member); });
}

bool is_about_errors(const Member& member) { return speaks_of(letters(member.name), {"error", "fail", "invalid", "reject", "problem", "warning"}); }

std::optional<Results> items_in(const Shape& answer, const Plan& plan) {
  Results results;
  results.kind = Results::Kind::Items;
  results.has_list = true;
  const Shape* item = nullptr;
  if (answer.kind == Kind::List && !answer.items.empty() && answer.items.front().kind == Kind::Object) {
    item = &answer.items.front();
  } else {
    const auto tells = [](const Member& member) { return !is_about_errors(member) && (id_in(member.shape.items.front()) || member.shape.items.front().member("status") != nullptr); };
    const auto usual = [&](const Member& member) { return tells(member) && is_one_of(letters(member.name), {"results", "result", "items", "data", "contacts", "records", "responses", "outcomes", "rows", "entries"}); };
    auto path = find_list(answer, usual);
    if (!path) path = find_list(answer, tells);
    if (!path) return std::nullopt;
    results.list = *path;
    item = &shape_at(answer, *path)->items.front();
  }
  results.id_path = id_in(*item).value_or(Path());
  if (const Shape* id = results.id_path.empty() ? nullptr : shape_at(*item, results.id_path)) results.id_is_number = id->kind == Kind::Integer;
  results.message_path = message_in(*item).value_or(Path());
  read_status(*item, results);
  read_index(*item, results);
  if (results.status == Results::Status::None && results.id_path.empty()) return std::nullopt;
  for (std::size_t i = 0; i < plan.fields.size() && results.index_path.empty(); ++i) {
    const bool tells_apart = std::find(plan.identity.begin(), plan.identity.end(), plan.fields[i].name) != plan.identity.end();
    const Shape* echoed = tells_apart ? item->member(plan.fields[i].name) : nullptr;
    if (echoed == nullptr || !echoed->is_scalar() || Path{plan.fields[i].name} == results.id_path) continue;
    results.echo_path = {plan.fields[i].name};
    results.echo_field = i;
  }
  return results;
}

std::optional<Results> counts_in(const Shape& answer) {
  Results results;
  results.kind = Results::Kind::Counts;
  const auto number = [](const Member& member) { return member.shape.kind == Kind::Integer || member.shape.kind == Kind::Number; };
  for (const auto& words : {std::initializer_list<std::string_view>{"created", "inserted", "added"}, {"updated", "modified"}, {"imported", "succeeded", "success", "stored", "saved"}, {"unchanged", "duplicate", "existing"}}) {
    if (!results.taken.empty() && is_one_of("imported", words)) continue;  // a sum of the others
    if (auto path = find_member(answer, [&](const Member& member) { return number(member) && speaks_of(letters(member.name), words); })) results.taken.push_back(*path);
  }
  if (results.taken.empty()) return std::nullopt;
  results.refused = find_member(answer, [&](const Member& member) { return number(member) && speaks_of(letters(member.name), {"failed", "failure", "errors", "errorcount", "rejected", "invalid", "refused"}); });
  const auto list = find_list(answer, [](const Member& member) {
    Results probe;
    read_index(member.shape.items.front(), probe);
    return is_about_errors(member) && !probe.index_path.empty();
  });
  if (list) {
    const Shape& item = shape_at(answer, *list)->items.front();
    results.list = *list;
    results.has_list = true;
    read_index(item, results);
    results.message_path = message_in(item).value_or(Path());
  }
  return results;
}

}  // namespace

bool Results::has(Fate fate) const {
  return std::any_of(words.begin(), words.end(), [&](const auto& entry) { return entry.second == fate; });
}

std::string Results::word(Fate fate) const {
  for (const auto& [word, means] : words)
    if (means == fate) return word;
  return {};
}

std::optional<Results> results_in(const Shape& answer, const Plan& plan) {
  if (plan.body.kind == Body::Kind::Single) {
    if (answer.kind != Kind::Object) return std::nullopt;
    Results results;
    if (const auto id = id_in(answer)) {
      results.id_path = *id;
      results.id_is_number = shape_at(answer, *id)->kind == Kind::Integer;
      return results;
    }
    return std::nullopt;
  }
  auto results = items_in(answer, plan);
  if (!results) results = counts_in(answer);
  return results;
}

}  // namespace switchboard::scaffold

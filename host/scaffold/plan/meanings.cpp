#include "host/scaffold/plan/meanings.h"

#include <algorithm>
#include <map>

#include "core/contact/meaning.h"
#include "core/mapping/columns/header_rules.h"
#include "host/scaffold/plan/names.h"

namespace switchboard::scaffold {
namespace {

std::string understand_header(const std::string& header) {
  const mapping::HeaderMeaning found = mapping::meaning_of_header(header);
  using Open = mapping::HeaderMeaning::Open;
  if (found.open != Open::No && found.open != Open::BareName) return {};
  return found.score >= mapping::kBar && contact::is_meaning(found.meaning) && found.meaning != "other" ? found.meaning : "";
}

/// A large document has the same names thousands of times, and to understand one takes long.
const std::string& understood(const std::string& header) {
  constexpr std::size_t kMostKept = 20'000;
  thread_local std::map<std::string, std::string> kept;
  if (kept.size() >= kMostKept) kept.clear();
  const auto [entry, fresh] = kept.try_emplace(header);
  if (fresh) entry->second = understand_header(header);
  return entry->second;
}

}  // namespace

std::string meaning_of(std::string_view name, std::string_view around, const Shape& shape) {

  if (shape.kind != Shape::Kind::Text && shape.kind != Shape::Kind::Any && shape.kind != Shape::Kind::Integer && shape.kind != Shape::Kind::Boolean) return {};
  std::string meaning = understood(std::string(name));
  if (meaning.empty() && !around.empty()) meaning = understood(std::string(around) + " " + std::string(name));
  const bool is_text = shape.kind == Shape::Kind::Text || shape.kind == Shape::Kind::Any;
  if (meaning.starts_with("consent.")) return shape.kind == Shape::Kind::Boolean || is_text ? meaning : "";
  if (shape.kind == Shape::Kind::Boolean) return {};
  if (shape.kind == Shape::Kind::Integer) return contact::is_phone(meaning) || meaning == "external_id" ? meaning : "";
  if (meaning != "email" && shape.format == "email") return "email";
  if (meaning.empty() && is_one_of(letters(shape.format), {"phone", "tel", "e164", "phonenumber"})) return "phone";
  return meaning;
}

int likeness_to_contact(const Shape& shape) {
  int sum = 0;
  const auto look = [&](const Shape& object, std::string_view around) {
    for (const Member& member : object.members) {
      const Shape& value = member.shape.kind == Shape::Kind::List && !member.shape.items.empty() ? member.shape.items.front() : member.shape;
      if (value.read_only || !(value.is_scalar() || value.kind == Shape::Kind::Any)) continue;
      const std::string meaning = meaning_of(member.name, around, value);
      if (contact::is_reach(meaning)) sum += 3;
      else if (is_one_of(meaning, {"full_name", "first_name", "last_name"})) sum += 2;
      else if (is_one_of(meaning, {"company", "job_title", "birthday", "external_id"})) sum += 1;
    }
  };
  look(shape, "");
  if (sum > 0) return sum;
  for (const Member& member : shape.members)
    if (member.shape.kind == Shape::Kind::Object) look(member.shape, member.name);
  return sum;
}

}  // namespace switchboard::scaffold

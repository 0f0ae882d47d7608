#include "core/mapping/columns/number_owner.h"

#include <algorithm>
#include <unordered_set>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {
namespace {

/// Words that ask for an owner, and those that stand beside them.
constexpr std::string_view kOwner =
    "owner|owners|owned|belongs|belong|belonging|whose|holder|holders|relation|relationship|Inhaber|Inhaberin|Besitzer|Besitzerin|gehört|wessen|"
    "propriétaire|titulaire|appartient|relación|titular|propietario|propietaria|pertenece|dueño|dueña|proprietario|proprietaria|intestatario|"
    "appartiene|proprietário|pertence|dono|eigenaar|ägare|eier|ejer|omistaja|właściciel|majitel|vlastník|tulajdonos|proprietar|sahibi|владелец|"
    "владельца|власник|ιδιοκτήτης|本人との関係|持ち主|所有者|机主|機主|소유자|명의자";
constexpr std::string_view kBeside = "to|of|the|is|by|who|name|this|wem|des|der|die|das|du|de|del|della|el|le|la|il|à|a|do|da|van|het|av|af";

}  // namespace

std::optional<std::vector<std::string>> asks_whose(std::string_view header) {
  static const auto owner = header_keys(kOwner), beside = header_keys(kBeside);
  std::vector<std::string> words = header_words(header);
  const std::size_t all = words.size();
  std::erase_if(words, [&](const std::string& word) { return owner.contains(word); });
  if (words.size() == all) return std::nullopt;
  std::erase_if(words, [&](const std::string& word) { return beside.contains(word); });
  return words;
}

std::vector<std::string> people_named_in(const std::vector<std::string>& headers) {
  std::vector<std::string> people;
  for (const std::string& header : headers) {
    if (const auto person = person_in(header)) people.push_back(person->word);
  }
  return people;
}

bool is_somebody_else(std::string_view owner, const std::vector<std::string>& own) {
  const auto person = person_in(owner);
  if (!person || person->soft || std::find(own.begin(), own.end(), person->word) != own.end()) return false;
  using Kind = PersonWord::Kind;
  return person->kind == Kind::Family || person->kind == Kind::Parent || person->kind == Kind::Unknown || person->kind == Kind::Place;
}

}  // namespace switchboard::mapping

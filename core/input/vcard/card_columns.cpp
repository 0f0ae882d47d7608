#include "core/input/vcard/card_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/input/vcard/vcard_rejects.h"

namespace switchboard::input {
namespace {

/// Names of the components of structured properties (RFC 6350, 6.2.2, 6.3.1, 6.6.4).
struct Structure {
  std::string_view property;
  std::vector<std::string_view> parts;
};
const std::vector<Structure>& structures() {
  static const std::vector<Structure> all = {
      {"N", {".family", ".given", ".additional", ".prefix", ".suffix"}},
      {"ORG", {"", ".unit"}},
      {"ADR", {" - PO Box", " - Extended", " - Street", " - City", " - Region", " - Postal Code", " - Country"}},
  };
  return all;
}
const Structure* structure_of(std::string_view name) {
  for (const auto& structure : structures()) {
    if (structure.property == name) return &structure;
  }
  return nullptr;
}

/// Properties of which a person has several, each with a type: numbered from the first on.
bool is_numbered(std::string_view name) {
  constexpr std::array kNumbered = {"TEL", "EMAIL", "ADR", "URL", "IMPP", "RELATED", "X-ABRELATEDNAMES", "X-ABDATE", "X-SOCIALPROFILE"};
  return std::find(kNumbered.begin(), kNumbered.end(), name) != kNumbered.end();
}

/// What says nothing of the person: the file's own matters, and labels, which stand beside what they label.
bool is_passed_over(std::string_view name) {
  constexpr std::array kPassedOver = {"VERSION", "PRODID", "PHOTO", "LOGO",    "SOUND",          "KEY",
                                      "AGENT",   "PROFILE", "SOURCE", "X-ABLABEL", "X-ABADR", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE"};
  // What a rejects file of ours adds.
  if (name.starts_with(kRejectPrefix)) return true;
  return std::find(kPassedOver.begin(), kPassedOver.end(), name) != kPassedOver.end();
}

std::size_t rank_of(std::string_view name) {
  constexpr std::array kFirst = {"FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR"};
  return static_cast<std::size_t>(std::find(kFirst.begin(), kFirst.end(), name) - kFirst.begin());
}

/// "_$!<HomePage>!$_", as Apple writes the labels it has words for, is HomePage.
std::string label_text(const Property& property) {
  std::string text = unescape(property.value);
  if (text.starts_with("_$!<") && text.ends_with(">!$_")) return text.substr(4, text.size() - 8);
  return text;
}

/// "CELL,VOICE,pref"; a label of the property's group goes with it.
std::string type_text(const Card& card, const Property& property) {
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : ",") + word; };
  if (!property.group.empty()) {
    for (const auto& other : card.properties) {
      if (other.name == "X-ABLABEL" && other.group == property.group) add(label_text(other));
    }
  }
  for (const auto& type : property.types()) {
    if (property.name != "EMAIL" || (type != "INTERNET" && type != "internet")) add(type);
  }
  return text;
}

std::vector<std::string> parts_of(const Property& property) {
  const Structure* structure = structure_of(property.name);
  if (structure == nullptr) return {unescape(property.value)};
  std::vector<std::string> parts = components(property.value);
  // What stands behind the last component belongs to it: departments of departments, commas that were not escaped.
  for (std::size_t i = structure->parts.size(); i < parts.size(); ++i) {
    if (!parts[i].empty()) parts[structure->parts.size() - 1] += "; " + parts[i];
  }
  parts.resize(structure->parts.size());
  return parts;
}

}  // namespace

void CardColumns::add(const Card& card) {
  std::map<std::string_view, std::size_t> count;
  for (const auto& property : card.properties) {
    if (is_passed_over(property.name)) continue;
    Kind& kind = kinds_[property.name];
    if (kind.most == 0) kind.first_met = kinds_.size();
    kind.most = std::max(kind.most, ++count[property.name]);
    const auto parts = parts_of(property);
    kind.parts.resize(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) kind.parts[i] = kind.parts[i] || !parts[i].empty();
    kind.typed = kind.typed || !type_text(card, property).empty();
  }
}

void CardColumns::fix() {
  std::vector<std::pair<const std::string, Kind>*> order;
  for (auto& kind : kinds_) order.push_back(&kind);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(rank_of(a->first), a->second.first_met) < std::pair(rank_of(b->first), b->second.first_met);
  });
  for (auto* kind : order) name_columns(kind->first, kind->second);
}

void CardColumns::name_columns(const std::string& name, Kind& kind) {
  const Structure* structure = structure_of(name);
  const bool numbered = is_numbered(name);
  const bool typed = numbered && (kind.typed || name == "TEL" || name == "EMAIL");
  kind.typed = typed;
  kind.part_at.assign(kind.parts.size(), 0);
  for (std::size_t n = 1; n <= kind.most; ++n) {
    kind.begin.push_back(names_.size());
    const bool plain = !numbered && n == 1;
    const std::string stem = plain ? name : fmt::format("{} {}", name, n);
    std::size_t used = 0;
    for (std::size_t i = 0; i < kind.parts.size(); ++i) {
      if (!kind.parts[i] && kind.parts.size() > 1) continue;
      kind.part_at[i] = used++;
      if (structure != nullptr) names_.push_back(stem + std::string(structure->parts[i]));
      else names_.push_back(plain ? stem : stem + " - Value");
    }
    kind.type_at = used;
    if (typed) names_.push_back(stem + " - Type");
  }
}

void CardColumns::fill(const Card& card, std::vector<CardCell>& cells) const {
  cells.clear();
  std::map<std::string_view, std::size_t> count;
  for (const auto& property : card.properties) {
    const auto found = kinds_.find(property.name);
    if (found == kinds_.end()) continue;
    const Kind& kind = found->second;
    const std::size_t n = count[property.name]++;
    if (n >= kind.begin.size()) continue;  // a card that was not there when the columns were fixed
    const std::size_t begin = kind.begin[n];
    auto parts = parts_of(property);
    for (std::size_t i = 0; i < parts.size() && i < kind.parts.size(); ++i) {
      if (kind.parts[i] || kind.parts.size() == 1) cells.push_back({begin + kind.part_at[i], std::move(parts[i])});
    }
    if (kind.typed) cells.push_back({begin + kind.type_at, type_text(card, property)});
  }
}

}  // namespace switchboard::input

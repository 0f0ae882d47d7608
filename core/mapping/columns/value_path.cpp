#include "core/mapping/columns/value_path.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {
namespace {

/// "phones[0]": name "phones", index 0.
struct Step {
  std::string name;
  std::string index;  ///< "[1]", counted from 1; several levels one after the other; empty: none
};

bool is_one_of(std::string_view word, const auto& list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// What services put around the data of a person: HubSpot, Mailchimp, JSON:API, GraphQL, Elasticsearch, DynamoDB, Firestore,
/// Contentful, Segment and whoever names a part of a record for what it is.
bool wraps(const Step& step) {
  constexpr std::array<std::string_view, 34> kNames = {
      "properties", "attributes", "fields",  "node",   "data",    "item",     "mergefields", "record",  "object",    "payload", "document",
      "doc",        "profile",    "traits",  "values", "details", "general",  "basic",       "basics",  "basicinfo", "info",    "personal",
      "personalinfo", "personaldetails", "personaldata", "contactinfo", "contactdetails", "contactdata", "userdata", "userinfo", "stammdaten", "identity", "arrayvalue", "resource"};
  return is_one_of(header_key(step.name), kNames) || step.name == "_source";
}

/// The value itself, where everything stands in an object with its type: {"value": …}, {"S": …}, {"stringValue": …}.
bool types(const Step& step) {
  constexpr std::array<std::string_view, 13> kNames = {"value",       "S",            "N",        "stringValue", "integerValue", "doubleValue", "$oid",
                                                       "$numberLong", "$numberInt",   "$date",    "#text",       "_text",        "rendered"};
  return step.index.empty() && is_one_of(step.name, kNames);
}

/// What is below says how the data came to be there.
bool is_about_data(const Step& step) {
  constexpr std::array<std::string_view, 9> kNames = {"metadata", "meta", "links", "link", "relationships", "stats", "settings", "audit", "system"};
  return is_one_of(header_key(step.name), kNames);
}

/// A member of a phone or an address that says which one it is, not what.
bool tells_apart(const Step& step) {
  constexpr std::array<std::string_view, 16> kNames = {"primary", "isprimary", "default",   "isdefault", "verified", "isverified", "preferred", "ispreferred",
                                                       "pref",    "id",        "order",     "position",  "confidence", "active",   "isactive",  "validated"};
  return step.index.empty() && is_one_of(header_key(step.name), kNames);
}

std::vector<Step> steps_of(const std::string& column) {
  std::vector<Step> steps;
  std::size_t begin = 0;
  while (begin <= column.size()) {
    std::size_t end = begin;
    // A dot beside a blank ends an abbreviation.
    for (; end < column.size(); ++end) {
      if (column[end] == '.' && end > begin && end + 1 < column.size() && column[end - 1] != ' ' && column[end + 1] != ' ') break;
    }
    Step step{column.substr(begin, end - begin), ""};
    while (step.name.ends_with(']')) {
      const auto open = step.name.rfind('[');
      if (open == std::string::npos || open + 2 >= step.name.size()) break;
      const std::string digits = step.name.substr(open + 1, step.name.size() - open - 2);
      const bool is_index = !digits.empty() && digits.size() < 6 && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!is_index) break;
      step.index = "[" + std::to_string(std::stoul(digits) + 1) + "]" + step.index;
      step.name.erase(open);
    }
    steps.push_back(std::move(step));
    begin = end + 1;
  }
  return steps;
}

std::string joined(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    if (!text.empty() && !step.name.empty()) text += '.';
    text += step.name + step.index;
  }
  return text;
}

/// "phones[0].phone", "email_addresses[0].email_address": the element's member is called as the list.
bool repeats(const Step& list, const Step& member) {
  const std::string name = header_key(member.name);
  const std::string whole = header_key(list.name);
  return !list.index.empty() && member.index.empty() && name.size() > 2 && whole.starts_with(name) && whole.size() - name.size() <= 2;
}

bool speaks_of_reach(const Step& step) {
  const Reading words = read_words(header_words(step.name));
  return !words.compound && words.has_any({Concept::Email, Concept::Phone});  // "telecom" is no phone
}

/// Names the value beside it: {"key": "email", "value": …}.
bool names_sibling(const Step& step) {
  constexpr std::array<std::string_view, 12> kNames = {"name",      "key",    "property", "field", "attribute", "attributecode",
                                                       "fieldname", "system", "type",     "kind",  "medium",    "channel"};
  return step.index.empty() && is_one_of(header_key(step.name), kNames);
}

/// Says more about the value beside it: {"system": "phone", "use": "old", "value": …}.
bool qualifies_sibling(const Step& step) { return step.index.empty() && header_key(step.name) == "use"; }

/// Where the value of a named element may stand.
constexpr std::array<std::string_view, 6> kValueNames = {"value", "Value", "values[0]", "number", "address", "contact"};

/// The last step above the list that is a word for a person, with a blank: "contact[1] ".
std::string person_above(const std::vector<Step>& steps) {
  for (std::size_t i = steps.size() - 2; i-- > 0;) {
    if (const auto person = person_in(steps[i].name); person && !person->soft && person->rest.empty()) return steps[i].name + steps[i].index + " ";
  }
  return {};
}

/// The column of the value that this one names, and what it calls it; empty: one thing here, another there.
struct Named {
  std::size_t column;
  std::string header;
};
std::optional<Named> named_by(std::size_t at, const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples) {
  const auto steps = steps_of(columns[at]);
  if (steps.size() < 2 || steps[steps.size() - 2].index.empty()) return std::nullopt;
  const bool qualifies = qualifies_sibling(steps.back());
  if (!qualifies && !names_sibling(steps.back())) return std::nullopt;
  const Step& list = steps[steps.size() - 2];
  const Reading known = read_words(header_words(list.name));
  const std::string key = header_key(steps.back().name);
  // "phones[0].type" is a label; it has its own rules. "contacts[0].type" is of anything.
  const bool of_anything = known.concepts.empty() || known.only({Concept::Person, Concept::Neutral});
  if ((key == "type" || key == "kind") && !of_anything) return std::nullopt;
  const std::string prefix = columns[at].substr(0, columns[at].size() - steps.back().name.size());
  for (const std::string_view name : kValueNames) {
    // Facebook's leads have {"name": "phone_number", "values": ["…"]}.
    const auto found = std::find(columns.begin(), columns.end(), prefix + std::string(name));
    if (found == columns.end()) continue;
    Named named{static_cast<std::size_t>(found - columns.begin()), ""};
    const bool constant = !qualifies && at < samples.size() && !samples[at].empty() &&
                          std::all_of(samples[at].begin(), samples[at].end(), [&](const std::string& value) { return value == samples[at].front(); });
    if (constant) named.header = (speaks_of_reach(list) ? list.name + " " : "") + samples[at].front() + list.index;
    // {"name": "Ann", "number": …} names who it is, not what.
    const bool usual = name == "value" || name == "Value" || name == "values[0]";
    if (!usual && (key == "name" || (constant && !speaks_of_reach({samples[at].front(), ""})))) return std::nullopt;
    // FHIR's patients have contacts, whose telecom is theirs.
    if (constant) named.header.insert(0, person_above(steps));
    return named;
  }
  return std::nullopt;
}

PlainHeader plain_header(const std::string& column) {
  std::vector<Step> steps = steps_of(column);
  const bool in_array = std::any_of(steps.begin(), steps.end(), [](const Step& step) { return !step.index.empty(); });
  if (steps.size() == 1 && !in_array) return {column, false};
  PlainHeader plain;
  plain.is_about = std::any_of(steps.begin(), steps.end() - 1, is_about_data) || (steps.size() > 1 && tells_apart(steps.back()) && (in_array || speaks_of_reach(steps[steps.size() - 2])));
  // {"phones": [{"value": …, "type": …}]}: the value has a sibling that names it; it stays beside it.
  while (steps.size() > 1 && types(steps.back()) && (steps.back().name != "value" || steps[steps.size() - 2].index.empty())) steps.pop_back();
  if (steps.size() > 1 && repeats(steps[steps.size() - 2], steps.back())) steps.back().name = "value";
  // FHIR's names are objects, with the whole name as "text".
  if (steps.size() > 1 && header_key(steps[steps.size() - 2].name) == "name" && header_key(steps.back().name) == "text") steps.pop_back();
  // {"sms_marketing_consent": {"state": …}}: no part of an address.
  if (steps.size() > 1 && header_key(steps.back().name) == "state" && read_words(header_words(steps[steps.size() - 2].name)).has(Concept::Consent))
    steps.back().name = "status";
  for (std::size_t i = 0; i < steps.size() && steps.size() > 1;) {
    // At the end such a word is what it is about, unless it is a list.
    if (!wraps(steps[i]) || (i + 1 == steps.size() && steps[i].index.empty())) {
      ++i;
      continue;
    }
    // The place in a list goes to what has the list.
    if (i > 0) steps[i - 1].index += steps[i].index;
    else steps[i + 1].index = steps[i].index + steps[i + 1].index;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
  }
  plain.header = joined(steps);
  return plain;
}

/// {"type": "phone_number", "phone_number": …}: the type says which of its siblings has the value (Notion). The value is called as
/// what has the type; the other members are about it.
void name_typed_values(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples, std::vector<PlainHeader>& plain) {
  constexpr std::string_view kType = ".type";
  for (std::size_t at = 0; at < std::min(columns.size(), samples.size()); ++at) {
    if (!columns[at].ends_with(kType) || samples[at].empty()) continue;
    const std::string& type = samples[at].front();
    if (std::any_of(samples[at].begin(), samples[at].end(), [&](const std::string& value) { return value != type; })) continue;
    const std::string owner = columns[at].substr(0, columns[at].size() - kType.size()), value = owner + "." + type;
    const auto is_value = [&](const std::string& column) { return column == value || column == value + "[0].plain_text"; };
    if (std::none_of(columns.begin(), columns.end(), is_value)) continue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (is_value(columns[i])) plain[i] = plain_header(owner);
      else if (columns[i].starts_with(owner + ".") && i != at) plain[i].is_about = true;
    }
    plain[at].is_about = true;
  }
}

/// Google gives each number as it was typed, and as it is dialled from anywhere ("canonicalForm"): that one is the number.
void prefer_canonical_numbers(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples, std::vector<PlainHeader>& plain) {
  constexpr std::string_view kCanonical = "canonicalForm", kValue = "value";
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (!columns[at].ends_with(kCanonical)) continue;
    const auto typed = std::find(columns.begin(), columns.end(), columns[at].substr(0, columns[at].size() - kCanonical.size()) + std::string(kValue));
    if (typed == columns.end()) continue;
    const auto value = static_cast<std::size_t>(typed - columns.begin());
    if (samples.size() > std::max(at, value) && samples[at].size() < samples[value].size()) continue;  // some have none
    plain[at].header = plain[value].header;
    plain[value].header = columns[value] + " as typed";
    plain[value].is_about = true;
  }
}

}  // namespace

std::vector<PlainHeader> plain_headers(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples) {
  std::vector<PlainHeader> plain;
  std::map<std::string, int> times;
  for (const std::string& column : columns) {
    plain.push_back(plain_header(column));
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto named = named_by(i, columns, samples);
    if (!named) continue;
    plain[i].is_about = true;
    if (!named->header.empty()) plain[named->column].header = named->header;
    else plain[named->column].kinds.push_back(i);
  }
  name_typed_values(columns, samples, plain);
  prefer_canonical_numbers(columns, samples, plain);
  for (const PlainHeader& header : plain) ++times[header.header];
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (times[plain[i].header] > 1) plain[i].header = columns[i];
  }
  return plain;
}

bool is_array_path(const std::string& column) {
  const auto steps = steps_of(column);
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return !step.index.empty(); });
}

}  // namespace switchboard::mapping

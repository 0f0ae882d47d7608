#include "samples.h"

#include <switchboard/kit/ids.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <functional>
#include <regex>
#include <set>

namespace switchboard::conformance {

namespace {

/// Patterns that std::regex does not understand match everything: the sample is then only a guess.
bool matches(const std::string& value, const std::string& pattern) {
  if (pattern.empty()) return true;
  try {
    return std::regex_match(value, std::regex(pattern, std::regex::ECMAScript));
  } catch (const std::regex_error&) {
    return true;
  }
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string cut(const std::string& text, std::size_t max_code_points) {
  std::size_t at = 0;
  for (std::size_t n = 0; at < text.size() && n < max_code_points; ++n)
    at += std::max<std::size_t>(1, kit::utf8_length(std::string_view(text).substr(at)));
  return text.substr(0, at);
}

constexpr std::uint32_t kColumns = 20;  ///< numbers that a row's values have

std::string national_number(std::uint32_t number) { return std::to_string(2015550000ull + number); }

std::string text_of(const std::string& meaning, std::uint32_t number, bool awkward) {
  const std::string n = std::to_string(number);
  if (meaning == "first_name") return awkward ? "Zo\xC3\xAB \"Z\"" + n : "Ada" + n;
  if (meaning == "last_name") return awkward ? "O'Bri\xC3\xABn, jr. " + n : "Lovelace" + n;
  if (meaning == "full_name") return awkward ? "Zo\xC3\xAB \"Z\" O'Brien, " + n : "Ada Lovelace " + n;
  if (meaning == "prefix") return "Mr";
  if (meaning == "country") return "US";
  if (meaning == "company")
    return awkward ? "\xE4\xB8\xAD\xE6\x96\x87 & S\xC3\xB8n; \"Ltd\" <" + n + ">" : "Acme " + n;
  if (meaning == "external_id") return "crm-" + n;
  if (meaning == "postal_code") return "0" + std::to_string(1000 + number);
  return awkward ? "t\xC3\xA9xt, \"quoted\" \\ " + n : "text " + n;
}

std::string date_of(std::uint32_t number) {
  return "1980-01-" + std::string(number % 28 < 9 ? "0" : "") + std::to_string(number % 28 + 1);
}

std::string value_of(const kit::Json& field, std::uint32_t number, bool awkward) {
  const std::string type = field["type"].string_or("text");
  const std::string format = field["format"].string_or("e164");
  const std::string derive = field["derive"].string_or("");
  const std::string n = std::to_string(number);
  const std::uint32_t turn = number / kColumns + number;  // of a column: another one in each row
  if (!field["enum"].items().empty()) return field["enum"].at(turn % field["enum"].size()).string_or("");
  if (derive == "calling_code") return "+1";
  if (derive == "national_number" || (type == "phone" && format == "national"))
    return national_number(number);
  if (type == "phone") return (format == "e164_digits" ? "1" : "+1") + national_number(number);
  // As people write them: vendors compare addresses whatever their case.
  if (type == "email") return (awkward && matches("Person" + n + "+list@example.com", field["pattern"].string_or("")) ? "Person" + n + "+list" : "person" + n) + "@example.com";
  if (type == "int") return n;
  if (type == "number") return n + ".5";
  if (type == "boolean") return turn % 2 == 0 ? "true" : "false";
  if (type == "date") return date_of(number);
  const std::string meaning = field["meaning"].string_or("");
  if (type == "list" && meaning == "phone") return R"(["+1)" + national_number(number) + R"("])";
  if (type == "list" && meaning == "email") return R"(["person)" + n + R"(@example.com"])";
  if (type == "list") return R"(["a","b )" + n + R"("])";
  std::string value = derive == "hash" ? kit::hex_id("sample", number)
                                       : text_of(field["meaning"].string_or(""), number, awkward);
  const std::string pattern = field["pattern"].string_or("");
  if (!matches(value, pattern)) {
    const std::string digits = std::to_string(1000000 + number);
    const std::string guesses[] = {text_of(field["meaning"].string_or(""), number, false),
                                   "Ada",
                                   "ada" + n,
                                   "+" + digits,
                                   digits,
                                   "+1",
                                   "1",
                                   "US",
                                   "en",
                                   "+1" + national_number(number),
                                   national_number(number),
                                   "person" + n + "@example.com",
                                   date_of(number),
                                   kit::uuid_id("s", number),
                                   kit::hex_id("s", number),
                                   "true",
                                   "Mr"};
    for (const std::string& guess : guesses) {
      if (matches(guess, pattern)) {
        value = guess;
        break;
      }
    }
  }
  const auto longest = static_cast<std::size_t>(field["max_length"].int_or(0));
  const auto shortest = static_cast<std::size_t>(field["min_length"].int_or(0));
  if (longest > 0 && code_points(value) > longest)
    value = n.size() <= longest ? cut(value, longest - n.size()) + n : cut(value, longest);
  while (code_points(value) < shortest) value.push_back('x');
  return value;
}

/// Names of the fields that a contact with as little as possible must have.
std::set<std::string> minimal_fields(const kit::Json& manifest) {
  std::set<std::string> names;
  for (const kit::Json& field : manifest["fields"].items()) {
    if (field["required"].bool_or(false)) names.insert(field["name"].string_or(""));
  }
  for (const kit::Json& name : manifest["identity"].items()) names.insert(name.string_or(""));
  const auto add = [&names](const kit::Json& group) {
    if (const auto name = group.as_string()) names.emplace(*name);
    for (const kit::Json& item : group.items()) names.insert(item.string_or(""));
  };
  for (int pass = 0; pass < 3; ++pass) {
    for (const kit::Json& rule : manifest["rules"].items()) {
      if (const auto groups = rule["any_of"].items(); !groups.empty()) {
        const bool satisfied = std::any_of(groups.begin(), groups.end(), [&names](const kit::Json& group) {
          if (const auto name = group.as_string()) return names.count(std::string(*name)) > 0;
          return std::all_of(group.items().begin(), group.items().end(),
                             [&names](const kit::Json& item) { return names.count(item.string_or("")) > 0; });
        });
        if (!satisfied) add(groups.front());
      }
      const auto all_of = rule["all_of"].items();
      const auto requires_list = rule["requires"].items();
      const bool any = std::any_of(all_of.begin(), all_of.end(), [&names](const kit::Json& item) {
        return names.count(item.string_or("")) > 0;
      });
      if (any) add(rule["all_of"]);
      if (!requires_list.empty() && names.count(requires_list.front().string_or("")) > 0)
        add(rule["requires"]);
    }
  }
  return names;
}

/// Fields that must stay empty where others of their rule are filled.
std::set<std::string> excluded_fields(const kit::Json& manifest, const std::set<std::string>& needed) {
  std::set<std::string> out;
  for (const kit::Json& rule : manifest["rules"].items()) {
    const auto names = rule["at_most_one_of"].items();
    if (names.empty()) continue;
    std::string keep = names.front().string_or("");
    for (const kit::Json& name : names) {
      if (needed.count(name.string_or("")) > 0) keep = name.string_or("");
    }
    for (const kit::Json& name : names) {
      if (name.string_or("") != keep) out.insert(name.string_or(""));
    }
  }
  return out;
}

/// Names that some rule is about: to leave one of them out may break it.
std::set<std::string> ruled_fields(const kit::Json& manifest) {
  std::set<std::string> out;
  const std::function<void(const kit::Json&)> add = [&](const kit::Json& part) {
    if (const auto name = part.as_string()) out.emplace(*name);
    for (const kit::Json& item : part.items()) add(item);
  };
  for (const kit::Json& rule : manifest["rules"].items())
    for (const char* kind : {"any_of", "all_of", "at_most_one_of", "requires"}) add(rule[kind]);
  return out;
}

}  // namespace

Contacts sample_contacts(const kit::Json& manifest, std::uint32_t rows, std::uint32_t first) {
  Contacts out = Contacts::none(manifest);
  const auto fields = manifest["fields"].items();
  const std::set<std::string> needed = minimal_fields(manifest);
  const std::set<std::string> excluded = excluded_fields(manifest, needed), ruled = ruled_fields(manifest);
  std::vector<std::size_t> free_fields;  // of which some row has all but one
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const std::string name = fields[c]["name"].string_or("");
    if (needed.count(name) + excluded.count(name) + ruled.count(name) == 0) free_fields.push_back(c);
  }
  const kit::Json& custom = manifest["custom_fields"];
  std::size_t custom_columns = 0;
  if (custom["allowed"].bool_or(false)) {
    for (const char* name : {"custom_note", "plan2", "note", "customnote"}) {
      const bool reserved = std::any_of(
          custom["reserved"].items().begin(), custom["reserved"].items().end(),
          [name](const kit::Json& word) { return kit::equals_ignoring_case(word.string_or(""), name); });
      if (custom_columns < 2 && !reserved && matches(name, custom["name_pattern"].string_or(""))) {
        out.columns.emplace_back(name);
        ++custom_columns;
      }
    }
  }
  for (std::uint32_t r = 0; r < rows; ++r) {
    const std::uint32_t number = first + r;
    const bool minimal = r % 3 == 1;
    const bool awkward = r % 3 == 2;
    auto& cells = out.rows.emplace_back(out.columns.size());
    for (std::size_t c = 0; c < fields.size(); ++c) {
      const std::string name = fields[c]["name"].string_or("");
      const bool wanted = needed.count(name) > 0 ||
                          (!minimal && excluded.count(name) == 0 && !fields[c]["opt_in"].bool_or(false));
      if (wanted) cells[c] = value_of(fields[c], number * kColumns + static_cast<std::uint32_t>(c), awkward);
    }
    // Gaps: what stands behind an empty cell must not move up.
    const bool gap = r % 6 == 3;
    if (gap && !free_fields.empty()) cells[free_fields[r / 6 % free_fields.size()]].reset();
    for (std::size_t c = gap && custom_columns > 1 ? 1 : 0; c < custom_columns && !minimal; ++c)
      cells[fields.size() + c] = text_of("", number, awkward) + (c == 0 ? "" : " b");  // another value in each column
    out.row_ids.push_back("row-" + std::to_string(number + 1));
  }
  return out;
}

std::string sample_settings(const kit::Json& manifest, const std::string& given_json) {
  const kit::Json given = kit::Json::parse(given_json).value_or(kit::Json());
  kit::JsonWriter writer;
  writer.object();
  std::set<std::string> known;
  for (const kit::Json& setting : manifest["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    const std::string type = setting["type"].string_or("text");
    known.insert(name);
    std::string value;
    const kit::Json* chosen = given.get(name);
    if (chosen == nullptr) chosen = manifest.get("sandbox", "settings", name);
    if (chosen != nullptr) {
      writer.member(name, *chosen);
      continue;
    }
    if (setting.get("default") != nullptr) {
      const kit::Json& standard = setting["default"];
      const bool typed = standard.is_string() && type != "text" && type != "list";
      typed ? writer.member_raw(name, standard.string_or("null")) : writer.member(name, standard);
      continue;
    }
    if (!setting["required"].bool_or(false)) continue;
    value = value_of(setting, 7, false);
    type == "text" || type == "list" ? writer.member(name, value) : writer.member_raw(name, value);
  }
  for (std::size_t i = 0; i < given.keys().size(); ++i) {
    if (known.count(given.keys()[i]) == 0) writer.member(given.keys()[i], given.values()[i]);
  }
  return writer.end().take();
}

std::string with_setting(const std::string& settings_json, const std::string& name,
                         const std::string& value) {
  const kit::Json settings = kit::Json::parse(settings_json).value_or(kit::Json());
  kit::JsonWriter writer;
  writer.object();
  for (std::size_t i = 0; i < settings.keys().size(); ++i) {
    if (settings.keys()[i] != name) writer.member(settings.keys()[i], settings.values()[i]);
  }
  return writer.member(name, value).end().take();
}

std::vector<std::string> setting_guesses() {
  return {"sample",
          kit::uuid_id("setting", 1),
          "123",
          "123456789012345678",
          kit::hex_id("setting", 1),
          "sample.example.com",
          "st-" + kit::uuid_id("setting", 1),
          "true"};
}

}  // namespace switchboard::conformance

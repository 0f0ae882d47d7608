#include "core/mapping/manifest/typed_value.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <array>

#include "core/base/json_text.h"
#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// JSON numbers have no leading zeros and no plus sign.
std::string canonical(bool negative, std::string_view whole, std::string_view decimals) {
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  std::string out = negative ? "-" : "";
  out += whole.empty() ? "0" : whole;
  if (!decimals.empty()) out.append(".").append(decimals);
  return out == "-0" ? "0" : out;
}

/// A JSON array in a cell, as the vendor's own layout may have it; nullopt: not one.
std::optional<std::vector<std::string>> read_json_array(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  try {
    Poco::JSON::Parser parser;
    const auto document = parser.parse(std::string(text));
    if (document.type() != typeid(Poco::JSON::Array::Ptr)) return std::nullopt;
    std::vector<std::string> values;
    for (const auto& item : *document.extract<Poco::JSON::Array::Ptr>()) {
      if (item.type() == typeid(Poco::JSON::Object::Ptr)) {
        const auto object = item.extract<Poco::JSON::Object::Ptr>();
        for (const char* key : {"value", "number", "address"}) {
          if (object->has(key)) {
            values.push_back(object->get(key).convert<std::string>());
            break;
          }
        }
      } else if (item.type() != typeid(Poco::JSON::Array::Ptr) && !item.isEmpty()) {
        values.push_back(item.convert<std::string>());
      }
    }
    return values;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> to_int(std::string_view text) {
  auto number = to_number(text);
  if (!number) return std::nullopt;
  const auto point = number->find('.');
  if (point == std::string::npos) return number;
  if (number->find_first_not_of('0', point + 1) != std::string::npos) return std::nullopt;
  return number->substr(0, point);
}

std::optional<std::string> to_number(std::string_view text) {
  text = contact::trim(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto point = text.find('.');
  std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (point != std::string_view::npos && !all_digits(decimals)) return std::nullopt;
  std::string whole(text.substr(0, point));
  if (const auto comma = whole.find(','); comma != std::string::npos) {
    // Thousands: groups of three, the first one to three digits long. A decimal comma would be a guess.
    if (comma == 0 || comma > 3 || (whole.size() - comma) % 4 != 0) return std::nullopt;
    for (std::size_t at = comma; at < whole.size(); at += 4) {
      if (whole[at] != ',') return std::nullopt;
    }
    whole.erase(std::remove(whole.begin(), whole.end(), ','), whole.end());
  }
  if (!all_digits(whole)) return std::nullopt;
  return canonical(negative, whole, decimals);
}

std::optional<std::string> to_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 15> kTrue = {"true", "yes", "y", "1",   "x",   "on", "ja", "oui",
                                                      "si",   "sim", "t", "tak", "ano", "да", "✓"};
  constexpr std::array<std::string_view, 13> kFalse = {"false", "no", "n",   "0",  "off", "nein", "non",
                                                       "nao",   "f",  "nie", "ne", "nee", "нет"};
  const std::string word = contact::fold(contact::trim(text));
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return "true";
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return "false";
  return std::nullopt;
}

std::vector<std::string> split_list(std::string_view text, bool at_commas) {
  text = contact::trim(text);
  if (auto values = read_json_array(text)) return *values;
  std::vector<std::string> values;
  const bool google = text.find(":::") != std::string_view::npos;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    if (const auto value = contact::trim(text.substr(begin, end - begin)); !value.empty())
      values.emplace_back(value);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (google) {
      if (text.substr(at, 3) != ":::") continue;
      add(at);
      begin = at += 3;
      --at;
    } else if (text[at] == ';' || text[at] == '|' || text[at] == '\n' || (at_commas && text[at] == ',')) {
      add(at);
      begin = at + 1;
    }
  }
  add(text.size());
  return values;
}

std::string to_json_list(const std::vector<std::string>& values) {
  JsonWriter json;
  json.begin_array();
  for (const std::string& value : values) json.string(value);
  json.end_array();
  return json.take();
}

}  // namespace switchboard::mapping

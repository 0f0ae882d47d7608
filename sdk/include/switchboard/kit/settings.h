// The connector's settings: the manifest's settings with defaults and the user's values applied by the host.
#pragma once

#include <switchboard/kit/error.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/time.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// An empty text counts as not set. Values may come typed or as text ("true", "5", "a,b"). Throws
/// SettingError where a value cannot be read as what is asked for.
class Settings {
 public:
  explicit Settings(Json json) : json_(std::move(json)) {}

  const Json& json() const { return json_; }

  std::optional<std::string> text(std::string_view name) const {
    const Json* value = json_.get(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->kind() == Json::Kind::Boolean) return value->to_text();
    const auto content = value->as_string();
    if (!content) throw SettingError(std::string(name), "must be a text");
    if (content->empty()) return std::nullopt;
    return std::string(*content);
  }

  std::string text(std::string_view name, std::string_view fallback) const {
    return text(name).value_or(std::string(fallback));
  }

  std::string required_text(std::string_view name) const {
    auto content = text(name);
    if (!content)
      throw SettingError(std::string(name),
                         "is required; give it with --set " + std::string(name) + "=VALUE");
    return *std::move(content);
  }

  /// One of these words, as its place among them; the first where it is not set.
  std::size_t choice(std::string_view name, std::initializer_list<std::string_view> words) const {
    const std::string word = text(name, *words.begin());
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string message = "must be ";
    for (auto at = words.begin(); at != words.end(); ++at)
      message += (at == words.begin() ? "" : at + 1 == words.end() ? " or " : ", ") + std::string(*at);
    throw SettingError(std::string(name), message);
  }

  bool boolean(std::string_view name, bool fallback) const {
    const auto content = text(name);
    if (!content) return fallback;
    if (*content == "true" || *content == "yes" || *content == "1") return true;
    if (*content == "false" || *content == "no" || *content == "0") return false;
    throw SettingError(std::string(name), "must be true or false");
  }

  std::optional<std::int64_t> integer(std::string_view name) const {
    const auto content = text(name);
    if (!content) return std::nullopt;
    const auto number = parse_int(*content);
    if (!number) throw SettingError(std::string(name), "must be a whole number");
    return number;
  }

  std::int64_t integer(std::string_view name, std::int64_t fallback) const {
    return integer(name).value_or(fallback);
  }

  /// Throws SettingError outside of low to high (both allowed): the manifest's min and max, for hosts that do not check.
  std::int64_t integer(std::string_view name, std::int64_t fallback, std::int64_t low, std::int64_t high) const {
    const std::int64_t value = integer(name, fallback);
    if (value < low || value > high)
      throw SettingError(std::string(name), "must be " + std::to_string(low) + " to " + std::to_string(high));
    return value;
  }

  /// At most so many characters, as vendors count them; for hosts that do not check.
  std::optional<std::string> text_of_at_most(std::string_view name, std::size_t most) const {
    auto content = text(name);
    if (content && characters(*content) > most)
      throw SettingError(std::string(name), "must have at most " + std::to_string(most) + " characters");
    return content;
  }

  /// A point in time, in milliseconds: Unix time in seconds, or ISO 8601.
  std::optional<std::int64_t> time_ms(std::string_view name) const {
    const auto content = text(name);
    if (!content) return std::nullopt;
    constexpr std::int64_t kYear2200 = 7'258'118'400;
    if (const auto seconds = parse_int(*content)) {
      if (*seconds >= 0 && *seconds < kYear2200) return *seconds * 1000;
      throw SettingError(std::string(name), "must be Unix time in seconds, not milliseconds, or a time as in ISO 8601");
    }
    const auto time = parse_iso8601(*content);
    if (!time) throw SettingError(std::string(name), "must be Unix time in seconds, or a time such as 2025-03-13T08:00:00+02:00");
    return time;
  }

  /// A list of KIND=VALUE pairs; the kinds in lower case. `example` is for whoever wrote something else.
  std::map<std::string, std::string> pairs(std::string_view name, std::string_view example) const {
    std::map<std::string, std::string> out;
    for (const std::string& pair : list(name)) {
      const auto equals = std::min(pair.find('='), pair.size());
      const std::string_view text(pair), kind = trim(text.substr(0, equals)), value = equals == pair.size() ? "" : trim(text.substr(equals + 1));
      if (kind.empty() || value.empty()) throw SettingError(std::string(name), "must be " + std::string(example));
      out[lower(kind)] = value;
    }
    return out;
  }

  /// An array, or a text with commas.
  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> out;
    const Json* value = json_.get(name);
    if (value != nullptr && value->is_array()) {
      for (const Json& item : value->items()) {
        const auto content = item.as_string();
        if (!content) throw SettingError(std::string(name), "must be a list of texts or numbers");
        out.emplace_back(*content);
      }
      return out;
    }
    const auto content = text(name);
    if (!content) return out;
    for (const std::string_view part : split(*content, ',')) {
      if (!trim(part).empty()) out.emplace_back(trim(part));
    }
    return out;
  }

 private:
  Json json_;
};

/// The base of a connector whose members say which setting they are where they are declared:
///
///   struct Connector : kit::Configured {
///     explicit Connector(const kit::Settings& given) : Configured(given) { …what one setting demands of another… }
///     std::string list_id = settings.required_text("list_id");
///     bool verify = settings.boolean("verify", true);
///   };
///
/// They are read in this order, so the first that is wrong is the one that is named.
struct Configured {
  explicit Configured(const Settings& given) : settings(given) {}

  Settings settings;
};

}  // namespace switchboard::kit

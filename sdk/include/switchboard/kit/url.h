// Percent encoding (RFC 3986), query strings and paths.
#pragma once

#include <switchboard/kit/text.h>

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// Everything but letters, digits and -._~ is escaped: fit for a path segment, a query name and a query
/// value.
inline std::string url_encode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      out += '%' + to_hex(text.substr(i, 1), true);
    }
  }
  return out;
}

/// A '%' that begins no escape stays as it is.
inline std::string url_decode(std::string_view text, bool plus_is_blank = false) {
  const auto nibble = [](char c) -> int {
    if (is_digit(c)) return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && nibble(text[i + 1]) >= 0 && nibble(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(nibble(text[i + 1]) * 16 + nibble(text[i + 2])));
      i += 2;
    } else {
      out.push_back(plus_is_blank && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

/// "?a=1&b=x%20y"; empty where there are no pairs.
class Query {
 public:
  Query& add(std::string_view name, std::string_view value) {
    text_ += (text_.empty() ? '?' : '&') + url_encode(name) + '=' + url_encode(value);
    return *this;
  }
  template <std::integral Number>
  Query& add(std::string_view name, Number value) {
    return add(name, std::to_string(value));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// An absolute URL in its parts.
struct Url {
  std::string origin;  ///< "https://api.example:8443", as it was written
  std::string scheme;  ///< in lower case
  std::string host;    ///< in lower case, without the port
  std::string target;  ///< path and query, as they were written; may be empty
};

/// nullopt: the text is none.
inline std::optional<Url> parse_url(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  const auto end = std::min(text.find_first_of("/?#", scheme + 3), text.size());
  const std::string_view authority = text.substr(scheme + 3, end - scheme - 3);
  return Url{std::string(text.substr(0, end)), lower(text.substr(0, scheme)), lower(authority.substr(0, authority.find(':'))),
             std::string(text.substr(end))};
}

/// A request's path, taken apart and decoded: "/v1/contacts/7?limit=5" has segments v1, contacts, 7.
class Target {
 public:
  explicit Target(std::string_view path) {
    path = path.substr(0, path.find('#'));
    const auto question = path.find('?');
    path_ = path.substr(0, question);
    for (const std::string_view part : split(path_, '/')) {
      if (!part.empty()) segments_.push_back(url_decode(part));
    }
    if (question == std::string_view::npos) return;
    for (const std::string_view pair : split(path.substr(question + 1), '&')) {
      const auto equals = pair.find('=');
      const std::string_view value =
          equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
      if (!pair.empty())
        query_.emplace_back(url_decode(pair.substr(0, equals), true), url_decode(value, true));
    }
  }

  /// Without the query, still encoded.
  const std::string& path() const { return path_; }
  const std::vector<std::string>& segments() const { return segments_; }
  const std::vector<std::pair<std::string, std::string>>& query() const { return query_; }
  std::optional<std::string> query(std::string_view name) const {
    for (const auto& [key, value] : query_) {
      if (key == name) return value;
    }
    return std::nullopt;
  }

 private:
  std::string path_;
  std::vector<std::string> segments_;
  std::vector<std::pair<std::string, std::string>> query_;
};

}  // namespace switchboard::kit

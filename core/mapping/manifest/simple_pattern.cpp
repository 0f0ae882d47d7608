#include "core/mapping/manifest/simple_pattern.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace switchboard::mapping {
namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// A character that stands for itself, in a class or outside of one; moves `rest` behind it. nullopt: it is none.
std::optional<char> read_literal(std::string_view& rest, std::string_view meta) {
  if (rest.empty() || !is_ascii(rest[0])) return std::nullopt;
  const bool escaped = rest[0] == '\\';
  if (escaped) rest.remove_prefix(1);
  // An escaped letter or digit means something else.
  if (rest.empty() || !is_ascii(rest[0]) || rest[0] < ' ' || (escaped ? is_letter_or_digit(rest[0]) : meta.find(rest[0]) != std::string_view::npos))
    return std::nullopt;
  const char c = rest[0];
  rest.remove_prefix(1);
  return c;
}

std::optional<std::size_t> read_number(std::string_view& rest) {
  std::size_t value = 0, digits = 0;
  while (!rest.empty() && is_digit(rest[0]) && digits < 3) {
    value = value * 10 + static_cast<std::size_t>(rest[0] - '0');
    rest.remove_prefix(1);
    ++digits;
  }
  return digits == 0 ? std::nullopt : std::optional(value);
}

struct Times {
  std::size_t least = 1, most = 1;  ///< most 0: without end
};

/// How often; nullopt: not in one of the plain ways.
std::optional<Times> read_times(std::string_view& rest) {
  Times times;
  if (rest.empty()) return times;
  switch (rest[0]) {
    case '?':
      times = {0, 1};
      rest.remove_prefix(1);
      break;
    case '*':
      times = {0, 0};
      rest.remove_prefix(1);
      break;
    case '+':
      times = {1, 0};
      rest.remove_prefix(1);
      break;
    case '{': {
      rest.remove_prefix(1);
      const auto least = read_number(rest);
      if (!least) return std::nullopt;
      times = {*least, *least};
      if (!rest.empty() && rest[0] == ',') {
        rest.remove_prefix(1);
        const auto most = read_number(rest);
        times.most = most.value_or(0);
        if (most && *most < *least) return std::nullopt;
      }
      if (rest.empty() || rest[0] != '}' || (times.most == 0 && times.least == 0)) return std::nullopt;
      rest.remove_prefix(1);
      break;
    }
    default:
      return times;
  }
  // Lazy and possessive ones.
  if (!rest.empty() && (rest[0] == '?' || rest[0] == '+' || rest[0] == '*' || rest[0] == '{')) return std::nullopt;
  return times;
}

}  // namespace

std::optional<SimplePattern> SimplePattern::compile(std::string_view expression) {
  SimplePattern pattern;
  std::string_view rest = expression;
  while (!rest.empty()) {
    Class characters;
    if (rest[0] == '[') {
      rest.remove_prefix(1);
      if (rest.empty() || rest[0] == '^' || rest[0] == ']') return std::nullopt;
      while (!rest.empty() && rest[0] != ']') {
        const auto first = read_literal(rest, "[]\\-");
        if (!first) return std::nullopt;
        auto last = first;
        if (rest.size() > 1 && rest[0] == '-' && rest[1] != ']') {
          rest.remove_prefix(1);
          last = read_literal(rest, "[]\\-");
          if (!last || *last < *first) return std::nullopt;
        }
        for (int c = *first; c <= *last; ++c) characters.holds[static_cast<std::size_t>(c)] = true;
        if (rest.size() > 1 && rest[0] == '-' && rest[1] == ']') {
          characters.holds['-'] = true;
          rest.remove_prefix(1);
        }
      }
      if (rest.empty()) return std::nullopt;
      rest.remove_prefix(1);
    } else if (rest.starts_with("\\d")) {
      for (char c = '0'; c <= '9'; ++c) characters.holds[static_cast<std::size_t>(c)] = true;
      rest.remove_prefix(2);
    } else {
      const auto literal = read_literal(rest, "\\^$.|?*+()[]{}#");
      if (!literal) return std::nullopt;
      characters.holds[static_cast<std::size_t>(*literal)] = true;
    }
    const auto times = read_times(rest);
    if (!times || !pattern.add(characters, times->least, times->most)) return std::nullopt;
  }
  pattern.make_states();
  return pattern;
}

bool SimplePattern::add(const Class& characters, std::size_t least, std::size_t most) {
  const bool endless = most == 0;
  const std::size_t count = endless ? std::max<std::size_t>(least, 1) : most;
  if (count > kMostPlaces - places_) return false;
  for (std::size_t n = 0; n < count; ++n, ++places_) {
    const std::uint64_t place = std::uint64_t{1} << places_;
    if (n >= least) optional_ |= place;
    if (endless && n + 1 == count) repeated_ |= place;
    for (std::size_t c = 0; c < characters.holds.size(); ++c) {
      if (characters.holds[c]) takes_[c] |= place;
    }
  }
  return true;
}

void SimplePattern::make_states() {
  std::vector<std::uint64_t> kinds = {0};  // by kind: which places take it
  for (std::size_t byte = 0; byte < takes_.size(); ++byte) {
    const auto kind = std::find(kinds.begin(), kinds.end(), takes_[byte]);
    kinds_[byte] = static_cast<std::uint8_t>(kind - kinds.begin());
    if (kind == kinds.end()) kinds.push_back(takes_[byte]);
  }
  std::vector<std::uint64_t> states = {0, passed_over(1)};  // by state: which places may come next
  for (std::size_t state = 1; state < states.size(); ++state) {
    if (states.size() > kMostStates || kinds.size() > kMostKinds) return;
    matches_[state] = (states[state] >> places_ & 1) != 0;
    for (std::size_t kind = 1; kind < kinds.size(); ++kind) {
      const auto byte = static_cast<std::size_t>(std::find(takes_.begin(), takes_.end(), kinds[kind]) - takes_.begin());
      const std::uint64_t places = after(states[state], byte);
      const auto known = std::find(states.begin(), states.end(), places);
      next_[state][kind] = static_cast<std::uint8_t>(known - states.begin());
      if (known == states.end()) states.push_back(places);
    }
  }
  states_ = states.size();
}

bool SimplePattern::matches(std::string_view text) const {
  if (states_ == 0) return follow(text);
  std::size_t state = 1;
  for (const char c : text) state = next_[state][kinds_[static_cast<unsigned char>(c)]];
  return matches_[state];
}

/// Where there are too many states.
bool SimplePattern::follow(std::string_view text) const {
  std::uint64_t places = passed_over(1);
  for (const char c : text) {
    if (!is_ascii(c)) return false;
    places = after(places, static_cast<std::size_t>(c));
    if (places == 0) return false;
  }
  return (places >> places_ & 1) != 0;
}

}  // namespace switchboard::mapping

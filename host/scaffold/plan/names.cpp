#include "host/scaffold/plan/names.h"

#include <switchboard/kit/text.h>

#include <algorithm>

#include "core/base/display_text.h"

namespace switchboard::scaffold {

std::string snake(std::string_view name) {
  std::string out;
  constexpr std::size_t kLongest = 40;
  for (std::size_t i = 0; i < name.size() && out.size() < kLongest; ++i) {
    const char c = name[i];
    if (!kit::is_alpha(c) && !kit::is_digit(c)) {
      if (!out.empty() && out.back() != '_') out += '_';
      continue;
    }
    const bool upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && ((name[i - 1] >= 'a' && name[i - 1] <= 'z') || kit::is_digit(name[i - 1]));
    if (upper && after_lower && !out.empty() && out.back() != '_') out += '_';
    out += kit::lower(c);
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || !kit::is_alpha(out.front())) out.insert(0, out.empty() ? "value" : "n_");
  return out;
}

std::string letters(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (kit::is_alpha(c) || kit::is_digit(c)) out += kit::lower(c);
  return out;
}

std::string unique(std::string name, std::set<std::string>& taken) {
  std::string candidate = name;
  for (int number = 2; !taken.insert(candidate).second; ++number) candidate = name + "_" + std::to_string(number);
  return candidate;
}

std::string said(std::string_view text, std::size_t most) { return clipped(one_line(text), most); }

std::string in_quotes(std::string_view text) { return "\"" + said(text, 80) + "\""; }

bool is_header_of_ours(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  const bool token = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [&](char c) { return kit::is_alpha(c) || kit::is_digit(c) || kMarks.find(c) != kMarks.npos; });
  return token && !is_one_of(kit::lower(name), {"authorization", "accept", "content-type", "content-length", "host", "connection", "transfer-encoding", "cookie", "user-agent",
                                                "accept-encoding", "te", "trailer", "upgrade", "expect", "proxy-authorization"});
}

bool speaks_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != text.npos; });
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), text) != words.end(); }

}  // namespace switchboard::scaffold

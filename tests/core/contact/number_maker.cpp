#include "tests/core/contact/number_maker.h"

#include <array>

namespace switchboard::tests {

using contact::PatternStep;
using contact::PlanCode;
using contact::PlanRegionRow;

std::size_t NumberMaker::below(std::size_t limit) {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::size_t>(state_ >> 33U) % limit;
}

std::string_view NumberMaker::one_of(std::initializer_list<std::string_view> choices) {
  return choices.begin()[below(choices.size())];
}

const PlanRegionRow& NumberMaker::any_region() { return tables_.regions[below(tables_.regions.size())]; }

std::string NumberMaker::code_of(const PlanRegionRow& region) const {
  return std::to_string(tables_.codes[region.code].calling_code);
}

std::string NumberMaker::random_digits(std::size_t least, std::size_t most) {
  std::string digits;
  for (std::size_t n = least + below(most - least + 1); n > 0; --n) digits += digit();
  return digits;
}

std::string NumberMaker::number_of(const PlanCode& code) {
  std::string digits;
  for (std::size_t state = code.start; digits.size() < 17;) {
    std::array<std::size_t, 10> ways{};
    std::size_t count = 0;
    for (std::size_t d = 0; d < 10; ++d) {
      if (tables_.next[state * 10 + d] != 0) ways[count++] = d;
    }
    if (count == 0 || (tables_.labels[tables_.label[state]].kind != 0 && below(3) == 0)) break;
    const std::size_t chosen = ways[below(count)];
    digits += static_cast<char>('0' + chosen);
    state = tables_.next[state * 10 + chosen];
  }
  return digits;
}

std::string NumberMaker::nearly(std::string number) {
  switch (below(8)) {
    case 0:
      number += digit();
      break;
    case 1:
      if (!number.empty()) number.pop_back();
      break;
    case 2:
      if (!number.empty()) number[below(number.size())] = digit();
      break;
    default:
      break;
  }
  return number;
}

std::string NumberMaker::match_of(std::size_t at) {
  std::string digits;
  for (;;) {
    const PatternStep& step = tables_.steps[at];
    switch (step.op) {
      case PatternStep::Op::Digit: {
        unsigned value = 0;
        do {
          value = static_cast<unsigned>(below(10));
        } while ((step.a >> value & 1U) == 0);
        digits += static_cast<char>('0' + value);
        ++at;
        break;
      }
      case PatternStep::Op::Split:
        at = below(2) == 0 ? step.a : step.b;
        break;
      case PatternStep::Op::Jump:
        at = step.a;
        break;
      case PatternStep::Op::Save:
      case PatternStep::Op::End:
        ++at;
        break;
      case PatternStep::Op::Match:
        return digits;
    }
  }
}

std::string NumberMaker::prefix_of(const PlanRegionRow& region) {
  if (region.prefix_first == 0 || below(8) == 0) return std::string(one_of({"0", "1", "8", "06", "9", "00"}));
  return match_of(region.prefix);
}

std::string NumberMaker::idd_of(const PlanRegionRow& region) {
  if (region.idd_first == 0 || below(8) == 0) return std::string(one_of({"00", "011", "010", "810"}));
  return match_of(region.idd);
}

MadeDigits NumberMaker::digits() {
  const PlanRegionRow& region = any_region();
  const PlanCode& code = tables_.codes[region.code];
  const std::string number = nearly(number_of(code));
  MadeDigits made;
  if (region.id[0] != '0') made.region = region.id.data();
  switch (made.region.empty() ? 0 : below(9)) {
    case 0:
      made.region.clear();
      made.digits = code_of(region) + (below(6) == 0 ? prefix_of(region) : "") + number;
      break;
    case 1:
    case 2:
      made.digits = number;
      break;
    case 3:
    case 4:
      made.digits = prefix_of(region) + number;
      break;
    case 5: {
      const PlanRegionRow& other = any_region();
      made.digits = idd_of(region) + code_of(other) + number_of(tables_.codes[other.code]);
      break;
    }
    case 6:
      made.digits = (below(2) == 0 ? "" : prefix_of(region)) + code_of(region) + (below(3) == 0 ? prefix_of(region) : "") + number;
      break;
    case 7:
      made.digits = prefix_of(region) + random_digits(0, 12);
      break;
    default:
      made.digits = random_digits(3, 18);
      if (below(3) == 0) made.region.clear();
      break;
  }
  return made;
}

/// Groups apart by what people part them with.
std::string NumberMaker::spelled(std::string_view digits) {
  const std::string_view mark = one_of({"", " ", " ", "-", "-", ".", "/", "\xC2\xA0", "  ", " - ", "\xE2\x80\x90"});
  std::string text;
  std::size_t group = 1 + below(4);
  if (group < digits.size() && below(4) == 0) {
    text = "(" + std::string(digits.substr(0, group)) + ")" + (below(2) == 0 ? " " : "");
    digits.remove_prefix(group);
    group = 2 + below(4);
  }
  while (digits.size() > group) {
    text += digits.substr(0, group);
    text += mark;
    digits.remove_prefix(group);
    group = 2 + below(4);
  }
  return text.append(digits);
}

MadeCell NumberMaker::ordinary_cell() {
  const PlanRegionRow& region = any_region();
  const std::string number = number_of(tables_.codes[region.code]);
  MadeCell made;
  if (region.id[0] == '0' || below(3) == 0) {
    made.text = "+" + code_of(region);
  } else {
    made.region = region.id.data();
    if (region.prefix_first != 0 && below(2) == 0) made.text = match_of(region.prefix);
  }
  const std::string_view mark = one_of({"", " ", "-"});
  const std::size_t cut = number.size() / 3;
  made.text += mark;
  made.text.append(number, 0, cut).append(mark).append(number, cut);
  return made;
}

MadeCell NumberMaker::cell() {
  const MadeDigits from = digits();
  MadeCell made;
  made.region = from.region;
  made.text = spelled(from.digits);
  if (from.region.empty()) {
    made.text = std::string(one_of({"+", "+", "+", "00", "(+", ""})) + made.text;
    if (made.text.front() == '(') made.text.insert(2 + 1 + below(2), ")");
    if (below(2) == 0) {
      const PlanRegionRow& region = any_region();
      if (region.id[0] != '0') made.region = region.id.data();
    }
  }
  switch (below(24)) {
    case 0:
      made.text = std::string(one_of({"tel:", "Tel. ", "M: ", "'", " ", "mobile ", "=\""})) + made.text;
      break;
    case 1:
    case 2:
      made.text += std::string(one_of({" ext. ", " x", ";ext=", " #", " ext ", ", ", ",,", "p"})) + random_digits(1, 6);
      break;
    case 3: {  // the last digits by letters
      for (std::size_t at = made.text.size(), left = 3 + below(6); at > 0 && left > 0; --at, --left) {
        if (made.text[at - 1] >= '2' && made.text[at - 1] <= '9') made.text[at - 1] = static_cast<char>('A' + below(26));
      }
      break;
    }
    case 4:
      if (made.text.size() > 4) made.text.insert(1 + below(4), "(0)");
      break;
    case 5: {  // full-width digits
      std::string wide;
      for (const char c : made.text) {
        if (c >= '0' && c <= '9') {
          wide += "\xEF\xBC";
          wide += static_cast<char>(0x90 + (c - '0'));
        } else {
          wide += c;
        }
      }
      made.text = wide;
      break;
    }
    case 6:
      made.dial_code = code_of(any_region());
      break;
    case 7: {
      made.dial_code = below(2) == 0 ? "" : code_of(any_region());
      made.area = random_digits(1, 4);
      break;
    }
    case 8:
      made.international = true;
      break;
    case 9:
      made.text += one_of({" ", "\n", "000000", ".0", ";", " (mobil)", " / 23", "E+10"});
      break;
    default:
      break;
  }
  return made;
}

}  // namespace switchboard::tests

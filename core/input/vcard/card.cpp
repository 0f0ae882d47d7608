#include "core/input/vcard/card.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace switchboard::input {
namespace {

/// More properties than a card of a person has; what comes behind is left out, and the card refused.
constexpr std::size_t kMostProperties = 5000;

/// Lines outside of cards that have of a person what only cards have: a card whose first line is damaged.
bool is_lost_card(Card& lines) {
  constexpr std::array kPersons = {"FN", "N", "TEL", "EMAIL"};
  const bool lost = std::any_of(lines.properties.begin(), lines.properties.end(), [&](const Property& property) {
    return std::find(kPersons.begin(), kPersons.end(), property.name) != kPersons.end();
  });
  if (lost) lines.fault = "the card has no BEGIN:VCARD";
  return lost;
}

bool is_cut_begin(std::string_view line) {
  constexpr std::string_view kBegin = "BEGIN:VCARD";
  return line.size() < kBegin.size() && is_begin(std::string(line) + std::string(kBegin.substr(line.size())));
}

}  // namespace

Result<std::optional<ContentLine>> CardReader::next_line() {
  if (kept_) return std::optional<ContentLine>(*std::exchange(kept_, std::nullopt));
  return lines_.next();
}

Result<bool> CardReader::next(Card& card) {
  card = {};
  bool begun = false;
  std::uint64_t blank = 0;  // in lines before a BEGIN
  int nested = 0;           // cards inside AGENT properties
  bool expects_agent = false, has_version = false;
  for (;;) {
    const std::uint64_t blank_before = lines_.blank_lines();
    auto read = next_line();
    if (!read) return read.error();
    const std::uint64_t new_blank = lines_.blank_lines() - blank_before;
    const bool nothing_yet = card.line == 0;
    if (!*read) {
      if (begun)
        return Error{ErrorKind::Input,
                     fmt::format("line {}: the card that begins here has no END:VCARD before the file ends", card.line),
                     "The file is cut; take it from its source again."};
      if (!nothing_yet && is_cut_begin(last_outside_))
        return Error{ErrorKind::Input, fmt::format("line {}: the file ends inside the first line of a card", lines_.lines()),
                     "The file is cut; take it from its source again."};
      blank_ += new_blank;
      if (is_lost_card(card)) return true;
      leave_out(card, blank);
      return false;
    }
    ContentLine line = std::move(**read);
    if (is_begin(line.text) && !expects_agent && nested == 0) {
      blank_ += new_blank;
      if (begun || is_lost_card(card)) {
        // What belongs to whom cannot be known: it is refused, this one goes on.
        if (begun) card.fault = "the card has no END:VCARD before the next one begins";
        kept_ = std::move(line);
        return true;
      }
      leave_out(card, blank);
      card = {};
      blank = 0;
      begun = true;
    } else if (nothing_yet) {
      blank_ += new_blank;
    }
    if (card.line == 0) {
      card.line = line.line;
      card.byte_begin = line.byte_begin;
      card.byte_end = line.byte_end;
      card.lines = line.physical;
      if (begun) continue;
    } else {
      card.lines += line.physical + new_blank;
      card.byte_end = line.byte_end;
      if (!begun) blank += new_blank;
    }
    if (!begun) last_outside_ = line.text.substr(0, 20);
    if (is_begin(line.text)) {
      ++nested;
      expects_agent = false;
      continue;
    }
    if (is_end(line.text)) {
      if (nested > 0) {
        --nested;
        continue;
      }
      if (begun || is_lost_card(card)) return true;
      continue;
    }
    if (nested > 0) continue;
    Property property;
    if (!parse_property(line.text, charset_, property)) {
      if (card.stray_lines++ == 0) card.stray_line = line.line;
      continue;
    }
    // Marks that are damaged would make one person of two.
    if ((property.name == "BEGIN" || property.name == "END" || (property.name == "VERSION" && std::exchange(has_version, true))) && card.fault.empty())
      card.fault = fmt::format("line {}: two cards seem to have run into one", line.line);
    expects_agent = begun && property.name == "AGENT" && property.value.find_first_not_of(" \t") == std::string::npos;
    if (line.too_long && card.fault.empty())
      card.fault = fmt::format("line {} is longer than {} bytes", line.line, ContentLines::kLongest);
    if (property.value.empty()) continue;
    if (card.properties.size() < kMostProperties) card.properties.push_back(std::move(property));
    else if (card.fault.empty()) card.fault = fmt::format("it has more than {} properties", kMostProperties);
  }
}

void CardReader::leave_out(const Card& lines, std::uint64_t blank) {
  blank_ += blank;
  other_ += lines.lines - blank;
}

}  // namespace switchboard::input

#include "core/input/vcard/card.h"

#include <fmt/format.h>

#include <utility>

namespace switchboard::input {
namespace {

/// More properties than a card of a person has; what comes behind is left out, and the card refused.
constexpr std::size_t kMostProperties = 5000;

}  // namespace

Result<std::optional<ContentLine>> CardReader::next_line() {
  if (kept_) return std::optional<ContentLine>(*std::exchange(kept_, std::nullopt));
  return lines_.next();
}

Result<bool> CardReader::next(Card& card) {
  card = {};
  for (;;) {
    const std::uint64_t blank_before = lines_.blank_lines();
    auto line = next_line();
    if (!line) return line.error();
    blank_ += lines_.blank_lines() - blank_before;
    if (!*line) return false;
    if (is_begin((*line)->text)) {
      card.line = (*line)->line;
      card.byte_begin = (*line)->byte_begin;
      card.byte_end = (*line)->byte_end;
      card.lines = (*line)->physical;
      break;
    }
    other_ += (*line)->physical;
  }

  int nested = 0;          // cards inside AGENT properties
  bool expects_agent = false;
  for (;;) {
    const std::uint64_t blank_before = lines_.blank_lines();
    auto read = next_line();
    if (!read) return read.error();
    const std::uint64_t blank = lines_.blank_lines() - blank_before;
    if (!*read) {
      return Error{ErrorKind::Input,
                   fmt::format("line {}: the card that begins here has no END:VCARD before the file ends", card.line),
                   "The file is cut; take it from its source again."};
    }
    ContentLine line = std::move(**read);
    if (is_begin(line.text) && !expects_agent && nested == 0) {
      // The card before it was never ended. What belongs to whom cannot be known: it is refused, this one goes on.
      card.fault = "the card has no END:VCARD before the next one begins";
      kept_ = std::move(line);
      blank_ += blank;
      return true;
    }
    card.lines += line.physical + blank;
    card.byte_end = line.byte_end;
    if (is_begin(line.text)) {
      ++nested;
      expects_agent = false;
      continue;
    }
    if (is_end(line.text)) {
      if (nested == 0) return true;
      --nested;
      continue;
    }
    if (nested > 0) continue;
    Property property;
    if (!parse_property(line.text, charset_, property)) {
      if (card.stray_lines++ == 0) card.stray_line = line.line;
      continue;
    }
    expects_agent = property.name == "AGENT" && property.value.find_first_not_of(" \t") == std::string::npos;
    if (line.too_long && card.fault.empty())
      card.fault = fmt::format("line {} is longer than {} bytes", line.line, ContentLines::kLongest);
    if (property.value.empty()) continue;
    if (card.properties.size() < kMostProperties) card.properties.push_back(std::move(property));
    else if (card.fault.empty()) card.fault = fmt::format("it has more than {} properties", kMostProperties);
  }
}

}  // namespace switchboard::input

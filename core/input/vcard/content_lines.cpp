#include "core/input/vcard/content_lines.h"

#include <algorithm>

#include "core/input/vcard/property.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

bool is_blank_line(std::string_view text) {
  return text.find_first_not_of(" \t\0", 0, 3) == std::string_view::npos;
}

bool is_base64(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
  });
}

}  // namespace

std::size_t line_end_size(std::string_view text, std::size_t at) {
  const std::string_view end = text.substr(at);
  return end.starts_with("\r\r\n") ? 3 : end.starts_with("\r\n") ? 2 : 1;
}

Result<void> ContentLines::fill(std::size_t wanted) {
  while (!at_end_ && buffer_.size() < wanted) {
    const std::size_t old = buffer_.size();
    buffer_.resize(old + kBlockBytes);
    auto got = store_.read_at(buffer_begin_ + old, buffer_.data() + old, kBlockBytes);
    if (!got) {
      buffer_.resize(old);
      return got.error();
    }
    buffer_.resize(old + *got);
    if (*got == 0) at_end_ = true;
  }
  return {};
}

Result<ContentLines::Physical> ContentLines::peek() {
  // What was taken goes once it is a block's worth.
  if (const auto taken = static_cast<std::size_t>(offset_ - buffer_begin_); taken >= kBlockBytes) {
    buffer_.erase(0, taken);
    buffer_begin_ = offset_;
  }
  const auto start = [&] { return static_cast<std::size_t>(offset_ - buffer_begin_); };
  Physical line;
  std::size_t looked = 0;
  for (;;) {
    if (auto filled = fill(start() + looked + 2); !filled) return filled.error();
    const std::size_t end = buffer_.find_first_of("\r\n", start() + looked);
    if (end != std::string::npos) {
      if (auto filled = fill(end + 3); !filled) return filled.error();
      line.text = std::string_view(buffer_).substr(start(), end - start());
      line.end = buffer_begin_ + end + line_end_size(buffer_, end);
      line.exists = true;
      return line;
    }
    looked = buffer_.size() - start();
    if (at_end_) {
      line.text = std::string_view(buffer_).substr(start());
      line.end = buffer_begin_ + buffer_.size();
      line.exists = !line.text.empty();
      return line;
    }
    if (looked > 2 * kLongest) {
      // Too long to be kept: only its beginning is, the rest is passed over.
      const std::size_t keep = start() + kLongest;
      const std::uint64_t dropped = buffer_.size() - keep;
      buffer_.erase(keep);
      buffer_begin_ += dropped;
      offset_ += dropped;
      looked = kLongest;
      line.cut = true;
    }
  }
}

void ContentLines::take(const Physical& line) {
  offset_ = line.end;
  ++line_;
}

Result<std::optional<ContentLine>> ContentLines::next() {
  ContentLine found;
  for (;;) {
    found.byte_begin = offset_;
    auto first = peek();
    if (!first) return first.error();
    if (!first->exists) return std::optional<ContentLine>{};
    if (!is_blank_line(first->text)) {
      found.line = line_ + 1;
      found.text = first->text.substr(0, kLongest);
      found.too_long = first->cut || first->text.size() > kLongest;
      take(*first);
      break;
    }
    take(*first);
    ++blank_;
  }

  const LineTraits traits = traits_of(found.text);
  if (traits.binary) {
    found.text.resize(std::min(found.text.size(), traits.value_begin));
    found.too_long = false;
  }
  const std::uint64_t first_line = line_;
  for (;;) {
    auto more = peek();
    if (!more) return more.error();
    if (!more->exists || more->text.empty()) break;
    std::string_view text = more->text;
    const bool folded = text.front() == ' ' || text.front() == '\t';
    if (folded && is_blank_line(text) && traits.binary) break;
    const bool soft = traits.quoted_printable && !found.text.empty() && found.text.back() == '=';
    if (folded && !soft) {
      text.remove_prefix(1);
    } else if (soft) {
      if (is_card_mark(text)) break;  // a soft break before the end of the card: it broke off
      found.text.pop_back();
    } else if (!traits.binary || !is_base64(text)) {
      break;
    }
    if (!traits.binary) {
      const std::size_t room = kLongest - std::min(kLongest, found.text.size());
      if (more->cut || text.size() > room) found.too_long = true;
      found.text.append(text.substr(0, room));
    }
    take(*more);
  }
  found.physical = line_ - first_line + 1;
  found.byte_end = offset_;
  return std::optional<ContentLine>{std::move(found)};
}

}  // namespace switchboard::input

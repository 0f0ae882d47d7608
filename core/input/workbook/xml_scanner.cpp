#include "core/input/workbook/xml_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "core/base/utf8.h"
#include "core/input/text/utf8_check.h"
#include "core/input/workbook/xml_text.h"

namespace switchboard::input {
namespace {

/// U+FFFE or U+FFFF.
bool is_no_character(std::string_view text) { return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF"); }

/// A text or a tag that is longer is left to expat, which limits them.
constexpr std::size_t kLongestToken = std::size_t{32} << 10;
/// Each is compared with all others.
constexpr std::size_t kMostAttributes = 24;

}  // namespace

std::string_view XmlScanner::open_name() const {
  const std::size_t begin = ends_.size() < 2 ? 0 : ends_[ends_.size() - 2];
  return std::string_view(names_).substr(begin);
}

std::string XmlScanner::read_so_far() const {
  if (rooted_ && ends_.empty()) return "<a/>";
  std::string tags;
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    tags += "<" + names_.substr(begin, end - begin) + ">";
    begin = end;
  }
  return tags;
}

std::size_t XmlScanner::read(char* bytes, std::size_t size, bool last) {
  bytes_ = bytes;
  size_ = size;
  at_ = 0;
  last_ = last;
  // A character that a piece cuts is looked at with the next one.
  const std::string_view all(bytes, size);
  if (!is_utf8(all.substr(0, size - (last ? 0 : cut_character(all))))) stopped_ = true;
  while (!stopped_) {
    Step step = Step::Done;
    if (!declared_) step = read_declaration();
    else if (at_ == size_) break;
    else if (bytes_[at_] != '<') step = read_text();
    else if (!take()) step = read_tag();
    if (step == Step::Stop || (step == Step::More && (last_ || size_ - at_ > kLongestToken))) stopped_ = true;
    if (step != Step::Done) break;
  }
  // What ends too early is expat's to name.
  if (last_ && (!ends_.empty() || !rooted_)) stopped_ = true;
  return at_;
}

/// <?xml version="1.0" encoding="UTF-8" standalone="yes"?>, or nothing.
XmlScanner::Step XmlScanner::read_declaration() {
  std::string_view text(bytes_, size_);
  if (text.size() < 200 && !last_) return Step::More;
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  text.remove_prefix(mark);
  declared_ = true;
  if (!text.starts_with("<?xml")) {
    at_ = mark;
    // UTF-16 and its like have no such beginning.
    return text.starts_with('<') && text.size() > 1 && is_xml(text[1], kXmlNameStart) ? Step::Done : Step::Stop;
  }
  const std::size_t end = text.substr(0, 200).find("?>");
  if (end == std::string_view::npos) return Step::Stop;
  std::string declaration(text.substr(5, end - 5));
  std::replace(declaration.begin(), declaration.end(), '\'', '"');
  std::string_view rest = declaration;
  const auto take = [&](std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  };
  if (!take(" version=\"1.0\"")) return Step::Stop;
  if (take(" encoding=\"") && !take("UTF-8\"") && !take("utf-8\"")) return Step::Stop;
  if (take(" standalone=\"") && !take("yes\"") && !take("no\"")) return Step::Stop;
  if (!rest.empty() && rest != " ") return Step::Stop;
  at_ = mark + end + 2;
  return Step::Done;
}

XmlScanner::Step XmlScanner::read_text() {
  if (ends_.empty()) {  // outside of the outermost element
    while (at_ < size_ && is_xml(bytes_[at_], kXmlSpace)) ++at_;
    return at_ == size_ || bytes_[at_] == '<' ? Step::Done : Step::Stop;
  }
  std::size_t begin = at_, i = at_;
  const auto tell = [&](std::size_t to) {
    if (to > begin) handler_.text({bytes_ + begin, to - begin});
  };
  // Most are short, and plain up to the next tag.
  while (i < size_ && is_xml(bytes_[i], kXmlPlainText)) ++i;
  const auto* close = i == size_ ? nullptr : static_cast<const char*>(std::memchr(bytes_ + i, '<', size_ - i));
  if (close == nullptr) return Step::More;
  const auto end = static_cast<std::size_t>(close - bytes_);
  while (i < end) {
    if (is_xml(bytes_[i], kXmlPlainText)) {
      ++i;
    } else if (bytes_[i] == ']' || static_cast<unsigned char>(bytes_[i]) == 0xEF) {
      const std::string_view here(bytes_ + i, end - i);
      if (here.starts_with("]]>") || is_no_character(here)) break;
      ++i;
    } else if (bytes_[i] == '&') {
      tell(i);
      begin = i;
      entity_.clear();
      if (undo_entity(i, end, entity_) != Step::Done) break;
      handler_.text(entity_);
      begin = i;
    } else if (bytes_[i] == '\r') {
      tell(i);
      if (i + 1 == end || bytes_[i + 1] != '\n') handler_.text("\n");
      begin = ++i;
    } else {
      break;
    }
  }
  tell(i);
  at_ = i;
  return i == end ? Step::Done : Step::Stop;
}

XmlScanner::Step XmlScanner::undo_entity(std::size_t& at, std::size_t end, std::string& out) const {
  const std::string_view text(bytes_ + at, std::min<std::size_t>(end - at, 12));
  const std::size_t semicolon = text.find(';');
  if (semicolon == std::string_view::npos) return Step::Stop;
  const std::string_view name = text.substr(1, semicolon - 1);
  if (name == "amp") out += '&';
  else if (name == "lt") out += '<';
  else if (name == "gt") out += '>';
  else if (name == "quot") out += '"';
  else if (name == "apos") out += '\'';
  else if (name.starts_with('#')) {
    const bool hex = name.starts_with("#x");
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return Step::Stop;
    if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0xD800 && code < 0xE000) || (code & 0xFFFE) == 0xFFFE || code > 0x10FFFF)
      return Step::Stop;
    append_utf8(out, code);
  } else {
    return Step::Stop;
  }
  at += semicolon + 1;
  return Step::Done;
}

bool XmlScanner::take() {
  if (ends_.empty()) return false;
  const std::size_t taken = handler_.take({bytes_ + at_, size_ - at_});
  at_ += taken;
  return taken > 0;
}

XmlScanner::Step XmlScanner::read_tag() {
  if (at_ + 1 == size_) return Step::More;
  if (bytes_[at_ + 1] == '/') return read_end();
  if (!is_xml(bytes_[at_ + 1], kXmlNameStart)) return Step::Stop;
  std::size_t i = at_ + 2;
  while (i < size_ && is_xml(bytes_[i], kXmlName)) ++i;
  if (i == size_) return Step::More;
  if (ends_.empty() && rooted_) return Step::Stop;
  return read_begin(i);
}

XmlScanner::Step XmlScanner::read_begin(std::size_t name_end) {
  attributes_.clear();
  std::size_t i = name_end;
  bool closed = false;
  struct Range {
    std::size_t name, name_end, value, value_end;
    bool plain;
  };
  std::array<Range, kMostAttributes> ranges;
  std::size_t count = 0;
  for (;;) {
    const std::size_t space = i;
    while (i < size_ && is_xml(bytes_[i], kXmlSpace)) ++i;
    if (i == size_) return Step::More;
    if (bytes_[i] == '>') break;
    if (bytes_[i] == '/') {
      if (i + 1 == size_) return Step::More;
      if (bytes_[i + 1] != '>') return Step::Stop;
      closed = true;
      ++i;
      break;
    }
    if (i == space || !is_xml(bytes_[i], kXmlNameStart) || count == kMostAttributes) return Step::Stop;
    Range& range = ranges[count++];
    range.name = i;
    while (i < size_ && is_xml(bytes_[i], kXmlName)) ++i;
    range.name_end = i;
    while (i < size_ && is_xml(bytes_[i], kXmlSpace)) ++i;
    if (i == size_) return Step::More;
    if (bytes_[i] != '=') return Step::Stop;
    ++i;
    while (i < size_ && is_xml(bytes_[i], kXmlSpace)) ++i;
    if (i == size_) return Step::More;
    const char quote = bytes_[i];
    if (quote != '"' && quote != '\'') return Step::Stop;
    range.value = ++i;
    while (i < size_ && is_xml(bytes_[i], kXmlPlainValue)) ++i;
    range.plain = i < size_ && bytes_[i] == quote;
    if (!range.plain) {
      const auto* end = i == size_ ? nullptr : static_cast<const char*>(std::memchr(bytes_ + i, quote, size_ - i));
      if (end == nullptr) return Step::More;
      i = static_cast<std::size_t>(end - bytes_);
    }
    range.value_end = i++;
  }
  // Whole: now the bytes may be changed, unless it is to be read again.
  if (ends_.size() == kDeepest) return Step::Stop;
  for (std::size_t n = 0; n < count; ++n) {
    const Range& range = ranges[n];
    const std::string_view name(bytes_ + range.name, range.name_end - range.name);
    for (std::size_t other = 0; other < n; ++other) {
      if (name == std::string_view(bytes_ + ranges[other].name, ranges[other].name_end - ranges[other].name)) return Step::Stop;
    }
    for (std::size_t at = range.value; !range.plain && at < range.value_end;) {
      const char c = bytes_[at];
      entity_.clear();
      if (c == '&') {
        if (undo_entity(at, range.value_end, entity_) != Step::Done) return Step::Stop;
        continue;
      }
      if (c == '<' || (static_cast<unsigned char>(c) < 0x20 && !is_xml(c, kXmlSpace)) || is_no_character({bytes_ + at, range.value_end - at})) return Step::Stop;
      ++at;
    }
  }
  for (std::size_t n = 0; n < count; ++n) {
    const Range& range = ranges[n];
    const std::string_view name(bytes_ + range.name, range.name_end - range.name);
    std::size_t end = range.value_end;
    if (!range.plain) {
      end = range.value;
      for (std::size_t at = range.value; at < range.value_end;) {
        entity_.clear();
        if (bytes_[at] == '&') {
          if (undo_entity(at, range.value_end, entity_) != Step::Done) return Step::Stop;  // cannot be: it went well above
        } else {
          const bool pair = bytes_[at] == '\r' && at + 1 < range.value_end && bytes_[at + 1] == '\n';
          entity_ += is_xml(bytes_[at], kXmlSpace) ? ' ' : bytes_[at];
          at += pair ? 2 : 1;
        }
        end = static_cast<std::size_t>(std::copy(entity_.begin(), entity_.end(), bytes_ + end) - bytes_);
      }
    }
    attributes_.push_back({name, local_name_of(name), {bytes_ + range.value, end - range.value}});
  }
  const std::string_view element(bytes_ + at_ + 1, name_end - at_ - 1);
  rooted_ = true;
  at_ = i + 1;
  if (!closed) {
    names_ += element;
    ends_.push_back(names_.size());
  }
  const std::string_view local = local_name_of(element);
  handler_.begin(local, XmlAttributes(attributes_));
  if (closed) handler_.end(local);
  return Step::Done;
}

XmlScanner::Step XmlScanner::read_end() {
  if (ends_.empty()) return Step::Stop;
  const std::string_view open = open_name();
  const std::size_t open_end = at_ + 2 + open.size();
  // Nearly all are as short as can be: "</v>".
  const bool is_short = open_end < size_ && bytes_[open_end] == '>';
  const auto* close = is_short ? bytes_ + open_end : static_cast<const char*>(std::memchr(bytes_ + at_, '>', size_ - at_));
  if (close == nullptr) return Step::More;
  std::string_view name(bytes_ + at_ + 2, static_cast<std::size_t>(close - bytes_) - at_ - 2);
  while (!name.empty() && is_xml(name.back(), kXmlSpace)) name.remove_suffix(1);
  if (name != open) return Step::Stop;
  at_ = static_cast<std::size_t>(close - bytes_) + 1;
  handler_.end(local_name_of(name));
  ends_.pop_back();
  names_.resize(ends_.empty() ? 0 : ends_.back());
  return Step::Done;
}

}  // namespace switchboard::input

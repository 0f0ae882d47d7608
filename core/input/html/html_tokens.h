#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// A piece of a web page.
struct HtmlToken {
  enum class Kind { Text, Begin, End };
  Kind kind = Kind::Text;
  std::string_view text;        ///< of a text, as it stands: entities and charset are undone by others
  std::string name;             ///< of an element, in lower case
  std::string_view attributes;  ///< as they stand
  std::uint64_t begin = 0;      ///< where it stands in the file
};

/// Takes a page apart, forgiving as browsers are: comments, declarations, scripts, styles and data of Office are passed over.
/// The store must outlive it.
class HtmlTokens {
 public:
  /// `name` is for messages.
  HtmlTokens(ByteStore& store, std::string name, std::uint64_t begin = 0) : store_(store), name_(std::move(name)), offset_(begin) {}
  /// False: the page ends. The token is borrowed until the next call. Errors: the store's; Input, a tag of absurd length.
  Result<bool> next(HtmlToken& token);
  std::uint64_t bytes_read() const { return offset_ + at_; }

 private:
  Result<bool> fill();
  /// Goes on behind the next `end` (lower case; compared in any case).
  Result<void> skip_past(std::string_view end);

  ByteStore& store_;
  std::string name_;
  std::string buffer_;
  std::uint64_t offset_;  ///< of the buffer's first byte
  std::size_t at_ = 0;
  bool ended_ = false;
};

/// The value of an attribute ("colspan", "x:num"), without its quotes; empty: there is none.
std::string_view html_attribute(std::string_view attributes, std::string_view name);

/// Appends a text of UTF-8 with its entities ("&amp;", "&#233;", "&eacute;") undone; what is none stays as it stands.
void append_html_text(std::string_view text, std::string& out);

}  // namespace switchboard::input

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/input/html/html_book.h"
#include "core/input/html/html_tokens.h"
#include "core/input/text/utf8_check.h"
#include "core/input/workbook/number_format.h"

namespace switchboard::input {
namespace {

/// Text of one cell that is kept (Excel itself ends at 32,767 characters).
constexpr std::size_t kLongestCell = std::size_t{1} << 20;
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

std::uint32_t span(std::string_view attributes, std::string_view name, std::uint32_t most) {
  std::uint32_t value = 1;
  const auto text = html_attribute(attributes, name);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp<std::uint32_t>(value, 1, most);
}

bool is_hidden(std::string_view attributes) {
  const auto style = html_attribute(attributes, "style");
  return style.find("display:none") != std::string_view::npos || style.find("display: none") != std::string_view::npos;
}

/// The number behind what is shown, as Excel, LibreOffice and SheetJS tell it; empty: none is told.
std::string_view stored_number(std::string_view attributes) {
  for (const std::string_view name : {"x:num", "sdval"}) {
    if (const auto value = html_attribute(attributes, name); !value.empty()) return value;
  }
  return html_attribute(attributes, "data-t") == "n" ? html_attribute(attributes, "data-v") : std::string_view();
}

/// "4.48E+11", or "####": not all of the number is shown.
bool is_short_for_more(std::string_view shown) {
  if (shown.empty()) return false;
  if (shown.find_first_not_of('#') == std::string_view::npos) return true;
  const std::size_t e = shown.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && e + 1 < shown.size() && shown.substr(0, e).find_first_not_of("+-.,0123456789") == std::string_view::npos &&
         shown.substr(e + 1).find_first_not_of("+-0123456789") == std::string_view::npos;
}

bool is_plain_number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

/// White space as browsers show it: one blank for many, none at the ends of lines.
class ShownText {
 public:
  void clear() {
    text_.clear();
    blank_ = false;
  }
  void add(std::string_view piece) {
    while (!piece.empty()) {
      const bool hard = piece.starts_with(kNoBreakSpace);
      if (hard || piece.front() == ' ' || (piece.front() >= '\t' && piece.front() <= '\r')) {
        blank_ = true;
        piece.remove_prefix(hard ? kNoBreakSpace.size() : 1);
        continue;
      }
      if (blank_ && !text_.empty() && text_.back() != '\n') text_ += ' ';
      blank_ = false;
      std::size_t size = 1;
      while (size < piece.size() && piece[size] != ' ' && !(piece[size] >= '\t' && piece[size] <= '\r') && !piece.substr(size).starts_with(kNoBreakSpace)) ++size;
      if (text_.size() < kLongestCell) text_ += piece.substr(0, size);
      piece.remove_prefix(size);
    }
  }
  void end_line() {
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    blank_ = false;
  }
  std::string_view text() const {
    std::string_view text = text_;
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
  }

 private:
  std::string text_;
  bool blank_ = false;
};

class HtmlTableReader final : public SheetReader {
 public:
  HtmlTableReader(ByteStore& store, const HtmlBook& book, std::uint64_t begin) : book_(book), begin_(begin), tokens_(store, book.name, begin) {}

  Result<bool> next(SheetRow& row) override {
    for (;;) {
      if (!done_.cells.empty()) {
        std::swap(row, done_);
        done_.cells.clear();
        return true;
      }
      if (ended_) return false;
      auto more = tokens_.next(token_);
      if (!more) return more.error();
      if (!*more) {
        end_row();
        ended_ = true;
        continue;
      }
      if (token_.kind == HtmlToken::Kind::Text) add_text();
      else if (token_.name == "table") nest(token_.kind == HtmlToken::Kind::Begin);
      else if (depth_ == 1) element();
      else if (token_.name == "tr" || token_.name == "br") shown_.end_line();  // of a table in a cell
      else if (token_.name == "td" || token_.name == "th") shown_.add(" ");
    }
  }
  std::uint64_t bytes_read() const override { return tokens_.bytes_read() - begin_; }

 private:
  void nest(bool begins) {
    if (begins) {
      if (++depth_ > 1) shown_.end_line();
      return;
    }
    if (--depth_ > 0) return shown_.end_line();
    end_row();
    ended_ = true;
  }

  void element() {
    const bool begins = token_.kind == HtmlToken::Kind::Begin;
    const std::string& name = token_.name;
    if (name == "tr") {
      end_row();
      if (begins) begin_row();
    } else if (name == "td" || name == "th") {
      end_cell();
      if (begins) begin_cell();
    } else if (name == "br" || name == "p" || name == "div" || name == "li") {
      shown_.end_line();
    }
  }

  void add_text() {
    if (!in_cell_) return;
    converted_.clear();
    if (book_.charset != nullptr && !book_.charset->append_utf8(token_.text, converted_)) converted_.assign(token_.text);
    if (book_.strays != nullptr) mend_strays();
    plain_.clear();
    append_html_text(book_.charset != nullptr || book_.strays != nullptr ? std::string_view(converted_) : token_.text, plain_);
    shown_.add(plain_);
  }

  /// Bytes of another encoding in a page that is UTF-8: each by itself, so that the letters beside it stay.
  void mend_strays() {
    for (std::string_view text = token_.text; !text.empty();) {
      const std::size_t length = character_length(text);
      if (length > 0 || !book_.strays->append_utf8(text.substr(0, 1), converted_)) converted_ += text.substr(0, std::max<std::size_t>(length, 1));
      text.remove_prefix(std::max<std::size_t>(length, 1));
    }
  }

  void begin_row() {
    in_row_ = true;
    row_.cells.clear();
    row_.number = ++row_number_;
    row_.hidden = is_hidden(token_.attributes);
    column_ = 0;
  }

  void end_row() {
    end_cell();
    if (std::exchange(in_row_, false)) std::swap(done_, row_);
  }

  void begin_cell() {
    if (!in_row_) begin_row();  // <tr> may be left out
    while (column_ < covered_.size() && covered_[column_] >= row_number_) ++column_;
    in_cell_ = true;
    cell_column_ = column_;
    stored_ = stored_number(token_.attributes);
    const std::uint32_t across = span(token_.attributes, "colspan", 1'000), down = span(token_.attributes, "rowspan", kMostRows);
    column_ = std::min(column_ + across, kMostColumns);
    if (down > 1) {
      covered_.resize(std::max<std::size_t>(covered_.size(), column_));
      std::fill(covered_.begin() + static_cast<std::ptrdiff_t>(std::min(cell_column_, column_)), covered_.begin() + static_cast<std::ptrdiff_t>(column_), row_number_ + down - 1);
    }
    shown_.clear();
  }

  void end_cell() {
    if (!std::exchange(in_cell_, false)) return;
    const std::string_view shown = shown_.text();
    if (shown.empty() || cell_column_ >= kMostColumns || row_number_ > kMostRows) return;
    SheetCell& cell = row_.cells.emplace_back();
    cell.column = cell_column_;
    const bool is_number = is_plain_number(stored_);
    cell.type = is_number && (is_short_for_more(shown) || is_plain_number(shown)) ? CellType::Number : CellType::Text;
    cell.text = is_number && is_short_for_more(shown) ? number_text(std::string_view(stored_)) : std::string(shown);
  }

  const HtmlBook& book_;
  std::uint64_t begin_;
  HtmlTokens tokens_;
  HtmlToken token_;
  SheetRow row_;   ///< as far as it is read
  SheetRow done_;  ///< whole; without cells: none
  std::uint32_t row_number_ = 0, column_ = 0, cell_column_ = 0;
  std::vector<std::uint32_t> covered_;  ///< by column, the last row that a cell from above reaches into
  int depth_ = 0;
  bool in_row_ = false, in_cell_ = false, ended_ = false;
  std::string stored_;                  ///< the number behind what is shown
  std::string converted_, plain_;
  ShownText shown_;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> read_html_table(ByteStore& store, const HtmlBook& book, const HtmlBook::Table& table) {
  return std::unique_ptr<SheetReader>(std::make_unique<HtmlTableReader>(store, book, table.begin));
}

}  // namespace switchboard::input

#include "core/input/html/html_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/input/html/html_tokens.h"
#include "core/input/text/text_encoding.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kMostTables = 1'000;
constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

/// "text/html; charset=windows-1251"
std::string charset_in(std::string_view content) {
  const std::size_t at = content.find("charset=");
  if (at == std::string_view::npos) return {};
  content.remove_prefix(at + 8);
  return std::string(content.substr(0, content.find_first_of("; \"'")));
}

/// How the page's texts are converted.
Result<void> find_charset(ByteStore& store, const std::string& wish, const std::string& stated, HtmlBook& book) {
  const std::string& name = book.name;
  auto head = read_part(store, 0, kHeadBytes);
  if (!head) return head.error();
  auto found = find_encoding(store, *head, name, wish.empty() ? std::nullopt : std::optional<std::string>(wish));
  if (!found) return found.error();
  // Whether it is UTF-8 shows; which of the others, the page knows best.
  std::shared_ptr<Charset>& charset = book.charset;
  if (wish.empty() && !stated.empty() && !found->is_utf8()) charset = Charset::open(stated);
  if ((charset == nullptr || !charset->keeps_ascii()) && !found->is_utf8()) charset = Charset::open(found->name);
  if (found->is_utf8() && found->tolerates) book.strays = Charset::open("windows-1252");
  return {};
}

}  // namespace

Result<HtmlBook> read_html_book(ByteStore& store, const std::string& name, const std::string& encoding) {
  HtmlBook book;
  book.name = name;
  HtmlTokens tokens(store, name);
  HtmlToken token;
  std::string stated;
  HtmlBook::Table table;
  std::size_t depth = 0, rows = 0, columns = 0, most_columns = 0, tables = 0;
  for (;;) {
    auto more = tokens.next(token);
    if (!more) return more.error();
    if (!*more) break;
    if (token.kind == HtmlToken::Kind::Text) continue;
    const bool begins = token.kind == HtmlToken::Kind::Begin;
    if (begins && token.name == "meta" && stated.empty()) {
      stated = html_attribute(token.attributes, "charset");
      if (stated.empty()) stated = charset_in(html_attribute(token.attributes, "content"));
    }
    if (token.name == "table") {
      if (begins && depth++ == 0) {
        table = {fmt::format("Table {}", ++tables), token.begin};
        rows = columns = most_columns = 0;
      } else if (!begins && depth > 0 && --depth == 0 && rows >= 2 && most_columns >= 2 && book.tables.size() < kMostTables) {
        book.tables.push_back(table);
      }
    }
    if (depth != 1 || !begins) continue;
    if (token.name == "tr") {
      ++rows;
      columns = 0;
    } else if (token.name == "td" || token.name == "th") {
      most_columns = std::max(most_columns, ++columns);
    }
  }
  if (depth > 0)
    return Error{ErrorKind::Input, fmt::format("{}: the page is cut or damaged: the end of a table is missing", name),
                 "Take the file from its source again, or open it in a spreadsheet program and save it anew (.xlsx)."};
  if (auto charset = find_charset(store, encoding, stated, book); !charset) return charset.error();
  return book;
}

}  // namespace switchboard::input

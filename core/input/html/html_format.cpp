#include "core/input/html/html_format.h"

#include <utility>

#include "core/input/file_kind.h"
#include "core/input/html/html_book.h"
#include "core/input/workbook/workbook_source.h"

namespace switchboard::input {
namespace {

class HtmlWorkbook final : public Workbook {
 public:
  HtmlWorkbook(std::unique_ptr<ByteStore> store, HtmlBook book) : store_(std::move(store)), book_(std::move(book)) {
    for (const auto& table : book_.tables) tabs_.push_back({table.name, false});
  }
  const std::vector<Tab>& tabs() const override { return tabs_; }
  std::vector<std::string> warnings() const override {
    if (book_.strays == nullptr) return {};
    return {book_.name + ": some letters are not UTF-8, as the rest of the page is; they are read as windows-1252. If names look wrong, name "
                         "the encoding with --encoding"};
  }
  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override { return read_html_table(*store_, book_, book_.tables.at(tab)); }

 private:
  std::unique_ptr<ByteStore> store_;
  HtmlBook book_;
  std::vector<Tab> tabs_;
};

Fit detect(const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Html ? Fit::Yes : Fit::No; }

Result<std::unique_ptr<Source>> open_html(Opening opening) {
  auto open = [bytes = opening.bytes, name = opening.info.name, encoding = opening.options.encoding.value_or("")]() -> Result<std::unique_ptr<Workbook>> {
    auto store = bytes();
    if (!store) return store.error();
    auto book = read_html_book(**store, name, encoding);
    if (!book) return book.error();
    if (book->tables.empty())
      return Error{ErrorKind::Input, name + ": this is a web page (whatever its name ends in) without a list in it; it cannot be read",
                   "If it should be an export, look into it: it may say that the login has ended. Else save the list as CSV (UTF-8)."};
    return std::unique_ptr<Workbook>(std::make_unique<HtmlWorkbook>(std::move(*store), std::move(*book)));
  };
  return open_workbook_source(std::move(opening), std::move(open));
}

}  // namespace

Format html_format() {
  Format format;
  format.names = {"html"};
  format.what = what_of(FileKind::Html);
  format.endings = {"html", "htm"};
  format.has_sheets = true;
  format.rejects_ending = "xlsx";
  format.detect = detect;
  format.open = open_html;
  return format;
}

}  // namespace switchboard::input

#include "core/input/xml2003/xml2003_format.h"

#include <utility>

#include "core/input/file_kind.h"
#include "core/input/workbook/workbook_source.h"
#include "core/input/xml2003/xml2003_book.h"

namespace switchboard::input {
namespace {

class Xml2003Workbook final : public Workbook {
 public:
  Xml2003Workbook(std::unique_ptr<ByteStore> store, Xml2003Book book, std::string name)
      : store_(std::move(store)), book_(std::move(book)), name_(std::move(name)) {
    for (const auto& sheet : book_.sheets) tabs_.push_back({sheet.name, sheet.hidden});
  }
  const std::vector<Tab>& tabs() const override { return tabs_; }
  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override { return read_xml2003_sheet(*store_, book_, tab, name_); }

 private:
  std::unique_ptr<ByteStore> store_;
  Xml2003Book book_;
  std::string name_;
  std::vector<Tab> tabs_;
};

Fit detect(const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Xml2003 ? Fit::Yes : Fit::No; }

Result<std::unique_ptr<Source>> open_xml2003(Opening opening) {
  auto open = [bytes = opening.bytes, name = opening.info.name]() -> Result<std::unique_ptr<Workbook>> {
    auto store = bytes();
    if (!store) return store.error();
    auto book = read_xml2003_book(**store, name);
    if (!book) return book.error();
    return std::unique_ptr<Workbook>(std::make_unique<Xml2003Workbook>(std::move(*store), std::move(*book), name));
  };
  return open_workbook_source(std::move(opening), std::move(open));
}

}  // namespace

Format xml2003_format() {
  Format format;
  format.names = {"xml2003"};
  format.what = what_of(FileKind::Xml2003);
  format.endings = {"xml"};
  format.has_sheets = true;
  format.rejects_ending = "xlsx";
  format.detect = detect;
  format.open = open_xml2003;
  return format;
}

}  // namespace switchboard::input

#include "core/input/xlsx/xlsx_format.h"

#include <utility>

#include "core/input/file_kind.h"
#include "core/input/workbook/workbook_source.h"
#include "core/input/xlsx/xlsx_book.h"

namespace switchboard::input {
namespace {

class XlsxWorkbook final : public Workbook {
 public:
  XlsxWorkbook(std::unique_ptr<ZipPackage> package, std::shared_ptr<const XlsxBook> book) : package_(std::move(package)), book_(std::move(book)) {
    for (const auto& sheet : book_->sheets) tabs_.push_back({sheet.name, sheet.hidden});
  }
  const std::vector<Tab>& tabs() const override { return tabs_; }
  std::vector<std::string> warnings() const override { return book_->passed_over.sentences(); }
  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override {
    return read_xlsx_sheet(*package_, *book_, book_->sheets.at(tab));
  }

 private:
  std::unique_ptr<ZipPackage> package_;
  std::shared_ptr<const XlsxBook> book_;
  std::vector<Tab> tabs_;
};

Fit detect(const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Xlsx ? Fit::Yes : Fit::No; }

Result<std::unique_ptr<Source>> open_xlsx(Opening opening) {
  const auto open_package = [bytes = opening.bytes, name = opening.info.name]() -> Result<std::unique_ptr<ZipPackage>> {
    auto store = bytes();
    if (!store) return store.error();
    return ZipPackage::open(std::move(*store), name);
  };
  auto package = open_package();
  if (!package) return package.error();
  auto read = read_xlsx_book(**package);
  if (!read) return read.error();
  // Shared by all who read the source, side by side: nobody changes it.
  auto open = [open_package, book = std::make_shared<const XlsxBook>(std::move(*read))]() -> Result<std::unique_ptr<Workbook>> {
    auto own = open_package();
    if (!own) return own.error();
    return std::unique_ptr<Workbook>(std::make_unique<XlsxWorkbook>(std::move(*own), book));
  };
  return open_workbook_source(std::move(opening), std::move(open));
}

}  // namespace

Format xlsx_format() {
  Format format;
  format.names = {"xlsx"};
  format.what = what_of(FileKind::Xlsx);
  format.endings = {"xlsx", "xlsm", "xltx", "xltm"};
  format.has_sheets = true;
  format.detect = detect;
  format.open = open_xlsx;
  return format;
}

}  // namespace switchboard::input

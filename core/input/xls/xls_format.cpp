#include "core/input/xls/xls_format.h"

#include <utility>

#include "core/input/file_kind.h"
#include "core/input/workbook/workbook_source.h"
#include "core/input/xls/compound_file.h"
#include "core/input/xls/compound_kind.h"
#include "core/input/xls/xls_book.h"

namespace switchboard::input {
namespace {

class XlsWorkbook final : public Workbook {
 public:
  /// `container`: what the stream lies in; nullptr: it is the file.
  XlsWorkbook(std::unique_ptr<CompoundFile> container, std::unique_ptr<ByteStore> stream, XlsBook book, std::string name)
      : container_(std::move(container)), stream_(std::move(stream)), book_(std::move(book)), name_(std::move(name)) {
    for (const auto& sheet : book_.sheets) tabs_.push_back({sheet.name, sheet.hidden});
  }
  const std::vector<Tab>& tabs() const override { return tabs_; }
  std::vector<std::string> warnings() const override { return book_.passed_over.sentences(); }
  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override { return read_xls_sheet(*stream_, book_, book_.sheets.at(tab), name_); }

 private:
  std::unique_ptr<CompoundFile> container_;
  std::unique_ptr<ByteStore> stream_;
  XlsBook book_;
  std::string name_;
  std::vector<Tab> tabs_;
};

bool is_compound(std::string_view head) { return looks_of(head).kind == FileKind::Cfb; }

/// Also compound files without a workbook, to say what they are.
Fit detect(const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Cfb || glimpse.looks.kind == FileKind::Biff ? Fit::Yes : Fit::No; }

Result<std::unique_ptr<Workbook>> open_workbook(const OpenBytes& bytes, const std::string& name, const std::string& encoding) {
  auto store = bytes();
  if (!store) return store.error();
  std::unique_ptr<CompoundFile> container;
  std::unique_ptr<ByteStore> stream = std::move(*store);
  auto head = read_part(*stream, 0, 512);
  if (!head) return head.error();
  if (is_compound(*head)) {
    auto file = CompoundFile::open(std::move(stream), name);
    if (!file) return file.error();
    container = std::move(*file);
    const auto* entry = workbook_stream(*container);
    if (entry == nullptr) return refuse_compound(*container, name);
    stream = container->read(*entry);
  }
  auto book = read_xls_book(*stream, name, encoding);
  if (!book) return book.error();
  return std::unique_ptr<Workbook>(std::make_unique<XlsWorkbook>(std::move(container), std::move(stream), std::move(*book), name));
}

Result<std::unique_ptr<Source>> open_xls(Opening opening) {
  auto open = [bytes = opening.bytes, name = opening.info.name, encoding = opening.options.encoding.value_or("")] {
    return open_workbook(bytes, name, encoding);
  };
  return open_workbook_source(std::move(opening), std::move(open));
}

}  // namespace

Format xls_format() {
  Format format;
  format.names = {"xls"};
  format.what = what_of(FileKind::Biff);
  format.endings = {"xls"};
  format.has_sheets = true;
  format.rejects_ending = "xlsx";
  format.detect = detect;
  format.open = open_xls;
  return format;
}

}  // namespace switchboard::input

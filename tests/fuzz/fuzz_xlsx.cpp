// Any bytes as the parts of a workbook, apart by NULs (sheet, shared texts, styles, workbook), must give an error or rows that
// keep the laws of sheets.

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/input/xlsx/xlsx_book.h"
#include "tests/fuzz/sheet_laws.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

class Part final : public ZipEntry {
 public:
  explicit Part(std::string_view text) : rest_(text) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    constexpr std::size_t kPiece = 100;  // so that pieces end everywhere
    const std::size_t n = rest_.copy(out, std::min(size, kPiece));
    rest_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view rest_;
};

class Parts final : public ZipPackage {
 public:
  explicit Parts(std::string_view bytes) : ZipPackage("fuzz"), size_(bytes.size()) {
    add("_rels/.rels", R"(<R><Relationship Type="/officeDocument" Target="w"/></R>)");
    add("_rels/w.rels", R"(<R><Relationship Id="s" Type="/worksheet" Target="s"/><Relationship Type="/sharedStrings" Target="t"/>)"
                        R"(<Relationship Type="/styles" Target="y"/></R>)");
    std::array<std::string_view, 4> given = {"", "<sst/>", "<styleSheet/>", R"(<workbook><sheets><sheet name="S" r:id="s"/></sheets></workbook>)"};
    for (auto& part : given) {
      const std::size_t end = bytes.find('\0');
      part = bytes.substr(0, end);
      if (end == std::string_view::npos) break;
      bytes.remove_prefix(end + 1);
    }
    add("s", given[0]);
    add("t", given[1]);
    add("y", given[2]);
    add("w", given[3]);
  }
  const std::vector<Entry>& entries() const override { return entries_; }
  int find(const std::string& path) const override {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].name == path) return static_cast<int>(i);
    }
    return -1;
  }
  Result<std::unique_ptr<ZipEntry>> read(int entry) override {
    return std::unique_ptr<ZipEntry>(std::make_unique<Part>(texts_.at(static_cast<std::size_t>(entry))));
  }
  std::uint64_t size() const override { return size_; }

 private:
  void add(const char* name, std::string_view text) {
    entries_.push_back({name, text.size()});
    texts_.push_back(text);
  }
  std::uint64_t size_;
  std::vector<Entry> entries_;
  std::vector<std::string_view> texts_;
};

class Book final : public Workbook {
 public:
  Book(ZipPackage& package, const XlsxBook& book) : package_(package), book_(book) {
    for (const auto& sheet : book.sheets) tabs_.push_back({sheet.name, sheet.hidden});
  }
  const std::vector<Tab>& tabs() const override { return tabs_; }
  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override { return read_xlsx_sheet(package_, book_, book_.sheets[tab]); }

 private:
  ZipPackage& package_;
  const XlsxBook& book_;
  std::vector<Tab> tabs_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Parts package({reinterpret_cast<const char*>(data), size});
  auto book = read_xlsx_book(package);
  if (!book) {
    require(book.error().kind == ErrorKind::Input, "damage is an input error");
    return 0;
  }
  Book workbook(package, *book);
  read_all_sheets(workbook);
  return 0;
}

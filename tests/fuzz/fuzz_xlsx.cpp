// Any bytes as the parts of a workbook, apart by NULs (sheet, shared texts, styles, workbook), must give an error or rows that
// keep the laws of sheets; the same ones wherever the pieces end that they are read in, which decides what is read at sight and what by the scanner.

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
  Part(std::string_view text, std::size_t piece) : rest_(text), piece_(piece) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    const std::size_t n = rest_.copy(out, std::min(size, piece_));
    rest_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
};

class Parts final : public ZipPackage {
 public:
  Parts(std::string_view bytes, std::size_t piece) : ZipPackage("fuzz"), size_(bytes.size()), piece_(piece) {
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
    return std::unique_ptr<ZipEntry>(std::make_unique<Part>(texts_.at(static_cast<std::size_t>(entry)), piece_));
  }
  std::uint64_t size() const override { return size_; }

 private:
  void add(const char* name, std::string_view text) {
    entries_.push_back({name, text.size()});
    texts_.push_back(text);
  }
  std::uint64_t size_;
  std::size_t piece_;
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

/// What the sheets hold; nothing: damage.
std::optional<std::string> read(std::string_view bytes, std::size_t piece) {
  Parts package(bytes, piece);
  auto book = read_xlsx_book(package);
  if (!book) {
    require(book.error().kind == ErrorKind::Input, "damage is an input error");
    return std::nullopt;
  }
  Book workbook(package, *book);
  return read_all_sheets(workbook);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = read(bytes, std::size_t{64} << 10);
  require(read(bytes, 100) == whole, "it does not matter where pieces end");
  // Nothing but the first 200 bytes of a part, which the scanner waits for, is ever as much as is read at sight.
  require(read(bytes, 7) == whole, "the scanner reads what is read at sight");
  return 0;
}

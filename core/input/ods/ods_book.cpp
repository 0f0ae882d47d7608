#include "core/input/ods/ods_book.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "core/input/archive/zip_package.h"
#include "core/input/ods/ods_sheet.h"
#include "core/input/workbook/xml_events.h"

namespace switchboard::input {
namespace {

/// A flat document as a stream.
class WholeFile final : public ZipEntry {
 public:
  explicit WholeFile(std::unique_ptr<ByteStore> store) : store_(std::move(store)) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    auto got = store_->read_at(offset_, out, size);
    if (got) offset_ += *got;
    return got;
  }

 private:
  std::unique_ptr<ByteStore> store_;
  std::uint64_t offset_ = 0;
};

/// Looks for the sheets and for what hides them.
class Contents final : public XmlHandler {
 public:
  std::vector<Workbook::Tab> tabs;
  bool is_spreadsheet = false;

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    ++depth_;
    if (element == "style") style_ = attributes.get("name");
    if (element == "table-properties" && attributes.get("display") == "false") hidden_styles_[style_] = true;
    if (element == "spreadsheet") {
      is_spreadsheet = true;
      sheet_depth_ = depth_ + 1;
    }
    if (element == "table" && depth_ == sheet_depth_)
      tabs.push_back({std::string(attributes.get("name")), hidden_styles_.contains(std::string(attributes.get("style-name")))});
  }
  void end(std::string_view) override { --depth_; }
  void text(std::string_view) override {}

 private:
  std::size_t depth_ = 0, sheet_depth_ = 0;
  std::string style_;
  std::map<std::string, bool> hidden_styles_;
};

/// Whether the manifest says that parts are encrypted.
class Manifest final : public XmlHandler {
 public:
  bool encrypted = false;
  void begin(std::string_view element, const XmlAttributes&) override { encrypted = encrypted || element == "encryption-data"; }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class OdsBook final : public Workbook {
 public:
  OdsBook(OpenBytes bytes, std::string name, std::unique_ptr<ZipPackage> package, std::uint64_t size)
      : bytes_(std::move(bytes)), name_(std::move(name)), package_(std::move(package)), size_(size) {}

  const std::vector<Tab>& tabs() const override { return tabs_; }

  Result<std::unique_ptr<SheetReader>> read(std::size_t tab) override {
    auto stream = document();
    if (!stream) return stream.error();
    return read_ods_sheet(std::move(*stream), CopyLimit(name_, size_), tab, fmt::format("{}: the sheet \"{}\"", name_, tabs_.at(tab).name));
  }

  Result<void> find_tabs() {
    auto stream = document();
    if (!stream) return stream.error();
    Contents contents;
    if (auto read = XmlPart(std::move(*stream), contents, name_).run(); !read) return read.error();
    if (!contents.is_spreadsheet)
      return Error{ErrorKind::Input, fmt::format("{}: this OpenDocument file holds no spreadsheet", name_), "Export the contacts from the program it comes from as CSV."};
    tabs_ = std::move(contents.tabs);
    return {};
  }

 private:
  Result<std::unique_ptr<ZipEntry>> document() {
    if (package_ == nullptr) {
      auto store = bytes_();
      if (!store) return store.error();
      return std::unique_ptr<ZipEntry>(std::make_unique<WholeFile>(std::move(*store)));
    }
    const int entry = package_->find("content.xml");
    if (entry < 0)
      return Error{ErrorKind::Input, fmt::format("{}: it is packed like a spreadsheet, but has no content inside", name_), "The file is damaged; take it from its source again."};
    return package_->read(entry);
  }

  OpenBytes bytes_;
  std::string name_;
  std::unique_ptr<ZipPackage> package_;  ///< none: a flat document
  std::uint64_t size_;
  std::vector<Tab> tabs_;
};

Result<void> check_readable(ZipPackage& package) {
  Manifest manifest;
  if (const int entry = package.find("META-INF/manifest.xml"); entry >= 0) {
    auto file = package.read(entry);
    if (!file) return file.error();
    if (auto read = XmlPart(std::move(*file), manifest, fmt::format("{}: the part \"META-INF/manifest.xml\"", package.name())).run(XmlPart::kSmallPart); !read) return read.error();
  }
  if (!manifest.encrypted && package.find("encrypted-package") < 0) return {};
  return Error{ErrorKind::Input, fmt::format("{}: this OpenDocument spreadsheet is protected by a password", package.name()),
               "Open it with its password, save it without one, then try again."};
}

}  // namespace

Result<std::unique_ptr<Workbook>> open_ods_book(const OpenBytes& bytes, const std::string& name, bool flat) {
  auto store = bytes();
  if (!store) return store.error();
  const std::uint64_t size = (*store)->size();
  std::unique_ptr<ZipPackage> package;
  if (!flat) {
    auto opened = ZipPackage::open(std::move(*store), name);
    if (!opened) return opened.error();
    package = std::move(*opened);
    if (auto readable = check_readable(*package); !readable) return readable.error();
  }
  auto book = std::make_unique<OdsBook>(bytes, name, std::move(package), size);
  if (auto found = book->find_tabs(); !found) return found.error();
  return std::unique_ptr<Workbook>(std::move(book));
}

}  // namespace switchboard::input

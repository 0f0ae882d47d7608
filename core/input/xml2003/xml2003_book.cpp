#include "core/input/xml2003/xml2003_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/input/workbook/xml_events.h"
#include "core/input/xml2003/store_part.h"

namespace switchboard::input {
namespace {

/// Each sheet is a pass over the file.
constexpr std::size_t kMostSheets = 256;

/// Formats may be told by name instead of by their text.
NumberKind kind_of_named(std::string_view format) {
  if (format.ends_with(" Date")) return NumberKind::Date;
  if (format.ends_with(" Time")) return NumberKind::Time;
  constexpr std::string_view kPlain[] = {"General", "General Number", "Fixed", "Standard", "Percent", "Scientific", "Currency", "Euro Currency", "Yes/No", "True/False", "On/Off"};
  if (std::find(std::begin(kPlain), std::end(kPlain), format) != std::end(kPlain)) return NumberKind::Plain;
  return kind_of_format(format);
}

class BookHandler final : public XmlHandler {
 public:
  explicit BookHandler(Xml2003Book& book) : book_(book) {}

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    text_.clear();
    if (element == "Workbook") is_workbook_ = true;
    if (element == "Style") style_ = attributes.get("ID");
    if (element == "NumberFormat" && !style_.empty()) {
      if (const NumberKind kind = kind_of_named(attributes.get("Format")); kind != NumberKind::Plain) book_.styles[style_] = kind;
    }
    if (element == "Worksheet") {
      if (book_.sheets.size() < kMostSheets) book_.sheets.push_back({std::string(attributes.get("Name")), false});
      else too_many_ = true;
    }
    if (element == "DateSystem1904" || element == "Date1904") book_.base_1904 = true;
  }
  void end(std::string_view element) override {
    if (element == "Style") style_.clear();
    if (element == "Visible" && !book_.sheets.empty() && (text_ == "SheetHidden" || text_ == "SheetVeryHidden")) book_.sheets.back().hidden = true;
    text_.clear();
  }
  void text(std::string_view piece) override {
    constexpr std::size_t kLongestWord = 40;
    if (text_.size() < kLongestWord) text_ += piece.substr(0, kLongestWord);
  }

  bool is_workbook() const { return is_workbook_; }
  bool too_many() const { return too_many_; }

 private:
  Xml2003Book& book_;
  std::string style_, text_;
  bool is_workbook_ = false, too_many_ = false;
};

}  // namespace

Result<Xml2003Book> read_xml2003_book(ByteStore& store, const std::string& name) {
  Xml2003Book book;
  BookHandler handler(book);
  if (auto read = XmlPart(std::make_unique<StorePart>(store), handler, name).run(); !read) return read.error();
  if (!handler.is_workbook())
    return Error{ErrorKind::Input, fmt::format("{}: there is no Excel workbook in it", name), "Open it in a spreadsheet program and save it as a workbook (.xlsx) or CSV (UTF-8)."};
  if (handler.too_many())
    return Error{ErrorKind::Input, fmt::format("{}: it has more than {} sheets", name, kMostSheets), "Save the sheet with the contacts as CSV (UTF-8)."};
  return book;
}

}  // namespace switchboard::input

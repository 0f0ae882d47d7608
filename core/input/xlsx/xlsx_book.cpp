#include "core/input/xlsx/xlsx_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <utility>

#include "core/base/utf8.h"
#include "core/input/workbook/xml_events.h"
#include "core/input/xlsx/plain_elements.h"

namespace switchboard::input {
namespace {

/// Years of copying between workbooks pile up styles, seldom beyond 30 MiB of them.
constexpr std::uint64_t kMostStyles = std::uint64_t{64} << 20;

/// "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml", seen from "xl/workbook.xml".
std::string resolve(const std::string& from, std::string target) {
  std::replace(target.begin(), target.end(), '\\', '/');
  if (target.starts_with('/')) return target.substr(1);
  std::string folder = from.substr(0, from.rfind('/') == std::string::npos ? 0 : from.rfind('/') + 1);
  while (target.starts_with("./")) target.erase(0, 2);
  while (target.starts_with("../")) {
    target.erase(0, 3);
    if (!folder.empty()) {
      folder.pop_back();
      const std::size_t slash = folder.rfind('/');
      folder.erase(slash == std::string::npos ? 0 : slash + 1);
    }
  }
  return folder + target;
}

struct Relation {
  std::string id, type, part;
};

/// Reads `part` with `handler`; a part that is not there is read as if it were empty.
Result<void> read_part(ZipPackage& package, const std::string& part, XmlHandler& handler, std::uint64_t most = XmlPart::kSmallPart) {
  const int entry = package.find(part);
  if (entry < 0) return {};
  auto file = package.read(entry);
  if (!file) return file.error();
  return XmlPart(std::move(*file), handler, fmt::format("{}: the part \"{}\"", package.name(), part)).run(most);
}

/// A handler that only looks at elements' beginnings.
class Beginnings final : public XmlHandler {
 public:
  using Seen = std::function<void(std::string_view, const XmlAttributes&)>;
  explicit Beginnings(Seen seen) : seen_(std::move(seen)) {}
  void begin(std::string_view element, const XmlAttributes& attributes) override { seen_(element, attributes); }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  Seen seen_;
};

Result<std::vector<Relation>> relations_of(ZipPackage& package, const std::string& part) {
  const std::size_t slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  const std::string file = slash == std::string::npos ? part : part.substr(slash + 1);
  std::vector<Relation> relations;
  Beginnings handler([&](std::string_view element, const XmlAttributes& attributes) {
    if (element != "Relationship" || attributes.get("TargetMode") == "External") return;
    std::string type(attributes.get("Type"));
    type.erase(0, type.rfind('/') + 1);  // the same last word in both namespaces
    relations.push_back({std::string(attributes.get("Id")), type, resolve(part, std::string(attributes.get("Target")))});
  });
  if (auto read = read_part(package, folder + "_rels/" + file + ".rels", handler); !read) return read.error();
  return relations;
}

class StylesHandler final : public XmlHandler {
 public:
  explicit StylesHandler(XlsxBook& book) : book_(book) {}
  void begin(std::string_view element, const XmlAttributes& attributes) override {
    // Conditional formats ("dxfs") have elements of the same name, with numbers of their own.
    if (element == "numFmts") in_formats_ = true;
    if (element == "numFmt" && in_formats_) {
      const unsigned id = whole_number(attributes.get("numFmtId"));
      formats_[id] = kind_of_format(attributes.get("formatCode"));
      if (std::string prefix = dialling_prefix(attributes.get("formatCode")); !prefix.empty()) prefixes_[id] = std::move(prefix);
    }
    if (element == "cellXfs") in_cells_ = true;
    if (element == "xf" && in_cells_) ids_.push_back(whole_number(attributes.get("numFmtId")));
  }
  void end(std::string_view element) override {
    if (element == "numFmts") in_formats_ = false;
    if (element == "cellXfs") in_cells_ = false;
  }
  void text(std::string_view) override {}
  void finish() {
    for (const unsigned id : ids_) {
      const auto own = formats_.find(id);
      if (const auto prefix = prefixes_.find(id); prefix != prefixes_.end()) book_.prefixes[static_cast<unsigned>(book_.styles.size())] = prefix->second;
      book_.styles.push_back(own != formats_.end() ? own->second : kind_of_builtin_format(id));
    }
  }

 private:
  XlsxBook& book_;
  std::map<unsigned, NumberKind> formats_;
  std::map<unsigned, std::string> prefixes_;
  std::vector<unsigned> ids_;
  bool in_formats_ = false, in_cells_ = false;
};

class StringsHandler final : public XmlHandler {
 public:
  explicit StringsHandler(SharedStrings& strings) : strings_(strings) {}
  void begin(std::string_view element, const XmlAttributes&) override {
    if (element == "si") current_.clear();
    if (element == "rPh") ++phonetic_;
    if (element == "t") in_text_ = true;
  }
  void end(std::string_view element) override {
    if (element == "si" && !too_much_) add(current_);
    if (element == "rPh") --phonetic_;
    if (element == "t") in_text_ = false;
  }
  void text(std::string_view piece) override {
    if (!in_text_ || phonetic_ != 0 || too_much_) return;
    current_ += piece;
    too_much_ = current_.size() > kLongestCell;
  }
  std::size_t take(std::string_view ahead) override {
    if (in_text_ || phonetic_ != 0 || too_much_) return 0;
    const char *at = ahead.data(), *const end = at + ahead.size();
    std::string_view text;
    while (const char* next = read_plain_string(at, end, text)) {
      if (!too_much_) add(text);
      at = next;
    }
    if (at != ahead.data()) current_ = text;
    return static_cast<std::size_t>(at - ahead.data());
  }
  bool too_much() const { return too_much_; }

 private:
  void add(std::string_view text) {
    bytes_ += text.size() + sizeof(std::size_t);
    too_much_ = bytes_ > kMostSharedText;
    if (text.find("_x") == std::string_view::npos) strings_.add(text);
    else strings_.add(undo_x_escapes(text));
  }

  SharedStrings& strings_;
  std::string current_;
  std::uint64_t bytes_ = 0;
  int phonetic_ = 0;
  bool in_text_ = false;
  bool too_much_ = false;
};

Error no_workbook(const ZipPackage& package) {
  return {ErrorKind::Input, fmt::format("{}: it is packed like an Excel workbook, but has none inside", package.name()),
          "Open it in a spreadsheet program and save it as a workbook (.xlsx) or CSV (UTF-8)."};
}

}  // namespace

std::string undo_x_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    if (text[i] == '_' && text.size() - i >= 7 && text[i + 1] == 'x' && text[i + 6] == '_') {
      const auto read = std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16);
      if (read.ptr == text.data() + i + 6 && code != 0 && (code < 0xD800 || code > 0xDFFF)) {
        append_utf8(out, code);
        i += 6;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

Result<XlsxBook> read_xlsx_book(ZipPackage& package) {
  auto root = relations_of(package, "");
  if (!root) return root.error();
  std::string workbook;
  for (const auto& relation : *root) {
    if (relation.type == "officeDocument") workbook = relation.part;
  }
  if (workbook.empty() || package.find(workbook) < 0) workbook = "xl/workbook.xml";
  if (package.find(workbook) < 0) return no_workbook(package);
  if (workbook.ends_with(".bin"))
    return Error{ErrorKind::Input, fmt::format("{}: this is a binary Excel workbook (.xlsb); it cannot be read", package.name()),
                 "Open it in a spreadsheet program and save it as a workbook (.xlsx) or CSV (UTF-8)."};
  auto relations = relations_of(package, workbook);
  if (!relations) return relations.error();

  XlsxBook book;
  struct Named {
    std::string name, id;
    bool hidden;
  };
  std::vector<Named> named;
  bool is_workbook = false, has_properties = false;
  Beginnings handler([&](std::string_view element, const XmlAttributes& attributes) {
    if (element == "workbook") is_workbook = true;
    // Extensions have elements of the same names further down.
    if (element == "workbookPr" && !std::exchange(has_properties, true)) book.base_1904 = attributes.on("date1904");
    if (element != "sheet") return;
    const auto state = attributes.get("state");
    named.push_back({std::string(attributes.get("name")), std::string(attributes.get("id", true)), state == "hidden" || state == "veryHidden"});
  });
  if (auto read = read_part(package, workbook, handler); !read) return read.error();
  if (!is_workbook) return no_workbook(package);

  std::string styles_part, strings_part;
  for (const auto& relation : *relations) {
    if (relation.type == "styles") styles_part = relation.part;
    if (relation.type == "sharedStrings") strings_part = relation.part;
  }
  for (auto& sheet : named) {
    const auto relation = std::find_if(relations->begin(), relations->end(), [&](const Relation& r) { return r.id == sheet.id; });
    if (relation == relations->end()) continue;
    if (relation->type != "worksheet") {
      const std::string& type = relation->type;
      const bool macros = type == "xlMacrosheet" || type == "xlIntlMacrosheet";
      if (type == "chartsheet" || type == "dialogsheet" || macros)
        book.passed_over.add(sheet.name, macros ? "macros" : type == "chartsheet" ? "a chart" : "a dialog");
      continue;
    }
    book.sheets.push_back({std::move(sheet.name), relation->part, sheet.hidden});
  }
  StylesHandler styles(book);
  if (auto read = read_part(package, styles_part, styles, kMostStyles); !read) return read.error();
  styles.finish();
  StringsHandler strings(book.strings);
  if (auto read = read_part(package, strings_part, strings, XmlPart::kNoLimit); !read) return read.error();
  if (strings.too_much())
    return Error{ErrorKind::Input, fmt::format("{}: its texts take more than {} MiB, or one of them more than {}", package.name(), kMostSharedText >> 20, kLongestCell >> 20),
                 "Save the sheet as CSV (UTF-8)."};
  return book;
}

}  // namespace switchboard::input

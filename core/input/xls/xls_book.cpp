#include "core/input/xls/xls_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/input/xls/biff_records.h"

namespace switchboard::input {
namespace {

/// BOUNDSHEET's types ([MS-XLS] 2.4.28).
constexpr unsigned kSheetWithCells = 0, kSheetOfMacros = 1, kChartSheet = 2;
constexpr std::size_t kMostSheets = 10'000, kMostStyles = 65'536;

/// Built-in formats were numbered otherwise before BIFF4, which put two fractions before the dates.
constexpr unsigned kFirstDate3 = 12, kFractions4 = 2;

class GlobalsReader {
 public:
  GlobalsReader(ByteStore& stream, const std::string& name, const std::string& encoding)
      : stream_(stream), name_(name), encoding_(encoding), records_(stream, name) {}

  Result<XlsBook> run() {
    auto head = read_part(stream_, 0, 8);
    if (!head) return head.error();
    book_.version = biff_version(*head);
    if (book_.version == 0)
      return Error{ErrorKind::Input, fmt::format("{}: there is no Excel workbook in it", name_), "Open it in the program that made it and save it as a workbook (.xlsx) or CSV (UTF-8)."};
    auto first = records_.next();
    if (!first) return first.error();
    const unsigned type = u16_at(*head, 6);
    // Before BIFF5 a file is one sheet, and may be one later, too.
    const bool alone = type != biff::kGlobals && type != biff::kWorkbook4;
    if (alone && type != biff::kWorksheet)
      return Error{ErrorKind::Input, fmt::format("{}: it is a chart or a set of macros, without cells", name_), "Name the workbook that has the contacts."};
    if (alone) book_.sheets.push_back({"Sheet1", 0, false});

    for (int depth = 1; depth > 0;) {
      auto more = records_.next();
      if (!more) return more.error();
      if (!*more) return records_.damaged("the end of its first part is missing");
      if (records_.is_bof()) {
        if (++depth == 2 && type == biff::kWorkbook4) begin_sheet4();
        continue;
      }
      if (records_.id() == biff::Eof) {
        --depth;
        continue;
      }
      if (depth > 1) continue;
      if (records_.id() == biff::FilePass) return encrypted();
      if (auto read = record(); !read) return read.error();
    }
    return finish();
  }

 private:
  Error encrypted() const {
    return {ErrorKind::Input, fmt::format("{}: the workbook is encrypted (protected by a password)", name_),
            "Open it in a spreadsheet program (Excel asks for no password where it is the usual one of read-only files), save it "
            "without a password as a workbook (.xlsx) or CSV (UTF-8), then try again."};
  }

  Result<void> record() {
    const std::string_view body = records_.body();
    switch (records_.id()) {
      case biff::CodePage:
        if (body.size() >= 2) code_page_ = u16_at(body, 0);
        break;
      case biff::DateMode:
        if (body.size() >= 2) book_.base_1904 = u16_at(body, 0) == 1;
        break;
      case biff::Xf:
        if (body.size() >= 4) add_style(u16_at(body, 2));
        break;
      case biff::Xf4:
      case biff::Xf3:
        if (body.size() >= 2) add_style(static_cast<unsigned char>(body[1]));
        break;
      case biff::Xf2:
        if (body.size() >= 3) add_style(static_cast<unsigned char>(body[2]) & 0x3F);
        break;
      case biff::Format:
      case biff::Format2: return format();
      case biff::BoundSheet: return bound_sheet();
      case biff::SheetHeader4:
        if (body.size() >= 5) sheet4_name_ = std::string(body.substr(5, static_cast<unsigned char>(body[4])));
        break;
      case biff::SharedTexts: return shared_texts();
      default: break;
    }
    return {};
  }

  void add_style(unsigned format) {
    if (style_formats_.size() < kMostStyles) style_formats_.push_back(format);
  }

  Result<void> format() {
    const std::string_view body = records_.body();
    std::string code;
    unsigned number = next_format_++;
    if (book_.version == 8) {
      if (body.size() < 4) return {};
      number = u16_at(body, 0);
      // A format that is not whole says nothing of cells.
      if (auto read = ContinuedBody(records_, 4).read_text(u16_at(body, 2), code); !read) return read.error();
    } else {
      const std::size_t begin = book_.version >= 4 ? 2 : 0;
      if (body.size() <= begin) return {};
      if (book_.version == 5) number = u16_at(body, 0);
      code = body.substr(begin + 1, static_cast<unsigned char>(body[begin]));
    }
    formats_[number] = kind_of_format(code);
    if (std::string prefix = dialling_prefix(code); !prefix.empty()) prefixes_[number] = std::move(prefix);
    return {};
  }

  /// [MS-XLS] 2.4.28.
  Result<void> bound_sheet() {
    const std::string_view body = records_.body();
    if (body.size() < 7) return records_.damaged("its list of sheets makes no sense");
    const std::uint64_t begin = u32_at(body, 0);
    const bool hidden = (static_cast<unsigned char>(body[4]) & 3) != 0;
    const unsigned type = static_cast<unsigned char>(body[5]);
    const std::size_t characters = static_cast<unsigned char>(body[6]);
    std::string name;
    if (book_.version == 8) {
      if (auto read = ContinuedBody(records_, 7).read_text(characters, name); !read) return read.error();
    } else {
      name = body.substr(7, characters);  // converted when the code page is known
    }
    if (type == kSheetWithCells) {
      if (book_.sheets.size() < kMostSheets) book_.sheets.push_back({std::move(name), begin, hidden});
    } else if (type == kSheetOfMacros || type == kChartSheet) {
      others_.push_back({std::move(name), type});
    }
    return {};
  }

  void begin_sheet4() {
    if (records_.body().size() >= 4 && u16_at(records_.body(), 2) == biff::kWorksheet && book_.sheets.size() < kMostSheets)
      book_.sheets.push_back({sheet4_name_, records_.begin(), false});
  }

  /// [MS-XLS] 2.4.265. The number of texts that it states is wrong in files of some programs: what is there counts.
  Result<void> shared_texts() {
    ContinuedBody body(records_, 0);
    char counts[8] = {};
    if (auto there = body.read(counts, sizeof counts); !there || !*there) return there ? Result<void>() : there.error();
    std::string text;
    for (;;) {
      char length[2] = {};
      text.clear();
      auto there = body.read(length, sizeof length);
      if (there && *there) there = body.read_text(u16_at({length, 2}, 0), text);
      if (!there) return there.error();
      if (!*there) return {};
      book_.strings.add(text);
      if (book_.strings.bytes() > kMostSharedText)
        return Error{ErrorKind::Input, fmt::format("{}: its texts take more than {} MiB", name_, kMostSharedText >> 20), "Save the sheet as CSV (UTF-8)."};
    }
  }

  NumberKind kind_of(unsigned format) const {
    const auto own = formats_.find(format);
    if (own != formats_.end()) return own->second;
    if (book_.version < 4 && format >= kFirstDate3) format += kFractions4;
    return kind_of_builtin_format(format);
  }

  Result<XlsBook> finish() {
    if (book_.version < 8) {
      auto charset = encoding_.empty() ? nullptr : Charset::open(encoding_);
      book_.byte_text = charset != nullptr ? std::make_unique<ByteText>(std::move(charset)) : std::make_unique<ByteText>(code_page_);
      for (auto& sheet : book_.sheets) {
        std::string name;
        book_.byte_text->append(sheet.name, name);
        sheet.name = std::move(name);
      }
    }
    for (const unsigned format : style_formats_) {
      if (const auto prefix = prefixes_.find(format); prefix != prefixes_.end()) book_.prefixes[book_.styles.size()] = prefix->second;
      book_.styles.push_back(kind_of(format));
    }
    for (unsigned format = 0; book_.version == 2 && format < 64; ++format) book_.formats.push_back(kind_of(format));
    std::vector<XlsBook::Sheet> sheets;
    std::set<std::uint64_t> begins;
    for (auto& sheet : book_.sheets) {
      // A small file could make us read one sheet ten thousand times.
      if (!begins.insert(sheet.begin).second) return records_.damaged(fmt::format("the sheet \"{}\" is said to be where another one is", sheet.name));
      auto has_cells = is_worksheet(sheet);
      if (!has_cells) return has_cells.error();
      if (*has_cells) sheets.push_back(std::move(sheet));
      else book_.passed_over.add(sheet.name, "a chart or macros");
    }
    for (const auto& [bytes, type] : others_) {
      std::string name = book_.byte_text == nullptr ? bytes : "";
      if (book_.byte_text != nullptr) book_.byte_text->append(bytes, name);
      book_.passed_over.add(name, type == kChartSheet ? "a chart" : "macros");
    }
    book_.sheets = std::move(sheets);
    return std::move(book_);
  }

  /// Some programs list charts as worksheets.
  Result<bool> is_worksheet(const XlsBook::Sheet& sheet) {
    BiffRecords records(stream_, name_, 512);
    records.seek(sheet.begin);
    auto there = records.next();
    if (!there) return there.error();
    if (!*there || !records.is_bof() || records.body().size() < 4) return records.damaged(fmt::format("the sheet \"{}\" is not where it should be", sheet.name));
    const unsigned type = u16_at(records.body(), 2);
    return type != biff::kChart && type != biff::kMacros;
  }

  ByteStore& stream_;
  const std::string& name_;
  const std::string& encoding_;
  BiffRecords records_;
  XlsBook book_;
  unsigned code_page_ = 1252;
  std::vector<unsigned> style_formats_;
  std::map<unsigned, NumberKind> formats_;
  std::map<unsigned, std::string> prefixes_;
  unsigned next_format_ = 0;
  std::string sheet4_name_;
  std::vector<std::pair<std::string, unsigned>> others_;  ///< sheets without cells: name, type
};

}  // namespace

Result<XlsBook> read_xls_book(ByteStore& stream, const std::string& name, const std::string& encoding) {
  return GlobalsReader(stream, name, encoding).run();
}

}  // namespace switchboard::input

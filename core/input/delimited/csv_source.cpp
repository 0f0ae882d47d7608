#include "core/input/delimited/csv_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/own_columns.h"
#include "core/input/delimited/csv_dialect.h"
#include "core/input/table/cell_kind.h"
#include "core/input/table/footer.h"
#include "core/input/table/list_layout.h"
#include "core/input/delimited/csv_header.h"
#include "core/input/delimited/csv_rejects.h"
#include "core/input/text/utf8_store.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxSampleBytes = std::size_t{4} << 20;
constexpr std::size_t kMinSampleLines = 3;
/// A line of it begins with a statement that fills or makes a table.
bool is_sql(std::string_view text) {
  constexpr std::size_t kLines = 100;
  constexpr std::string_view kStatements[] = {"insert into ", "create table ", "replace into "};
  for (std::size_t line = 0; line < kLines && !text.empty(); ++line) {
    const bool found = std::any_of(std::begin(kStatements), std::end(kStatements), [&](std::string_view statement) {
      return text.size() > statement.size() && std::equal(statement.begin(), statement.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
             });
    });
    if (found) return true;
    text.remove_prefix(std::min(text.size(), std::min(text.find('\n'), text.size() - 1) + 1));
  }
  return false;
}

/// Each line is one cell in quotes, and what they hold is a line of several: "Name,Phone".
bool are_lines_quoted(const std::vector<SampleRow>& rows, std::string_view text) {
  if (text.empty() || text.front() != '"') return false;
  const auto first = std::find_if(rows.begin(), rows.end(), [](const SampleRow& row) { return !row.is_blank(); });
  if (first == rows.end()) return false;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const std::string& header = first->cells.front();
    const auto delimiters = std::count(header.begin(), header.end(), delimiter);
    int words = 0;
    for (std::size_t begin = 0; begin <= header.size();) {
      const std::size_t end = std::min(header.find(delimiter, begin), header.size());
      words += has_header_word(std::string_view(header).substr(begin, end - begin)) ? 1 : 0;
      begin = end + 1;
    }
    if (delimiters == 0 || words < 2) continue;
    const auto alike = std::count_if(rows.begin(), rows.end(), [&](const SampleRow& row) {
      return row.is_blank() || (row.cells.size() == 1 && std::count(row.cells[0].begin(), row.cells[0].end(), delimiter) >= delimiters);
    });
    return alike * 10 >= static_cast<std::ptrdiff_t>(rows.size()) * 8;
  }
  return false;
}

constexpr std::array<std::size_t, 3> kTailBytes = {32768, 4096, 1024};

/// Collects what is found out, step by step; each step needs those before it.
class CsvOpener {
 public:
  explicit CsvOpener(Opening opening)
      : open_bytes_(std::move(opening.bytes)),
        open_file_(std::move(opening.file)),
        options_(std::move(opening.options)),
        info_(std::move(opening.info)) {}

  Result<std::unique_ptr<CsvSource>> open(std::size_t block_bytes) {
    plan_.name = info_.name;
    plan_.block_bytes = block_bytes;
    plan_.any_table = options_.any_table;
    auto store = open_bytes_();
    if (!store) return store.error();
    store_ = std::move(*store);
    text_bytes_ = store_->size();
    using Step = Result<void> (CsvOpener::*)();
    for (const Step step : {&CsvOpener::read_encoding, &CsvOpener::read_dialect, &CsvOpener::read_columns,
                            &CsvOpener::read_footer}) {
      if (auto done = (this->*step)(); !done) return done.error();
    }
    return std::make_unique<CsvSource>(std::move(open_bytes_), std::move(open_file_), std::move(plan_), std::move(info_),
                                       std::move(header_bytes_));
  }

 private:
  /// The start of the source, enough of it for some lines: headers and first records can be long.
  Result<std::string> read_head() const {
    for (std::size_t size = kSampleBytes;; size *= 4) {
      auto head = read_part(*store_, 0, size);
      if (!head || head->size() < size || size >= kMaxSampleBytes) return head;
      const auto ends = std::count_if(head->begin(), head->end(), [](char c) { return c == '\n' || c == '\r'; });
      if (static_cast<std::size_t>(ends) >= kMinSampleLines * 2) return head;
    }
  }

  Result<void> read_encoding() {
    auto head = read_head();
    if (!head) return head.error();
    auto encoding = find_encoding(*store_, *head, plan_.name, options_.encoding);
    if (!encoding) return encoding.error();
    plan_.encoding = *encoding;
    info_.encoding = encoding->name;
    info_.encoding_runner_up = encoding->runner_up;
    info_.has_bom = encoding->bom_bytes > 0;
    if (!encoding->warning.empty()) info_.warnings.push_back(encoding->warning);
    charset_ = Charset::open(encoding->name);
    if (charset_ == nullptr) {
      return Error{ErrorKind::Internal, fmt::format("{}: no converter for {}", plan_.name, encoding->name),
                   ""};
    }
    sample_.offset = encoding->bom_bytes;
    sample_.reaches_end = head->size() >= store_->size();
    sample_.bytes =
        head->substr(static_cast<std::size_t>(std::min<std::uint64_t>(encoding->bom_bytes, head->size())));
    if (sample_.reaches_end || encoding->unit_bytes == 1) return {};
    sample_.bytes.resize(sample_.bytes.size() / encoding->unit_bytes * encoding->unit_bytes);
    return {};
  }

  Result<void> read_dialect() {
    if (is_sql(sample_.bytes)) {
      return Error{ErrorKind::Input, fmt::format("{}: these are SQL statements (a database dump), not a list", plan_.name),
                   "Export the table as CSV; in MySQL: SELECT … INTO OUTFILE, in PostgreSQL: \\copy … TO … CSV HEADER."};
    }
    std::optional<char> delimiter;
    if (options_.format == "tsv") delimiter = '\t';
    if (options_.delimiter) {
      auto wish = parse_delimiter(*options_.delimiter);
      if (!wish) return wish.error();
      delimiter = *wish;
    }
    if (const auto sep = sep_line_delimiter(sample_, plan_.encoding, *charset_)) {
      if (!delimiter) delimiter = *sep;
      skip_sep_line();
    }
    DialectChoice choice = sniff_dialect(sample_, plan_.encoding, *charset_, delimiter);
    plan_.syntax = choice.best.syntax;
    plan_.layout = find_layout(choice.best.rows, sample_.offset, sample_.line, options_.no_header);
    if (const auto& rivals = plan_.layout.rival_tables; !rivals.empty()) {
      if (!options_.any_table) return several_tables(plan_.name, rivals);
      info_.warnings.push_back(say_rivals(several_tables(plan_.name, rivals)));
    }
    info_.warnings.insert(info_.warnings.end(), plan_.layout.warnings.begin(), plan_.layout.warnings.end());

    if (choice.best.width < 2 && are_lines_quoted(choice.best.rows, sample_.bytes)) {
      info_.warnings.push_back(plan_.name + ": every line stands in quotes as a whole, so that it is one cell. Take out the quotes at the ends "
                                            "of the lines and make the doubled ones inside single, or export the list again");
    }
    info_.format = options_.format.value_or(plan_.syntax.delimiter == '\t' ? "tsv" : "csv");
    const auto dialect_of = [&](const CsvSyntax& syntax) {
      return Dialect{std::string(1, syntax.delimiter), std::string(1, syntax.quote), usual_line_end(choice.best.rows),
                     plan_.layout.header_line, syntax.padded, syntax.backslash};
    };
    info_.dialect = dialect_of(plan_.syntax);
    if (choice.runner_up) info_.dialect_runner_up = dialect_of(*choice.runner_up);
    return {};
  }

  /// The line is kept for the rejects file.
  void skip_sep_line() {
    CsvSyntax syntax;
    syntax.big_endian = plan_.encoding.big_endian;
    syntax.lone_cr = true;
    const auto rows = sample_rows(sample_, plan_.encoding, *charset_, syntax, 1);
    if (rows.empty()) return;
    const auto size = static_cast<std::size_t>(rows.front().byte_end - sample_.offset);
    sep_line_ = sample_.bytes.substr(0, size);
    sample_.bytes.erase(0, size);
    sample_.offset += size;
    sample_.line += 1;
  }

  static std::string usual_line_end(const std::vector<SampleRow>& rows) {
    const auto count = [&](LineEnd kind) {
      return std::count_if(rows.begin(), rows.end(),
                           [&](const SampleRow& row) { return row.line_end == kind; });
    };
    const auto lf = count(LineEnd::Lf);
    const auto crlf = count(LineEnd::CrLf);
    const auto cr = count(LineEnd::Cr);
    if (cr > lf && cr > crlf) return "\r";
    return crlf > lf ? "\r\n" : "\n";
  }

  Result<void> read_columns() {
    const ListLayout& layout = plan_.layout;
    if (layout.has_header) {
      // From the source, not from the sample: a header may be longer than that, and must decode.
      auto header = plan_.encoding.is_utf8() ? read_checked_header() : read_header(plan_, *store_);
      if (!header) return header.error();
      info_.columns = plan_.header = std::move(*header);
      auto bytes = read_part(*store_, layout.header_begin,
                             static_cast<std::size_t>(layout.data_begin - layout.header_begin));
      if (!bytes) return bytes.error();
      auto mark = read_part(*store_, 0, static_cast<std::size_t>(plan_.encoding.bom_bytes));
      if (!mark) return mark.error();
      header_bytes_ = *mark + sep_line_ + *bytes;
    } else {
      info_.columns.resize(layout.width);
    }
    for (std::size_t i = 0; i < info_.columns.size(); ++i) {
      if (info_.columns[i].empty()) info_.columns[i] = made_up_column(i);
    }
    plan_.columns = info_.columns.size();
    info_.lines.preamble = layout.preamble_lines;
    info_.lines.header = layout.header_lines;
    return {};
  }

  Result<std::vector<std::string>> read_checked_header() {
    auto store = open_bytes_();
    if (!store) return store.error();
    auto checked = check_utf8(std::move(*store), plan_.name);
    return read_header(plan_, *checked);
  }

  Result<void> read_footer() {
    if (options_.no_header) return {};
    const std::uint64_t data_begin = plan_.layout.data_begin;
    for (const std::size_t size : kTailBytes) {
      TextSample tail;
      tail.reaches_end = true;
      const std::size_t unit = plan_.encoding.unit_bytes;
      const bool whole = text_bytes_ < data_begin + size;
      tail.offset = whole ? data_begin : (text_bytes_ - size) / unit * unit;
      auto bytes = read_part(*store_, tail.offset, static_cast<std::size_t>(text_bytes_ - tail.offset));
      if (!bytes) return bytes.error();
      tail.bytes = std::move(*bytes);
      if (!whole) start_at_line(tail);
      const auto rows = sample_rows(tail, plan_.encoding, *charset_, plan_.syntax, ~std::size_t{0});
      // Where a quote is open at its start, the tail is no list of rows.
      const bool sound = !rows.empty() && rows.back().byte_end == tail.offset + tail.bytes.size();
      const auto footer = sound ? find_footer(rows, plan_.columns) : std::nullopt;
      // The first row of a part may be a piece of one.
      if (footer && (whole || *footer > 0)) plan_.footer_begin = rows[*footer].byte_begin;
      if (plan_.footer_begin || whole) return {};
    }
    return {};
  }

  /// Cuts off the part of a line that the tail begins with.
  void start_at_line(TextSample& tail) const {
    CsvSyntax syntax = plan_.syntax;
    syntax.quote = syntax.delimiter;  // no quoting: the next line end counts, whatever it stands in
    const auto rows = sample_rows(tail, plan_.encoding, *charset_, syntax, 1);
    if (rows.empty()) return;
    const auto size = static_cast<std::size_t>(rows.front().byte_end - tail.offset);
    tail.bytes.erase(0, size);
    tail.offset += size;
  }

  OpenBytes open_bytes_;
  OpenBytes open_file_;
  const InputOptions options_;
  std::unique_ptr<ByteStore> store_;
  std::uint64_t text_bytes_ = 0;  ///< all of it, unpacked
  std::unique_ptr<Charset> charset_;
  TextSample sample_;
  std::string sep_line_;
  std::string header_bytes_;
  CsvPlan plan_;
  SourceInfo info_;
};

}  // namespace

CsvSource::CsvSource(OpenBytes bytes, OpenBytes file, CsvPlan plan, SourceInfo info, std::string header_bytes)
    : FileSource(std::move(file), std::move(info)),
      open_bytes_(std::move(bytes)),
      plan_(std::move(plan)),
      header_bytes_(std::move(header_bytes)) {}

Result<std::unique_ptr<CsvRecordReader>> CsvSource::read_raw() const {
  auto store = open_bytes_();
  if (!store) return store.error();
  return make_csv_reader(plan_, std::move(*store));
}

Result<std::unique_ptr<RecordReader>> CsvSource::read() const {
  auto reader = read_raw();
  if (!reader) return reader.error();
  return std::unique_ptr<RecordReader>(std::move(*reader));
}

Result<std::unique_ptr<RejectsWriter>> CsvSource::write_rejects(const std::string& path) const {
  auto reader = read_raw();
  if (!reader) return reader.error();
  auto store = open_bytes_();
  if (!store) return store.error();
  return make_csv_rejects(path, {info(), header_bytes_, encoder()}, std::move(*reader), make_csv_picker(plan_, std::move(*store)));
}

std::function<std::string(std::string_view)> CsvSource::encoder() const {
  std::shared_ptr<Charset> charset;  // shared: a std::function can be copied
  if (!plan_.encoding.is_utf8()) charset = Charset::open(plan_.encoding.name);
  return [charset](std::string_view utf8) { return charset ? charset->from_utf8(utf8) : std::string(utf8); };
}

Result<std::unique_ptr<CsvSource>> open_csv(Opening opening, std::size_t block_bytes) {
  return CsvOpener(std::move(opening)).open(block_bytes);
}

}  // namespace switchboard::input

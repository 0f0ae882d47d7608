#include "core/input/csv_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/input/csv_dialect.h"
#include "core/input/csv_footer.h"
#include "core/input/csv_layout.h"
#include "core/input/csv_reader.h"
#include "core/input/utf8_store.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10;
constexpr std::array<std::size_t, 3> kTailBytes = {32768, 4096, 1024};

class CsvSource final : public Source {
 public:
  CsvSource(OpenBytes open_bytes, CsvPlan plan, SourceInfo info, std::string header_bytes)
      : open_bytes_(std::move(open_bytes)),
        plan_(std::move(plan)),
        info_(std::move(info)),
        header_bytes_(std::move(header_bytes)) {}

  const SourceInfo& info() const override { return info_; }

  Result<std::unique_ptr<RecordReader>> read() const override {
    auto store = open_bytes_();
    if (!store) return store.error();
    return make_csv_reader(plan_, std::move(*store));
  }

  Result<std::unique_ptr<ByteStore>> bytes() const override { return open_bytes_(); }

  std::string header_bytes() const override { return header_bytes_; }

  std::string encode(std::string_view utf8) const override {
    if (plan_.encoding.is_utf8()) return std::string(utf8);
    auto charset = Charset::open(plan_.encoding.name);
    return charset == nullptr ? std::string(utf8) : charset->from_utf8(utf8);
  }

 private:
  OpenBytes open_bytes_;
  CsvPlan plan_;
  SourceInfo info_;
  std::string header_bytes_;
};

/// Collects what is found out, step by step; each step needs those before it.
class CsvOpener {
 public:
  CsvOpener(OpenBytes open_bytes, const InputOptions& options)
      : open_bytes_(std::move(open_bytes)), options_(options) {}

  Result<std::unique_ptr<Source>> open(const std::string& name, const std::string& path,
                                       std::size_t block_bytes) {
    plan_.name = name;
    plan_.block_bytes = block_bytes;
    info_.name = name;
    info_.path = path;
    auto store = open_bytes_();
    if (!store) return store.error();
    store_ = std::move(*store);
    info_.bytes = store_->size();
    using Step = Result<void> (CsvOpener::*)();
    for (const Step step : {&CsvOpener::read_encoding, &CsvOpener::read_dialect, &CsvOpener::read_columns,
                            &CsvOpener::read_footer}) {
      if (auto done = (this->*step)(); !done) return done.error();
    }
    return std::unique_ptr<Source>(std::make_unique<CsvSource>(std::move(open_bytes_), std::move(plan_),
                                                               std::move(info_), std::move(header_bytes_)));
  }

 private:
  Result<void> read_encoding() {
    auto head = read_part(*store_, 0, kSampleBytes);
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
    sample_.reaches_end = head->size() < kSampleBytes || head->size() == store_->size();
    sample_.bytes =
        head->substr(static_cast<std::size_t>(std::min<std::uint64_t>(encoding->bom_bytes, head->size())));
    if (sample_.reaches_end || encoding->unit_bytes == 1) return {};
    sample_.bytes.resize(sample_.bytes.size() / encoding->unit_bytes * encoding->unit_bytes);
    return {};
  }

  Result<void> read_dialect() {
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
    info_.warnings.insert(info_.warnings.end(), plan_.layout.warnings.begin(), plan_.layout.warnings.end());

    info_.format = options_.format.value_or(plan_.syntax.delimiter == '\t' ? "tsv" : "csv");
    info_.dialect.delimiter = std::string(1, plan_.syntax.delimiter);
    info_.dialect.quote = std::string(1, plan_.syntax.quote);
    info_.dialect.line_end = usual_line_end(choice.best.rows);
    info_.dialect.header_line = plan_.layout.header_line;
    if (choice.runner_up) {
      info_.dialect_runner_up = info_.dialect;
      info_.dialect_runner_up.delimiter = std::string(1, choice.runner_up->delimiter);
      info_.dialect_runner_up.quote = std::string(1, choice.runner_up->quote);
    }
    return {};
  }

  /// The line is kept for header_bytes().
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
    const CsvLayout& layout = plan_.layout;
    if (layout.has_header) {
      // From the source, not from the sample: a header may be longer than that, and must decode.
      auto header = plan_.encoding.is_utf8() ? read_checked_header() : read_header(plan_, *store_);
      if (!header) return header.error();
      info_.columns = std::move(*header);
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
      if (info_.columns[i].empty()) info_.columns[i] = fmt::format("column_{}", i + 1);
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
      const bool whole = info_.bytes < data_begin + size;
      tail.offset = whole ? data_begin : (info_.bytes - size) / unit * unit;
      auto bytes = read_part(*store_, tail.offset, static_cast<std::size_t>(info_.bytes - tail.offset));
      if (!bytes) return bytes.error();
      tail.bytes = std::move(*bytes);
      if (!whole) start_at_line(tail);
      plan_.footer_begin = find_footer(tail, plan_.encoding, *charset_, plan_.syntax, plan_.columns);
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
  const InputOptions& options_;
  std::unique_ptr<ByteStore> store_;
  std::unique_ptr<Charset> charset_;
  TextSample sample_;
  std::string sep_line_;
  std::string header_bytes_;
  CsvPlan plan_;
  SourceInfo info_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_csv(OpenBytes open_bytes, const std::string& name,
                                         const std::string& path, const InputOptions& options,
                                         std::size_t block_bytes) {
  return CsvOpener(std::move(open_bytes), options).open(name, path, block_bytes);
}

}  // namespace switchboard::input

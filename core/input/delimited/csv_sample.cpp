#include "core/input/delimited/csv_sample.h"

#include <algorithm>

#include "core/input/delimited/field_text.h"

namespace switchboard::input {
namespace {

template <class Unit>
std::vector<SampleRow> rows_in(const TextSample& sample, Charset& charset, const CsvSyntax& syntax,
                               std::size_t max_rows) {
  auto store = view_bytes(sample.bytes);
  CsvScanner<Unit> scanner(*store, "", syntax, 0, sample.line);
  ScannedRecord<Unit> scanned;
  const FieldText<Unit> text(syntax, scanner);
  std::vector<Unit> unescaped;
  std::vector<SampleRow> rows;
  while (rows.size() < max_rows) {
    auto more = scanner.next(scanned);
    if (!more || !*more) break;
    const bool cut = scanned.byte_end >= sample.bytes.size() && !sample.reaches_end;
    if (cut && !rows.empty()) break;
    SampleRow& row = rows.emplace_back();
    row.line = scanned.line;
    row.line_count = scanned.line_count;
    row.byte_begin = sample.offset + scanned.byte_begin;
    row.byte_end = sample.offset + scanned.byte_end;
    row.line_end = scanned.line_end;
    row.stray_quotes = scanned.stray_quotes;
    for (const FieldSpan& field : scanned.fields()) {
      unescaped.clear();
      const auto content = text.content(scanned, field, unescaped);
      std::string& cell = row.cells.emplace_back();
      if (!charset.append_utf8(as_bytes(content), cell)) cell = "\xEF\xBF\xBD";
    }
  }
  return rows;
}

}  // namespace

std::vector<SampleRow> sample_rows(const TextSample& sample, const TextEncoding& encoding, Charset& charset,
                                   const CsvSyntax& syntax, std::size_t max_rows) {
  return with_unit(encoding.unit_bytes,
                   [&](auto unit) { return rows_in<decltype(unit)>(sample, charset, syntax, max_rows); });
}

}  // namespace switchboard::input

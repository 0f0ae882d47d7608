#include "core/input/delimited/csv_header.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/input/delimited/cell_decoder.h"

namespace switchboard::input {

Result<std::vector<std::string>> read_header(const CsvPlan& plan, ByteStore& store) {
  return with_unit(plan.encoding.unit_bytes, [&](auto unit) -> Result<std::vector<std::string>> {
    using Unit = decltype(unit);
    CsvScanner<Unit> scanner(store, plan.name, plan.syntax, plan.layout.header_begin,
                             plan.layout.header_line);
    ScannedRecord<Unit> scanned;
    auto more = scanner.next(scanned);
    if (!more) return more.error();
    if (scanned.too_large != nullptr) {
      return Error{ErrorKind::Input, fmt::format("{}: line {}: the header has {}", plan.name, plan.layout.header_line, scanned.too_large),
                   "Check that this is a contact list and that its lines end as they should."};
    }
    const bool swallows =
        scanned.line_count > 1 && std::any_of(scanned.fields().begin(), scanned.fields().end(),
                                              [](const FieldSpan& f) { return f.has_tail(); });
    if (swallows) {
      return Error{ErrorKind::Input,
                   fmt::format("{}: line {}: a quote opens in the header and is not closed on its line",
                               plan.name, plan.layout.header_line),
                   "Close that quote, or take it out."};
    }
    CellDecoder<Unit> decoder(plan.encoding, plan.syntax, scanner);
    std::vector<std::string_view> cells;
    if (!decoder.decode(scanned, cells)) {
      return Error{ErrorKind::Input,
                   fmt::format("{}: line {}: the header has bytes that are not {}", plan.name,
                               plan.layout.header_line, plan.encoding.name),
                   "Name the right encoding with --encoding."};
    }
    return std::vector<std::string>(cells.begin(), cells.end());
  });
}

}  // namespace switchboard::input

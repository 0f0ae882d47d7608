#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/open_file.h"

namespace switchboard::cli {

Result<int> run_read(const Options& options, Terminal& terminal) {
  auto limit = options.number("limit");
  if (!limit) return limit.error();
  auto file = open_file(options, options.arguments()[0]);
  if (!file) return file.error();
  const auto& columns = file->source->info().columns;
  auto reader = file->source->read();
  if (!reader) return reader.error();

  JsonWriter header;
  header.begin_object().key("columns").begin_array();
  for (const auto& column : columns) header.string(column);
  terminal.print(header.end_array().end_object().take() + "\n");

  Record record;
  for (std::uint64_t n = 0; !*limit || n < **limit; ++n) {
    auto more = (*reader)->next(record);
    if (!more) return more.error();
    if (!*more) break;
    JsonWriter line;
    line.begin_object().member("row", record.row).member("line", record.line).key("values").begin_array();
    for (const auto cell : record.cells) is_absent(cell) ? line.null() : line.string(cell);
    for (std::size_t c = record.cells.size(); c < columns.size(); ++c) line.null();
    if (!terminal.print(line.end_array().end_object().take() + "\n")) break;
  }
  return 0;
}

}  // namespace switchboard::cli

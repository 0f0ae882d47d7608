#include "host/cli/source_setup.h"

#include <unistd.h>

#include "core/ledger/state_dir.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Spool::~Spool() {
  if (!path_.empty()) unlink(path_.c_str());
}

Result<input::InputOptions> input_options(const Options& options) {
  input::InputOptions input;
  input.format = options.text("format");
  input.encoding = options.text("encoding");
  input.delimiter = options.text("delimiter");
  input.sheet = options.text("sheet");
  input.no_header = options.on("no-header");
  return input;
}

Result<OpenedFile> open_file(const Options& options, const std::string& path, const std::optional<std::string>& name) {
  auto input = input_options(options);
  if (!input) return input.error();
  input->name = name;
  OpenedFile file;
  std::string where = path;
  if (path == "-") {
    auto directory = state_dir(options);
    if (!directory) return directory.error();
    auto place = ledger::prepare_directory(*directory + "/spool");
    if (!place) return place.error();
    auto spooled = input::spool(STDIN_FILENO, *directory + "/spool");
    if (!spooled) return spooled.error();
    where = *spooled;
    file.spool = Spool(where);
    input->name = "-";
  }
  auto source = input::Source::open(where, *input);
  if (!source) return source.error();
  file.source = std::move(*source);
  return file;
}

Result<std::vector<std::vector<std::string>>> sample_columns(const input::Source& source, std::size_t most) {
  std::vector<std::vector<std::string>> samples(source.info().columns.size());
  auto reader = source.read();
  if (!reader) return reader.error();
  Record record;
  constexpr std::size_t kRecordsLookedAt = 1000;
  for (std::size_t n = 0; n < kRecordsLookedAt; ++n) {
    auto more = (*reader)->next(record);
    if (!more) return more.error();
    if (!*more) break;
    for (std::size_t c = 0; c < record.cells.size() && c < samples.size(); ++c)
      if (!record.cells[c].empty() && samples[c].size() < most) samples[c].emplace_back(record.cells[c]);
  }
  return samples;
}

}  // namespace switchboard::cli

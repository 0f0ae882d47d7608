#include "host/jobs/source_setup.h"

#include <unistd.h>

#include "core/input/bytes/spool.h"
#include "core/ledger/state_dir.h"

namespace switchboard::jobs {

Spool::~Spool() {
  if (!path_.empty()) unlink(path_.c_str());
}

Result<OpenedFile> open_file(const ReadRequest& reading, const std::string& path, const std::string& spool_directory,
                             const CancelToken* cancel, input::SourceDigest* digest, const std::optional<std::string>& name, bool any_table) {
  const auto unless_empty = [](const std::string& text) {
    return text.empty() ? std::optional<std::string>() : std::optional(text);
  };
  input::InputOptions options;
  options.format = unless_empty(reading.format);
  options.encoding = unless_empty(reading.encoding);
  options.delimiter = unless_empty(reading.delimiter);
  options.sheet = unless_empty(reading.sheet);
  options.no_header = reading.no_header;
  options.any_table = any_table;
  options.name = name;
  options.cancel = cancel;
  options.digest = digest;
  OpenedFile file;
  std::string where = path;
  if (path == "-") {
    auto place = ledger::prepare_directory(spool_directory);
    if (!place) return place.error();
    auto spooled = input::spool(STDIN_FILENO, spool_directory, cancel);
    if (!spooled) return spooled.error();
    where = *spooled;
    file.spool = Spool(where);
    options.name = "-";
  }
  auto source = input::Source::open(where, options);
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

}  // namespace switchboard::jobs

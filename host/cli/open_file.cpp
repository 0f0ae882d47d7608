#include "host/cli/open_file.h"

#include "host/cli/job_options.h"
#include "host/cli/signals.h"
#include "host/cli/ledger_options.h"

namespace switchboard::cli {

Result<jobs::OpenedFile> open_file(const Options& options, const std::string& path, bool any_table) {
  auto spool = ledger_place(options).spool_directory(path);
  if (!spool) return spool.error();
  if (path != "-") return jobs::open_file(reading_of(options), path, *spool, nullptr, nullptr, {}, any_table);
  jobs::StopButton stop;
  Signals signals(stop);
  auto file = jobs::open_file(reading_of(options), path, *spool, &stop.token(), nullptr, {}, any_table);
  if (!file) return file;
  file->spool = jobs::Spool();  // the source has it open: no name, nothing to be left behind
  return file;
}

}  // namespace switchboard::cli

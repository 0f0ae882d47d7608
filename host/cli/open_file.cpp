#include "host/cli/open_file.h"

#include "host/cli/job_options.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<jobs::OpenedFile> open_file(const Options& options, const std::string& path) {
  auto spool = spool_directory(options, path);
  if (!spool) return spool.error();
  return jobs::open_file(reading_of(options), path, *spool);
}

}  // namespace switchboard::cli

#include "host/jobs/job_request.h"

namespace switchboard::jobs {

NamedFile NamedFile::at(const std::string& path) {
  NamedFile file = of(path);
  const std::string here = std::filesystem::current_path().string() + "/";
  file.shown = file.path.starts_with(here) ? file.path.substr(here.size()) : file.path;
  return file;
}

}  // namespace switchboard::jobs

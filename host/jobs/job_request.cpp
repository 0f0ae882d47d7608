#include "host/jobs/job_request.h"

namespace switchboard::jobs {

NamedFile NamedFile::at(const std::string& path) {
  NamedFile file = of(path);
  const std::string here = absolute_path(".");
  file.shown = here.starts_with('/') && file.path.starts_with(here) ? file.path.substr(here.size()) : file.path;
  if (file.shown == "-") file.shown = "./-";  // which is no standard input
  return file;
}

}  // namespace switchboard::jobs

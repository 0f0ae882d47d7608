#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/input/source.h"
#include "host/jobs/job_request.h"

namespace switchboard::jobs {

/// Our copy of standard input; deleted with this object unless a job needs it longer.
class Spool {
 public:
  explicit Spool(std::string path = {}) : path_(std::move(path)) {}
  Spool(Spool&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Spool& operator=(Spool&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~Spool();
  bool exists() const { return !path_.empty(); }
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

/// A file that somebody named, opened; standard input is copied to `spool_directory` first.
struct OpenedFile {
  Spool spool;  ///< outlives the source
  std::unique_ptr<input::Source> source;
};

/// `path`: "-" is standard input. Cancelled while it is copied: ErrorKind::Unavailable, and no copy is left. `name`: what messages and reports call it, where that is not the file's own name. `digest`,
/// `any_table`: see InputOptions.
Result<OpenedFile> open_file(const ReadRequest& reading, const std::string& path, const std::string& spool_directory,
                             const CancelToken* cancel, input::SourceDigest* digest, const std::optional<std::string>& name = {},
                             bool any_table = false);

/// Up to `most` non-empty values of each column, from the first records.
Result<std::vector<std::vector<std::string>>> sample_columns(const input::Source& source, std::size_t most = 200);

}  // namespace switchboard::jobs

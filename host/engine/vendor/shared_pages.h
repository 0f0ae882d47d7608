#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/mapping/manifest/manifest.h"
#include "host/connectors/connector.h"
#include "host/transport/http.h"

namespace switchboard::engine {

/// Whether the request reads a page of a list of the account (limits.lists of the manifest): SAFE, GET, without a body.
bool reads_list(const mapping::Limits& limits, const connectors::Request& request);

/// Pages of lists that one chain of a job asked for, kept for the others. Who is shown one could have asked for it itself: it was
/// asked for after everything that the chain knows had happened. Requests and moments are numbered by one counter. Thread-safe.
class SharedPages {
 public:
  /// `most_bytes`: what is kept at most; the oldest go first.
  explicit SharedPages(std::size_t most_bytes = std::size_t{8} << 20) : most_bytes_(most_bytes) {}

  /// A number above all that were given before.
  std::uint64_t next();

  struct Page {
    std::uint64_t asked = 0;  ///< next() when it was asked for
    std::int64_t asked_ms = 0;  ///< on the steady clock
    std::int64_t came_ms = 0;   ///< by the wall clock: dates in the answer are seen from there
    transport::HttpResponse answer;
  };
  /// What is the same in two requests for one page.
  static std::string key_of(const transport::HttpRequest& request, const std::string& auth);
  /// The page, where it was asked for after the moment `known` and not before `from_ms`.
  std::optional<Page> find(const std::string& key, std::uint64_t known, std::int64_t from_ms);
  /// Keeps an answer that is one: nothing but 2xx.
  void keep(const std::string& key, Page page);

 private:
  using Kept = std::list<std::pair<std::string, Page>>;
  void drop(Kept::iterator page);

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::size_t bytes_ = 0;
  Kept kept_;  ///< oldest first
  std::map<std::string, Kept::iterator> by_key_;
};

}  // namespace switchboard::engine

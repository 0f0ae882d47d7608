#pragma once

#include <string>

#include "host/connectors/connector.h"
#include "tests/temporary_directory.h"

namespace switchboard::connectors::test {

/// A directory with a copy of the zoo's library that does `misdeed` ("healthy": nothing).
class Zoo {
 public:
  explicit Zoo(const std::string& misdeed);
  std::string library() const;
  std::string directory() const;

 private:
  testing::TemporaryDirectory directory_;
};

/// In workers, with limits that a test can wait for.
Loading in_workers();

}  // namespace switchboard::connectors::test

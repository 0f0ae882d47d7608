#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// Follows what decode() says of one answer that never changes.
class Unchanging {
 public:
  explicit Unchanging(const Subject& subject) : subject_(subject) {}

  /// False where the directive `what` (POLL, NEXT) is what it says for ever.
  bool ends(const Exchange& at, const Response& response, std::uint32_t what);
  std::size_t calls() const { return calls_; }
  const std::vector<std::string>& growing() const { return growing_; }  ///< states that do, poll after poll

 private:
  const Subject& subject_;
  std::size_t calls_ = 0;
  std::vector<std::string> growing_;
};

}  // namespace switchboard::conformance

#pragma once

#include <cstdint>
#include <string>

namespace switchboard {

/// A finding about one row: data, not an error.
struct Issue {
  enum class Severity {
    Warning,  ///< the row is sent all the same
    Reject,   ///< the row is not acceptable
  };
  Severity severity = Severity::Reject;
  std::string code;     ///< stable, "phone.too_short"; `switchboard explain CODE` knows it
  std::string field;    ///< the connector's field, empty: the row
  std::string column;   ///< the source's column, may be empty
  std::string message;  ///< says what to do; may quote the offending value's shape, never a whole contact
};

}  // namespace switchboard

// The exceptions that a connector may throw; guard() in connector.h turns them into a status and a reason.
#pragma once

#include <switchboard/abi.h>

#include <stdexcept>
#include <string>

namespace switchboard::kit {

/// `subject` names the setting or field to blame, where there is one. `message` says what is wrong and what
/// to do; it holds no secret and no contact data.
class Error : public std::runtime_error {
 public:
  Error(swb_status status, const std::string& message, std::string subject = {})
      : std::runtime_error(message), status_(status), subject_(std::move(subject)) {}

  swb_status status() const { return status_; }
  const std::string& subject() const { return subject_; }

 private:
  swb_status status_;
  std::string subject_;
};

/// A setting's value cannot be used.
class SettingError : public Error {
 public:
  SettingError(std::string setting, const std::string& message)
      : Error(SWB_E_CONFIG, message, std::move(setting)) {}
};

/// The operation is not offered by this connector.
class Unsupported : public Error {
 public:
  explicit Unsupported(const std::string& message) : Error(SWB_E_UNSUPPORTED, message) {}
};

/// A sink of the host refused: the call ends at once with the sink's own status.
class SinkRefused : public Error {
 public:
  explicit SinkRefused(swb_status status) : Error(status, std::string()) {}
};

inline void check_sink(swb_status status) {
  if (status != SWB_OK) throw SinkRefused(status);
}

}  // namespace switchboard::kit

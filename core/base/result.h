#pragma once

#include <string>
#include <utility>
#include <variant>

namespace switchboard {

/// What kind of trouble an Error is; each kind has one exit code (end_reason.h).
enum class ErrorKind {
  Usage,        ///< the command line or configuration is wrong; nothing was sent
  Input,        ///< the source cannot be read, or its format is not recognised
  Drift,        ///< the source or the mapping changed since the job began
  Credential,   ///< the vendor refused the credential or the permission
  Unavailable,  ///< the vendor cannot be reached, or its quota is spent
  Storage,      ///< our own files cannot be written: disk full, no permission
  Internal,     ///< a defect of ours
};

/// An error for people: what happened, where, and what to do. Never a secret, never a whole contact.
struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string message;  ///< what happened, with the file, line, column or option it happened at
  std::string remedy;   ///< what to do; may be empty where message already says it
};

inline Error usage_error(std::string message, std::string remedy = {}) { return {ErrorKind::Usage, std::move(message), std::move(remedy)}; }

/// A value or an Error. A bad row is not an Error but an Issue (issue.h).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}

  explicit operator bool() const { return !failed_; }
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace switchboard

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/record.h"
#include "core/base/result.h"
#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// `split … part: last`.
inline constexpr std::size_t kLastPart = static_cast<std::size_t>(-1);

/// The columns that a template names: "{First Name} {Last Name}". "{{" and "}}" are braces.
Result<std::vector<std::string>> template_columns(const std::string& text);

/// A FieldSource made ready for many records. Immutable; used from several threads at once.
class Transform {
 public:
  /// Errors (Usage): a column the file does not have, a broken template or regular expression.
  static Result<Transform> compile(const FieldSource& source, const std::vector<std::string>& columns);
  Transform(Transform&&) noexcept;
  Transform& operator=(Transform&&) noexcept;
  ~Transform();

  struct Outcome {
    std::optional<std::string> value;  ///< nullopt: empty
    std::string_view column;           ///< where it came from, as far as one column can be named; empty: the user gave it
    const char* code = nullptr;        ///< "date.invalid": the value does not fit what the mapping says
  };
  Outcome apply(const Record& record) const;
  struct Cell {
    std::string_view value, column;  ///< of the record and of the transform; empty: no column is filled
  };
  /// What apply() gives, without a copy of it, where nothing is done to a cell; nullopt: something is.
  std::optional<Cell> as_it_stands(const Record& record) const;
  /// The default that the mapping gives; no value: it gives none.
  Outcome from_default() const;

 private:
  struct Impl;
  explicit Transform(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace switchboard::mapping

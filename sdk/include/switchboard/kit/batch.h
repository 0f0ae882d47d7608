// Views over what the host hands in: the batch, the step and the vendor's answer. They borrow; keep none of
// them.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/operation.h>
#include <switchboard/kit/text.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace switchboard::kit {

/// Index of a column, or nothing where the batch has none of that name.
using Column = std::optional<std::uint32_t>;

/// Rows count from 0 here; columns [0, fields()) are the manifest's, the rest are custom columns.
class Batch {
 public:
  explicit Batch(const swb_batch& batch) : batch_(batch) {}

  std::uint32_t rows() const { return batch_.n_rows; }
  std::uint32_t columns() const { return batch_.n_columns; }
  std::uint32_t fields() const { return batch_.n_fields; }
  bool is_custom(std::uint32_t column) const { return column >= batch_.n_fields; }

  std::string_view column_name(std::uint32_t column) const { return view(batch_.columns[column]); }

  /// A field of the manifest by its name. Custom columns are not searched: a user may call one like a field.
  Column column(std::string_view name) const {
    for (std::uint32_t c = 0; c < batch_.n_fields; ++c) {
      if (column_name(c) == name) return c;
    }
    return std::nullopt;
  }

  /// Absent where the contact has no value there, and where the column is absent.
  std::optional<std::string_view> cell(std::uint32_t row, Column column) const {
    if (!column || *column >= batch_.n_columns || row >= batch_.n_rows) return std::nullopt;
    return optional_view(batch_.cells[static_cast<std::size_t>(row) * batch_.n_columns + *column]);
  }
  /// The same by field name; look the column up once where there are many rows.
  std::optional<std::string_view> value(std::uint32_t row, std::string_view field) const {
    return cell(row, column(field));
  }

  /// The same where it is not empty.
  std::optional<std::string_view> filled(std::uint32_t row, std::string_view field) const {
    const auto content = value(row, field);
    return content && !content->empty() ? content : std::nullopt;
  }

  /// Whether any row has a value in this column: an empty column need not be sent.
  bool has_values(std::uint32_t column) const {
    for (std::uint32_t row = 0; row < batch_.n_rows; ++row) {
      const auto content = cell(row, column);
      if (content && !content->empty()) return true;
    }
    return false;
  }

  /// Unique in the job and stable across retries and restarts.
  std::string_view row_id(std::uint32_t row) const { return view(batch_.row_ids[row]); }

 private:
  const swb_batch& batch_;
};

class Step {
 public:
  explicit Step(const swb_step& step) : step_(step) {}

  /// A value that this header does not know ends the call with SWB_E_UNSUPPORTED before encode() or decode()
  /// runs.
  Operation operation() const { return static_cast<Operation>(step_.op); }
  bool carries_rows() const { return kit::carries_rows(operation()); }
  bool is(Operation operation) const { return step_.op == static_cast<std::uint32_t>(operation); }
  std::uint32_t number() const { return step_.step; }
  std::uint32_t attempt() const { return step_.attempt; }
  std::int64_t now_ms() const { return step_.now_ms; }
  /// When the job began, by the clock of now_ms(); 0: not known.
  std::int64_t job_ms() const { return step_.job_ms; }
  std::string_view state() const { return view(step_.state); }
  /// Of a RECONCILE: the state of the import that it asks about; empty: none. See read_state_of_import().
  std::string_view import_state() const { return view(step_.import_state); }
  std::string_view chain_id() const { return view(step_.chain_id); }

 private:
  const swb_step& step_;
};

enum class Transport : std::uint32_t {
  Ok = SWB_TRANSPORT_OK,
  Refused = SWB_TRANSPORT_REFUSED,
  Tls = SWB_TRANSPORT_TLS,
  Timeout = SWB_TRANSPORT_TIMEOUT,
  Cut = SWB_TRANSPORT_CUT,
  TooLarge = SWB_TRANSPORT_TOO_LARGE
};

class Response {
 public:
  explicit Response(const swb_response& response) : response_(response) {}

  /// The same answer under another status: of vendors that put the true one into the body.
  Response with_status(std::uint32_t status) const {
    Response other(*this);
    other.response_.http_status = status;
    return other;
  }

  /// 0: no answer came; `transport()` says why.
  std::uint32_t status() const { return response_.http_status; }
  bool ok() const { return response_.http_status >= 200 && response_.http_status <= 299; }
  Transport transport() const { return static_cast<Transport>(response_.transport); }
  std::string_view body() const { return view(response_.body); }
  std::uint64_t tag() const { return response_.tag; }
  std::int64_t elapsed_ms() const { return response_.elapsed_ms; }

  /// The first header of that name, whatever its case.
  std::optional<std::string_view> header(std::string_view name) const {
    for (std::uint32_t i = 0; i < response_.n_headers; ++i) {
      if (equals_ignoring_case(view(response_.headers[i].name), name))
        return view(response_.headers[i].value);
    }
    return std::nullopt;
  }

 private:
  swb_response response_;
};

}  // namespace switchboard::kit

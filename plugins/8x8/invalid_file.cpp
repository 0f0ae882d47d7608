// The file of refused rows: where it may be fetched, and what it says.
#include "connector.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace eight_x_eight {
namespace {

struct RefusedColumns {
  std::optional<std::size_t> msisdn, reason;
  bool header = false;
};

// Its layout is not documented: a column named msisdn, else the first that holds a number.
RefusedColumns refused_columns(const std::vector<kit::CsvRow>& file) {
  RefusedColumns columns;
  const kit::CsvRow& header = file.front();
  const auto named = [&](std::initializer_list<std::string_view> names) -> std::optional<std::size_t> {
    const auto is_named = [&](const std::string& cell) {
      return std::ranges::any_of(names, [&](std::string_view name) { return kit::equals_ignoring_case(kit::trim(cell), name); });
    };
    const auto at = std::ranges::find_if(header, is_named);
    return at != header.end() ? std::optional<std::size_t>(at - header.begin()) : std::nullopt;
  };
  columns.msisdn = named({"msisdn"});
  columns.header = columns.msisdn.has_value();
  columns.reason = named({"error", "errors", "reason", "message", "errorMessage", "error_message", "errorReason"});
  for (auto row = file.begin(); row != file.end() && !columns.msisdn; ++row) {
    const auto number = std::ranges::find_if(*row, [](const std::string& cell) { return kit::is_international(cell); });
    if (number != row->end()) columns.msisdn = number - row->begin();
  }
  return columns;
}

// The reason by the digits of a number; empty where the file gives none for it.
using Reasons = std::unordered_map<std::string, std::string>;

Reasons read_reasons(std::string_view body) {
  const std::string_view first_line = body.substr(0, body.find('\n'));
  const bool semicolons = first_line.find(',') == std::string_view::npos && first_line.find(';') != std::string_view::npos;
  const auto file = kit::read_csv(body, semicolons ? ';' : ',');
  if (!file || file->empty()) return {};
  const RefusedColumns columns = refused_columns(*file);
  Reasons reasons;
  for (std::size_t i = columns.header ? 1 : 0; columns.msisdn && i < file->size(); ++i) {
    const kit::CsvRow& row = (*file)[i];
    if (*columns.msisdn >= row.size()) continue;
    const bool given = columns.reason && *columns.reason < row.size();
    reasons.emplace(kit::digits_of(row[*columns.msisdn]), given ? std::string(kit::trim(row[*columns.reason])) : "");
  }
  // Where some rows have a reason, those without one are not refused: the file then lists the whole upload.
  const bool some = std::any_of(reasons.begin(), reasons.end(), [](const auto& row) { return !row.second.empty(); });
  if (some) std::erase_if(reasons, [](const auto& row) { return row.second.empty(); });
  return reasons;
}

struct RefusedFile : Reading {
  const kit::Column msisdn = batch.column("msisdn");

  void read() {
    const Reasons reasons = read_reasons(response.body());
    std::vector<std::uint32_t> named;
    bool reasoned = false;
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const auto reason = reasons.find(digits_of_row(row));
      if (reason == reasons.end()) continue;
      named.push_back(row);
      reasoned = reasoned || !reason->second.empty();
    }
    // Without reasons, a file of more rows than were refused is not one of refused rows.
    const std::int64_t errors = chain.counts ? std::max<std::int64_t>(0, chain.counts->refused) : batch.rows() - 1;
    if (!reasoned && std::ssize(named) > errors) named.clear();
    for (const std::uint32_t row : named) {
      const Outcome outcome = refusal(reasons.at(digits_of_row(row)));
      chain.refused += outcome.result == kit::Result::Rejected;
      chain.decided[row] = true;
      answer.row(row, outcome);
    }
    const auto rest = chain.rest_by_counts();
    rest ? answer.done_with(chain.decided, *rest) : start_verification(*this);
  }

  std::string digits_of_row(std::uint32_t row) const { return kit::digits_of(batch.cell(row, msisdn).value_or("")); }

  Outcome refusal(const std::string& reason) const {
    if (kit::contains_ignoring_case(reason, "duplicat")) return Outcome::unchanged();
    if (reason.empty()) return Outcome::rejected("invalid_row", "8x8 lists this row among the invalid ones");
    return kit::refusal(answer.words(reason), "invalid_row", {"msisdn", "firstName", "lastName", "country", "email", "externalId"});
  }
};

}  // namespace

// On the API's own hosts a path of ours, with the credential; on the vendor's file host without it; on loopback, where
// an emulator is, with it on the emulator's own port only (the host sees to that); nowhere else.
std::optional<Request> invalid_file(std::string_view url) {
  if (url.find("..") != std::string_view::npos || url.find_first_of(" \t\r\n\"<>\\^`{|}@#") != std::string_view::npos) return std::nullopt;
  Request request = Request::get(std::string(url));
  if (url.starts_with('/') && !url.starts_with("//")) return request;
  const auto parts = kit::parse_url(url);
  if (!parts || !parts->target.starts_with('/')) return std::nullopt;
  const std::string& host = parts->host;
  if (host == "localhost" || host == "127.0.0.1") return request;
  if (host == "8x8.com" && url.starts_with("https://")) {
    request.auth = "none";
    return request;
  }
  for (const std::string_view api : {"contacts.8x8.com", "contacts.us.8x8.com", "contacts.8x8.uk", "contacts.8x8.id"}) {
    if (host == api) return Request::get(parts->target);
  }
  return std::nullopt;
}

void read_invalid_file(const Reading& reading) { RefusedFile{reading}.read(); }

}  // namespace eight_x_eight

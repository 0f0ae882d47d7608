// Values in what a connector sends, in whichever of the usual forms it sends them.
#include "sent_values.h"

#include <switchboard/kit/csv.h>
#include <switchboard/kit/multipart.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <utility>
#include <vector>

#include "json_tree.h"

namespace switchboard::conformance {

namespace {

/// Its rows, taken apart by whatever takes the header apart most.
std::vector<kit::CsvRow> table_of(const std::string& text) {
  std::vector<kit::CsvRow> most;
  for (const char delimiter : {',', ';', '\t'}) {
    auto rows = kit::read_csv(text, delimiter);
    if (rows && !rows->empty() && (most.empty() || rows->front().size() > most.front().size())) most = *std::move(rows);
  }
  return most;
}

}  // namespace

bool each_value(const Request& request, const std::function<void(const SentValue&)>& visit) {
  const auto parameters = [&](Stands stands, const std::string& target) {
    const kit::Target read(target);
    for (const auto& [name, value] : read.query()) visit({stands, name, value});
  };
  const auto table = [&](const std::string& text) {
    const auto rows = table_of(text);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t c = 0; c < rows[row].size(); ++c) {
        if (row == 0) visit({Stands::InHeader, "", rows[0][c]});
        else visit({Stands::InTable, c < rows[0].size() ? rows[0][c] : "beyond the header", rows[row][c]});
      }
    }
  };
  parameters(Stands::InQuery, request.path);
  const std::string* header = request.header("content-type");
  const std::string type = header == nullptr ? "" : *header;
  if (const auto tree = JsonTree::read(request.body)) {
    tree->each([&](const JsonTree& value, const std::string& path) {
      if (value.is_scalar()) visit({Stands::InBody, path, value.text});
    });
  } else if (kit::contains_ignoring_case(type, "urlencoded")) {
    parameters(Stands::InBody, "/?" + request.body);
  } else if (const auto parts = kit::read_multipart(type, request.body); parts && !parts->empty()) {
    for (const auto& part : *parts) visit({Stands::InBody, "part", part.content}), table(part.content);
  } else if (kit::contains_ignoring_case(type, "json") && !request.body.empty()) {
    return false;
  } else {
    table(request.body);
  }
  return true;
}

}  // namespace switchboard::conformance

#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/operation.h"
#include "host/jobs/settings.h"
#include "zoo.h"

using namespace switchboard;
using namespace switchboard::connectors;

// The same calls in this process and in workers, everything that comes of them written down: the texts must be the same.

namespace {

std::string shown(const Error& error) { return "error " + std::to_string(static_cast<int>(error.kind)) + ": " + error.message + " / " + error.remedy + "\n"; }

std::string shown(const std::vector<std::pair<std::string, std::string>>& headers) {
  std::string text;
  for (const auto& [name, value] : headers) text += " [" + name + ": " + value + "]";
  return text;
}

std::string shown(const Request& r) {
  return r.method + " " + r.path + " auth=" + r.auth + " bucket=" + r.bucket + " replay=" + std::to_string(r.replay) + " rows=" +
         std::to_string(r.first) + "+" + std::to_string(r.count) + " tag=" + std::to_string(r.tag) + shown(r.headers) + "\n" + r.body + "\n";
}

std::string shown(const Response& r) { return std::to_string(r.http_status) + shown(r.headers) + "\n" + r.body + "\n"; }

std::string shown(const Decoded& d) {
  std::string text;
  for (const auto& row : d.rows)
    text += std::to_string(row.row) + "=" + std::to_string(row.result) + " " + row.vendor_id + " " + row.code + " " + row.field + " " + row.message + "\n";
  for (const auto& item : d.items) text += item.kind + " " + item.id + " " + item.label + "\n";
  const auto& what = d.directive;
  return text + "directive " + std::to_string(what.kind) + "/" + std::to_string(what.reason) + " after " + std::to_string(what.delay_ms) + " state " +
         (what.state ? "\"" + *what.state + "\"" : "unchanged") + " " + what.code + " " + what.message + "\n";
}

/// Twelve contacts that fill every field that a connector has, oddly.
struct Batch {
  std::vector<std::string> columns;
  std::deque<std::string> names;
  std::vector<std::string_view> ids;
  std::vector<std::vector<std::optional<std::string>>> cells;
  std::vector<std::span<const std::optional<std::string>>> rows;
  std::size_t n_fields = 0;

  explicit Batch(const mapping::Manifest& manifest) {
    for (const auto& field : manifest.fields) columns.push_back(field.name);
    n_fields = columns.size();
    if (manifest.custom_fields.allowed) columns.push_back("Lieblings\"farbe");
    for (int i = 0; i < 12; ++i) {
      std::vector<std::optional<std::string>> row;
      for (const auto& field : manifest.fields) row.push_back(value(field, i));
      if (columns.size() > n_fields) row.push_back(i % 2 ? std::optional<std::string>("=1+1, \"grün\"\r\n") : std::nullopt);
      cells.push_back(std::move(row));
      ids.push_back(names.emplace_back("r-" + std::to_string(i)));
    }
    for (const auto& row : cells) rows.emplace_back(row);
  }
  static std::optional<std::string> value(const mapping::Field& field, int i) {
    const auto number = std::to_string(i);
    const auto& meaning = field.meaning;
    if (meaning.find("phone") != std::string::npos) return "+1212555100" + number.substr(0, 1);
    if (meaning == "email") return "p" + number + "@example.com";
    if (!field.required && i % 3 == 2) return std::nullopt;
    if (field.type == mapping::FieldType::Text) return i == 1 ? "Zoë, \"Z\"\n\xF0\x9F\x98\x80" : "Name " + number;
    return std::nullopt;
  }
  BatchView view() const { return {columns, n_fields, rows, ids}; }
};

/// A session against an emulator, step by step, as the engine would; then answers that no vendor gives.
std::string everything(const Connector& connector) {
  const auto& manifest = connector.manifest();
  std::string text = manifest.json + "\n";
  jobs::JobRequest request;
  request.connectors = {manifest.id};
  request.sandbox = true;
  const auto settings = jobs::settings_of(manifest, request, {}, jobs::Required::LeftToConnector);
  REQUIRE_MESSAGE(settings, settings.error().message);
  auto session = connector.open(jobs::settings_json(manifest, *settings));
  if (!session) return text + shown(session.error());
  auto account = connector.open_sandbox(jobs::sandbox_options_json(jobs::invented_secrets(manifest), {}));
  if (!account) return text + shown(account.error());
  const Batch batch(manifest);
  const std::string known = R"({"phase":"watch","task":"task-of-the-import"})";
  // Every operation; what asks about another one does so with and without a state of that.
  std::vector<std::pair<const OperationTraits*, std::string_view>> asked;
  for (const auto& traits : kOperations) {
    asked.emplace_back(&traits, "");
    if (traits.settles_doubt) asked.emplace_back(&traits, known);
  }
  for (const auto& [traits, import_state] : asked) {
    const auto op = static_cast<std::uint32_t>(traits->operation);
    const BatchView none{batch.columns, batch.n_fields, {}, {}};
    const BatchView view = traits->carries_rows ? batch.view() : none;
    std::string state;
    for (std::uint32_t at = 0; at < 8; ++at) {
      const Step step{op, at, 0, 1'775'988'000'000 + at * 1000, 1'775'988'000'000, state, "c-1", import_state};
      auto requests = (*session)->encode(view, step);
      if (!requests) {
        text += shown(requests.error());
        break;
      }
      for (const auto& put : *requests) text += shown(put);
      const auto& first = requests->front();
      const BatchView part{view.columns, view.n_fields, view.rows.subspan(first.first, first.count), view.row_ids.subspan(first.first, first.count)};
      for (const auto& [status, body] : std::initializer_list<std::pair<std::uint32_t, std::string>>{
               {0, ""}, {200, ""}, {200, "{}"}, {201, "[]"}, {202, "{\"id\":\"x\xff\"}"}, {400, "{\"error\":\"Name 3 is bad\"}"},
               {401, ""}, {404, "<html>"}, {409, "{}"}, {413, ""}, {422, "{\"errors\":[]}"}, {429, ""}, {500, "{}"}, {503, ""}}) {
        const Response response{status, status ? 0u : 3u, {{"retry-after", "7"}, {"set-cookie", "never=shown"}}, body, first.tag, 5};
        auto decoded = (*session)->decode(part, step, response);
        text += std::to_string(status) + ": " + (decoded ? shown(*decoded) : shown(decoded.error()));
      }
      if (*account == nullptr) break;
      auto served = (*account)->serve(first, step.now_ms);
      text += served ? shown(*served) : shown(served.error());
      if (!served) break;
      auto decoded = (*session)->decode(part, step, *served);
      text += decoded ? shown(*decoded) : shown(decoded.error());
      if (!decoded || (decoded->directive.kind != SWB_NEXT && decoded->directive.kind != SWB_POLL)) break;
      if (decoded->directive.state) state = *decoded->directive.state;
    }
  }
  if (*account != nullptr) {
    auto dump = (*account)->dump();
    text += dump ? *dump : shown(dump.error());
  }
  return text;
}

}  // namespace

TEST_CASE("a connector puts out the same bytes in this process and in workers") {
  const std::string connectors = CONNECTORS, abi = ABI_CONNECTORS, sdk = SDK_CONNECTORS;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(connectors)) {
    if (entry.path().extension() == ".so") paths.push_back(entry.path().string());
  }
  REQUIRE(paths.size() >= 5);
  std::sort(paths.begin(), paths.end());
  for (const auto& path : {abi + "/ledgerline.so", abi + "/ledgerline_v1_0.so", abi + "/ledgerline_v1_1.so",
                           abi + "/ledgerline_v1_2.so",
                           abi + "/ferrisline.so", sdk + "/acme.so", sdk + "/judge/rogue.so", std::string(ZOO)}) paths.push_back(path);
#if defined(__x86_64__)  // as they were built when those minors were released
  for (const char* minor : {"/v1_0", "/v1_1", "/v1_2"}) paths.push_back(RELEASED + std::string(minor) + "/ledgerline-x86_64.so");
#endif
  int with_import_state = 0;
  for (const auto& path : paths) {
    CAPTURE(path);
    if (!std::filesystem::exists(path) && path.ends_with("/ferrisline.so")) {
      MESSAGE("not built here: ", path);  // where there is no compiler for Rust
      continue;
    }
    auto loading = test::in_workers();
    loading.limits.call = std::chrono::seconds(10);
    loading.limits.memory_bytes = 1u << 30;
    loading.isolate = Isolate::Always;
    auto here = Connector::load(path), there = Connector::load(path, loading);
    REQUIRE_MESSAGE(here, here.error().message);
    REQUIRE_MESSAGE(there, there.error().message);
    const auto expected = everything(**here);
    CHECK(everything(**there) == expected);
    CHECK(expected.size() > 2'000);
    if (expected.find("task-of-the-import") != std::string::npos) ++with_import_state;
    for (const char* death : {" crashed (", "ended its process", "gave no answer within"}) CHECK(expected.find(death) == std::string::npos);
  }
  CHECK(with_import_state > 0);  // what it is asked about reached somebody, here and there
}

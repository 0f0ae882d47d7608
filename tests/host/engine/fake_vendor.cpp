#include "tests/host/engine/fake_vendor.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "switchboard/abi.h"

namespace switchboard::engine::test {
namespace {

std::vector<std::pair<std::string, std::string>> lines_of(const std::string& body) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::istringstream in(body);
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    lines.emplace_back(line.substr(0, tab), tab == std::string::npos ? "" : line.substr(tab + 1));
  }
  return lines;
}

transport::HttpResponse answer(std::uint32_t status, std::string body = "") {
  transport::HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

transport::HttpResponse no_answer(std::uint32_t transport) {
  transport::HttpResponse response;
  response.transport = transport;
  response.detail = "made up by the test";
  return response;
}

std::string header(const transport::HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

// A state of a chain that lists: "page;" and a digit a row, 1 where the row was found.
std::pair<std::uint64_t, std::string> read_look(std::string_view state) {
  const auto end = state.find(';');
  return {std::stoull(std::string(state.substr(0, end))), std::string(state.substr(end + 1))};
}

connectors::Decoded look(const connectors::BatchView& batch, const connectors::Step& step, const std::string& page) {
  connectors::Decoded decoded;
  auto [number, found] = step.step == 0 ? std::pair{std::uint64_t{0}, std::string(batch.rows.size(), '0')} : read_look(step.state);
  decoded.directive.kind = SWB_NEXT;
  if (step.step > 0) {
    bool more = false;
    for (const auto& [row, value] : lines_of(page)) {
      more |= row == "more";
      const auto at = std::find(batch.row_ids.begin(), batch.row_ids.end(), row);
      if (at == batch.row_ids.end()) continue;
      const auto index = static_cast<std::uint32_t>(at - batch.row_ids.begin());
      if (std::exchange(found[index], '1') == '0') decoded.rows.push_back({index, SWB_CREATED, "", "", "", ""});
    }
    ++number;
    const bool all = found.find('0') == std::string::npos;
    for (std::uint32_t i = 0; i < found.size() && !more; ++i)
      if (found[i] == '0') decoded.rows.push_back({i, SWB_REJECTED, "", "vendor_says_no", "", ""});
    if (!more || all) decoded.directive.kind = SWB_DONE;
  }
  if (decoded.directive.kind == SWB_NEXT) decoded.directive.state = std::to_string(number) + ";" + found;
  return decoded;
}

}  // namespace

// ---- The connector ----

Result<std::vector<connectors::Request>> FakeSession::encode(const connectors::BatchView& batch,
                                                             const connectors::Step& step) const {
  if (on_encode) {
    if (auto error = on_encode(step)) return *error;
  }
  std::vector<connectors::Request> requests;
  connectors::Request request;
  request.count = static_cast<std::uint32_t>(batch.rows.size());
  request.method = "POST";
  if (step.op == SWB_PROBE || step.op == SWB_DISCOVER) {
    request.method = "GET";
    request.path = "/groups";
    request.replay = SWB_SAFE;
    return std::vector{request};
  }
  if (step.op == SWB_RECONCILE) {
    request.path = "/find";
    request.replay = SWB_SAFE;
  } else if (step.step > 0 && protocol_.listed) {
    request.method = "GET";
    request.path = "/list?page=" + std::to_string(read_look(step.state).first);
    request.replay = SWB_SAFE;
    return std::vector{request};
  } else if (step.step > 0 && step.step < protocol_.repeats_from) {
    request.method = "GET";
    request.path = "/status/" + std::string(step.state);
    request.replay = protocol_.later_replay;
    return std::vector{request};
  } else {
    request.path = protocol_.asynchronous ? "/upload" : "/contacts";
    request.replay = protocol_.replay;
    if (protocol_.dated) request.path += "?at=" + std::to_string(step.now_ms);
    if (protocol_.replay != SWB_UNSAFE) request.headers.emplace_back("idempotency-key", step.chain_id);
  }
  const bool apart = protocol_.one_a_request && step.op == SWB_IMPORT;
  for (std::uint32_t i = 0; i < batch.rows.size(); ++i) {
    request.body += std::string(batch.row_ids[i]) + "\t" + batch.rows[i][0].value_or("?") + "\n";
    if (!apart) continue;
    request.first = i;
    request.count = 1;
    requests.push_back(request);
    request.body.clear();
  }
  if (!apart) requests.push_back(request);
  return requests;
}

Result<connectors::Decoded> FakeSession::decode(const connectors::BatchView& batch,
                                                const connectors::Step& step,
                                                const connectors::Response& response) const {
  if (on_decode) {
    if (auto decoded = on_decode(batch, step, response)) return *decoded;
  }
  connectors::Decoded decoded;
  auto& directive = decoded.directive;
  directive.code = "http_" + std::to_string(response.http_status);
  switch (response.http_status) {
    case 200:
      break;
    case 202:
      directive.kind = SWB_NEXT;
      directive.state = response.body;
      return decoded;
    case 204:
      directive.kind = SWB_POLL;
      return decoded;
    case 400:
      directive.kind = SWB_SPLIT;
      directive.code = response.body;
      directive.message = "the vendor says " + response.body;
      return decoded;
    case 401:
      directive.kind = SWB_REAUTH;
      return decoded;
    case 403:
      directive.kind = SWB_ABORT;
      directive.reason = SWB_REASON_PERMISSION;
      return decoded;
    case 413:
      directive.kind = SWB_SHRINK;
      return decoded;
    case 429:
      directive.kind = SWB_THROTTLE;
      directive.delay_ms = std::stoull(response.body);
      return decoded;
    case 500:
      directive.kind = SWB_IN_DOUBT;
      return decoded;
    default:
      directive.kind = SWB_RETRY;
      return decoded;
  }
  if (protocol_.listed && step.op == SWB_IMPORT) return look(batch, step, response.body);
  directive.kind = SWB_DONE;
  directive.code.clear();
  if (step.op == SWB_PROBE || step.op == SWB_DISCOVER) {
    decoded.items.push_back({"group", "7", "Friends"});
    return decoded;
  }
  std::map<std::string, std::string> by_row;
  for (const auto& [row, word] : lines_of(response.body)) by_row[row] = word;
  for (std::uint32_t i = 0; i < batch.row_ids.size(); ++i) {
    const auto word = by_row[std::string(batch.row_ids[i])];
    connectors::RowResult result;
    result.row = i;
    result.result = word == "created"    ? SWB_CREATED
                    : word == "rejected" ? SWB_REJECTED
                    : word == "absent"   ? SWB_ABSENT
                                         : 0;
    if (word == "rejected") result.code = "vendor_says_no";
    if (result.result != 0) decoded.rows.push_back(result);
  }
  return decoded;
}

// ---- The vendor ----

std::string FakeVendor::store(const std::string& body) {
  std::string words;
  for (const auto& [row, value] : lines_of(body)) {
    if (bad_rows.contains(value)) {
      words += row + "\trejected\n";
      continue;
    }
    ++contacts_[value];
    if (by_row_.insert_or_assign(row, value).second) rows_.push_back(row);
    words += row + "\tcreated\n";
  }
  return words;
}

transport::HttpResponse FakeVendor::upload(const transport::HttpRequest& request) {
  const auto lines = lines_of(request.body);
  if (lines.size() > max_rows) return answer(413);
  if (refuses_everything) return answer(400, refusal);
  for (const auto& [row, value] : lines) {
    if (bad.contains(value)) return answer(400, refusal);
  }
  const auto key = header(request, "idempotency-key");
  if (const auto known = keys_.find(key); !key.empty() && known != keys_.end()) return known->second;
  auto words = store(request.body);
  transport::HttpResponse response;
  if (request.url.ends_with("/upload")) {
    const auto id = "j" + std::to_string(jobs_.size());
    jobs_[id] = {words, polls};
    response = answer(202, id);
  } else {
    response = answer(200, words);
  }
  if (!key.empty()) keys_[key] = response;
  return response;
}

transport::HttpResponse FakeVendor::carry_out(const transport::HttpRequest& request) {
  const auto path = request.url.substr(request.url.find("/", 8));
  if (path.starts_with("/contacts") || path.starts_with("/upload")) return upload(request);
  if (path.starts_with("/status/")) {
    auto& job = jobs_[path.substr(8)];
    if (job.second == 0) return answer(200, job.first);
    --job.second;
    return answer(204);
  }
  if (path.starts_with("/list")) {
    const auto first = std::stoull(path.substr(path.find('=') + 1)) * page_rows;
    std::string words;
    for (auto i = first; i < rows_.size() && i < first + page_rows; ++i) words += rows_[i] + "\t" + by_row_[rows_[i]] + "\n";
    if (first + page_rows < rows_.size()) words += "more\n";
    return answer(200, words);
  }
  if (path.starts_with("/find")) {
    std::string words;
    for (const auto& [row, value] : lines_of(request.body)) {
      words += row + (by_row_.contains(row) ? "\tcreated\n" : "\tabsent\n");
    }
    return answer(200, words);
  }
  return answer(200);
}

transport::HttpResponse FakeVendor::send(const transport::HttpRequest& request) {
  std::unique_lock lock(mutex_);
  if (ledger_.dead()) return no_answer(SWB_TRANSPORT_CUT);  // a dead process sends nothing
  const auto n = static_cast<std::uint64_t>(requests_.size());
  requests_.push_back(request);
  times_.push_back(clock_.steady_ms());
  most_ = std::max(most_, ++now_);
  if (during) {
    lock.unlock();
    during(request);
    lock.lock();
  }
  const auto fault = faults ? faults(n, request) : Fault::None;
  transport::HttpResponse response;
  switch (fault) {
    case Fault::None:
      response = carry_out(request);
      break;
    case Fault::Refused:
      response = no_answer(SWB_TRANSPORT_REFUSED);
      break;
    case Fault::Tls:
      response = no_answer(SWB_TRANSPORT_TLS);
      break;
    case Fault::CutBefore:
      response = no_answer(SWB_TRANSPORT_CUT);
      break;
    case Fault::CutAfter:
      carry_out(request);
      response = no_answer(SWB_TRANSPORT_TIMEOUT);
      break;
    case Fault::Error503:
      response = answer(503);
      break;
    case Fault::Error500:
      response = answer(500);
      break;
    case Fault::Error500After:
      carry_out(request);
      response = answer(500);
      break;
    case Fault::Throttle:
      response = answer(429, std::to_string(throttle_ms));
      break;
    case Fault::Unauthorized:
      response = answer(401);
      break;
    case Fault::Forbidden:
      response = answer(403);
      break;
    case Fault::DieAfter:
      carry_out(request);
      [[fallthrough]];
    case Fault::Die:
      ledger_.die();
      response = no_answer(SWB_TRANSPORT_CUT);
      break;
  }
  --now_;
  response.headers = {{"Set-Cookie", "secret"}, {"X-Note", "hello"}};
  return response;
}

void FakeVendor::abort() {
  const std::lock_guard lock(mutex_);
  aborted_ = true;
}

std::map<std::string, int> FakeVendor::stored() const {
  const std::lock_guard lock(mutex_);
  return contacts_;
}

std::vector<std::int64_t> FakeVendor::times() const {
  const std::lock_guard lock(mutex_);
  return times_;
}

std::vector<transport::HttpRequest> FakeVendor::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool FakeVendor::aborted() const {
  const std::lock_guard lock(mutex_);
  return aborted_;
}

}  // namespace switchboard::engine::test

#include "host/engine/chain/wording.h"

#include <ctime>

#include "fmt/format.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

std::string no_answer_reason(std::uint32_t transport) {
  switch (transport) {
    case SWB_TRANSPORT_REFUSED:
      return "no connection";
    case SWB_TRANSPORT_TLS:
      return "its certificate could not be verified";
    case SWB_TRANSPORT_TIMEOUT:
      return "no answer in time";
    case SWB_TRANSPORT_CUT:
      return "the connection was cut";
    case SWB_TRANSPORT_TOO_LARGE:
      return "the answer was too large";
    default:
      return "no answer";
  }
}

}  // namespace

std::string wording(const Answer& answer) {
  const auto& d = answer.directive;
  if (answer.kind == Answer::Kind::Nothing) {
    const auto reason = no_answer_reason(answer.transport);
    return answer.detail.empty() ? reason : fmt::format("{} ({})", reason, answer.detail);
  }
  if (answer.kind != Answer::Kind::Decoded) return answer.detail;
  // A message mostly says the status and the code itself.
  const auto status = answer.http_status != 0 ? fmt::format("HTTP {}", answer.http_status) : std::string{};
  const bool has_status = status.empty() || d.message.find(status) != std::string::npos;
  const bool has_code =
      d.code.empty() || d.code.starts_with("http.") || d.message.find(d.code) != std::string::npos;
  auto text = d.message;
  if (!has_code) text += (text.empty() ? "" : " (") + d.code + (text.empty() ? "" : ")");
  if (!has_status) text = status + (text.empty() ? "" : ", ") + text;
  return text.empty() ? "no reason given" : text;
}

std::string utc(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text;
}

}  // namespace switchboard::engine

// Errors of the vendor → directives.
#include "connector.h"

namespace apptoto {

using kit::Directive;
using kit::Json;
using kit::Purpose;

namespace {

// The vendor documents no error body: texts of error, errors and message in whatever shape they come.
std::string words_of(const Json& json) {
  if (const auto text = json.as_string()) return std::string(*text);
  for (const char* name : {"message", "detail", "error"}) {
    if (json[name].as_string()) return std::string(*json[name].as_string());
  }
  std::string out;
  for (const Json& item : json.items()) {
    if (const std::string words = words_of(item); !words.empty()) out += (out.empty() ? "" : "; ") + words;
  }
  for (std::size_t i = 0; i < json.keys().size(); ++i) {
    if (const std::string words = words_of(json.values()[i]); !words.empty())
      out += (out.empty() ? "" : "; ") + json.keys()[i] + ": " + words;
  }
  return out;
}

}  // namespace

std::string error_of(const Json& json) {
  for (const char* name : {"errors", "error"}) {
    if (const std::string words = words_of(json[name]); !words.empty()) return kit::clean_text(words, 500);
  }
  return {};
}

std::optional<Directive> fault_of(const Connector& connector, const kit::Batch& batch,
                                  const kit::Response& response, Purpose purpose, std::int64_t now_ms) {
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const std::string code = "http." + std::to_string(response.status());
  const auto json = Json::parse(response.body());
  const std::string words = json ? error_of(*json) : "";
  if (!words.empty()) directive->message = kit::fault_sentence("Apptoto", response, words);
  const std::string message = directive->message.value_or("");

  switch (response.status()) {
    case 404:
    case 406:
    case 415:
      // Isolated like every other refusal of a batch: Apptoto may say 404 for an item of an update.
      if (purpose == Purpose::Send) return Directive::split(code, message);
      break;
    case 502:
      // The known sign of a request that took too long. A PUT may be repeated in smaller parts at once; what
      // a POST stored has to be looked up first.
      if (purpose != Purpose::Send) break;
      if (connector.upsert && batch.rows() > 1) return Directive::shrink("batch_too_large", message);
      return Directive::in_doubt("batch_too_large", message);
    default:
      break;
  }
  kit::wait_by_default(*directive, 60'000);
  return directive;
}

}  // namespace apptoto

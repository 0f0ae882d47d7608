// Errors of the vendor → directives.
#include "connector.h"

namespace apptoto {

// The vendor documents no error body: texts of errors and error in whatever shape they come.
std::string error_of(const Json& json) {
  for (const char* name : {"errors", "error"}) {
    if (const std::string words = kit::error_words(json[name]); !words.empty()) return kit::clean_text(words, 500);
  }
  return {};
}

std::optional<Directive> fault_of(const Reading& reading, Purpose purpose) {
  const Response& response = reading.response;
  auto directive = kit::http_fault(response, purpose, reading.step.now_ms());
  if (!directive || response.status() == 0) return directive;
  const std::string code = "http." + std::to_string(response.status());
  const auto json = Json::parse(response.body());
  const std::string words = json ? error_of(*json) : "";
  if (!words.empty()) directive->message = kit::fault_sentence("Apptoto", response, words);
  const std::string message = directive->message.value_or("");

  const bool send = purpose == Purpose::Send;
  // Isolated like every other refusal of a batch: Apptoto may say 404 for an item of an update.
  if (send && (response.status() == 404 || response.status() == 406 || response.status() == 415)) return Directive::split(code, message);
  // The known sign of a request that took too long. A PUT may be repeated in smaller parts at once; what a POST stored has to be looked
  // up first.
  if (send && response.status() == 502)
    return reading.connector.upsert && reading.batch.rows() > 1 ? Directive::shrink("batch_too_large", message)
                                                                : Directive::in_doubt("batch_too_large", message);
  kit::wait_by_default(*directive, 60'000);
  return directive;
}

}  // namespace apptoto

// What every vendor's HTTP faults have in common, as a directive. Connectors override only what differs.
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/time.h>
#include <switchboard/kit/url.h>
#include <switchboard/kit/vendor_clock.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace switchboard::kit {

/// What was asked decides what a refusal means for the rows.
enum class Purpose : std::uint8_t {
  Send,    ///< the request carries the rows: a refusal means "nothing stored", no answer means "in doubt"
  Follow,  ///< rows were sent before (poll, fetch a result, reconcile): a refusal says nothing about them
  Ask      ///< nothing was sent yet (probe, discover, look-ups before the first send)
};

inline Purpose purpose_of(const Step& step) {
  switch (step.operation()) {
    case Operation::Import: return step.number() == 0 ? Purpose::Send : Purpose::Follow;
    case Operation::Reconcile: return Purpose::Follow;
    case Operation::Probe:
    case Operation::Discover: return Purpose::Ask;
  }
  return Purpose::Follow;
}

/// Retry-After of the answer, if it has one that can be read; never 0, which would mean "as the host likes". A date is the vendor's, and
/// so is the time that it counts from, where the answer says it: our clock may have been set wrong.
inline std::optional<std::uint64_t> retry_after_ms(const Response& response, std::int64_t now_ms) {
  const auto header = response.header("retry-after");
  const auto delay_ms = header ? parse_retry_after(*header, now_ms + ahead_ms(response, now_ms)) : std::nullopt;
  return delay_ms == 0 ? 1 : delay_ms;
}

/// Where a redirect points: "https://other.example". Empty: it does not say, or not with a host.
inline std::string redirect_origin(const Response& response) {
  const auto to = parse_url(response.header("location").value_or(""));
  return to ? clean_text(to->origin, 200) : std::string();
}

/// The vendor's own words in the usual places of a JSON error body, else the beginning of a text body; may be
/// empty.
inline std::string fault_message(std::string_view body) {
  const auto json = Json::parse(body);
  if (!json) {
    constexpr std::size_t kText = 2048, kPage = 300;
    const bool page = body.find('<') != std::string_view::npos;
    return clean_text(page ? without_tags(body) : std::string(body), page ? kPage : kText);
  }
  const Json* places[] = {json->get("error", "message"),
                          json->get("detail", "error", "message"),
                          json->get("message"),
                          json->get("msg"),
                          json->get("error_description"),
                          json->get("error"),
                          json->get("detail"),
                          json->get("title")};
  for (const Json* place : places) {
    if (place != nullptr && place->as_string() && !place->as_string()->empty())
      return clean_text(*place->as_string(), 500);
  }
  for (const char* list : {"errors", "detail"}) {
    const Json& first = (*json)[list].at(0);
    for (const Json* place : {&first, &first["message"], &first["msg"]}) {
      if (place->as_string()) return clean_text(*place->as_string(), 500);
    }
  }
  return {};
}

/// What a fault says, for people: of a redirect that it is one, else `own`, the words that the connector found, else those
/// in the usual places.
inline std::string fault_words(const Response& response, std::string own = {}) {
  if (response.status() >= 300 && response.status() <= 399) {
    const std::string origin = redirect_origin(response);
    return "it redirects" + (origin.empty() ? std::string() : " to " + origin) +
           ", and redirects are not followed; check the address";
  }
  return own.empty() ? fault_message(response.body()) : own;
}

/// "Acme answered HTTP 400: its words", for the messages of a connector that finds its vendor's words itself (`own`).
inline std::string fault_sentence(std::string_view vendor, const Response& response, std::string own = {}) {
  const std::string words = fault_words(response, std::move(own));
  return std::string(vendor) + " answered HTTP " + std::to_string(response.status()) + (words.empty() ? "" : ": " + words);
}

/// nullopt for a 2xx answer: that one the connector reads itself. Everything else becomes a directive:
///
///   what came                          Send                Follow              Ask
///   nothing was sent (refused)         RETRY               RETRY               RETRY
///   TLS not verified                   ABORT unavailable   RETRY               ABORT unavailable
///   no answer, cut, 408, 5xx           IN_DOUBT            RETRY               RETRY
///   401                                REAUTH              REAUTH              REAUTH
///   402                                ABORT quota         ABORT quota         ABORT quota
///   403, 407, 451                      ABORT permission    ABORT permission    ABORT permission
///   404, 405, 406, 410, 415, 426, 431  ABORT setting       IN_DOUBT            ABORT setting
///   413, 414                           SHRINK              IN_DOUBT            ABORT setting
///   423, 425                           RETRY               RETRY               RETRY
///   429                                THROTTLE            THROTTLE            THROTTLE
///   400, 409, 422, every other 4xx     SPLIT               IN_DOUBT            ABORT setting
///   303                                IN_DOUBT            IN_DOUBT            ABORT unavailable
///   1xx, other 3xx, other              ABORT unavailable   IN_DOUBT            ABORT unavailable
///
/// A refused follow-up stops the job and says nothing of the rows: the host keeps the chain.
/// Codes are `http.STATUS`, `http.timeout`, `http.cut` and the like.
inline std::optional<Directive> http_fault(const Response& response, Purpose purpose, std::int64_t now_ms) {
  const bool send = purpose == Purpose::Send;
  const bool follow = purpose == Purpose::Follow;
  const std::uint32_t status = response.status();
  if (status == 0) {
    switch (response.transport()) {
      case Transport::Refused:
        return Directive::retry("http.refused", "the vendor cannot be reached");
      case Transport::Tls:
        if (follow) return Directive::retry("http.tls", "the vendor's certificate cannot be verified");
        return Directive::abort(Reason::Unavailable, "http.tls",
                                "the vendor's certificate cannot be verified");
      case Transport::TooLarge:
        if (purpose == Purpose::Ask)
          return Directive::abort(Reason::Unavailable, "http.too_large", "the vendor's answer is too large");
        return Directive::in_doubt("http.too_large", "the vendor's answer is too large");
      case Transport::Timeout:
      case Transport::Cut:
      case Transport::Ok:
        break;
    }
    const bool cut = response.transport() == Transport::Cut;
    const std::string code = cut ? "http.cut" : "http.timeout";
    const std::string message = cut ? "the connection ended before an answer came" : "no answer came in time";
    return send ? Directive::in_doubt(code, message) : Directive::retry(code, message);
  }
  if (response.ok()) return std::nullopt;

  const std::string code = "http." + std::to_string(status);
  const std::string words = fault_words(response);
  const std::string message =
      "the vendor answered HTTP " + std::to_string(status) + (words.empty() ? "" : ": " + words);
  const std::uint64_t delay_ms = retry_after_ms(response, now_ms).value_or(0);
  // ABORT for a setting, SPLIT and SHRINK promise that the rows were not stored; after a send nobody can promise that.
  const auto stop = [&](Reason reason) {
    return follow ? Directive::in_doubt(code, message) : Directive::abort(reason, code, message);
  };

  if (status >= 500)
    return send ? Directive::in_doubt(code, message) : Directive::retry(code, message, delay_ms);
  switch (status) {
    case 303:
      return send ? Directive::in_doubt(code, message) : stop(Reason::Unavailable);
    case 401:
      return Directive::reauth(code, message);
    case 402:
      return Directive::abort(Reason::Quota, code, message);
    case 403:
    case 407:
    case 451:
      return Directive::abort(Reason::Permission, code, message);
    case 404:
    case 405:
    case 406:
    case 410:
    case 415:
    case 426:
    case 431:
      return stop(Reason::Setting);
    case 408:
      return send ? Directive::in_doubt(code, message) : Directive::retry(code, message, delay_ms);
    case 413:
    case 414:
      return send ? Directive::shrink(code, message) : stop(Reason::Setting);
    case 423:
    case 425:
      return Directive::retry(code, message, delay_ms);
    case 429:
      return Directive::throttle(delay_ms, code, message);
    default:
      break;
  }
  if (status >= 400) return send ? Directive::split(code, message) : stop(Reason::Setting);
  return stop(Reason::Unavailable);
}

/// What a step asks, where the connector knows whether it sends the rows.
inline Purpose purpose_of(const Step& step, bool sends) {
  return sends ? Purpose::Send : step.carries_rows() ? Purpose::Follow : Purpose::Ask;
}

inline std::optional<Directive> http_fault(const Response& response, const Step& step) {
  return http_fault(response, purpose_of(step), step.now_ms());
}

/// What the body of a fault says in a vendor's own way.
struct VendorError {
  std::string code;     ///< its own, as the report has it ("acme.1002"); empty: that of the status
  std::string message;  ///< its words; empty: those in the usual places
  std::string detail;   ///< what its support asks for: " (request r-1)"
};

/// What people do about a status: "; check the setting list_id". A 404 of a follow-up is not about settings and gets none.
struct FaultAdvice {
  std::uint32_t status;
  std::string_view words;
};

/// http_fault() in the vendor's words: "Acme answered HTTP 404: no such list (request r-1); check the setting list_id".
inline std::optional<Directive> vendor_fault(const Response& response, Purpose purpose, std::int64_t now_ms, std::string_view vendor,
                                             const VendorError& error, std::initializer_list<FaultAdvice> advice = {}) {
  auto directive = http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  directive->message = fault_sentence(vendor, response, error.message) + error.detail;
  for (const FaultAdvice& one : advice)
    if (one.status == response.status() && (one.status != 404 || purpose != Purpose::Follow)) *directive->message += one.words;
  if (!error.code.empty()) directive->code = error.code;
  return directive;
}

/// A vendor's codes that mean the same, at most eight.
struct Codes {
  template <std::integral... Code>
  constexpr Codes(Code... code) : all{static_cast<std::int64_t>(code)...}, count(sizeof...(Code)) {}

  constexpr bool has(std::int64_t code) const { return std::find(all.begin(), all.begin() + count, code) != all.begin() + count; }

  std::array<std::int64_t, 8> all;
  std::ptrdiff_t count;
};

/// What a vendor's own codes mean, whatever was asked: a row of its table.
struct CodeRule {
  Codes codes;
  std::uint32_t kind;  ///< SWB_REAUTH, SWB_THROTTLE, SWB_RETRY, SWB_ABORT, …
  Reason reason = Reason::None;
  std::uint64_t delay_ms = 0;
  std::string_view advice{};  ///< goes behind the vendor's words
};

/// The directive of the rule for this code, with the connector's name for it and the vendor's words; nullopt: the table has none.
template <class Rules>
std::optional<Directive> by_rule(const Rules& rules, std::int64_t code, const std::string& name, const std::string& words) {
  for (const CodeRule& rule : rules) {
    if (!rule.codes.has(code)) continue;
    Directive directive = Directive::retry(name, words + std::string(rule.advice), rule.delay_ms);
    directive.kind = rule.kind;
    directive.reason = rule.reason;
    return directive;
  }
  return std::nullopt;
}

/// Every text of an error of any shape, of vendors that document none: of its message, detail or error, else of all its members with
/// their names. {"phone": ["is invalid"]} reads "phone: is invalid".
inline std::string error_words(const Json& json) {
  if (const auto text = json.as_string()) return std::string(*text);
  for (const char* name : {"message", "detail", "error"})
    if (const auto text = json[name].as_string()) return std::string(*text);
  std::string out;
  const auto add = [&out](const std::string& name, const std::string& words) {
    if (!words.empty()) out += (out.empty() ? "" : "; ") + name + words;
  };
  for (const Json& item : json.items()) add("", error_words(item));
  for (std::size_t i = 0; i < json.keys().size(); ++i) add(json.keys()[i] + ": ", error_words(json.values()[i]));
  return out;
}

/// How long to wait where the vendor limits and does not say so: its documented window.
inline void wait_by_default(Directive& directive, std::uint64_t delay_ms) {
  if (directive.kind == SWB_THROTTLE && directive.delay_ms == 0) directive.delay_ms = delay_ms;
}

/// The body of a 2xx answer as JSON. Where it is none, decode() ends here, and nullopt: after a send in doubt, else the vendor is
/// asked again.
inline std::optional<Json> json_of(const Response& response, Purpose purpose, std::string_view vendor, Answer& answer) {
  auto json = Json::parse(response.body());
  if (json) return json;
  const std::string message = std::string(vendor) + "'s answer is not JSON";
  answer.finish(purpose == Purpose::Send ? Directive::in_doubt("bad_answer", message) : Directive::retry("bad_answer", message));
  return std::nullopt;
}

/// Ends a probe. `proof`: whether the answer holds what only the vendor's own good one does. Any 200 is not enough: a proxy's page and an
/// error in the body come with it, too.
inline void finish_probe(bool proof, std::string_view vendor, Answer& answer) {
  if (proof) return answer.done();
  answer.finish(Directive::abort(Reason::Unavailable, "bad_answer",
                                 std::string(vendor) + "'s answer does not show that the key is good; check the address (--base-url)"));
}

/// Discover: each of a list that has an id, with its name where it has one. `kind`: of all, or what makes one of an item.
template <class Kind>
void put_items(Answer& answer, const Json& list, const Kind& kind) {
  for (const Json& item : list.items()) {
    const std::string id = item["id"].string_or("");
    if (id.empty()) continue;
    if constexpr (std::is_invocable_v<const Kind&, const Json&>)
      answer.item(kind(item), id, item["name"].string_or(id));
    else
      answer.item(kind, id, item["name"].string_or(id));
  }
}

/// Whether a refusal may mean "it is there already". Few vendors document how they say that, so any hint will do: for
/// connectors that can look.
inline bool hints_at_duplicate(std::uint32_t status, std::string_view words) {
  constexpr std::uint32_t kConflict = 409;
  return status == kConflict || contains_any(words, {"duplicate", "exist", "taken", "unique", "already", "in use", "conflict", "associated",
                                                     "equal", "same "});
}

}  // namespace switchboard::kit

// What the statuses of HTTP mean for rows: limits, refusals, credentials, failures of the vendor's own.
#include <switchboard/kit/time.h>
#include <switchboard/kit/url.h>

#include "account.h"
#include "counted.h"
#include "emulator_switches.h"
#include "has_one.h"
#include "json_tree.h"
#include "verdicts.h"
#include "waits.h"

namespace switchboard::conformance {

namespace {

/// The account's answer to the position's request, if it has this status. `fault`: it is asked to.
std::optional<Response> served_with(const Subject& subject, Account& account, const Exchange& at, std::uint32_t status, bool fault) {
  Request request = with_credential(subject.library.manifest(), kit::Json::parse(subject.settings).value_or(kit::Json()), {}, at.request,
                                    at.where.now_ms, 1);
  if (fault) request.headers.emplace_back("x-switchboard-fault", std::to_string(status));
  Emitted served = account.serve(request, at.where.now_ms);
  if (served.responses.empty() || served.responses.front().http_status != status) return std::nullopt;
  Response response = served.responses.front();
  response.tag = at.request.tag;
  return response;
}

/// The account's answer to the position's request, whatever it is.
Response served_by(const Subject& subject, Account& account, const Exchange& at) {
  const Emitted served = account.serve(with_credential(subject.library.manifest(), kit::Json::parse(subject.settings).value_or(kit::Json()), {}, at.request, at.where.now_ms, 1), at.where.now_ms);
  Response response = served.responses.empty() ? Response{500, SWB_TRANSPORT_OK, {}, "", 0, 5} : served.responses.front();
  response.tag = at.request.tag;
  return response;
}

/// What an emulator says that takes but one request in whatever time its switch is about: a limit that was reached may say more than one that
/// was asked for, and under another status: what an emulator without that limit answers otherwise.
std::vector<Response> limited_answers(const Subject& subject, const Exchange& at) {
  constexpr int kRequests = 3;
  std::vector<Response> out;
  if (!subject.library.sandbox()) return out;
  for (const kit::Json& option : subject.library.manifest()["sandbox"]["options"].items()) {
    const std::string name = option["name"].string_or("");
    if (!option["default"].is_number() || !has_one(name, {"per_", "rate", "quota"})) continue;
    Emitted emitted;
    const auto account = subject.library.open_account(account_options_with(with_switch(subject, name, "1")), emitted);
    const auto free = subject.account();
    for (int i = 0; i < kRequests && account; ++i) {
      Response limited = served_by(subject, *account, at);
      const Response usual = served_by(subject, *free, at);
      if (limited.http_status == 429 || (i > 0 && (limited.http_status != usual.http_status || limited.body != usual.body))) {
        out.push_back(std::move(limited));
        break;
      }
    }
  }
  return out;
}

}  // namespace

std::optional<Response> vendors_answer(const Subject& subject, const Exchange& at, std::uint32_t status) {
  const auto account = subject.library.sandbox() ? subject.account() : nullptr;
  return account ? served_with(subject, *account, at, status, true) : std::nullopt;
}

std::string sends_again(const Subject& subject, const Exchange& at, const Emitted& verdict) {
  if (!verdict.ok() || !changes(at.where.op) || at.request.replay != SWB_UNSAFE) return "";
  if (directive_of(verdict) == SWB_POLL) return "POLL sends the same request again, which is UNSAFE: NEXT asks what became of it";
  if (directive_of(verdict) != SWB_NEXT) return "";
  Where next = at.where;
  next.step += 1;
  next.attempt = 0;
  next.state = verdict.directives.front().state.value_or(at.where.state);
  const Emitted first = subject.session->encode(at.contacts, at.where), then = subject.session->encode(at.contacts, next);
  if (first.requests.size() != 1 || then.requests.size() != 1 || then.requests.front().replay != SWB_UNSAFE) return "";
  const Request &sent = first.requests.front(), &again = then.requests.front();
  if (sent.method != again.method || sent.path != again.path || sent.body != again.body) return "";
  return "the step that follows sends the very request again that was answered, which is UNSAFE";
}

std::optional<Exchange> of_one_row(const Exchange& at) {
  if (at.contacts.size() < 2 || !at.where.state.empty()) return std::nullopt;
  Exchange alone = at;
  alone.contacts = at.contacts.slice(0, 1);
  alone.request.count = 1;
  alone.settled.assign(1, false);
  return alone;
}

std::vector<Place> places_of_all(const Subject& subject) {
  std::vector<Place> out;
  for (const Exchange& at : subject.positions) out.push_back({at, place(at)});
  for (const Exchange& at : subject.positions)
    if (auto alone = of_one_row(at)) out.push_back({*std::move(alone), place(at) + " of one row"});
  return out;
}

bool carries_contacts(const Exchange& at) {
  constexpr std::size_t kTelling = 4;
  const std::string sent = at.request.body + '\n' + kit::url_decode(at.request.path + '\n' + at.request.body, true);
  for (std::size_t row = 0; row < at.contacts.rows.size(); ++row) {
    for (const auto& cell : at.contacts.rows[row]) {
      for (const std::string& text : cell ? texts_of(*cell) : std::vector<std::string>()) {
        const std::string digits = kit::digits_of(text);
        if (text.size() >= kTelling && sent.find(text) != std::string::npos) return true;
        if (looks_like_phone(text) && sent.find(digits) != std::string::npos) return true;
      }
    }
  }
  return false;
}

bool asks_about_sent_rows(const Subject& subject, const Exchange& at) {
  if (!changes(at.where.op) || at.request.replay != SWB_SAFE) return false;
  for (const Run& run : subject.runs) {
    for (const Exchange& earlier : run.exchanges)
      if (earlier.where.op == at.where.op && earlier.where.step < at.where.step && earlier.request.replay != SWB_SAFE && carries_contacts(earlier)) return true;
  }
  return false;
}

namespace {

/// The status alone, with words, as a gateway's page, and in the vendor's own shape.
std::vector<Response> answers_with(const Subject& subject, const Exchange& at, std::uint32_t status) {
  std::vector<Response> out = {answer_to(at, status), answer_to(at, status, R"({"message":"something went wrong"})"),
                               answer_to(at, status, "<html><body><h1>Sorry</h1></body></html>", {{"content-type", "text/html"}})};
  if (auto own = vendors_answer(subject, at, status)) out.push_back(*std::move(own));
  return out;
}

std::string told(const std::string& where, const Response& response, std::size_t shape) {
  return where + ", status " + std::to_string(response.http_status) + (shape == 3 ? " in the vendor's own shape" : shape == 0 ? " without a body" : "");
}

/// Conflicts in the words that vendors have for them, in the places where this one has its own.
std::vector<std::pair<std::string, Response>> in_words_of_conflicts(const std::vector<Response>& conflicts) {
  std::vector<std::pair<std::string, Response>> out;
  for (const char* word : {"conflict", "duplicate", "duplicate_request", "already_exists", "key_in_use", "idempotency_key_in_use", "request_in_progress", "in_progress", "busy", "locked"}) {
    out.emplace_back(word, conflicts.front());
    out.back().second.body = "{\"error\":{\"code\":\"" + std::string(word) + "\",\"message\":\"conflict\"}}";
    auto tree = JsonTree::read(conflicts.back().body);
    if (!tree) continue;
    tree->each([&](JsonTree& value, const std::string& path) {
      const std::string name = name_in(path);
      if (value.is_string() && (name.ends_with("code") || name.ends_with("type") || name.ends_with("status") || name == "error")) value.text = word;
    });
    out.emplace_back(word, conflicts.back());
    out.back().second.body = tree->to_text();
  }
  return out;
}

}  // namespace

void check_rate_limits(Subject& subject, Results& results) {
  std::vector<std::string> problems, impatient;
  std::size_t answers = 0;
  for (const Place& judged : places_of_all(subject)) {
    const Exchange& at = judged.at;
    const std::string& words = judged.words;
    if (!about_rows(at) && at.where.step > 0) continue;  // nothing hangs on the later steps of a probe
    const auto obeys = [&](const Exchange& then, const Response& response, const std::string& what, bool must) {
      ++answers;
      const Emitted emitted = decoded(subject, then, response);
      const std::uint32_t kind = directive_of(emitted);
      if (response.http_status == 429 && about_rows(then) && kind == SWB_ABORT)
        problems.push_back(place(then) + ": " + what + " is answered with ABORT: it says when to come again, and the job ends");
      if (response.http_status == 429 && about_rows(then) && kind == SWB_RETRY)
        problems.push_back(place(then) + ": " + what + " is answered with RETRY: THROTTLE makes the whole bucket wait, and is no attempt");
      if (response.http_status == 429 && about_rows(then) && kind == SWB_POLL)
        problems.push_back(place(then) + ": " + what + " is answered with POLL: THROTTLE makes the whole bucket wait; the job was not looked at");
      const std::uint64_t delay = delay_of(emitted);
      // After a 503 a connector may go around what failed.
      const bool goes_on = kind == SWB_THROTTLE || kind == SWB_RETRY || kind == SWB_POLL || (kind == SWB_NEXT && response.http_status == 429);
      if (!goes_on) return;
      if (delay + kSlackMs < static_cast<std::uint64_t>(kWaitMs))
        problems.push_back(place(at) + ": " + what + " asks for " + std::to_string(kWaitMs / 1000) + " s, " + directive_name(kind) + " waits " +
                           (delay == 0 ? "as the host does, some seconds" : std::to_string(delay) + " ms"));
      if (must && delay > static_cast<std::uint64_t>(kWaitMs) * 10)
        problems.push_back(place(at) + ": " + what + " asks for " + std::to_string(kWaitMs / 1000) + " s, the wait is " + std::to_string(delay / 1000) + " s");
    };
    const auto shapes = answers_with(subject, at, 429);
    for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
      Response response = shapes[shape];
      ++answers;
      const Emitted emitted = decoded(subject, at, response);
      const std::uint32_t kind = directive_of(emitted);
      const std::string what = told(words, response, shape);
      if (says(emitted, SWB_REJECTED)) problems.push_back(what + " rejects rows: a limit says nothing of them");
      if (claims_success(emitted)) problems.push_back(what + " counts as success");
      const bool asks_at_once = kind == SWB_IN_DOUBT && delay_of(emitted) == 0 && about_rows(at);
      if (kind == SWB_SPLIT || kind == SWB_SHRINK || kind == SWB_REAUTH || kind == SWB_DONE || asks_at_once)
        problems.push_back(what + " is answered with " + directive_name(kind) + ": THROTTLE waits");
      if ((kind == SWB_RETRY && (about_rows(at) || delay_of(emitted) == 0)) || (kind == SWB_NEXT && about_rows(at) && delay_of(emitted) == 0))
        problems.push_back(what + " is answered with " + directive_name(kind) + ": THROTTLE makes the whole bucket wait, and is no attempt");
      // What it says of the time elsewhere would contradict the header that is added.
      if (const auto [places, told] = told_wait(at, response); !places.empty()) response.body = told.body;
      std::erase_if(response.headers, [](const auto& header) { return speaks_of_time(header.first); });
      Response seconds = response, date = response;
      seconds.headers.emplace_back("retry-after", std::to_string(kWaitMs / 1000));
      // However often it was tried.
      for (const std::uint32_t attempt : {0u, 1u, 6u}) {
        Exchange then = at;
        then.where.attempt = attempt;
        // Longer than many like to wait, and some have an upper bound of their own: something to look at.
        if (attempt == 0) {
          constexpr std::int64_t kHalfAnHourMs = 1'800'000;
          Response patient = seconds;
          patient.headers.back().second = std::to_string(kHalfAnHourMs / 1000);
          const Emitted soon = decoded(subject, then, patient);
          const bool waits = directive_of(soon) == SWB_THROTTLE && delay_of(decoded(subject, then, seconds)) + kSlackMs >= static_cast<std::uint64_t>(kWaitMs);
          if (waits && delay_of(soon) + kSlackMs < static_cast<std::uint64_t>(kWaitMs))
            problems.push_back(place(at) + ": status 429 with Retry-After that asks for half an hour is waited for less long than one that asks for " + std::to_string(kWaitMs / 1000) + " s");
          else if (directive_of(soon) == SWB_THROTTLE && delay_of(soon) < static_cast<std::uint64_t>(kHalfAnHourMs))
            impatient = {place(at) + ": status 429 asks for half an hour, THROTTLE waits " + std::to_string(delay_of(soon) / 1000) + " s"};
        }
        obeys(then, seconds, "status 429 with Retry-After in seconds" + (attempt == 0 ? std::string() : " at attempt " + std::to_string(attempt + 1)), true);
      }
      std::erase_if(date.headers, [](const auto& header) { return header.first == "date"; });
      date.headers.emplace_back("retry-after", http_date(at.where.now_ms + kWaitMs));
      obeys(at, date, "status 429 with a date in Retry-After", true);
    }
    std::vector<Response> limited = limited_answers(subject, at);
    if (auto own = vendors_answer(subject, at, 429)) limited.push_back(*std::move(own));
    for (const Response& own : limited) {
      if (const auto [places, response] = told_wait(at, own); !places.empty()) obeys(at, response, places, true);
      // Under a status of the vendor's own, which its connector alone knows.
      if (own.http_status == 429 || own.http_status >= 500) continue;
      ++answers;
      const Emitted emitted = decoded(subject, at, own);
      const std::uint32_t kind = directive_of(emitted);
      const std::string what = words + ", the emulator's answer to one request too many, under status " + std::to_string(own.http_status) + ',';
      if (claims_success(emitted)) problems.push_back(what + " counts as success");
      if (says(emitted, SWB_REJECTED) || kind == SWB_SPLIT) problems.push_back(what + " rejects rows: a limit says nothing of them");
      if (kind == SWB_RETRY && about_rows(at)) problems.push_back(what + " is answered with RETRY: THROTTLE makes the whole bucket wait, and is no attempt");
    }
    for (const std::uint32_t status : {503u})
      obeys(at, answer_to(at, status, "", {{"retry-after", std::to_string(kWaitMs / 1000)}}), "status 503 with Retry-After", true);
  }
  results.judge("rate_limits", problems, std::to_string(answers) + " answers; each is waited for as long as it says", {.doubts = impatient});
}

void check_refusals(Subject& subject, Results& results) {
  std::vector<std::string> problems, to_look_at;
  for (const Place& judged : places_of_all(subject)) {
    const Exchange& at = judged.at;
    const std::string& words = judged.words;
    for (const std::uint32_t status : {400u, 402u, 403u, 404u, 405u, 410u, 413u, 415u, 422u}) {
      const auto shapes = answers_with(subject, at, status);
      for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
        const Emitted emitted = decoded(subject, at, shapes[shape]);
        const std::uint32_t kind = directive_of(emitted);
        const std::string what = told(words, shapes[shape], shape);
        // A missing page may come to be there.
        const bool may_wait = (status == 404 || status == 410) && kind == SWB_POLL;
        if (!may_wait && (kind == SWB_RETRY || kind == SWB_THROTTLE || kind == SWB_POLL))
          problems.push_back(what + " is answered with " + directive_name(kind) + ": the same request is refused again");
        if (claims_success(emitted)) problems.push_back(what + " counts as success");
        const auto rejected = static_cast<std::size_t>(std::count_if(
            emitted.outcomes.begin(), emitted.outcomes.end(), [](const Outcome& o) { return o.result == SWB_REJECTED; }));
        if (shape < 3 && rejected > 1 && rejected == at.contacts.size())
          problems.push_back(what + " rejects all " + counted(rejected, "row") + ", although it names none: SPLIT finds the one that is meant");
        // The place is meant, not the contact: unless the contact is the place.
        const bool of_the_row = std::any_of(at.contacts.rows.begin(), at.contacts.rows.end(), [&](const auto& cells) {
          return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell && cell->size() >= 4 && kit::url_decode(at.request.path).find(*cell) != std::string::npos; });
        });
        if (shape < 3 && at.where.op == SWB_IMPORT && rejected > 0 && !of_the_row && (status == 404 || status == 405 || status == 410))
          problems.push_back(what + " rejects a contact, although it is the address that was not found");
        if (asks_about_sent_rows(subject, at) && (kind == SWB_SPLIT || kind == SWB_SHRINK))
          problems.push_back(what + " is answered with " + directive_name(kind) + ": the contacts went out with an earlier request, and would be sent twice");
        // Of a page that is not found the vendor's own words say no more than its status.
        const bool says_no_more = shape < 3 || status == 404 || status == 410;
        if (at.where.op == SWB_IMPORT && !at.where.state.empty() && says_no_more && (says(emitted, SWB_RESEND) || says(emitted, SWB_ABSENT)))
          problems.push_back(what + " calls rows not stored, although they went out with an earlier request: they would be sent twice");
        if ((status == 403 && kind == SWB_SPLIT) || ((status == 402 || status == 403) && rejected > 0)) problems.push_back(what + " blames rows: it is about the account");
      }
    }
  }
  // Whatever else is in the list of HTTP's refusals names no row either.
  for (const Exchange& at : subject.positions) {
    const auto conflicts = answers_with(subject, at, 409);
    // Vendors have it for what passes and for what does not; only of a key is it known what it is about.
    const bool always = at.request.replay != SWB_KEYED && std::all_of(conflicts.begin(), conflicts.end(), [&](const Response& conflict) {
      const std::uint32_t kind = directive_of(decoded(subject, at, conflict));
      return kind == SWB_RETRY || kind == SWB_THROTTLE;
    });
    if (always && changes(at.where.op) && at.where.state.empty()) to_look_at.push_back(place(at) + ", status 409, whatever it says, is answered with RETRY: the same request may be refused again and again");
    for (std::size_t shape = 0; shape < conflicts.size() && at.contacts.size() > 1; ++shape) {
      if (claims_success(decoded(subject, at, conflicts[shape]))) problems.push_back(told(place(at), conflicts[shape], shape) + " counts as success: of several contacts it names none");
    }
    for (const auto& [word, conflict] : in_words_of_conflicts(conflicts)) {
      if (at.contacts.size() > 1 && claims_success(decoded(subject, at, conflict))) problems.push_back(place(at) + ", status 409 with \"" + word + "\" counts as success: of several contacts it names none");
    }
    for (const std::uint32_t status : {406u, 407u, 411u, 412u, 414u, 416u, 417u, 418u, 421u, 423u, 424u, 425u, 426u, 428u, 431u, 451u, 499u}) {
      const Emitted emitted = decoded(subject, at, answer_to(at, status));
      const auto rejected = std::count_if(emitted.outcomes.begin(), emitted.outcomes.end(), [](const Outcome& o) { return o.result == SWB_REJECTED; });
      if (rejected > 1 && static_cast<std::size_t>(rejected) == at.contacts.size())
        problems.push_back(place(at) + ", status " + std::to_string(status) + " rejects all " + counted(at.contacts.size(), "row") + ", although it names none");
    }
  }
  results.judge("refusals", problems, "a request that was refused is not sent again as it is", {.doubts = to_look_at});
}

void check_credential_errors(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  for (const Place& judged : places_of_all(subject)) {
    const Exchange& at = judged.at;
    const std::string& words = judged.words;
    if (at.request.auth == "none" || at.request.path.starts_with("http")) continue;  // goes out without a credential
    if (!about_rows(at) && at.where.step > 0) continue;                              // the first step has proved it
    const auto shapes = answers_with(subject, at, 401);
    for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
      const Emitted emitted = decoded(subject, at, shapes[shape]);
      const std::uint32_t kind = directive_of(emitted);
      const std::string what = told(words, shapes[shape], shape);
      if (kind != SWB_REAUTH && kind != SWB_ABORT)
        problems.push_back(what + " is answered with " + (kind == 0 ? emitted.trouble() : directive_name(kind)) + ": the credential is meant, so REAUTH");
      if (kind == SWB_ABORT && (emitted.directives.front().reason == SWB_REASON_QUOTA || emitted.directives.front().reason == SWB_REASON_UNAVAILABLE))
        problems.push_back(what + " stops the job for another reason: people are told to wait, and the credential is meant");
      if (says(emitted, SWB_REJECTED) || says(emitted, SWB_ABSENT)) problems.push_back(what + " decides over rows");
    }
  }
  results.judge("credential_errors", problems, "401 is about the credential, not about rows");
}

void check_server_errors(Subject& subject, Results& results) {
  std::vector<std::string> problems, to_look_at;
  for (const Place& judged : places_of_all(subject)) {
    const Exchange& at = judged.at;
    const std::string& words = judged.words;
    for (const std::uint32_t status : {500u, 501u, 502u, 503u, 504u, 507u, 508u, 520u, 524u, 529u, 599u}) {
      auto shapes = answers_with(subject, at, status);
      shapes.push_back(answer_to(at, status, at.response.body, at.response.headers));
      for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
        const Emitted emitted = decoded(subject, at, shapes[shape]);
        const std::uint32_t kind = directive_of(emitted);
        const std::string what = told(words, shapes[shape], shape);
        if (says(emitted, SWB_REJECTED) || says(emitted, SWB_ABSENT) || says(emitted, SWB_RESEND))
          problems.push_back(what + " decides over rows: the vendor failed, and nothing is known of them");
        if (claims_success(emitted)) problems.push_back(what + " counts as success");
        // What may be sent again may be sent again in smaller parts: proxies answer 502 to what is too large for them.
        const bool again_in_parts = kind == SWB_SHRINK && at.request.replay != SWB_UNSAFE && at.request.count > 1 && !asks_about_sent_rows(subject, at);
        if ((kind == SWB_SPLIT || kind == SWB_SHRINK || kind == SWB_REAUTH) && !again_in_parts)
          problems.push_back(what + " is answered with " + directive_name(kind) + ": rows would end as rejected");
        if (!about_rows(at) && at.where.step == 0 && kind == SWB_DONE) problems.push_back(what + " is taken for an answer to the question, whether the account can be used");
        const bool undecided = kind == SWB_RETRY || kind == SWB_ABORT;
        // Some vendors promise that of an overload or of maintenance; a gateway's 503 comes after the request went through, too.
        const bool promised = status == 503 || status == 529;
        if (at.where.op == SWB_IMPORT && at.request.replay == SWB_UNSAFE && undecided)
          (promised ? to_look_at : problems).push_back(what + ": the request is UNSAFE, yet " + directive_name(kind) + " says that nothing was stored" + (promised ? ", which the vendor must have promised" : ""));
      }
    }
  }
  // However often it was tried.
  for (const Exchange& at : subject.positions) {
    Exchange late = at;
    late.where.attempt = 6;
    for (const std::uint32_t status : {0u, 429u, 500u, 503u}) {
      Response response = answer_to(late, status);
      if (status == 0) response.transport = SWB_TRANSPORT_TIMEOUT;
      const Emitted emitted = decoded(subject, late, response);
      if (says(emitted, SWB_REJECTED) || says(emitted, SWB_ABSENT) || says(emitted, SWB_RESEND) || claims_success(emitted))
        problems.push_back(place(late) + ", " + (status == 0 ? "no answer" : "status " + std::to_string(status)) + " at the seventh attempt decides over rows: nothing more is known of them than at the first");
      if (at.request.replay == SWB_UNSAFE && (status == 0 || status == 500) && claims_not_stored(emitted))
        problems.push_back(place(late) + ", " + (status == 0 ? "no answer" : "status 500") + " at the seventh attempt: the request is UNSAFE, yet " + directive_name(directive_of(emitted)) + " says that nothing was stored");
    }
  }
  results.judge("server_errors", problems, "5xx decides over no row", {.doubts = to_look_at});
}

}  // namespace switchboard::conformance

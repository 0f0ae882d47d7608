// A call's result depends on its arguments alone: not on how many calls were before, nor on what they were about.
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <switchboard/kit/hash.h>
#include <switchboard/kit/text.h>

#include "answers.h"
#include "counted.h"
#include "operations.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Bytes that are allocated at the moment; 0 where the C library does not say.
std::size_t allocated() {
#if defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 33)
  const auto now = ::mallinfo2();
  return now.uordblks + now.hblkhd;
#endif
#endif
  return 0;
}

}  // namespace

void check_repetition(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t calls = 0;
  constexpr int kTimes = 128, kFirst = 16;
  constexpr std::size_t kKept = 512;  ///< bytes a call that nobody forgets: a job of a million contacts makes some ten thousand calls
  for (const Exchange& at : subject.positions) {
    const Contacts few = at.contacts.size() > 3 ? at.contacts.slice(0, 3) : at.contacts;
    const auto repeated = [&](const std::string& what, const std::function<Emitted()>& call) {
      const std::string first = call().fingerprint();
      std::size_t before = 0;
      for (int i = 1; i < kTimes; ++i) {
        ++calls;
        if (i == kFirst) before = allocated();
        if (call().fingerprint() == first) continue;
        problems.push_back(what + " of " + place(at) + ": call " + std::to_string(i + 1) + " with the same arguments gives other results");
        return;
      }
      const std::size_t after = allocated();
      if (after > before + kKept * (kTimes - kFirst))
        problems.push_back(what + " of " + place(at) + " keeps " + std::to_string((after - before) / (kTimes - kFirst)) + " bytes of memory with every call");
    };
    repeated("encode()", [&] { return subject.session->encode(few, at.where); });
    if (few.size() != at.contacts.size()) {
      repeated("decode()", [&] { return subject.session->decode(at.contacts, at.where, at.response); });
    }
    for (const std::uint32_t status : {0u, 200u, 400u, 429u, 500u}) {
      Response response = answer_to(at, status == 0 ? 200 : status, status == 0 ? at.response.body : "{}");
      repeated("decode()", [&] { return subject.session->decode(few, at.where, response); });
    }
  }
  // What was said in between about other contacts leaves nothing behind.
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at)) continue;
    // As it was when its own chain asked: what another chain left behind since counts as well.
    const auto requests_of = [](const std::vector<Request>& requests) {
      Emitted sent;
      sent.requests = requests;
      return sent.fingerprint();
    };
    const std::string encoded = requests_of({at.request});
    const std::string answered = decoded(subject, at, at.response).fingerprint();
    const Contacts others = sample_contacts(subject.library.manifest(), 5, 500);
    for (const Exchange& between : subject.positions) {
      ++calls;
      (void)subject.session->encode(others, between.where);
      (void)subject.session->decode(others, between.where, between.response);
      // Of another chain the vendor's ids are others.
      if (const auto tree = tree_of(between.response)) (void)subject.session->decode(others, between.where, with_body(between, of_somebody_else(*tree, 7).to_text()));
      (void)decoded(subject, between, answer_to(between, 429, "", {{"retry-after", "9"}}));
      for (const std::uint32_t status : {0u, 401u, 402u, 403u, 404u, 409u, 422u, 500u, 503u})
        (void)decoded(subject, between, Response{status, status == 0 ? SWB_TRANSPORT_TIMEOUT : SWB_TRANSPORT_OK, {}, "", between.request.tag, 5});
      // At once: the next of them may make it forget.
      if (requests_of(subject.session->encode(at.contacts, at.where).requests) != encoded)
        problems.push_back("encode() of " + place(at) + " gives other results after calls of " + place(between) + " about other contacts and failures");
      if (decoded(subject, at, at.response).fingerprint() != answered)
        problems.push_back("decode() of " + place(at) + " gives other results after calls of " + place(between) + " about other contacts and failures");
    }
  }
  // What the first calls of all gave, it still gives: hundreds were made since, about other chains as well.
  for (const auto* runs : {&subject.runs, &subject.large_runs}) {
    for (const Run& run : *runs) {
      for (const Exchange& at : run.exchanges) {
        ++calls;
        Emitted then, now;
        then.requests = {at.request};
        now.requests = subject.session->encode(at.contacts, at.where).requests;
        if (then.fingerprint() != now.fingerprint()) problems.push_back("encode() of " + place(at) + " gives another request than the first time, after some hundred calls");
        if (decoded(subject, at, at.response).fingerprint() != at.decoded.fingerprint()) problems.push_back("decode() of " + place(at) + " gives other results than the first time, after some hundred calls");
      }
    }
  }
  results.judge("repetition", problems, counted(calls, "call") + ", each as the first of its kind");
}

std::string said_with_another(const Library& library, const std::string& settings, const Contacts& sample, const kit::Json& setting) {
  const std::string name = setting["name"].string_or(""), now = kit::Json::parse(settings).value_or(kit::Json())[name].string_or("");
  std::vector<std::string> values;
  for (const kit::Json& value : setting["enum"].items()) values.push_back(value.string_or(""));
  if (values.empty()) values = setting_guesses();
  for (const std::string& value : values) {
    Emitted emitted;
    const auto session = value == now ? nullptr : library.open(with_setting(settings, name, value), emitted);
    if (!session) continue;
    std::string said = value;
    for (const auto& operation : kOperations) {
      Where where;
      where.op = operation.number;
      if (library.offers(where.op)) said += session->encode(operation.carries_rows ? sample : sample.slice(0, 0), where).fingerprint();
    }
    return kit::to_hex(kit::sha256(said));
  }
  return "";
}

/// Two sessions of one process are two jobs.
void check_sessions(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  const auto settings = subject.library.manifest()["settings"].items();
  const std::string usual = sample_settings(subject.library.manifest(), subject.options.settings_json);
  for (std::size_t i = 0; i < settings.size() && i < subject.said_first.size(); ++i) {
    if (!subject.said_first[i].empty() && said_with_another(subject.library, usual, subject.sample, settings[i]) != subject.said_first[i])
      problems.push_back("a session with another " + settings[i]["name"].string_or("") + " sends something else than where it is the first of its process");
  }
  const std::string before = subject.session->encode(subject.sample, Where{}).fingerprint();
  std::size_t sessions = 0;
  for (const kit::Json& setting : subject.library.manifest()["settings"].items()) {
    const std::string name = setting["name"].string_or("");
    std::vector<std::string> values = setting_guesses();
    for (const kit::Json& value : setting["enum"].items()) values.push_back(value.string_or(""));
    std::string type = setting["type"].string_or("text");
    for (const std::string& value : values) {
      Emitted emitted;
      const auto other = subject.library.open(with_setting(subject.settings, name, value), emitted);
      if (!other) continue;
      ++sessions;
      (void)other->encode(subject.sample, Where{});
      if (subject.session->encode(subject.sample, Where{}).fingerprint() == before) continue;
      problems.push_back("a session with another " + name + " changes what an older session sends");
      break;
    }
  }
  results.judge("sessions", problems, counted(sessions, "other session") + " opened beside");
}

}  // namespace switchboard::conformance

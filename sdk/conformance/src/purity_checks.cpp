#include <algorithm>
#include <cfenv>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "answers.h"
#include "decimal_comma.h"
#include "recorder.h"
#include "subject.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Process-wide: the checks run in a child process.
void change_surroundings(bool foreign) {
  if (!foreign) {
    ::setenv("TZ", "UTC", 1);
    std::setlocale(LC_ALL, "C");
  } else {
    ::setenv("TZ", "Pacific/Chatham", 1);
    ::setenv("SWITCHBOARD_CONFORMANCE", "1", 1);
    for (const char* name : {"de_DE.UTF-8", "tr_TR.UTF-8", "fr_FR.UTF-8", "C.UTF-8"}) {
      if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    use_decimal_comma();
  }
  ::tzset();
}

/// What a call may leave behind in the processor for all that is computed after it.
std::string changed_arithmetic() {
  std::string out;
  if (std::fegetround() != FE_TONEAREST) out = "how numbers are rounded";
#if defined(__GLIBC__)
  if (::fegetexcept() != 0) out += std::string(out.empty() ? "" : " and ") + "which sums raise a signal";
#endif
  if (!out.empty()) std::fesetenv(FE_DFL_ENV);
  return out;
}

/// What a call's bytes depend on beside what it was handed; empty: nothing.
template <class Call>
std::string depends_on(const Call& call) {
  const std::string here = call().fingerprint();
  std::string there;
  change_surroundings(true);
  std::thread([&] { there = call().fingerprint(); }).join();
  change_surroundings(false);
  if (here != there) return " differs on another thread, locale or time zone";
  const QuietHost quiet;
  return call().fingerprint() == here ? "" : " differs where the host wants no log";
}

}  // namespace

void check_purity(Subject& subject, Results& results) {
  change_surroundings(false);
  std::vector<std::string> problems;
  std::size_t calls = 0;
  for (const Exchange& at : subject.positions) {
    const std::string place = op_name(at.where.op) + " step " + std::to_string(at.where.step);
    ++calls;
    if (const auto what = depends_on([&] { return subject.session->encode(at.contacts, at.where); }); !what.empty()) problems.push_back("encode() of " + place + what);
    if (const auto changed = changed_arithmetic(); !changed.empty()) problems.push_back("encode() of " + place + " changes " + changed);
    std::vector<Response> responses = {at.response};
    for (const std::uint32_t status : {200u, 400u, 401u, 404u, 422u, 429u, 500u, 503u})
      responses.push_back({status,
                           SWB_TRANSPORT_OK,
                           {{"retry-after", "Sun, 06 Nov 2044 08:49:37 GMT"}},
                           at.response.body,
                           at.request.tag,
                           5});
    // Fractions, which a locale may read with a comma only.
    for (const std::uint32_t status : {429u, 503u}) responses.push_back(answer_to(at, status, at.response.body, {{"retry-after", "61.75"}, {"x-ratelimit-reset", "61.75"}}));
    if (auto tree = tree_of(at.response)) {
      tree->each([](JsonTree& value, const std::string&) {
        if (value.is_number() && value.text.find('.') == std::string::npos) value.text += ".75";
      });
      responses.push_back(with_body(at, tree->to_text()));
    }
    responses.push_back({0, SWB_TRANSPORT_CUT, {}, "", at.request.tag, 5});
    for (const Response& response : responses) {
      ++calls;
      const auto what = depends_on([&] { return subject.session->decode(at.contacts, at.where, response); });
      if (!what.empty()) problems.push_back("decode() of " + place + ", status " + std::to_string(response.http_status) + what);
      if (const auto changed = changed_arithmetic(); !changed.empty()) problems.push_back("decode() of " + place + " changes " + changed);
    }
  }
  Emitted emitted;
  const auto second = subject.library.open(subject.settings, emitted);
  for (const Exchange& at : subject.positions) {
    if (!second) break;
    calls += 2;
    const std::string place = op_name(at.where.op) + " step " + std::to_string(at.where.step);
    if (second->encode(at.contacts, at.where).fingerprint() != subject.session->encode(at.contacts, at.where).fingerprint())
      problems.push_back("two sessions with the same settings encode " + place + " differently");
    if (second->decode(at.contacts, at.where, at.response).fingerprint() != subject.session->decode(at.contacts, at.where, at.response).fingerprint())
      problems.push_back("two sessions with the same settings decode " + place + " differently");
  }
  if (subject.differs_elsewhere)
    problems.push_back("another process that loads the library puts out other bytes for the same calls: something is drawn by lot, or lies in an address");
  if (subject.library.sandbox()) {
    const auto history = [&] {
      const auto account = subject.account();
      Simulation simulation(subject.library, *subject.session, *account, subject.settings);
      const Run run = simulation.run(SWB_IMPORT, subject.sample);
      Emitted all = account->dump();
      for (const Exchange& exchange : run.exchanges) all.responses.push_back(exchange.response);
      return all;
    };
    ++calls;
    if (!depends_on(history).empty()) problems.push_back("the sandbox answers differently the second time");
  }
  results.judge("purity", problems, std::to_string(calls) + " calls made twice gave the same bytes");

}

namespace {

/// The same rows, beginning with another one.
Contacts rotated(const Contacts& contacts, std::size_t by) {
  Contacts out = contacts;
  if (contacts.rows.empty()) return out;
  const auto shift = static_cast<std::ptrdiff_t>(by % contacts.rows.size());
  std::rotate(out.rows.begin(), out.rows.begin() + shift, out.rows.end());
  std::rotate(out.row_ids.begin(), out.row_ids.begin() + shift, out.row_ids.end());
  return out;
}

}  // namespace

void check_threads(Subject& subject, Results& results) {
  constexpr std::size_t kThreads = 4;
  constexpr int kRounds = 50;
  // Each thread has rows of its own, so that what one leaves behind for another shows.
  struct Work {
    Exchange at;
    std::string encoded, decoded;
  };
  std::vector<std::vector<Work>> works(kThreads);
  for (std::size_t t = 0; t < kThreads; ++t) {
    Exchange first;
    first.contacts = subject.sample;
    std::vector<Exchange> places = {first};
    places.insert(places.end(), subject.positions.begin(), subject.positions.end());
    for (std::size_t i = 0; i < places.size(); ++i) {
      Exchange& at = places[(i + t) % places.size()];
      at.contacts = rotated(at.contacts, t);
      if (t > 0 && at.contacts.size() > t + 1) at.contacts = at.contacts.slice(0, at.contacts.size() - static_cast<std::uint32_t>(t));
      at.where.chain_id += "-" + std::to_string(t);
      works[t].push_back({at, subject.session->encode(at.contacts, at.where).fingerprint(), subject.session->decode(at.contacts, at.where, at.response).fingerprint()});
    }
  }
  std::vector<std::thread> threads;
  std::vector<int> wrong(kThreads, 0);
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kRounds; ++i) {
        for (const Work& work : works[t]) {
          if (subject.session->encode(work.at.contacts, work.at.where).fingerprint() != work.encoded) ++wrong[t];
          if (subject.session->decode(work.at.contacts, work.at.where, work.at.response).fingerprint() != work.decoded) ++wrong[t];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::string> problems;
  // A call in the midst of another one, at each place where that one calls back: what both share is seen whatever the processor does.
  for (std::size_t i = 0; i < works[0].size(); ++i) {
    for (std::size_t k = 0; k < works[1].size(); ++k) {
      const Work &one = works[0][i], &other = works[1][k];
      int interruptions = 0;
      const auto meanwhile = [&] {
        if (++interruptions > 8) return;
        std::thread([&] {
          (void)subject.session->encode(other.at.contacts, other.at.where);
          (void)subject.session->decode(other.at.contacts, other.at.where, other.at.response);
        }).join();
      };
      if (subject.session->encode_interrupted(one.at.contacts, one.at.where, meanwhile).fingerprint() != one.encoded)
        problems.push_back("encode() of " + op_name(one.at.where.op) + " step " + std::to_string(one.at.where.step) + " puts out other bytes where another call runs meanwhile");
      interruptions = 0;
      if (subject.session->decode_interrupted(one.at.contacts, one.at.where, one.at.response, meanwhile).fingerprint() != one.decoded)
        problems.push_back("decode() of " + op_name(one.at.where.op) + " step " + std::to_string(one.at.where.step) + " puts out other bytes where another call runs meanwhile");
    }
  }
  for (const int count : wrong) {
    if (count > 0) problems.push_back(std::to_string(count) + " calls gave other bytes while other threads used the same session");
  }
  results.judge("threads", problems, "four threads on one session, each with rows and steps of its own");
}

}  // namespace switchboard::conformance

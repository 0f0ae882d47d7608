#include <clocale>
#include <cstdlib>
#include <ctime>
#include <set>
#include <thread>
#include <vector>

#include "subject.h"

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
  }
  ::tzset();
}

template <class Call>
bool same_elsewhere(const Call& call) {
  const std::string here = call().fingerprint();
  std::string there;
  change_surroundings(true);
  std::thread([&] { there = call().fingerprint(); }).join();
  change_surroundings(false);
  return here == there;
}

}  // namespace

void check_purity(Subject& subject, Results& results) {
  change_surroundings(false);
  std::vector<std::string> problems;
  std::size_t calls = 0;
  for (const Exchange& at : subject.positions) {
    const std::string place = op_name(at.where.op) + " step " + std::to_string(at.where.step);
    ++calls;
    if (!same_elsewhere([&] { return subject.session->encode(at.contacts, at.where); }))
      problems.push_back("encode() of " + place + " differs on another thread, locale or time zone");
    std::vector<Response> responses = {at.response};
    for (const std::uint32_t status : {200u, 400u, 401u, 404u, 422u, 429u, 500u, 503u})
      responses.push_back({status,
                           SWB_TRANSPORT_OK,
                           {{"retry-after", "Sun, 06 Nov 2044 08:49:37 GMT"}},
                           at.response.body,
                           at.request.tag,
                           5});
    responses.push_back({0, SWB_TRANSPORT_CUT, {}, "", at.request.tag, 5});
    for (const Response& response : responses) {
      ++calls;
      if (!same_elsewhere([&] { return subject.session->decode(at.contacts, at.where, response); })) {
        problems.push_back("decode() of " + place + ", status " + std::to_string(response.http_status) +
                           " differs on another thread, locale or time zone");
      }
    }
  }
  Emitted emitted;
  const auto second = subject.library.open(subject.settings, emitted);
  if (second && second->encode(subject.sample, Where{}).fingerprint() !=
                    subject.session->encode(subject.sample, Where{}).fingerprint()) {
    problems.push_back("two sessions with the same settings encode differently");
  }
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
    if (!same_elsewhere(history)) problems.push_back("the sandbox answers differently the second time");
  }
  results.judge("purity", problems, std::to_string(calls) + " calls made twice gave the same bytes");

}

void check_threads(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  const std::string expected = subject.session->encode(subject.sample, Where{}).fingerprint();
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        if (subject.session->encode(subject.sample, Where{}).fingerprint() != expected) ++wrong[t];
        for (const Exchange& at : subject.positions) {
          if (subject.session->decode(at.contacts, at.where, at.response).fingerprint() !=
                  at.decoded.fingerprint() &&
              !at.decoded.directives.empty())
            ++wrong[t];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong) {
    if (count > 0)
      problems.push_back(std::to_string(count) +
                         " calls gave other bytes while other threads used the same session");
  }
  results.judge("threads", problems, "four threads on one session");
}

}  // namespace switchboard::conformance

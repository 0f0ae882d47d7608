#include "host/cli/signals.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <csignal>
#include <thread>

using namespace switchboard;
using namespace switchboard::cli;

TEST_CASE("a signal presses the button, and what was in force before comes back") {
  const auto pipe_before = std::signal(SIGPIPE, SIG_DFL);
  sigset_t before, after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  jobs::StopButton stop;
  {
    Signals signals(stop);
    kill(getpid(), SIGTERM);
    CHECK(signals.wait() == 143);
    while (!stop.reason()) std::this_thread::yield();
    CHECK(stop.reason() == EndReason::Terminated);
    CHECK(Signals::received() == 143);
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  CHECK(sigismember(&after, SIGINT) == sigismember(&before, SIGINT));
  CHECK(sigismember(&after, SIGTERM) == sigismember(&before, SIGTERM));
  const bool pipe_is_back = std::signal(SIGPIPE, pipe_before) == SIG_DFL;
  CHECK(pipe_is_back);
}

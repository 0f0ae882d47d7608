#include "host/cli/signals.h"

namespace switchboard::cli {
namespace {

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGUSR2);  // only to end the watcher
  return set;
}

std::atomic<int> last{0};  // signals are the process's, as this is

}  // namespace

Signals::Signals(jobs::StopButton& stop) : stop_(stop) {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, &mask_before_);
  pipe_before_ = std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
  done_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
  std::signal(SIGPIPE, pipe_before_);
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void Signals::watch() {
  const sigset_t set = watched();
  while (!done_) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0 || signal == SIGUSR2) continue;
    const EndReason why = signal == SIGINT ? EndReason::Interrupted : EndReason::Terminated;
    last = exit_code_of(why);
    last.notify_all();
    stop_.press(why);
  }
}

int Signals::wait() {
  last.wait(0);
  return last;
}

int Signals::received() { return last; }

}  // namespace switchboard::cli

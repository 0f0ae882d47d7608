#include "host/cli/signals.h"

#include <csignal>

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

}  // namespace

Signals::Signals(jobs::StopSwitch& stop) : stop_(stop) {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
  done_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR2);
  thread_.join();
}

void Signals::watch() {
  const sigset_t set = watched();
  while (!done_) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0 || signal == SIGUSR2) continue;
    received_ = signal == SIGINT ? 130 : 143;
    received_.notify_all();
    stop_.press(received_);
  }
}

int Signals::wait() {
  received_.wait(0);
  return received_;
}

}  // namespace switchboard::cli

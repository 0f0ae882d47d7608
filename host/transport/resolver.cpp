#include "host/transport/resolver.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace switchboard::transport {
namespace {

Resolved ask_system(const std::string& host) {
  addrinfo hints{};  // without AI_ADDRCONFIG, which hides "localhost" on a machine without a network
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0)
    return {{}, "the name cannot be resolved (" + std::string(::gai_strerror(error)) + ")"};
  Resolved resolved;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    char text[NI_MAXHOST];
    if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
      resolved.addresses.emplace_back(text);
  }
  ::freeaddrinfo(found);
  if (resolved.addresses.empty()) resolved.problem = "the name has no address";
  return resolved;
}

/// Two sockets that are connected: closing one wakes whoever waits at the other, and so does the watch.
struct Pair {
  int mine = -1, theirs = -1;
  Pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) mine = ends[0], theirs = ends[1];
  }
  ~Pair() {
    if (mine >= 0) ::close(mine);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
};

/// Signals are for the threads that wait for them.
class WithoutSignals {
 public:
  WithoutSignals() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~WithoutSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

struct Resolver::Shared {
  /// One lookup, and everybody who waits for it.
  struct Pending {
    std::optional<Resolved> result;
    std::vector<int> waiting;  ///< closed once there is a result
  };
  Lookup lookup;
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Pending>> pending;
};

Resolver::Resolver(Lookup lookup) : shared_(std::make_shared<Shared>()) {
  shared_->lookup = lookup ? std::move(lookup) : Lookup(ask_system);
}

Resolved Resolver::resolve(const std::string& host, SocketWatch::Guard& watch) {
  Pair pair;
  if (pair.mine < 0) return {{}, "the name cannot be resolved (too many open files)"};
  std::shared_ptr<Shared::Pending> pending;
  {
    std::lock_guard lock(shared_->mutex);
    auto& place = shared_->pending[host];
    const bool first = place == nullptr;
    if (first) place = std::make_shared<Shared::Pending>();
    pending = place;
    pending->waiting.push_back(pair.theirs);
    if (first) {
      try {
        const WithoutSignals blocked;
        std::thread([shared = shared_, pending, host] {
          Resolved found;
          try {
            found = shared->lookup(host);
          } catch (...) {
            found.problem = "the name cannot be resolved";
          }
          std::lock_guard done(shared->mutex);
          pending->result = std::move(found);
          for (const int waiting : pending->waiting) ::close(waiting);
          shared->pending.erase(host);
        }).detach();
      } catch (const std::system_error&) {
        shared_->pending.erase(host);
        ::close(pair.theirs);
        return {{}, "the name cannot be resolved (no thread for it)"};
      }
    }
  }
  watch.set_socket(pair.mine);
  pollfd entry{pair.mine, POLLIN, 0};
  while (::poll(&entry, 1, -1) < 0 && errno == EINTR) {
  }
  watch.set_socket(-1);
  std::lock_guard lock(shared_->mutex);
  if (pending->result) return *pending->result;
  // Left behind: the lookup closes our end when it comes back.
  return {{}, "the name was not resolved in time"};
}

}  // namespace switchboard::transport

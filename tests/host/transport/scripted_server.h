#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

/// A TCP server on a free loopback port that treats each connection as the test says. Connections are handled
/// at the same time, each on a thread of its own.
class ScriptedServer {
 public:
  using Script = std::function<void(int socket, int connection_number)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    std::signal(SIGPIPE, SIG_IGN);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 16);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { run(); });
  }
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
  }

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  int connections() const { return connections_; }

 private:
  void run() {
    for (;;) {
      int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      int number = ++connections_;
      threads_.emplace_back([this, socket, number] {
        script_(socket, number);
        ::close(socket);
      });
    }
  }

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::thread acceptor_;
  std::vector<std::thread> threads_;
};

inline void write_all(int socket, std::string_view text) {
  while (!text.empty()) {
    auto n = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

/// Head and body (by Content-Length) of the next request; empty: the client has closed.
inline std::string read_request(int socket) {
  std::string text;
  char buffer[8192];
  for (;;) {
    auto head_end = text.find("\r\n\r\n");
    if (head_end != std::string::npos) {
      auto at = text.find("Content-Length: ");
      std::size_t length = at < head_end ? std::stoul(text.substr(at + 16)) : 0;
      if (text.size() >= head_end + 4 + length) return text;
    }
    auto n = ::recv(socket, buffer, sizeof buffer, 0);
    if (n <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(n));
  }
}

/// Waits until the client closes, dropping what it sends.
inline void wait_for_close(int socket) {
  char buffer[8192];
  while (::recv(socket, buffer, sizeof buffer, 0) > 0) {
  }
}

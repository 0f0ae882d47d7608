// A vendor that answers at once, on loopback: prints its port, serves until it is killed. J3 of tests/bench/run compiles it.
//
//     instant_server [LATENCY_MS]
//
// POST with a CSV file in a form (as Truedy takes it) → {"data": {"imported": its rows, …}}; anything else → {"status": "accepted"}.
// A thread a connection; an answer leaves LATENCY_MS after its request has begun to come.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

namespace {

/// Records of the file in the form, its header left out: line ends outside quotes.
std::size_t rows_of(std::string_view form) {
  const auto begin = form.find("\r\n\r\n");
  if (begin == std::string_view::npos) return 0;
  const auto file = form.substr(begin + 4, form.find("\r\n--", begin + 4) - begin - 4);
  std::size_t lines = 0;
  bool quoted = false;
  for (const char c : file) {
    quoted ^= c == '"';
    lines += !quoted && c == '\n';
  }
  return lines == 0 ? 0 : lines - 1;
}

void serve(int socket, std::chrono::milliseconds latency) {
  std::string came;
  char piece[1 << 16];
  const auto more = [&] {
    const auto got = recv(socket, piece, sizeof piece, 0);
    if (got > 0) came.append(piece, static_cast<std::size_t>(got));
    return got > 0;
  };
  for (;;) {
    std::size_t head = 0;
    while ((head = came.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return void(close(socket));
    const auto due = std::chrono::steady_clock::now() + latency;
    std::size_t length = 0;
    for (const char* name : {"\r\nContent-Length:", "\r\ncontent-length:"})
      if (const auto at = came.find(name); at < head) length = std::strtoull(came.c_str() + at + 17, nullptr, 10);
    while (came.size() < head + 4 + length)
      if (!more()) return void(close(socket));
    const std::string_view body = std::string_view(came).substr(head + 4, length);
    const std::string answer = body.starts_with("--")
                                   ? "{\"data\":{\"imported\":" + std::to_string(rows_of(body)) + ",\"updated\":0,\"skipped\":0,\"errors\":0}}"
                                   : std::string("{\"status\":\"accepted\"}");
    const std::string response =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(answer.size()) + "\r\n\r\n" + answer;
    came.erase(0, head + 4 + length);
    if (latency.count() > 0) std::this_thread::sleep_until(due);
    if (send(socket, response.data(), response.size(), MSG_NOSIGNAL) < 0) return void(close(socket));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::chrono::milliseconds latency(count > 1 ? std::atoi(arguments[1]) : 0);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener, 128) != 0) return 1;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    const int socket = accept(listener, nullptr, nullptr);
    if (socket < 0) continue;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    std::thread(serve, socket, latency).detach();
  }
}

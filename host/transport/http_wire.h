#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "host/transport/http.h"
#include "host/transport/url.h"

namespace switchboard::transport {

/// The head of a request, ready to send. Empty: a header has characters that it may not have.
std::string request_head(const HttpRequest& request, const Url& url);

/// Reads one HTTP/1.1 answer from a stream of bytes and says exactly how it ended: an answer that was cut off
/// must never pass for a complete one.
class ResponseReader {
 public:
  /// Like Connection::receive().
  using Receive = std::function<long(char* buffer, std::size_t size)>;
  enum class End {
    Complete,
    Cut,        ///< the connection ended or broke before the answer did
    Malformed,  ///< this is not HTTP
    TooLarge,
  };

  ResponseReader(Receive receive, std::uint64_t max_body_bytes)
      : receive_(std::move(receive)), max_(max_body_bytes) {}

  /// Fills status, headers and body. `method` says whether a body may follow. A body that was packed for the transfer is
  /// left as it is, with a content-encoding.
  End read(const std::string& method, HttpResponse& response);

  /// After Complete: the connection may carry another request.
  bool may_be_reused() const { return reusable_ && buffer_.size() == at_; }
  /// Whether anything of an answer came at all.
  bool has_begun() const { return begun_; }

 private:
  enum class Fill { More, End, Broken };
  Fill fill();
  End read_head(HttpResponse& response);
  End read_sized(std::uint64_t size, std::string& body);
  End read_chunked(std::string& body);
  End read_until_closed(std::string& body);
  End read_line(std::string& line, std::size_t limit);

  Receive receive_;
  const std::uint64_t max_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool begun_ = false, reusable_ = false, keeps_alive_ = false;
};

}  // namespace switchboard::transport

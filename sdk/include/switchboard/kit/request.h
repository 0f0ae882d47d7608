// What encode() puts out.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/call.h>
#include <switchboard/kit/error.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// May this very request be sent again when no answer came?
enum class Replay : std::uint32_t {
  Unsafe = SWB_UNSAFE,  ///< no: it could be carried out twice
  Safe = SWB_SAFE,      ///< yes: it changes nothing, or the same thing again
  Keyed = SWB_KEYED     ///< yes: the vendor recognises the key that it carries
};

/// One HTTP request. No credential, no Host and no Content-Length: those are the host's.
struct Request {
  std::string method = "GET";
  std::string path;  ///< below the base URL, starting with '/', query included; or a URL on a declared host
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Replay replay = Replay::Unsafe;
  std::string auth;         ///< id in the manifest's auth list; empty: its first entry; "none": no credential
  std::string bucket;       ///< name of the rate-limit bucket; empty: the default one
  std::uint32_t first = 0;  ///< the rows that it carries: [first, first + count)
  std::uint32_t count = 0;
  std::uint64_t tag = 0;  ///< comes back in the response

  static Request get(std::string path) {
    Request request;
    request.path = std::move(path);
    request.replay = Replay::Safe;
    return request;
  }
  static Request post(std::string path, std::string content_type, std::string body) {
    Request request;
    request.method = "POST";
    request.path = std::move(path);
    request.body = std::move(body);
    request.header("Content-Type", std::move(content_type));
    return request;
  }
  static Request post_json(std::string path, std::string body) {
    return post(std::move(path), "application/json", std::move(body));
  }

  /// For vendors that find by what is in it what they have already, so that it may be repeated.
  static Request put_json(std::string path, std::string body) {
    Request request = post_json(std::move(path), std::move(body));
    request.method = "PUT";
    request.replay = Replay::Keyed;
    return request;
  }

  /// A question that is a POST because its vendor wants it so: it changes nothing.
  static Request ask_json(std::string path, std::string body) {
    Request request = post_json(std::move(path), std::move(body));
    request.replay = Replay::Safe;
    return request;
  }

  /// A form: names and texts, percent-encoded.
  static Request post_form(std::string path, const Query& fields) {
    return post(std::move(path), "application/x-www-form-urlencoded", fields.text().empty() ? "" : fields.text().substr(1));
  }

  Request& header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Request& in_bucket(std::string name) {
    bucket = std::move(name);
    return *this;
  }
  /// The rows that this request carries.
  Request& rows(std::uint32_t first_row, std::uint32_t row_count) {
    first = first_row;
    count = row_count;
    return *this;
  }
};

/// The sink of encode(). Two or more requests are allowed only at step 0 of an import; each is then a chain
/// of its own over its rows.
class Requests {
 public:
  explicit Requests(Call call) : call_(call) {}

  const Call& call() const { return call_; }
  std::uint32_t count() const { return count_; }

  void put(const Request& request) {
    std::vector<swb_header> headers;
    headers.reserve(request.headers.size());
    for (const auto& [name, value] : request.headers) headers.push_back({to_abi(name), to_abi(value)});
    swb_request out{};
    out.struct_size = sizeof out;
    out.replay = static_cast<std::uint32_t>(request.replay);
    out.first = request.first;
    out.count = request.count;
    out.method = to_abi(request.method);
    out.path = to_abi(request.path);
    out.auth = to_abi(request.auth);
    out.bucket = to_abi(request.bucket);
    out.headers = headers.data();
    out.n_headers = static_cast<std::uint32_t>(headers.size());
    if (!request.body.empty()) out.body = to_abi(request.body);
    out.tag = request.tag;
    check_sink(call_.host().put_request(call_.handle(), &out));
    ++count_;
  }

  /// Appends to the body of the last request: for bodies that need not be held in one piece.
  void append_body(std::string_view chunk) {
    if (count_ == 0) throw Error(SWB_E_INTERNAL, "append_body() before put()");
    check_sink(call_.host().put_body(call_.handle(), to_abi(chunk)));
  }

 private:
  Call call_;
  std::uint32_t count_ = 0;
};

}  // namespace switchboard::kit

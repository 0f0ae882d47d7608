// Any bytes, read as an HTTP answer, must end in one of the four ways, and in the same one with the same result however the
// network cuts them into pieces. The first byte chooses the method and the size of the pieces.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "host/transport/content_coding.h"
#include "host/transport/http_wire.h"
#include "tests/fuzz/require.h"

using namespace switchboard::transport;

namespace {

constexpr std::uint64_t kMaxBody = 1u << 20;

struct Outcome {
  ResponseReader::End end;
  HttpResponse response;
};

Outcome read(std::string_view bytes, const std::string& method, std::size_t piece) {
  HttpResponse response;
  ResponseReader reader(
      [&](char* buffer, std::size_t size) {
        const std::size_t n = std::min({bytes.size(), size, piece});
        std::copy_n(bytes.data(), n, buffer);
        bytes.remove_prefix(n);
        return static_cast<long>(n);
      },
      kMaxBody);
  const auto end = reader.read(method, response);
  return {end, response};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string method = (data[0] & 1) != 0 ? "HEAD" : "POST";
  Outcome whole = read(bytes, method, size);
  const Outcome pieces = read(bytes, method, 1 + data[0] / 16);
  require(whole.end == pieces.end, "an answer ends as the network cuts it");
  if (whole.end != ResponseReader::End::Complete) return 0;
  require(whole.response.status >= 200 && whole.response.status <= 599, "a complete answer has a final status");
  require(whole.response.status == pieces.response.status && whole.response.body == pieces.response.body &&
              whole.response.headers == pieces.response.headers,
          "an answer says what the network makes of it");
  require(whole.response.body.size() <= kMaxBody, "a body is larger than the cap");
  bool too_large = false;
  const std::string problem = unpack_body(whole.response, kMaxBody, too_large);
  require(!problem.empty() || whole.response.body.size() <= kMaxBody, "an unpacked body is larger than the cap");
  return 0;
}

#include "host/transport/content_coding.h"

#include <zlib.h>

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"

namespace switchboard::transport {
namespace {

/// The codings in the order in which they were applied, joined by ", "; empty: none but identity.
std::string codings_of(const HttpResponse& response) {
  std::string found;
  for (const auto& [name, value] : response.headers) {
    if (name != "content-encoding") continue;
    std::string rest = lower_case(value);
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      std::string one = rest.substr(0, comma);
      std::erase_if(one, [](char c) { return c == ' ' || c == '\t'; });
      if (!one.empty() && one != "identity") found += (found.empty() ? "" : ", ") + one;
      rest.erase(0, comma + 1);
    }
  }
  return found;
}

enum class Unpacked { Whole, Damaged, TooLarge };

/// `window_bits` as zlib's inflateInit2() takes them. gzip may hold several members.
Unpacked inflate_all(const std::string& packed, int window_bits, std::uint64_t max_bytes, std::string& out) {
  z_stream stream{};
  if (::inflateInit2(&stream, window_bits) != Z_OK) return Unpacked::Damaged;
  // zlib takes what it reads as not const and does not write to it; the HTTP reader's cap is far below 4 GiB.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  Unpacked result = Unpacked::Damaged;
  char piece[16384];
  out.clear();
  for (int status = Z_OK;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece);
    stream.avail_out = sizeof piece;
    status = ::inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) break;
    out.append(piece, sizeof piece - stream.avail_out);
    if (out.size() > max_bytes) {
      result = Unpacked::TooLarge;
      break;
    }
    if (status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;  // cut
    if (status == Z_STREAM_END) {
      result = Unpacked::Whole;
      if (stream.avail_in == 0 || ::inflateReset(&stream) != Z_OK) break;
      result = Unpacked::Damaged;  // until the next member is whole too
    }
  }
  ::inflateEnd(&stream);
  return result;
}

}  // namespace

std::string unpack_body(HttpResponse& response, std::uint64_t max_bytes, bool& too_large) {
  too_large = false;
  const std::string coding = codings_of(response);
  if (coding.empty() || response.body.empty()) return {};
  const bool gzip = coding == "gzip" || coding == "x-gzip";
  if (!gzip && coding != "deflate")
    return "is packed as " + coding.substr(0, 40) + ", which was not asked for; a proxy on the way may do that";
  constexpr int kGzipBits = 15 + 16, kZlibBits = 15, kRawBits = -15;
  std::string body;
  Unpacked unpacked = inflate_all(response.body, gzip ? kGzipBits : kZlibBits, max_bytes, body);
  // "deflate" means zlib's form, and some send the bare one.
  if (!gzip && unpacked == Unpacked::Damaged) unpacked = inflate_all(response.body, kRawBits, max_bytes, body);
  too_large = unpacked == Unpacked::TooLarge;
  if (too_large) return "is too large when unpacked";
  if (unpacked == Unpacked::Damaged) return "says that it is packed as " + coding + " and cannot be unpacked";
  response.body = std::move(body);
  std::erase_if(response.headers, [](const auto& header) { return header.first == "content-encoding"; });
  return {};
}

}  // namespace switchboard::transport

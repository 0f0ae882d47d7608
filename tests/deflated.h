#pragma once

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

namespace switchboard::tests {

/// `bytes` by zlib; `window_bits` as deflateInit2() takes them: 15 + 16 makes gzip, 15 zlib's own form, -15 none around it.
inline std::string deflated(const std::string& bytes, int window_bits, int level = Z_BEST_SPEED) {
  z_stream stream{};
  REQUIRE(::deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(::deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

}  // namespace switchboard::tests

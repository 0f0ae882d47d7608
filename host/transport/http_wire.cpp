#include "host/transport/http_wire.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPResponse.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>

#include "core/base/ascii.h"

namespace switchboard::transport {
namespace {

constexpr std::size_t kMaxHeadBytes = 64u << 10;
constexpr std::size_t kMaxChunkLineBytes = 1u << 10;
constexpr int kMaxFields = 200;
constexpr int kMaxInterimAnswers = 8;
constexpr std::size_t kReceiveBytes = 16u << 10;

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// All digits of the text; nullopt: something else.
std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "HTTP/1.1 201 Created" → 201. Not Poco's: its enumeration has no place for numbers that it does not know.
std::optional<std::uint32_t> status_of(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.";
  const auto blank = line.find(' ');
  if (!line.starts_with(kVersion) || blank == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(std::min(line.find_first_not_of(' ', blank), line.size()));
  const auto number = parse_number(rest.substr(0, rest.find(' ')), 10);
  if (!number || *number < 100 || *number > 599) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

/// A head in which nothing is open to interpretation: printable ASCII, each name once, nothing folded or encoded. Poco says the same of
/// it (http_wire_test compares), but with a stream and a list of its own: 2 % of the CPU of an import. False: Poco is to read it.
bool read_plain(std::string_view head, std::vector<std::pair<std::string, std::string>>& headers, bool& keeps_alive) {
  constexpr std::size_t kMaxPlainLine = 256, kMaxPlainFields = 50;
  constexpr std::string_view kVersion = "HTTP/1.1 ", kEnd = "\r\n";
  if (!head.starts_with(kVersion)) return false;
  const auto status = head.substr(kVersion.size(), head.find(kEnd) - kVersion.size());
  if (status.size() < 3 || !std::ranges::all_of(status.substr(0, 3), is_digit) || (status.size() > 3 && status[3] != ' ')) return false;
  headers.clear();
  keeps_alive = true;
  for (bool is_status = true; head != kEnd; is_status = false) {
    const std::string_view line = head.substr(0, head.find(kEnd));
    head.remove_prefix(line.size() + kEnd.size());
    if (line.size() > kMaxPlainLine || std::ranges::any_of(line, [](char c) { return c < ' ' || c > '~'; })) return false;
    if (is_status) continue;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || headers.size() == kMaxPlainFields) return false;
    const std::string_view name = line.substr(0, colon);
    if (!std::ranges::all_of(name, [](char c) { return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_'; })) return false;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    while (value.ends_with(' ')) value.remove_suffix(1);
    if (value.find("=?") != std::string_view::npos) return false;  // an encoded word
    std::string lower = lower_case(name);
    if (std::ranges::any_of(headers, [&](const auto& header) { return header.first == lower; })) return false;
    if (lower == "connection" && lower_case(value) == "close") keeps_alive = false;
    headers.emplace_back(std::move(lower), value);
  }
  return true;
}

const std::string* find(const HttpResponse& response, std::string_view name) {
  for (const auto& header : response.headers)
    if (header.first == name) return &header.second;
  return nullptr;
}

}  // namespace

std::string request_head(const HttpRequest& request, const Url& url) {
  constexpr std::size_t kUsualHead = 1024;
  std::string head;
  head.reserve(kUsualHead);
  const auto add = [&head](const auto&... parts) { (head.append(parts), ...); };
  add(request.method, " ", url.target, " HTTP/1.1\r\nHost: ", url.authority(), "\r\n");
  if (!is_clean(request.method)) return "";
  bool has_agent = false;
  for (const auto& [name, value] : request.headers) {
    if (!is_clean(name) || !is_clean(value)) return "";
    static constexpr std::array<std::string_view, 5> kOurs = {"host", "content-length", "accept-encoding", "connection", "transfer-encoding"};
    const auto is = [&named = name](std::string_view lower) { return std::ranges::equal(named, lower, {}, ascii_lower); };
    if (std::ranges::any_of(kOurs, is)) continue;
    has_agent = has_agent || is("user-agent");
    add(name, ": ", value, "\r\n");
  }
  if (!has_agent) head += "User-Agent: switchboard/" SWITCHBOARD_VERSION "\r\n";
  // We do not unpack, so we do not ask for it.
  head += "Accept-Encoding: identity\r\n";
  bool wants_length = !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
                      request.method == "PATCH";
  if (wants_length) add("Content-Length: ", std::to_string(request.body.size()), "\r\n");
  return head += "\r\n";
}

ResponseReader::Fill ResponseReader::fill() {
  if (at_ == buffer_.size()) {
    buffer_.clear();
    at_ = 0;
  }
  // Most answers are a few hundred bytes: making room for the largest piece each time took longer than copying what came.
  char piece[kReceiveBytes];
  const long n = receive_(piece, sizeof piece);
  if (n > 0) {
    buffer_.append(piece, static_cast<std::size_t>(n));
    begun_ = true;
  }
  return n > 0 ? Fill::More : n == 0 ? Fill::End : Fill::Broken;
}

ResponseReader::End ResponseReader::read_line(std::string& line, std::size_t limit) {
  for (;;) {
    auto end = buffer_.find('\n', at_);
    if (end != std::string::npos) {
      line = buffer_.substr(at_, end - at_);
      if (line.ends_with('\r')) line.pop_back();
      at_ = end + 1;
      return line.size() > limit ? End::Malformed : End::Complete;
    }
    if (buffer_.size() - at_ > limit + 1) return End::Malformed;  // 1: the CR before a LF to come
    if (fill() != Fill::More) return End::Cut;
  }
}

ResponseReader::End ResponseReader::read_head(HttpResponse& response) {
  std::string head, line;
  do {
    if (auto end = read_line(line, kMaxHeadBytes); end != End::Complete) return end;
    if (head.empty()) {
      const auto status = status_of(line);
      if (!status) return End::Malformed;
      response.status = *status;
    }
    head += line + "\r\n";
    if (head.size() > kMaxHeadBytes) return End::TooLarge;
  } while (!line.empty());

  if (read_plain(head, response.headers, keeps_alive_)) return End::Complete;
  try {
    Poco::Net::HTTPResponse parsed;
    parsed.setFieldLimit(kMaxFields);
    std::istringstream stream(head);
    parsed.read(stream);
    response.headers.clear();
    for (const auto& [name, value] : parsed) response.headers.emplace_back(lower_case(name), value);
    keeps_alive_ = parsed.getKeepAlive();
  } catch (const Poco::Exception&) {
    return End::Malformed;
  }
  return End::Complete;
}

ResponseReader::End ResponseReader::read_sized(std::uint64_t size, std::string& body) {
  if (size > max_ - body.size()) return End::TooLarge;
  std::uint64_t left = size;
  while (left > 0) {
    if (at_ == buffer_.size() && fill() != Fill::More) return End::Cut;
    std::size_t piece = std::min<std::uint64_t>(left, buffer_.size() - at_);
    body.append(buffer_, at_, piece);
    at_ += piece;
    left -= piece;
  }
  return End::Complete;
}

ResponseReader::End ResponseReader::read_chunked(std::string& body) {
  std::string line;
  for (;;) {
    if (auto end = read_line(line, kMaxChunkLineBytes); end != End::Complete) return end;
    auto digits = line.substr(0, line.find(';'));
    while (digits.ends_with(' ') || digits.ends_with('\t')) digits.pop_back();
    auto size = parse_number(digits, 16);
    if (!size) return End::Malformed;
    if (*size == 0) break;
    if (auto end = read_sized(*size, body); end != End::Complete) return end;
    if (auto end = read_line(line, 0); end != End::Complete) return end;
  }
  std::size_t trailer_bytes = 0;
  do {
    if (auto end = read_line(line, kMaxHeadBytes); end != End::Complete) return end;
    trailer_bytes += line.size();
    if (trailer_bytes > kMaxHeadBytes) return End::TooLarge;
  } while (!line.empty());
  return End::Complete;
}

ResponseReader::End ResponseReader::read_until_closed(std::string& body) {
  for (;;) {
    if (auto end = read_sized(buffer_.size() - at_, body); end != End::Complete) return end;
    auto more = fill();
    if (more == Fill::End) return End::Complete;
    if (more == Fill::Broken) return End::Cut;
  }
}

ResponseReader::End ResponseReader::read(const std::string& method, HttpResponse& response) {
  for (int interim = 0;; ++interim) {
    if (auto end = read_head(response); end != End::Complete) return end;
    if (response.status >= 200) break;
    if (response.status == 101 || interim == kMaxInterimAnswers) return End::Malformed;
  }
  response.body.clear();
  bool has_no_body = method == "HEAD" || response.status == 204 || response.status == 304;
  const std::string* encoding = find(response, "transfer-encoding");
  const std::string* length = find(response, "content-length");
  End end = End::Complete;
  bool is_delimited = true;
  if (has_no_body) {
  } else if (encoding != nullptr) {
    const std::string transfer = lower_case(*encoding);
    const bool packed = transfer == "gzip, chunked" || transfer == "gzip,chunked";
    if (transfer != "chunked" && !packed) return End::Malformed;
    end = read_chunked(response.body);
    if (packed) response.headers.emplace_back("content-encoding", "gzip");
  } else if (length != nullptr) {
    // Several lengths that differ are how answers are smuggled.
    for (const auto& header : response.headers)
      if (header.first == "content-length" && header.second != *length) return End::Malformed;
    auto size = parse_number(*length, 10);
    if (!size) return End::Malformed;
    end = read_sized(*size, response.body);
  } else {
    is_delimited = false;
    end = read_until_closed(response.body);
  }
  reusable_ = end == End::Complete && is_delimited && keeps_alive_;
  return end;
}

}  // namespace switchboard::transport

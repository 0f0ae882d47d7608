// What a vendor's emulator sees and answers.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/base64.h>
#include <switchboard/kit/csv.h>
#include <switchboard/kit/json.h>
#include <switchboard/kit/json_text.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/multipart.h>
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::kit {

/// A view; borrow it for the call.
class SandboxRequest {
 public:
  explicit SandboxRequest(const swb_request& request) : request_(request), target_(view(request.path)) {}

  std::string_view method() const { return view(request_.method); }
  bool is(std::string_view method, std::string_view path) const {
    return this->method() == method && target_.path() == path;
  }
  /// Everything after the origin, a base URL's path prefix included.
  const Target& target() const { return target_; }
  const std::string& path() const { return target_.path(); }
  const std::vector<std::string>& segments() const { return target_.segments(); }
  std::optional<std::string> query(std::string_view name) const { return target_.query(name); }
  /// A whole number of the query; nullopt: it is none, or out of the range. Two of them may be multiplied.
  std::optional<std::int64_t> query_int(std::string_view name, std::int64_t fallback, std::int64_t low,
                                        std::int64_t high = 1'000'000'000) const {
    const auto text = query(name);
    const auto number = text ? parse_int(*text) : std::optional(fallback);
    return number && *number >= low && *number <= high ? number : std::nullopt;
  }
  std::string_view body() const { return view(request_.body); }
  /// The body as JSON; null where it is none.
  Json json() const { return Json::parse(body()).value_or(Json()); }

  /// The fields of a form in the body, as an object of texts.
  Json form() const {
    JsonWriter json;
    json.object();
    const Target fields("/?" + std::string(body()));
    for (const auto& [name, value] : fields.query()) json.member(name, value);
    return Json::parse(json.end().text()).value_or(Json());
  }

  std::optional<std::string_view> header(std::string_view name) const {
    for (std::uint32_t i = 0; i < request_.n_headers; ++i) {
      if (equals_ignoring_case(view(request_.headers[i].name), name)) return view(request_.headers[i].value);
    }
    return std::nullopt;
  }

  /// "multipart/form-data" of "multipart/form-data; boundary=…", in lower case; empty where there is none.
  std::string media_type() const {
    const std::string_view value = header("content-type").value_or("");
    return lower(trim(value.substr(0, value.find(';'))));
  }

  /// Token of "Authorization: Bearer TOKEN".
  std::optional<std::string> bearer() const { return credential("bearer "); }

  /// User and password of "Authorization: Basic …".
  std::optional<std::pair<std::string, std::string>> basic() const {
    const auto encoded = credential("basic ");
    const auto text = encoded ? base64_decode(*encoded) : std::nullopt;
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos) return std::nullopt;
    return std::pair(text->substr(0, colon), text->substr(colon + 1));
  }

  /// The status that the host wants this request to fail with. Answer in the vendor's own error shape; change
  /// nothing.
  std::optional<int> fault_status() const {
    const auto value = header("x-switchboard-fault");
    const auto status = value ? parse_int(trim(*value)) : std::nullopt;
    if (!status || *status < 100 || *status > 599) return std::nullopt;
    return static_cast<int>(*status);
  }

 private:
  std::optional<std::string> credential(std::string_view scheme) const {
    const std::string_view value = header("authorization").value_or("");
    if (!equals_ignoring_case(value.substr(0, scheme.size()), scheme)) return std::nullopt;
    return std::string(trim(value.substr(scheme.size())));
  }

  const swb_request& request_;
  Target target_;
};

struct SandboxResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  static SandboxResponse json(int status, std::string body) {
    return {status, {{"content-type", "application/json"}}, std::move(body)};
  }
  static SandboxResponse json(int status, JsonWriter& writer) { return json(status, writer.take()); }
  /// A value written down, or an entry as its json() has it.
  static SandboxResponse of(int status, const JsonText& value) { return json(status, value.text()); }
  static SandboxResponse empty(int status = 204) { return {status, {}, {}}; }
  static SandboxResponse text(int status, std::string body,
                              std::string content_type = "text/plain; charset=utf-8") {
    return {status, {{"content-type", std::move(content_type)}}, std::move(body)};
  }
  /// From a gateway, not from the application: a page for people.
  static SandboxResponse page(int status, const std::string& content) { return text(status, "<html>" + content + "</html>", "text/html"); }
  SandboxResponse with(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
  }
};

/// The first entry that matches; nullptr: none does.
template <class Entries, class Matches>
auto find_entry(Entries& entries, Matches matches) -> decltype(&*std::begin(entries)) {
  const auto found = std::find_if(std::begin(entries), std::end(entries), matches);
  return found == std::end(entries) ? nullptr : &*found;
}

/// The multipart form of an upload.
class SandboxForm {
 public:
  /// nullopt where the body is no such form.
  static std::optional<SandboxForm> of(const SandboxRequest& request, bool any_media_type = false) {
    if (!any_media_type && request.media_type() != "multipart/form-data") return std::nullopt;
    auto parts = read_multipart(request.header("content-type").value_or(""), request.body());
    return parts ? std::optional(SandboxForm(*std::move(parts))) : std::nullopt;
  }

  /// nullptr where there is no such part.
  const MultipartPart* part(std::string_view name) const { return find_part(parts_, name); }
  std::string text(std::string_view name, std::string_view fallback = {}) const {
    const MultipartPart* found = part(name);
    return found != nullptr ? found->content : std::string(fallback);
  }
  /// A CSV file, header first; nullopt: there is none, or it is no CSV in UTF-8, or empty.
  std::optional<CsvTable> csv(std::string_view name) const {
    const MultipartPart* file = part(name);
    return file != nullptr && is_utf8(file->content) ? CsvTable::read(file->content) : std::nullopt;
  }

 private:
  explicit SandboxForm(std::vector<MultipartPart> parts) : parts_(std::move(parts)) {}

  std::vector<MultipartPart> parts_;
};

/// The credential that the emulator accepts: from options.secrets, else "sandbox".
inline std::string sandbox_secret(const Json& options, std::string_view name) {
  return options["secrets"][name].string_or("sandbox");
}

/// A switch of the emulator from options.options.
inline const Json& sandbox_option(const Json& options, std::string_view name) {
  return options["options"][name];
}

/// Both, for members that say what they are where they are declared:
///
///   explicit Sandbox(const kit::Json& options) : options_(options) {}
///   kit::SandboxOptions options_;  // the first member
///   std::string key_ = options_.secret("api_key");
///   std::int64_t page_size_ = options_.number("page_size", 10);
class SandboxOptions {
 public:
  explicit SandboxOptions(const Json& options) : options_(options) {}

  const Json& json() const { return options_; }
  std::string secret(std::string_view name) const { return sandbox_secret(options_, name); }
  std::string text(std::string_view name, std::string_view fallback) const { return sandbox_option(options_, name).string_or(fallback); }
  std::int64_t number(std::string_view name, std::int64_t fallback) const { return sandbox_option(options_, name).int_or(fallback); }
  bool flag(std::string_view name, bool fallback) const { return sandbox_option(options_, name).bool_or(fallback); }
  /// Separated by commas, without blanks around; what is empty is left out.
  std::vector<std::string> list(std::string_view name, std::string_view fallback) const {
    std::vector<std::string> parts;
    const std::string text = this->text(name, fallback);
    for (const std::string_view part : split(text, ','))
      if (!trim(part).empty()) parts.emplace_back(trim(part));
    return parts;
  }

 private:
  Json options_;
};

}  // namespace switchboard::kit

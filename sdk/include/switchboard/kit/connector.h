// SWB_CONNECTOR and SWB_SANDBOX: the C tables, made from two classes.
//
//   struct Connector {                                       // one a session; immutable after construction
//     explicit Connector(const kit::Settings&);
//     void encode(const kit::Batch&, const kit::Step&, kit::Requests&) const;
//     void decode(const kit::Batch&, const kit::Step&, const kit::Response&, kit::Answer&) const;
//   };
//   SWB_CONNECTOR(Connector)                                 // once, at namespace scope, in one .cpp file
//
//   struct Sandbox {                                         // one an account
//     explicit Sandbox(const kit::Json& options);
//     kit::SandboxResponse serve(const kit::SandboxRequest&, std::int64_t now_ms);
//     std::string dump() const;                              // one JSON object
//   };
//   SWB_SANDBOX(Sandbox)                                     // optional; once, in any .cpp file
//
// Failure is an exception: kit::SettingError, kit::Error, kit::Unsupported. guard() is where they all end.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/answer.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/call.h>
#include <switchboard/kit/growth.h>
#include <switchboard/kit/request.h>
#include <switchboard/kit/sandbox.h>
#include <switchboard/kit/settings.h>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The manifest; switchboard_add_connector() generates the definitions.
extern "C" const unsigned char swb_manifest_data[];
extern "C" const size_t swb_manifest_size;

/// Defined by SWB_SANDBOX; null in a connector that has no sandbox.
extern "C" __attribute__((weak, visibility("hidden"))) const swb_sandbox* swb_sandbox_table(void);

namespace switchboard::kit {

/// Runs `body` and lets nothing out: an exception becomes a status, its reason goes to the host.
template <class Body>
swb_status guard(swb_call* handle, Body&& body) noexcept {
  const Call call(handle);
  try {
    body(call);
    return SWB_OK;
  } catch (const SinkRefused& refused) {
    return refused.status();
  } catch (const Error& error) {
    return call.fail(error.status(), error.subject(), error.what());
  } catch (const std::bad_alloc&) {
    return call.fail(SWB_E_LIMIT, {}, "out of memory");
  } catch (const std::exception& error) {
    return call.fail(SWB_E_INTERNAL, {}, error.what());
  } catch (...) {
    return call.fail(SWB_E_INTERNAL, {}, "an exception of unknown type");
  }
}

inline Json parse_options(swb_str text, std::string_view what) {
  std::string why;
  auto json = Json::parse(view(text).empty() ? "{}" : view(text), &why);
  if (!json || !json->is_object())
    throw Error(SWB_E_CONFIG, std::string(what) + " are not a JSON object: " + why);
  return *std::move(json);
}

template <class Connector>
struct ConnectorTable {
  static swb_status open(swb_call* handle, swb_str settings, swb_session** out) noexcept {
    return guard(handle, [&](const Call&) {
      auto connector = std::make_unique<Connector>(Settings(parse_options(settings, "the settings")));
      *out = reinterpret_cast<swb_session*>(connector.release());
    });
  }

  static void close(swb_session* session) noexcept { delete reinterpret_cast<Connector*>(session); }

  static swb_status encode(swb_call* handle, const swb_session* session, const swb_batch* batch,
                           const swb_step* step) noexcept {
    return guard(handle, [&](const Call& call) {
      const swb_batch rows = bounded_copy(*batch);
      const swb_step where = known_operation(bounded_copy(*step), rows);
      Requests requests(call);
      self(session).encode(Batch(rows), Step(where), requests);
      if (requests.count() == 0) throw Error(SWB_E_INTERNAL, "encode() put no request");
    });
  }

  static swb_status decode(swb_call* handle, const swb_session* session, const swb_batch* batch,
                           const swb_step* step, const swb_response* response) noexcept {
    return guard(handle, [&](const Call& call) {
      const swb_batch rows = bounded_copy(*batch);
      const swb_step where = known_operation(bounded_copy(*step), rows);
      const swb_response answered = bounded_copy(*response);
      const Batch contacts(rows);
      Answer answer(call, contacts);
      self(session).decode(contacts, Step(where), Response(answered), answer);
      if (!answer.finished()) throw Error(SWB_E_INTERNAL, "decode() put no directive");
    });
  }

  static const void* extension(swb_str id) noexcept {
    const swb_sandbox* (*sandbox)() = swb_sandbox_table;  // null without SWB_SANDBOX: the symbol is weak
    return sandbox != nullptr && view(id) == SWB_EXT_SANDBOX ? sandbox() : nullptr;
  }

  static const swb_plugin* entry(const swb_host* host) noexcept {
    if (!HostTable::adopt(host)) return nullptr;
    static const swb_plugin table = {sizeof(swb_plugin),
                                     SWB_ABI_MINOR,
                                     0,
                                     0,
                                     {reinterpret_cast<const char*>(swb_manifest_data), swb_manifest_size},
                                     open,
                                     close,
                                     encode,
                                     decode,
                                     extension};
    return &table;
  }

 private:
  static const Connector& self(const swb_session* session) {
    return *reinterpret_cast<const Connector*>(session);
  }

  /// One that this header knows, and with rows where it is about rows: no connector has to think of a first row that there is not.
  static swb_step known_operation(swb_step step, const swb_batch& rows) {
    if (step.op > static_cast<std::uint32_t>(kLastOperation)) throw Unsupported("this connector was built before that operation existed");
    if (rows.n_rows == 0 && carries_rows(static_cast<Operation>(step.op))) throw Error(SWB_E_INPUT, "asked to do something with rows, and given none");
    return step;
  }
};

template <class Sandbox>
struct SandboxTable {
  static swb_status open(swb_call* handle, swb_str options, swb_account** out) noexcept {
    return guard(handle, [&](const Call&) {
      auto sandbox = std::make_unique<Sandbox>(parse_options(options, "the sandbox options"));
      *out = reinterpret_cast<swb_account*>(sandbox.release());
    });
  }

  static void close(swb_account* account) noexcept { delete &self(account); }

  static swb_status serve(swb_call* handle, swb_account* account, const swb_request* request,
                          std::int64_t now_ms) noexcept {
    return guard(handle, [&](const Call& call) {
      const swb_request asked = bounded_copy(*request);
      const SandboxResponse response = self(account).serve(SandboxRequest(asked), now_ms);
      std::vector<swb_header> headers;
      headers.reserve(response.headers.size());
      for (const auto& [name, value] : response.headers) headers.push_back({to_abi(name), to_abi(value)});
      swb_response out{};
      out.struct_size = sizeof out;
      out.http_status = static_cast<std::uint32_t>(response.status);
      out.n_headers = static_cast<std::uint32_t>(headers.size());
      out.headers = headers.data();
      out.body = to_abi(response.body);
      out.tag = asked.tag;
      check_sink(call.host().put_response(call.handle(), &out));
    });
  }

  static swb_status dump(swb_call* handle, swb_account* account) noexcept {
    return guard(handle, [&](const Call& call) {
      check_sink(call.host().put_body(call.handle(), to_abi(self(account).dump())));
    });
  }

  static const swb_sandbox* table() noexcept {
    static const swb_sandbox functions = {sizeof(swb_sandbox), 0, open, close, serve, dump};
    return &functions;
  }

 private:
  static Sandbox& self(swb_account* account) { return *reinterpret_cast<Sandbox*>(account); }
};

}  // namespace switchboard::kit

#define SWB_CONNECTOR(Type)                                                    \
  extern "C" SWB_EXPORT const swb_plugin* swb_entry_v1(const swb_host* host) { \
    return ::switchboard::kit::ConnectorTable<Type>::entry(host);              \
  }

#define SWB_SANDBOX(Type)                                                                       \
  extern "C" __attribute__((visibility("hidden"))) const swb_sandbox* swb_sandbox_table(void) { \
    return ::switchboard::kit::SandboxTable<Type>::table();                                     \
  }

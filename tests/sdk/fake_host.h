#pragma once

#include <switchboard/kit/kit.h>

#include <string>
#include <utility>
#include <vector>

/// A host that writes down what a connector puts out. The call's handle is the FakeHost itself.
struct FakeHost {
  swb_status sink_status = SWB_OK;
  std::string subject, reason;
  std::vector<std::string> requests, bodies, outcomes, directives, items, logs;

  swb_call* call() { return reinterpret_cast<swb_call*>(this); }
  static FakeHost& self(swb_call* call) { return *reinterpret_cast<FakeHost*>(call); }
  static std::string text(swb_str s) { return s.data == nullptr ? "(absent)" : std::string(s.data, s.size); }

  static const swb_host* table() {
    static const swb_host host = [] {
      swb_host t{};
      t.struct_size = sizeof t;
      t.log_enabled = [](swb_call*, std::uint32_t level) -> std::uint32_t {
        return level >= SWB_LOG_INFO ? 1 : 0;
      };
      t.log = [](swb_call* call, const swb_log* entry) { self(call).logs.push_back(text(entry->message)); };
      t.scratch = [](swb_call*, std::size_t, std::size_t) -> void* { return nullptr; };
      t.cancelled = [](swb_call*) -> std::uint32_t { return 0; };
      t.fail = [](swb_call* call, swb_str about, swb_str why) {
        self(call).subject = text(about);
        self(call).reason = text(why);
      };
      t.put_request = [](swb_call* call, const swb_request* r) {
        self(call).requests.push_back(text(r->method) + ' ' + text(r->path) + ' ' + std::to_string(r->first) +
                                      '+' + std::to_string(r->count));
        self(call).bodies.push_back(text(r->body));
        return self(call).sink_status;
      };
      t.put_body = [](swb_call* call, swb_str chunk) {
        self(call).bodies.push_back(text(chunk));
        return self(call).sink_status;
      };
      t.put_outcome = [](swb_call* call, const swb_outcome* o) {
        self(call).outcomes.push_back(std::to_string(o->row) + ':' + std::to_string(o->result) + ' ' +
                                      text(o->vendor_id) + ' ' + text(o->code) + ' ' + text(o->field) + ' ' +
                                      text(o->message));
        return self(call).sink_status;
      };
      t.put_directive = [](swb_call* call, const swb_directive* d) {
        self(call).directives.push_back(std::to_string(d->kind) + ' ' + std::to_string(d->reason) + ' ' +
                                        std::to_string(d->delay_ms) + ' ' + text(d->state) + ' ' +
                                        text(d->code) + ' ' + text(d->message));
        return self(call).sink_status;
      };
      t.put_item = [](swb_call* call, swb_str kind, swb_str id, swb_str label) {
        self(call).items.push_back(text(kind) + ' ' + text(id) + ' ' + text(label));
        return self(call).sink_status;
      };
      t.put_response = [](swb_call* call, const swb_response* r) {
        self(call).bodies.push_back(std::to_string(r->http_status) + ' ' + text(r->body));
        return self(call).sink_status;
      };
      t.extension = [](swb_str) -> const void* { return nullptr; };
      return t;
    }();
    return &host;
  }

  FakeHost() { switchboard::kit::HostTable::adopt(table()); }
};

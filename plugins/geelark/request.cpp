// Records → vendor request.
#include "connector.h"

#include <algorithm>

namespace geelark {
namespace {

constexpr std::size_t kMaxNameLength = 128;

// Cut to what fits with the tag, counted in code points.
std::string task_name(const std::string& name, const std::string& tag) {
  std::string out;
  std::string_view rest = name;
  for (std::size_t left = kMaxNameLength - tag.size() - 1; left > 0 && !rest.empty(); --left) {
    const std::size_t size = std::max<std::size_t>(1, kit::utf8_length(rest));
    out += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  out = kit::trim(out);
  return out.empty() ? tag : out + " " + tag;
}

void write_contact(kit::JsonWriter& json, const kit::Batch& batch, std::uint32_t row) {
  json.object();
  for (std::uint32_t column = 0; column < batch.fields(); ++column) {
    const std::string_view value = kit::trim(batch.cell(row, column).value_or(""));
    if (!value.empty()) json.member(batch.column_name(column), value);
  }
  json.end();
}

kit::Request create_task(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                         std::uint32_t first, std::uint32_t count) {
  kit::JsonWriter json;
  json.object().member("name", task_name(connector.name, tag_of(batch, first, count)));
  json.member_if("remark", connector.remark);
  // Rounded up: never in the past.
  json.member("scheduleAt", (connector.schedule_at(step.now_ms()) + 999) / 1000);
  json.member("id", connector.phone_id).key("contacts").array();
  for (std::uint32_t row = first; row < first + count; ++row) write_contact(json, batch, row);
  kit::Request request =
      kit::Request::post_json("/open/v1/rpa/task/importContacts", json.end().end().take()).rows(first, count);
  request.bucket = "import";
  return request;
}

// Every request of this vendor is a POST; these change nothing.
kit::Request question(std::string path, std::string body, std::string bucket) {
  kit::Request request = kit::Request::post_json(std::move(path), std::move(body));
  request.replay = kit::Replay::Safe;
  request.bucket = std::move(bucket);
  return request;
}

std::string ids(const std::string& id) {
  return kit::JsonWriter().object().key("ids").array().value(id).end().end().take();
}

kit::Request history_page(const Chain& chain) {
  kit::JsonWriter json;
  json.object().member("size", kPageSize);
  if (!chain.history.mark.empty()) json.member("lastId", chain.history.mark);
  return question("/open/v1/task/historyRecords", json.end().take(), "history");
}

kit::Request follow_up(const Connector& connector, const Chain& chain) {
  switch (chain.phase) {
    case Chain::Phase::Watch:
      return question("/open/v1/task/query", ids(chain.task), "query");
    case Chain::Phase::Restart:
      return kit::Request::post_json("/open/v1/task/restart", ids(chain.task));
    case Chain::Phase::Search:
      return history_page(chain);
    case Chain::Phase::Phone:
      return question("/open/v1/phone/status", ids(connector.phone_id), "");
    case Chain::Phase::Send:
      break;
  }
  throw kit::Error(SWB_E_INPUT, "the chain's saved state does not fit the operation");
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  const Chain chain = Chain::of(batch, step);
  switch (step.operation()) {
    case kit::Operation::Import:
      if (phone_id.empty()) throw kit::SettingError("id", "say which cloud phone gets the contacts: --set id=NUMBER");
      if (chain.phase != Chain::Phase::Send) return out.put(follow_up(*this, chain).rows(0, batch.rows()));
      for (std::uint32_t first = 0; first < batch.rows(); first += contacts_per_task) {
        const std::uint32_t left = batch.rows() - first;
        out.put(create_task(*this, batch, step, first, left < contacts_per_task ? left : contacts_per_task));
      }
      return;
    case kit::Operation::Reconcile:
      return out.put(follow_up(*this, chain).rows(0, batch.rows()));
    case kit::Operation::Probe:
      return out.put(chain.phase == Chain::Phase::Phone ? follow_up(*this, chain)
                                                        : question("/open/v1/auth/status", "{}", ""));
    case kit::Operation::Discover:
      break;
  }
  throw kit::Unsupported("GeeLark documents no call that lists an account's cloud phones");
}

}  // namespace geelark

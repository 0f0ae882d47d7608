// Records → vendor request.
#include "connector.h"

#include <algorithm>

namespace geelark {
namespace {

constexpr std::size_t kMaxNameLength = 128;

// Cut to what fits with the tag, counted in code points.
std::string task_name(const std::string& name, const std::string& tag) {
  const std::string out(kit::trim(kit::first_characters(name, kMaxNameLength - tag.size() - 1)));
  return out.empty() ? tag : out + " " + tag;
}

struct Asking : kit::Asking<Connector, Chain> {
  void put(kit::Requests& out) const {
    if (step.is(Operation::Discover)) throw kit::Unsupported("GeeLark documents no call that lists an account's cloud phones");
    if (step.is(Operation::Probe))
      return out.put(chain.phase == Phase::Phone ? follow_up() : Request::ask_json("/open/v1/auth/status", "{}"));
    if (step.is(Operation::Import) && connector.phone_id.empty())
      throw kit::SettingError("id", "say which cloud phone gets the contacts: --set id=NUMBER");
    if (step.is(Operation::Reconcile) || chain.phase != Phase::Send) return out.put(follow_up().rows(0, batch.rows()));
    for (std::uint32_t first = 0; first < batch.rows(); first += connector.contacts_per_task)
      out.put(create_task(first, std::min(batch.rows() - first, connector.contacts_per_task)));
  }

  Request create_task(std::uint32_t first, std::uint32_t count) const {
    kit::JsonWriter json;
    json.object().member("name", task_name(connector.name, tag_of(batch, first, count)));
    json.member_if("remark", connector.remark);
    // Rounded up: never in the past.
    json.member("scheduleAt", (connector.schedule_at(step.now_ms()) + 999) / 1000);
    json.member("id", connector.phone_id).key("contacts").array();
    const auto trimmed = [](std::string_view cell) { return kit::trim(cell).empty() ? std::nullopt : std::optional(kit::trim(cell)); };
    for (std::uint32_t row = first; row < first + count; ++row) kit::write_row(json, batch, row, batch.fields(), trimmed);
    return Request::post_json("/open/v1/rpa/task/importContacts", json.end().end().take()).rows(first, count).in_bucket("import");
  }

  // Every request of this vendor is a POST; but for the restart, these change nothing.
  Request follow_up() const {
    switch (chain.phase) {
      case Phase::Watch: return Request::ask_json("/open/v1/task/query", ids(chain.task)).in_bucket("query");
      case Phase::Restart: return Request::post_json("/open/v1/task/restart", ids(chain.task));
      case Phase::Search: return Request::ask_json("/open/v1/task/historyRecords", history_page()).in_bucket("history");
      case Phase::Phone: return Request::ask_json("/open/v1/phone/status", ids(connector.phone_id));
      case Phase::Send: break;
    }
    throw kit::Error(SWB_E_INPUT, "the chain's saved state does not fit the operation");
  }

  std::string history_page() const {
    const auto last_id = chain.history.mark.empty() ? std::nullopt : std::optional(chain.history.mark);
    return kit::object({{"size", kPageSize}, {"lastId", last_id}}).text();
  }

  static std::string ids(const std::string& id) { return kit::object({{"ids", kit::array({id})}}).text(); }
};

}  // namespace

void Connector::encode(const Batch& batch, const Step& step, kit::Requests& out) const { Asking{{*this, batch, step}}.put(out); }

}  // namespace geelark

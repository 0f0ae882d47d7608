// Records → vendor request.
#include "connector.h"

namespace eight_x_eight {
namespace {

using kit::Query;

struct Asking : kit::Asking<Connector, Chain> {
  const std::string account = "/api/v1/accounts/" + kit::url_encode(connector.account_id);

  Request request() const {
    if (step.is(Operation::Probe)) return list("/contacts", 1, 0);
    switch (chain.phase) {
      case Phase::Discover: return list("/groups", kPageSize, chain.paging.offset);
      case Phase::Upload: return upload();
      case Phase::Poll: return Request::get(account + "/batches/" + kit::url_encode(chain.batch_id));
      case Phase::Counts:
      case Phase::Find: return list("/batches", kPageSize, chain.paging.offset, Query().add("type", "createContacts"));
      case Phase::Verify: return search();
      case Phase::Invalid: break;
    }
    if (auto request = invalid_file(chain.invalid_file)) return *std::move(request);
    throw kit::Error(SWB_E_INPUT, "the chain's saved state names no file of refused rows");
  }

  Request upload() const {
    kit::MultipartWriter form(step.chain_id());
    form.file("file", file_name(batch), "text/csv", contacts_csv());
    std::string groups;
    for (const std::string& id : connector.groups) groups += (groups.empty() ? "" : ",") + id;
    if (!groups.empty()) form.field("groups", groups);
    form.field("fileHasHeader", "true");
    return Request::post(account + "/contacts/batches/createContacts", form.content_type(), form.body());
  }

  std::string contacts_csv() const {
    const kit::Column msisdn = batch.column("msisdn");
    return kit::batch_csv(batch, kit::filled_columns(batch, "msisdn", false), "\r\n", [&](std::uint32_t column, std::string_view cell) {
      const bool plus = column == msisdn && connector.msisdn_plus && !cell.empty() && cell.front() != '+';
      return (plus ? "+" : "") + std::string(cell);
    });
  }

  Request search() const {
    if (chain.scope == Chain::Scope::Each)
      return list("/contacts", 100, 0, Query().add("query", kit::digits_of(batch.value(chain.next_row(), "msisdn").value_or(""))));
    Query query;
    if (chain.scope == Chain::Scope::Group) query.add("groupId", connector.groups.front());
    return list("/contacts", kPageSize, chain.paging.offset, query);
  }

  Request list(const std::string& what, std::int64_t limit, std::int64_t offset, Query query = {}) const {
    return Request::get(account + what + query.add("limit", limit).add("offset", offset).text());
  }
};

}  // namespace

// From the rows alone, so that a reconciliation finds the same name: row ids are unique in the job and
// stable, the numbers tell jobs apart.
std::string file_name(const Batch& batch) {
  return "switchboard-" + kit::batch_digest(batch, 0, batch.rows(), {batch.column("msisdn").value_or(0)}, 24, '\n', '\n') + ".csv";
}

void Connector::encode(const Batch& batch, const Step& step, kit::Requests& out) const {
  out.put(Asking{{*this, batch, step}}.request().rows(0, batch.rows()));
}

}  // namespace eight_x_eight

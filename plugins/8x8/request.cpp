// Records → vendor request.
#include "connector.h"

namespace eight_x_eight {
namespace {

using kit::Query;
using kit::Request;

std::string contacts_csv(const Connector& connector, const kit::Batch& batch) {
  const kit::Column msisdn = batch.column("msisdn");
  return kit::batch_csv(batch, kit::filled_columns(batch, "msisdn", false), "\r\n", [&](std::uint32_t column, std::string_view cell) {
    const bool plus = column == msisdn && connector.msisdn_plus && !cell.empty() && cell.front() != '+';
    return (plus ? "+" : "") + std::string(cell);
  });
}

Request upload(const Connector& connector, const kit::Batch& batch, const kit::Step& step, const std::string& account) {
  kit::MultipartWriter form(step.chain_id());
  form.file("file", file_name(batch), "text/csv", contacts_csv(connector, batch));
  std::string groups;
  for (const std::string& id : connector.groups) groups += (groups.empty() ? "" : ",") + id;
  if (!groups.empty()) form.field("groups", groups);
  form.field("fileHasHeader", "true");
  return Request::post(account + "/contacts/batches/createContacts", form.content_type(), form.body())
      .rows(0, batch.rows());
}

Query page(std::int64_t limit, std::int64_t offset, Query query = {}) {
  return query.add("limit", std::to_string(limit)).add("offset", std::to_string(offset));
}

Request search(const Connector& connector, const Chain& chain, const kit::Batch& batch, const std::string& account) {
  if (chain.scope != Chain::Scope::Each) {
    Query query;
    if (chain.scope == Chain::Scope::Group) query.add("groupId", connector.groups.front());
    return Request::get(account + "/contacts" + page(kPageSize, chain.paging.offset, query).text());
  }
  const std::string msisdn =
      kit::digits_of(batch.cell(chain.next_row(), batch.column("msisdn")).value_or(""));
  return Request::get(account + "/contacts" + page(100, 0, Query().add("query", msisdn)).text());
}

Request import_request(const Connector& connector, const Chain& chain, const kit::Batch& batch,
                       const kit::Step& step, const std::string& account) {
  switch (chain.phase) {
    case Chain::Phase::Discover:
      return Request::get(account + "/groups" + page(kPageSize, chain.paging.offset).text());
    case Chain::Phase::Upload:
      return upload(connector, batch, step, account);
    case Chain::Phase::Poll:
      return Request::get(account + "/batches/" + kit::url_encode(chain.batch_id));
    case Chain::Phase::Counts:
    case Chain::Phase::Find:
      return Request::get(account + "/batches" + page(kPageSize, chain.paging.offset, Query().add("type", "createContacts")).text());
    case Chain::Phase::Invalid:
      if (auto request = invalid_file(chain.invalid_file)) return *std::move(request);
      throw kit::Error(SWB_E_INPUT, "the chain's saved state names no file of refused rows");
    case Chain::Phase::Verify:
      break;
  }
  return search(connector, chain, batch, account);
}

}  // namespace

// From the rows alone, so that a reconciliation finds the same name: row ids are unique in the job and
// stable, the numbers tell jobs apart.
std::string file_name(const kit::Batch& batch) {
  const kit::Column msisdn = batch.column("msisdn");
  std::string rows;
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    rows += batch.row_id(row);
    rows += '\n';
    rows += batch.cell(row, msisdn).value_or("");
    rows += '\n';
  }
  return "switchboard-" + kit::to_hex(kit::sha256(rows)).substr(0, 24) + ".csv";
}

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
  const std::string account = "/api/v1/accounts/" + kit::url_encode(account_id);
  switch (step.operation()) {
    case kit::Operation::Import:
    case kit::Operation::Reconcile:
    case kit::Operation::Discover: {
      const Chain chain = Chain::of(*this, batch, step);
      return out.put(import_request(*this, chain, batch, step, account).rows(0, batch.rows()));
    }
    case kit::Operation::Probe:
      return out.put(Request::get(account + "/contacts" + page(1, 0).text()));
  }
  throw kit::Unsupported("8x8 is not asked for that");
}

}  // namespace eight_x_eight

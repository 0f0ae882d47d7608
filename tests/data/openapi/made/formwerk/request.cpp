#include "connector.h"

#include <initializer_list>
#include <string>
#include <string_view>

// POST /Accounts/{AccountSid}/Contacts.json (createContact)
// MARK 1: How do these stand in a form: "Tags"? The document does not say; they are not sent.
// MARK 2: Does the vendor recognise a request that comes twice (an idempotency key, an upsert by id)? The document
//   has no header for a key, so the request is Unsafe: it is never sent twice blindly.
// MARK 3: How is the vendor asked which contacts it has, after an answer was lost? Without that operation (reconcile)
//   such rows end as unknown.

namespace formwerk {

namespace {

// Absent cells are left out.
kit::Query form_of(const kit::Batch& batch, std::uint32_t row) {
  kit::Query form;
  const auto text = [&](std::string_view name, std::string_view field, std::string_view behind = {}) {
    if (const auto cell = batch.value(row, field)) form.add(name, std::string(*cell) + std::string(behind));
  };
  text("PhoneNumber", "PhoneNumber");
  text("FriendlyName", "FriendlyName");
  text("Email", "Email");
  text("Vip", "Vip");
  text("Birthday", "Birthday");
  return form;
}

}  // namespace

void Connector::encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const {
  if (!step.is(kit::Operation::Import)) throw kit::Unsupported("Formwerk is not asked for that");
  for (std::uint32_t row = 0; row < batch.rows() && (row == 0 || step.number() == 0); ++row) {
    kit::Request request = kit::Request::post_form(std::string("/Accounts/") + kit::url_encode(account_sid_) + "/Contacts.json", form_of(batch, row));
    // Replay::Unsafe is the default: sent twice, it might be stored twice.
    requests.put(request.rows(row, 1));
  }
}

}  // namespace formwerk

#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(koreai::Connector)

namespace koreai {

Connector::Connector(const kit::Settings& settings)
    : account_id(settings.required_text("account_id")), verify(settings.boolean("verify", true)) {
  const bool hexadecimal = std::all_of(account_id.begin(), account_id.end(), [](char c) {
    return kit::is_digit(c) || (kit::lower(c) >= 'a' && kit::lower(c) <= 'f');
  });
  if (account_id.size() != 24 || !hexadecimal)
    throw kit::SettingError("account_id", "must be 24 hexadecimal digits, as the admin console shows them");
  settings.required_text("bot_id");

  settle_ms = static_cast<std::uint64_t>(settings.integer("settle_ms", 5000, 0, 600'000));
}

Chain Chain::of(const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.decided.assign(batch.rows(), false);
  if (step.state().empty()) {
    chain.phase = step.is(kit::Operation::Import) ? Phase::Send : Phase::List;
    return chain;
  }
  const auto json = kit::Json::parse(step.state());
  const std::string phase = json ? (*json)["phase"].string_or("") : "";
  if (phase != "list" && phase != "send")
    throw kit::Error(SWB_E_INPUT, "the chain's saved state cannot be read");
  chain.phase = phase == "list" ? Phase::List : Phase::Send;
  chain.mark = (*json)["mark"].string_or("");
  chain.refusal = (*json)["refusal"].string_or("");
  chain.skip = std::max<std::int64_t>(0, (*json)["skip"].int_or(0));
  chain.limit = std::max<std::int64_t>(0, (*json)["limit"].int_or(kPageSize));
  chain.strangers = (*json)["strangers"].bool_or(false);
  chain.sent_ms = (*json)["sent_ms"].int_or(0);
  chain.second_look = (*json)["second_look"].bool_or(false);
  chain.decided = kit::unpack_rows((*json)["decided"].string_or(""), batch.rows());
  return chain;
}

std::string Chain::to_text() const {
  kit::JsonWriter json;
  json.object().member("phase", phase == Phase::List ? "list" : "send").member("decided", kit::pack_rows(decided));
  json.member("skip", skip).member("sent_ms", sent_ms);
  if (!mark.empty()) json.member("mark", mark);
  if (!refusal.empty()) json.member("refusal", refusal);
  if (limit != kPageSize) json.member("limit", limit);
  if (strangers) json.member("strangers", true);
  if (second_look) json.member("second_look", true);
  return json.end().take();
}

void Chain::start_list() {
  phase = Phase::List;
  skip = 0;
  mark.clear();
}

bool Chain::all_decided() const { return std::find(decided.begin(), decided.end(), false) == decided.end(); }

}  // namespace koreai

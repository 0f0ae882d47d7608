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

namespace {

constexpr std::string_view kPhaseNames[] = {"send", "list"};

}  // namespace

Chain Chain::of(const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.decided.assign(batch.rows(), false);
  if (step.state().empty()) {
    chain.phase = step.is(kit::Operation::Import) ? Phase::Send : Phase::List;
    return chain;
  }
  const kit::SavedState saved(step);
  chain.phase = saved.phase<Phase>(kPhaseNames);
  chain.mark = saved.text("mark");
  chain.refusal = saved.text("refusal");
  chain.skip = saved.count("skip");
  chain.limit = saved.count("limit", kPageSize);
  chain.strangers = saved.flag("strangers");
  chain.sent_ms = saved.number("sent_ms");
  chain.second_look = saved.flag("second_look");
  chain.decided = saved.rows("decided", batch);
  return chain;
}

std::string Chain::to_text() const {
  kit::StateWriter out(kPhaseNames[static_cast<std::size_t>(phase)]);
  out.rows("decided", decided).number("skip", skip).number("sent_ms", sent_ms).text("mark", mark).text("refusal", refusal);
  if (limit != kPageSize) out.json().member("limit", limit);
  out.flag("strangers", strangers).flag("second_look", second_look);
  return out.take();
}

void Chain::start_list() {
  phase = Phase::List;
  skip = 0;
  mark.clear();
}

bool Chain::all_decided() const { return std::find(decided.begin(), decided.end(), false) == decided.end(); }

}  // namespace koreai

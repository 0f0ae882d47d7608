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

std::string digits_of_row(const kit::Batch& batch, std::uint32_t row) {
  return kit::digits_of(batch.value(row, "cellPhoneCountryCode").value_or("")) +
         kit::digits_of(batch.value(row, "cellPhoneNumber").value_or(""));
}

namespace {

// One hexadecimal digit for four rows: five hundred rows take 125 bytes of the ledger.
std::string pack(const std::vector<bool>& bits) {
  std::string out((bits.size() + 3) / 4, '0');
  for (std::size_t digit = 0; digit < out.size(); ++digit) {
    int value = 0;
    for (std::size_t bit = 0; bit < 4 && digit * 4 + bit < bits.size(); ++bit)
      value |= static_cast<int>(bits[digit * 4 + bit]) << bit;
    out[digit] = "0123456789abcdef"[value];
  }
  return out;
}

std::vector<bool> unpack(std::string_view text, std::size_t rows) {
  std::vector<bool> bits(rows, false);
  for (std::size_t row = 0; row < rows && row / 4 < text.size(); ++row) {
    const char c = text[row / 4];
    const int value = kit::is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
    bits[row] = (value >> (row % 4) & 1) != 0;
  }
  return bits;
}

}  // namespace

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
  chain.skip = std::max<std::int64_t>(0, (*json)["skip"].int_or(0));
  chain.sent_ms = (*json)["sent_ms"].int_or(0);
  chain.second_look = (*json)["second_look"].bool_or(false);
  chain.decided = unpack((*json)["decided"].string_or(""), batch.rows());
  return chain;
}

std::string Chain::to_text() const {
  kit::JsonWriter json;
  json.object().member("phase", phase == Phase::List ? "list" : "send").member("decided", pack(decided));
  json.member("skip", skip).member("sent_ms", sent_ms);
  if (second_look) json.member("second_look", true);
  return json.end().take();
}

bool Chain::all_decided() const { return std::find(decided.begin(), decided.end(), false) == decided.end(); }

}  // namespace koreai

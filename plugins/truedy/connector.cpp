#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(truedy::Connector)

namespace truedy {

Connector::Connector(const kit::Settings& settings)
    : folder_id(settings.text("folder_id")),
      overwrite_existing(settings.boolean("overwrite_existing", false)),
      snapshot(settings.boolean("snapshot", false)) {
  const std::string scope = settings.text("match_scope", "organisation");
  if (scope != "organisation" && scope != "folder")
    throw kit::SettingError("match_scope", "must be organisation or folder");
  match_in_folder = scope == "folder";
  if (match_in_folder && !folder_id)
    throw kit::SettingError(
        "match_scope",
        "folder needs a folder_id: give one with --set folder_id=ID, or leave match_scope "
        "at organisation");

  const std::string base = settings.text("row_base", "auto");
  if (base != "auto") {
    row_base = kit::parse_int(base);
    if (row_base != 1 && row_base != 2) throw kit::SettingError("row_base", "must be auto, 1 or 2");
  }

  settle_ms = static_cast<std::uint64_t>(settings.integer("settle_ms", 5000, 0, 600'000));
}

namespace {

// One hexadecimal digit for four rows: a thousand rows take 250 bytes of the ledger.
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

Chain Chain::of(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.found.assign(batch.rows(), false);
  if (step.state().empty()) {
    const bool list = step.is(kit::Operation::Reconcile) || connector.snapshot;
    chain.phase = list ? Phase::List : Phase::Send;
    return chain;
  }
  const auto json = kit::Json::parse(step.state());
  const std::string phase = json ? (*json)["phase"].string_or("") : "";
  if (phase != "list" && phase != "send")
    throw kit::Error(SWB_E_INPUT, "the chain's saved state cannot be read");
  chain.phase = phase == "list" ? Phase::List : Phase::Send;
  chain.offset = std::max<std::int64_t>(0, (*json)["offset"].int_or(0));
  chain.mark = (*json)["mark"].string_or("");
  chain.second_look = (*json)["second_look"].bool_or(false);
  chain.has_snapshot = (*json)["snapshot"].bool_or(false);
  chain.found = unpack((*json)["found"].string_or(""), batch.rows());
  return chain;
}

std::string Chain::to_text() const {
  kit::JsonWriter json;
  json.object().member("phase", phase == Phase::List ? "list" : "send").member("found", pack(found));
  if (phase == Phase::List) {
    json.member("offset", offset);
    if (!mark.empty()) json.member("mark", mark);
    if (second_look) json.member("second_look", true);
  }
  if (has_snapshot) json.member("snapshot", true);
  return json.end().take();
}

bool Chain::all_found() const { return std::find(found.begin(), found.end(), false) == found.end(); }

}  // namespace truedy

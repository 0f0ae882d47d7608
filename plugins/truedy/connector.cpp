#include "connector.h"

#include <algorithm>

SWB_CONNECTOR(truedy::Connector)

namespace truedy {

Connector::Connector(const kit::Settings& settings)
    : folder_id(settings.text("folder_id")),
      overwrite_existing(settings.boolean("overwrite_existing", false)),
      snapshot(settings.boolean("snapshot", false)),
      verify(settings.boolean("verify", true)) {
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

constexpr std::string_view kPhaseNames[] = {"list", "send", "check"};

}  // namespace

Chain Chain::of(const Connector& connector, const kit::Batch& batch, const kit::Step& step) {
  Chain chain;
  chain.found.assign(batch.rows(), false);
  chain.decided = chain.fresh = chain.found;
  if (step.state().empty()) {
    const bool list = step.is(kit::Operation::Reconcile) || connector.snapshot;
    chain.phase = list ? Phase::List : Phase::Send;
    return chain;
  }
  const auto json = kit::Json::parse(step.state());
  const std::string phase = json ? (*json)["phase"].string_or("") : "";
  const auto* name = std::find(std::begin(kPhaseNames), std::end(kPhaseNames), phase);
  if (name == std::end(kPhaseNames)) throw kit::Error(SWB_E_INPUT, "the chain's saved state cannot be read");
  chain.phase = static_cast<Phase>(name - std::begin(kPhaseNames));
  chain.offset = std::max<std::int64_t>(0, (*json)["offset"].int_or(0));
  chain.mark = (*json)["mark"].string_or("");
  chain.second_look = (*json)["second_look"].bool_or(false);
  chain.has_snapshot = (*json)["snapshot"].bool_or(false);
  chain.found = kit::unpack_rows((*json)["found"].string_or(""), batch.rows());
  if (chain.phase != Phase::Check) return chain;
  const kit::Json& counts = (*json)["counts"];
  chain.counts = {counts.at(0).int_or(0), counts.at(1).int_or(0), counts.at(2).int_or(0), counts.at(3).int_or(0)};
  chain.reason = (*json)["reason"].string_or("");
  chain.since_ms = (*json)["since"].int_or(0);
  chain.pages = (*json)["pages"].int_or(0);
  chain.undated = (*json)["undated"].bool_or(false);
  chain.decided = kit::unpack_rows((*json)["decided"].string_or(""), batch.rows());
  chain.fresh = kit::unpack_rows((*json)["fresh"].string_or(""), batch.rows());
  return chain;
}

std::string Chain::to_text() const {
  kit::JsonWriter json;
  json.object().member("phase", kPhaseNames[static_cast<std::size_t>(phase)]).member("found", kit::pack_rows(found));
  if (phase != Phase::Send) {
    json.member("offset", offset);
    if (!mark.empty()) json.member("mark", mark);
    if (second_look) json.member("second_look", true);
  }
  if (has_snapshot) json.member("snapshot", true);
  if (phase == Phase::Check) {
    json.key("counts").array().value(counts.imported).value(counts.updated).value(counts.skipped).value(counts.errors).end();
    if (!reason.empty()) json.member("reason", reason);
    json.member("since", since_ms).member("pages", pages);
    if (undated) json.member("undated", true);
    json.member("decided", kit::pack_rows(decided)).member("fresh", kit::pack_rows(fresh));
  }
  return json.end().take();
}

void Chain::start_list(Phase next_phase) {
  phase = next_phase;
  offset = 0;
  mark.clear();
}

bool Chain::all_found() const { return std::find(found.begin(), found.end(), false) == found.end(); }

}  // namespace truedy

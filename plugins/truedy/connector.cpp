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
  chain.found = kit::unpack_rows((*json)["found"].string_or(""), batch.rows());
  return chain;
}

std::string Chain::to_text() const {
  kit::JsonWriter json;
  json.object().member("phase", phase == Phase::List ? "list" : "send").member("found", kit::pack_rows(found));
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

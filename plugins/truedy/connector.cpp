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
  const kit::SavedState saved(step);
  chain.phase = saved.phase<Phase>(kPhaseNames);
  chain.offset = saved.count("offset");
  chain.mark = saved.text("mark");
  chain.second_look = saved.flag("second_look");
  chain.has_snapshot = saved.flag("snapshot");
  chain.found = saved.rows("found", batch);
  if (chain.phase != Phase::Check) return chain;
  const kit::Json& counts = saved["counts"];
  chain.counts = {counts.at(0).int_or(0), counts.at(1).int_or(0), counts.at(2).int_or(0), counts.at(3).int_or(0)};
  chain.reason = saved.text("reason");
  chain.since_ms = saved.number("since");
  chain.pages = saved.number("pages");
  chain.undated = saved.flag("undated");
  chain.decided = saved.rows("decided", batch);
  chain.fresh = saved.rows("fresh", batch);
  return chain;
}

std::string Chain::to_text() const {
  kit::StateWriter out(kPhaseNames[static_cast<std::size_t>(phase)]);
  out.rows("found", found);
  if (phase != Phase::Send) out.number("offset", offset).text("mark", mark).flag("second_look", second_look);
  out.flag("snapshot", has_snapshot);
  if (phase == Phase::Check) {
    out.json().key("counts").array().value(counts.imported).value(counts.updated).value(counts.skipped).value(counts.errors).end();
    out.text("reason", reason).number("since", since_ms).number("pages", pages).flag("undated", undated);
    out.rows("decided", decided).rows("fresh", fresh);
  }
  return out.take();
}

void Chain::start_list(Phase next_phase) {
  phase = next_phase;
  offset = 0;
  mark.clear();
}

bool Chain::all_found() const { return std::find(found.begin(), found.end(), false) == found.end(); }

}  // namespace truedy

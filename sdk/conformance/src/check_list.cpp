#include <algorithm>
#include <string_view>

#include "subject.h"

namespace switchboard::conformance {

// Each in the file of its kind.
void check_encode(Subject&, Results&);
void check_limits(Subject&, Results&);
void check_every_status(Subject&, Results&);
void check_no_answer(Subject&, Results&);
void check_nonsense_answer(Subject&, Results&);
void check_rate_limits(Subject&, Results&);
void check_waits(Subject&, Results&);
void check_refusals(Subject&, Results&);
void check_credential_errors(Subject&, Results&);
void check_server_errors(Subject&, Results&);
void check_split_law(Subject&, Results&);
void check_lost_answers(Subject&, Results&);
void check_sandbox_faults(Subject&, Results&);
void check_sandbox_credential(Subject&, Results&);
void check_sandbox_options(Subject&, Results&);
void check_account(Subject&, Results&);
void check_values(Subject&, Results&);
void check_many_rows(Subject&, Results&);
void check_row_order(Subject&, Results&);
void check_replay(Subject&, Results&);
void check_changed_contacts(Subject&, Results&);
void check_refused_rows(Subject&, Results&);
void check_batch_sizes(Subject&, Results&);
void check_strangers(Subject&, Results&);
void check_request_shape(Subject&, Results&);
void check_proof(Subject&, Results&);
void check_unmentioned(Subject&, Results&);
void check_unknown_words(Subject&, Results&);
void check_absence(Subject&, Results&);
void check_repeated_pages(Subject&, Results&);
void check_probe(Subject&, Results&);
void check_damaged_answers(Subject&, Results&);
void check_state(Subject&, Results&);
void check_ends(Subject&, Results&);
void check_recorded_answers(Subject&, Results&);
void check_repetition(Subject&, Results&);
void check_sessions(Subject&, Results&);
void check_hostile_cells(Subject&, Results&);
void check_urls(Subject&, Results&);
void check_settings_matter(Subject&, Results&);
void check_words(Subject&, Results&);
void check_purity(Subject&, Results&);
void check_threads(Subject&, Results&);
void check_damaged_input(Subject&, Results&);
void check_sink_refusal(Subject&, Results&);

const std::vector<Check>& all_checks() {
  static const std::vector<Check> list = {
      {{"encode"}, Level::Loads, check_encode},
      {{"sandbox", "sandbox_import", "sandbox_import_again", "sandbox_reconcile", "sandbox_probe", "sandbox_discover"}, Level::Complete, check_sandbox},
      {{"request_shape"}, Level::Careful, check_request_shape},
      {{"limits"}, Level::Careful, check_limits},
      {{"every_status"}, Level::Honest, check_every_status},
      {{"no_answer"}, Level::Honest, check_no_answer},
      {{"nonsense_answer"}, Level::Honest, check_nonsense_answer},
      {{"rate_limits"}, Level::Careful, check_rate_limits},
      {{"waits"}, Level::Careful, check_waits},
      {{"refusals"}, Level::Honest, check_refusals},
      {{"credential_errors"}, Level::Honest, check_credential_errors},
      {{"server_errors"}, Level::Honest, check_server_errors},
      {{"split_law"}, Level::Honest, check_split_law},
      {{"lost_answer"}, Level::Honest, check_lost_answers},
      {{"proof"}, Level::Honest, check_proof},
      {{"unmentioned_rows"}, Level::Honest, check_unmentioned},
      {{"unknown_words"}, Level::Honest, check_unknown_words},
      {{"absence"}, Level::Honest, check_absence},
      {{"repeated_pages"}, Level::Honest, check_repeated_pages},
      {{"probe_proof"}, Level::Careful, check_probe},
      {{"account_matches"}, Level::Honest, check_account},
      {{"values"}, Level::Honest, check_values},
      {{"many_rows"}, Level::Honest, check_many_rows},
      {{"batch_sizes"}, Level::Honest, check_batch_sizes},
      {{"changed_contacts"}, Level::Honest, check_changed_contacts},
      {{"refused_rows"}, Level::Honest, check_refused_rows},
      {{"strangers"}, Level::Honest, check_strangers},
      {{"row_order"}, Level::Honest, check_row_order},
      {{"replay"}, Level::Honest, check_replay},
      {{"sandbox_faults"}, Level::Complete, check_sandbox_faults},
      {{"sandbox_credential"}, Level::Complete, check_sandbox_credential},
      {{"sandbox_options"}, Level::Honest, check_sandbox_options},
      {{"quoted_contacts"}, Level::Careful, check_words},
      {{"purity"}, Level::Careful, check_purity, true},
      {{"threads"}, Level::Careful, check_threads, true},
      {{"repetition"}, Level::Careful, check_repetition},
      {{"sessions"}, Level::Careful, check_sessions},
      {{"hostile_cells"}, Level::Careful, check_hostile_cells},
      {{"settings_matter"}, Level::Careful, check_settings_matter},
      {{"urls"}, Level::Careful, check_urls},
      {{"damaged_answers"}, Level::Careful, check_damaged_answers},
      {{"recorded_answers"}, Level::Careful, check_recorded_answers},
      {{"state_size"}, Level::Careful, check_state},
      {{"comes_to_an_end"}, Level::Careful, check_ends},
      {{"damaged_input"}, Level::Careful, check_damaged_input},
      {{"sink_refusal", "lifetime"}, Level::Careful, check_sink_refusal},
  };
  return list;
}

Level level_of(const std::string& check) {
  for (const Check& entry : all_checks()) {
    if (std::any_of(entry.names.begin(), entry.names.end(), [&](const char* name) { return check == name; })) return entry.level;
  }
  return check == "forbidden_calls" ? Level::Careful : Level::Loads;
}

}  // namespace switchboard::conformance

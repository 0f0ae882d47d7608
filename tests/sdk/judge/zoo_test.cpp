// Bugs that were seeded in an honest connector (zoo.cpp), each found by the check that is about it.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <switchboard/conformance/conformance.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

using namespace switchboard::conformance;

namespace {

CheckOptions with(const std::string& bug, const std::string& flow, const std::string& look) {
  CheckOptions options;
  options.settings_json = R"({"bug":")" + bug + R"(","flow":")" + flow + R"(","look":")" + look + "\"}";
  options.timeout_seconds = 60;
  return options;
}

/// 0: there is no such process.
pid_t parent_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto name = text.rfind(") ");
  return name == std::string::npos ? 0 : std::atoi(text.c_str() + std::min(name + 4, text.size()));
}

/// Whether a process that this one has started through another was stopped, and let go on, before so much time had passed.
bool stop_a_grandchild_of(pid_t pid) {
  for (int look = 0; look < 2000; ++look, ::usleep(5'000)) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc", std::filesystem::directory_options::skip_permission_denied)) {
      const pid_t other = std::atoi(entry.path().filename().c_str());
      if (other <= 0 || other == ::getpid() || parent_of(parent_of(other)) != pid || ::kill(other, SIGSTOP) != 0) continue;
      ::usleep(100'000);
      ::kill(other, SIGCONT);
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("a check that somebody stops, as Ctrl-Z does, goes on with him") {
  const pid_t judge = ::getpid(), stopper = ::fork();
  if (stopper == 0) ::_exit(stop_a_grandchild_of(judge) ? 0 : 1);
  CheckOptions options;
  options.only = {"damaged_answers", "repetition"};
  options.timeout_seconds = 60;
  const auto results = check_library(ZOO_LIBRARY, options);
  int status = 1;
  ::waitpid(stopper, &status, 0);
  CHECK(status == 0);
  for (const char* name : {"damaged_answers", "repetition"})
    CHECK(std::any_of(results.begin(), results.end(), [&](const CheckResult& result) { return result.check == name; }));
  for (const CheckResult& result : results) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
}

TEST_CASE("the honest connector passes in every flow") {
  // "each" with "ask" is the default: the test conformance_seeded.
  for (const auto& setting : {std::pair{"each", "list"}, {"job", "ask"}, {"file", "ask"}, {"lines", "ask"}, {"half", "ask"}, {"drops", "ask"}, {"table", "lines"}, {"parts", "ask"}}) {
    const auto results = check_library(ZOO_LIBRARY, with("none", setting.first, setting.second));
    CHECK(passed(results));
    for (const CheckResult& result : results) {
      CHECK_MESSAGE(result.ok, std::string(setting.first) << ", " << result.check << ": " << result.detail);
      // What could try nothing says so, and not that none of nothing went wrong; "0 items" of a probe are an answer.
      if (!result.check.starts_with("sandbox_")) CHECK_MESSAGE(!result.detail.starts_with("0 "), std::string(setting.first) << ", " << result.check << ": " << result.detail);
    }
  }
}

TEST_CASE("what is keyed by its chain passes") {
  for (const char* flow : {"each", "job"}) {
    CheckOptions options;
    options.settings_json = std::string(R"({"keyed":"chain","flow":")") + flow + "\"}";
    options.only = {"row_order", "replay", "lost_answer", "split_law", "sandbox_import_again"};
    options.timeout_seconds = 60;
    for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
  }
}

TEST_CASE("a cut connection after a keyed request does not say that nothing was stored") {
  for (const std::string bug : {"none", "cut_is_abort", "cut_is_retried"}) {
    CheckOptions options;
    options.settings_json = R"({"keyed":"chain","bug":")" + bug + "\"}";
    options.only = {"no_answer"};
    options.timeout_seconds = 60;
    for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) CHECK_MESSAGE(result.ok == !(bug != "none" && result.check == "no_answer"), bug << ", " << result.check << ": " << result.detail);
  }
}

TEST_CASE("who reads the vendor's own time of a limit passes: no other is told beside it") {
  CheckOptions options;
  options.settings_json = R"({"reads":"reset"})";
  options.only = {"rate_limits"};
  options.timeout_seconds = 60;
  for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
}

TEST_CASE("what has its outcome keeps it, whatever is asked afterwards") {
  CheckOptions options;
  options.settings_json = R"({"ends":"doubt","flow":"lines"})";
  options.only = {"account_matches", "changed_contacts", "lost_answer", "batch_sizes", "many_rows", "split_law"};
  options.timeout_seconds = 60;
  for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
}

TEST_CASE("a list that says another number of contacts on its second page is not relied on by whoever keeps the first") {
  for (const bool passed_over : {false, true}) {
    const std::string bug = passed_over ? "another_total_is_passed_over" : "none";
    CheckOptions options;
    options.settings_json = R"({"totals":"kept","look":"list","bug":")" + bug + "\"}";
    options.only = {"absence", "sandbox_reconcile", "repeated_pages"};
    options.timeout_seconds = 60;
    for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) CHECK_MESSAGE(result.ok == !(passed_over && result.check == "absence"), bug << ", " << result.check << ": " << result.detail);
  }
}

TEST_CASE("a choice that changes nothing is something to look at") {
  for (const auto& entry : {std::pair<std::string, std::string>{"none", ""}, {"ignores_a_choice", "tells_who"}, {"ignores_a_text", "label"}}) {
    CheckOptions options = with(entry.first, "lines", "ask");  // in which the others matter
    options.only = {"settings_matter"};
    for (const CheckResult& result : check_library(ZOO_LIBRARY, options)) {
      if (result.check != "settings_matter") continue;
      CHECK_MESSAGE(result.ok, result.detail);
      for (const std::string& setting : {std::string("tells_who"), std::string("label")}) {
        const bool told = result.detail.find("setting " + setting + ":") != std::string::npos;
        CHECK_MESSAGE(told == (setting == entry.second), entry.first << ": " << result.detail);
      }
    }
  }
}

TEST_CASE("every seeded bug fails the check that is about it") {
  const struct {
    const char *bug, *check, *flow = "each", *look = "ask";
  } cases[] = {
      {"ignores_retry_after", "rate_limits"},
      {"ignores_reset", "rate_limits"},
      {"ignores_the_quota", "rate_limits"},
      {"forgets_a_long_wait", "rate_limits"},
      {"retry_after_in_ms", "rate_limits"},
      {"limit_is_retry", "rate_limits"},
      {"limit_is_patient_retry", "rate_limits"},
      {"limit_is_split", "rate_limits"},
      {"limit_is_rejection", "rate_limits"},
      {"ignores_a_hint_of_a_poll", "waits", "job"},
      {"ignores_a_hint_in_the_body", "waits"},
      {"cuts_a_hint_in_the_body", "waits"},
      {"ignores_retry_after_of_423", "waits"},
      {"reset_that_throws", "waits"},
      {"retries_400", "refusals"},
      {"retries_400_of_one", "refusals"},
      {"splits_on_503_of_one", "server_errors"},
      {"limit_in_words_is_retry", "rate_limits"},
      {"asks_for_the_last_job", "repetition", "job"},
      {"knows_the_first_list", "sessions"},
      {"forgets_the_origin_of_one", "settings_matter"},
      {"two_empty_looks_are_absence", "absence", "each", "lines"},
      {"empty_page_is_the_end", "absence", "each", "lines"},
      {"trusts_rows_of_a_table", "damaged_answers", "table"},
      {"first_lists_are_all", "probe_proof"},
      {"rejects_all_on_422", "refusals"},
      {"rejects_on_401", "credential_errors"},
      {"retries_401", "credential_errors"},
      {"rejects_on_500", "server_errors"},
      {"splits_on_503", "server_errors"},
      {"524_is_retried", "server_errors"},
      {"ignores_the_status", "server_errors"},
      {"accepted_202_is_success", "proof", "job"},
      {"any_2xx_is_success", "proof"},
      {"any_id_is_success", "proof"},
      {"deferred_is_success", "proof"},
      {"none_failed_is_done", "proof", "half"},
      {"later_is_success", "refused_rows", "half"},
      {"silence_is_success", "unmentioned_rows"},
      {"unsaid_is_success", "unmentioned_rows", "half"},
      {"rejects_what_is_no_json", "nonsense_answer", "job"},
      {"counts_nothing", "unmentioned_rows", "file"},
      {"passes_over_strange_rows", "unmentioned_rows", "file"},
      {"first_page_is_all", "unmentioned_rows", "half"},
      {"last_page_speaks_for_all", "unmentioned_rows", "half"},
      {"unknown_status_is_success", "unknown_words"},
      {"new_word_is_refused", "unknown_words"},
      {"new_word_is_refused", "unknown_words", "job"},
      {"word_begins_like_invalid", "unknown_words"},
      {"silence_is_refusal", "unknown_words", "half"},
      {"swaps_rows", "row_order"},
      {"drops_last_row", "account_matches"},
      {"drops_custom_columns", "account_matches"},
      {"drops_awkward_values", "account_matches"},
      {"swaps_fields", "account_matches"},
      {"unsafe_is_safe", "replay"},
      {"doubts_what_was_there", "replay"},
      {"refusal_without_words_is_created", "refused_rows"},
      {"long_name_cut", "values"},
      {"unsafe_is_safe", "replay", "job"},
      {"key_of_the_attempt", "replay"},
      {"timeout_is_retried", "no_answer"},
      {"timeout_is_rejected", "no_answer"},
      {"unreachable_is_absent", "no_answer"},
      {"unreachable_is_absent", "no_answer", "each", "list"},
      {"unreachable_job_is_resent", "no_answer", "job"},
      {"large_results_are_split", "no_answer", "job"},
      {"absent_is_refused", "sandbox_reconcile"},
      {"absent_on_404", "absence"},
      {"absent_on_any_page", "absence", "each", "list"},
      {"absent_on_an_empty_page", "absence", "each", "list"},
      {"null_is_an_empty_list", "absence", "each", "list"},
      {"no_list_is_an_empty_list", "absence", "each", "list"},
      {"asks_the_first_row_for_columns", "values"},
      {"drops_names_of_two_words", "values"},
      {"drops_the_ninth_column", "values"},
      {"drops_columns_of_a_label", "values"},
      {"digits_are_numbers", "values"},
      {"fills_from_the_next_column", "values"},
      {"carries_ids", "row_order"},
      {"names_who_is_told_twice", "quoted_contacts"},
      {"any_other_end_is_success", "unknown_words", "job"},
      {"limit_of_a_poll_is_poll", "rate_limits", "job"},
      {"cut_is_abort", "no_answer"},
      {"found_by_local_number", "strangers", "each", "list"},
      {"drops_last_of_full", "values"},
      {"job_leaves_out_is_absent", "unmentioned_rows", "lines"},
      {"fraction_by_strtod", "purity"},
      {"empty_page_is_the_end", "absence", "each", "list"},
      {"says_nothing", "every_status"},
      {"gives_up_in_silence", "every_status"},
      {"silent_about_one_row", "every_status"},
      {"silent_without_patience", "every_status", "job"},
      {"trusts_row_numbers", "damaged_answers", "file"},
      {"silent_on_an_empty_list", "damaged_answers"},
      {"header_from_cell", "hostile_cells"},
      {"raw_json", "hostile_cells"},
      {"raw_csv", "hostile_cells", "file"},
      {"cr_unquoted", "hostile_cells", "file"},
      {"raw_lines", "hostile_cells", "half"},
      {"raw_url", "urls"},
      {"raw_job_id", "urls", "job"},
      {"raw_mark", "urls", "half"},
      {"raw_id_of_the_lines", "urls", "lines"},
      {"second_row_loses_its_address", "values"},
      {"prints", "forbidden_calls"},
      {"writes_to_stderr", "forbidden_calls"},
      {"reads_a_file", "forbidden_calls"},
      {"writes_a_file", "forbidden_calls"},
      {"opens_a_socket", "forbidden_calls"},
      {"starts_a_thread", "forbidden_calls"},
      {"forks", "forbidden_calls"},
      {"sleeps", "forbidden_calls"},
      {"reads_the_environment", "forbidden_calls"},
      {"doubts_where_unheard", "purity"},
      {"reads_the_clock", "forbidden_calls"},
      {"reads_the_time_of_day", "forbidden_calls"},
      {"sets_the_locale", "forbidden_calls"},
      {"rolls_dice", "forbidden_calls"},
      {"keeps_the_answer", "state_size", "job"},
      {"keeps_every_id", "state_size", "each", "list"},
      {"offset_of_two_digits", "state_size", "each", "list"},
      {"nothing_at_all_is_the_end", "absence", "each", "list"},
      {"percent_as_it_is", "urls"},
      {"label_as_it_is", "hostile_cells"},
      {"names_the_one_refused", "quoted_contacts"},
      {"quotes_where_it_is_lost", "quoted_contacts"},
      {"more_results_are_fine", "row_order"},
      {"logs_contacts", "quoted_contacts"},
      {"phone_in_state", "quoted_contacts", "job"},
      {"hundredth_call", "repetition"},
      {"later_calls_differ", "repetition"},
      {"remembers_the_last_batch", "repetition"},
      {"remembers_an_outage", "repetition"},
      {"remembers_a_conflict", "repetition"},
      {"settings_in_a_global", "sessions"},
      {"polls_for_ever", "unknown_words", "job"},
      {"silent_about_a_failed_job", "unknown_words", "job"},
      {"polls_on_404", "comes_to_an_end", "job"},
      {"pages_for_ever", "comes_to_an_end", "each", "list"},
      {"follows_any_mark", "comes_to_an_end", "half"},
      {"loses_a_late_row", "many_rows"},
      {"always_true", "account_matches"},
      {"raw_column_names", "hostile_cells"},
      {"no_content_type", "encode"},
      {"date_is_the_wait", "rate_limits"},
      {"rejects_in_the_end", "server_errors"},
      {"word_begins_alike", "unknown_words"},
      {"cuts_ids", "row_order"},
      {"logs_codes", "quoted_contacts"},
      {"logs_a_refusal", "quoted_contacts"},
      {"logs_a_refusal", "quoted_contacts", "job"},
      {"logs_an_odd_word", "quoted_contacts"},
      {"logs_capitals", "quoted_contacts"},
      {"logs_numbers_apart", "quoted_contacts"},
      {"drops_last_of_odd", "batch_sizes"},
      {"drops_last_of_full", "batch_sizes"},
      {"first_custom_name", "account_matches"},
      {"custom_name_cut", "account_matches"},
      {"swaps_custom_columns", "account_matches"},
      {"formula_guard", "account_matches"},
      {"sends_first_twice", "account_matches"},
      {"cuts_at_255", "hostile_cells"},
      {"cuts_at_65535", "hostile_cells"},
      {"ends_at_a_nul", "hostile_cells"},
      {"trims_to_40", "hostile_cells"},
      {"key_is_constant", "replay"},
      {"key_that_nobody_reads", "replay"},
      {"key_is_a_row", "replay"},
      {"key_of_the_count", "replay"},
      {"key_of_the_count", "batch_sizes"},
      {"ids_begin_anew", "batch_sizes"},
      {"safe_when_it_is_late", "replay"},
      {"keyed_without_a_key", "replay", "job"},
      {"key_of_the_first_row", "replay"},
      {"retry_sends_less", "replay"},
      {"shared_buffer", "threads"},
      {"asks_for_few", "many_rows"},
      {"rejects_on_404", "refusals"},
      {"splits_into_success", "refusals"},
      {"conflict_in_words_is_success", "refusals"},
      {"conflict_is_created", "sandbox_faults"},
      {"conflict_of_a_job_is_success", "refusals", "job"},
      {"retries_403", "refusals"},
      {"retries_408", "no_answer"},
      {"timeout_is_absent", "server_errors"},
      {"late_timeout_is_retried", "server_errors"},
      {"job_page_500_is_done", "server_errors", "job"},
      {"shrinks_a_job", "server_errors", "job"},
      {"updated_is_unchanged", "changed_contacts"},
      {"updated_is_created", "changed_contacts"},
      {"updated_is_unchanged", "changed_contacts", "job"},
      {"exists_is_created", "changed_contacts"},
      {"existing_is_unchanged", "changed_contacts", "file"},
      {"existing_is_created", "changed_contacts", "file"},
      {"message_of_the_last", "refused_rows"},
      {"code_of_the_last", "refused_rows"},
      {"code_of_the_last", "refused_rows", "job"},
      {"blames_the_phone", "refused_rows"},
      {"refused_is_created", "refused_rows"},
      {"refused_is_unchanged", "refused_rows", "job"},
      {"one_refused_is_all", "refused_rows"},
      {"one_refused_is_all", "refused_rows", "job"},
      {"refused_shifts_rows", "refused_rows"},
      {"errors_are_passed_over", "refused_rows", "file"},
      {"error_rows_off_by_one", "refused_rows", "file"},
      {"found_by_prefix", "strangers", "each", "list"},
      {"found_by_substring", "strangers", "each", "list"},
      {"second_page_is_last", "sandbox_reconcile", "each", "list"},
      {"last_page_is_left_out", "sandbox_reconcile", "each", "list"},
      {"twentieth_page_is_last", "many_rows", "each", "list"},
      {"tenth_page_is_last", "repeated_pages", "each", "list"},
      {"partial_answer_is_whole", "absence"},
      {"unsaid_answer_is_whole", "absence"},
      {"two_empty_looks_are_absence", "absence", "each", "list"},
      {"found_by_last_digits", "strangers", "each", "list"},
      {"polls_a_send", "damaged_answers"},
      {"sends_again_without_a_job", "damaged_answers", "job"},
      {"logs_settings", "quoted_contacts"},
      {"refuses_state_of_import", "damaged_input", "job"},
      {"trusts_state_of_import", "sandbox_reconcile", "job"},
      {"counts_polls_in_the_state", "comes_to_an_end", "job"},
      {"invents_a_name", "account_matches"},
      {"invents_an_address", "account_matches"},
      {"inverts_a_boolean", "account_matches"},
      {"resends_a_lost_job", "refusals", "job"},
      {"splits_a_lost_job", "refusals", "job"},
      {"timeout_of_a_job_is_resent", "lost_answer", "job"},
      {"blames_no_field", "damaged_answers"},
      {"silence_is_refusal", "unmentioned_rows"},
      {"silence_is_resent", "unmentioned_rows"},
      {"small_codes_are_good", "unknown_words", "lines"},
      {"missing_line_is_refused", "unmentioned_rows", "lines"},
      {"missing_line_is_there", "unmentioned_rows", "lines"},
      {"dice_of_the_call", "purity"},
      {"dice_of_the_session", "purity"},
      {"dice_of_the_process", "purity"},
      {"repeated_page_is_the_end", "repeated_pages", "each", "list"},
      {"counts_what_it_saw", "repeated_pages", "each", "list"},
      {"limit_is_doubt", "rate_limits"},
      {"limit_ends_the_job", "rate_limits"},
      {"loses_patience", "rate_limits"},
      {"waits_a_second_less", "rate_limits"},
      {"401_is_a_quota", "credential_errors"},
      {"refused_is_sent_again", "refused_rows"},
      {"refused_is_unknown", "refused_rows"},
      {"loses_zeros", "values"},
      {"small_addresses", "values"},
      {"joins_lines", "values"},
      {"drops_the_last_dot", "values"},
      {"capitals", "account_matches"},
      {"entities", "values"},
      {"null_is_nothing", "values"},
      {"one_blank", "values"},
      {"tab_before_formulas", "values", "file"},
      {"latin_only", "values"},
      {"consents_for_all", "account_matches"},
      {"sends_accents_twice", "account_matches"},
      {"swaps_late_rows", "many_rows"},
      {"late_rows_lose_a_column", "many_rows"},
      {"late_ids_of_neighbours", "many_rows"},
      {"numbers_custom_columns", "account_matches"},
      {"note_is_a_title", "account_matches", "file"},
      {"shifts_where_an_email_is_missing", "many_rows", "file"},
      {"loses_full_batches", "many_rows"},
      {"loses_full_batches", "batch_sizes"},
      {"late_lines_are_asked_for", "many_rows", "lines"},
      {"looks_in_the_main_list", "settings_matter"},
      {"knows_one_list", "settings_matter"},
      {"cuts_the_list_in_questions", "settings_matter"},
      {"ignores_what_shapes_contacts", "settings_matter"},
      {"stopped_rest_is_resent", "sandbox_options", "lines"},
      {"failed_job_is_refused", "sandbox_options", "job"},
      {"failed_job_is_created", "sandbox_options", "job"},
      {"failed_job_is_resent", "sandbox_options", "job"},
      {"first_id_for_all", "row_order"},
      {"phone_for_an_id", "row_order"},
      {"row_id_for_an_id", "row_order"},
      {"probe_takes_any_200", "probe_proof"},
      {"probe_takes_any_json", "probe_proof"},
      {"probe_takes_403", "probe_proof"},
      {"probe_takes_404", "probe_proof"},
      {"probe_takes_silence", "probe_proof"},
  };
  for (const auto& entry : cases) {
    CheckOptions options = with(entry.bug, entry.flow, entry.look);
    options.only = {entry.check};
    const auto results = check_library(ZOO_LIBRARY, options);
    const bool failed = std::any_of(results.begin(), results.end(), [&](const CheckResult& result) { return !result.ok && result.check == entry.check; });
    std::string told;
    for (const CheckResult& result : results) told += "\n  " + result.check + (result.ok ? " ok: " : " FAIL: ") + result.detail.substr(0, 200);
    CHECK_MESSAGE(failed, std::string(entry.bug) << " is not found by " << std::string(entry.check) << told);
  }
}

TEST_CASE("a connector of another shape passes, and its bugs are found as well") {
  const auto judged = [](const std::string& bug, const char* check) {
    CheckOptions options;
    options.settings_json = R"({"bug":")" + bug + "\"}";
    options.timeout_seconds = 60;
    if (check != nullptr) options.only = {check};
    return check_library(ITEMS_LIBRARY, options);
  };
  for (const CheckResult& result : judged("none", nullptr)) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
  const std::pair<const char*, const char*> bugs[] = {
      {"date_is_left_to_the_host", "rate_limits"},
      {"rejects_all_on_451", "refusals"},
      {"probe_takes_500", "server_errors"},
      {"silent_when_redirected", "every_status"},
      {"only_the_first_counts", "refused_rows"},
      {"reads_by_position", "row_order"},
      {"id_of_the_row_before", "row_order"},
      {"again_is_refused", "sandbox_import_again"},
      {"failed_item_is_refused", "unknown_words"},
      {"new_status_is_created", "unknown_words"},
      {"limited_item_is_refused", "unknown_words"},
      {"not_found_is_absent", "absence"},
      {"failed_item_is_sent_again", "unknown_words"},
      {"any_2xx_item_is_there", "unknown_words"},
      {"never_below_zero", "values"},
      {"zero_is_nothing", "values"},
      {"no_status_is_created", "unknown_words"},
      {"quotes_half_an_address", "quoted_contacts"},
      {"customs_shift_when_one_is_empty", "account_matches"},
      {"compares_the_case", "sandbox_reconcile"},
      {"found_by_the_beginning", "strangers"},
      {"int_by_double", "hostile_cells"},
      {"number_by_printf", "purity"},
      {"rounds_up", "purity"},
      {"keeps_memory", "repetition"},
      {"getrandom", "forbidden_calls"},
      {"another_locale", "forbidden_calls"}};
  for (const auto& entry : bugs) {
    const std::string bug = entry.first, check = entry.second;
    std::string told;
    bool failed = false;
    for (const CheckResult& result : judged(bug, entry.second)) {
      failed = failed || (!result.ok && result.check == check);
      told += "\n  " + result.check + (result.ok ? " ok: " : " FAIL: ") + result.detail.substr(0, 200);
    }
    CHECK_MESSAGE(failed, bug << " is not found by " << check << told);
  }
}

TEST_CASE("forms of one contact and answers that are all 200 pass, and their bugs are found as well") {
  const auto judged = [](const std::string& flow, const std::string& bug, const char* check) {
    CheckOptions options;
    options.settings_json = R"({"flow":")" + flow + R"(","bug":")" + bug + "\"}";
    options.timeout_seconds = 60;
    if (check != nullptr) options.only = {check};
    return check_library(FORMS_LIBRARY, options);
  };
  for (const char* flow : {"form", "graph"})
    for (const CheckResult& result : judged(flow, "none", nullptr)) CHECK_MESSAGE(result.ok, flow << ", " << result.check << ": " << result.detail);
  const struct {
    const char *flow, *bug, *check;
  } bugs[] = {{"form", "raw_plus", "sandbox_reconcile"},
              {"form", "only_blanks_are_encoded", "values"},
              {"form", "encoded_twice", "account_matches"},
              {"form", "customs_share_a_name", "account_matches"},
              {"form", "form_is_safe", "replay"},
              {"form", "any_201_is_created", "proof"},
              {"form", "new_state_is_refused", "unknown_words"},
              {"form", "refused_is_there", "refused_rows"},
              {"form", "retries_422", "refusals"},
              {"graph", "mutation_is_safe", "replay"},
              {"graph", "errors_are_passed_over", "proof"},
              {"graph", "unauthenticated_is_refused", "sandbox_credential"},
              {"graph", "error_is_absent", "absence"},
              {"graph", "nothing_is_created", "unmentioned_rows"},
              {"graph", "no_error_is_created", "unmentioned_rows"},
              {"graph", "first_page_is_all", "sandbox_reconcile"}};
  for (const auto& entry : bugs) {
    std::string told;
    bool failed = false;
    for (const CheckResult& result : judged(entry.flow, entry.bug, entry.check)) {
      failed = failed || (!result.ok && result.check == entry.check);
      told += "\n  " + result.check + (result.ok ? " ok: " : " FAIL: ") + result.detail.substr(0, 200);
    }
    CHECK_MESSAGE(failed, std::string(entry.bug) << " is not found by " << std::string(entry.check) << told);
  }
}

TEST_CASE("a constructor that opens a file is told, although the judge itself reads files while it loads") {
  CheckOptions options;
  options.only = {"encode"};
  ::setenv("ITEMS_READS_A_FILE", "1", 1);
  const auto results = check_library(ITEMS_LIBRARY, options);
  ::unsetenv("ITEMS_READS_A_FILE");
  const auto found = std::find_if(results.begin(), results.end(), [](const CheckResult& result) { return result.check == "forbidden_calls"; });
  REQUIRE(found != results.end());
  CHECK(found->detail == "calls openat while it is loaded: a connector computes and nothing else");
}

TEST_CASE("what is done where the host wants no log alone is told") {
  CheckOptions options = with("environment_where_unheard", "each", "ask");
  for (const char* check : {"purity", "every_status", "many_rows"}) {
    options.only = {check};
    const auto results = check_library(ZOO_LIBRARY, options);
    const auto found = std::find_if(results.begin(), results.end(), [](const CheckResult& result) { return result.check == "forbidden_calls"; });
    REQUIRE_MESSAGE(found != results.end(), std::string(check));
    CHECK(found->detail == "calls getenv(): a connector computes and nothing else");
  }
}

TEST_CASE("the environment is told where nobody calls anything to read it") {
  CheckOptions options;
  options.only = {"encode"};
  const auto results = check_library(ENVIRONMENT_LIBRARY, options);
  const auto found = std::find_if(results.begin(), results.end(), [](const CheckResult& result) { return result.check == "forbidden_calls"; });
  REQUIRE(found != results.end());
  CHECK(found->detail == "reads environ: a connector computes and nothing else");
}

namespace {

/// What one check says of a bug that it lets pass, and names.
void looks(const CheckOptions& options, const char* words, const char* library = ZOO_LIBRARY) {
  const auto results = check_library(library, options);
  REQUIRE(results.size() == 1);
  CHECK(results[0].ok);
  CHECK(results[0].warning);
  CHECK_MESSAGE(results[0].detail.find(words) != std::string::npos, results[0].detail);
}

}  // namespace

TEST_CASE("what is seldom meant is told as something to look at") {
  for (const auto& [bug, words] : {std::pair{"boolean_as_text", "vip is of type boolean, but sent as a text"},
                                   {"boolean_as_text_in_lines", "vip is of type boolean, but sent as a text"},
                                   {"absent_is_empty", "is sent as \"\" where a contact has no value"},
                                   {"absent_is_null", "is sent as null where a contact has no value"},
                                   {"phone_twice", "stands twice in one object"},
                                   {"text_content_type", "a JSON body is sent as text/plain"}}) {
    const bool lines = std::string(bug).ends_with("_in_lines");
    CheckOptions options = with(std::string(bug).substr(0, std::string(bug).find("_in_lines")), lines ? "half" : "each", "ask");
    options.only = {"request_shape"};
    looks(options, words);
  }
}

TEST_CASE("a job that says nothing of itself is polled as long as the host lets it: told as something to look at") {
  CheckOptions options = with("polls_on_silence", "job", "ask");
  options.only = {"unknown_words"};
  looks(options, "where state is null, which is no word for a job that goes on");
}

TEST_CASE("a new word that is taken for a good end before results are read is told as something to look at") {
  CheckOptions options = with("new_state_is_completed", "lines", "ask");
  options.only = {"unknown_words"};
  looks(options, "is taken for \"completed\", and results are read at once");
}

TEST_CASE("a contact that was sent with another reference and is taken for a row is told as something to look at") {
  CheckOptions options;
  options.settings_json = R"({"bug":"found_by_its_address"})";
  options.only = {"strangers"};
  looks(options, "a contact that bears another reference", ITEMS_LIBRARY);
}

TEST_CASE("a name that a user's column would share with a member of the request is told as something to look at") {
  CheckOptions options;
  options.settings_json = R"({"bug":"customs_stand_beside_fields"})";
  options.only = {"values"};
  looks(options, "a custom column that is called \"attributes\" stands beside the request's own", ITEMS_LIBRARY);
}

TEST_CASE("what a vendor must have promised is told as something to look at") {
  CheckOptions options = with("retries_503", "each", "ask");
  options.only = {"server_errors"};
  looks(options, "status 503 without a body: the request is UNSAFE, yet RETRY says that nothing was stored");
  options = with("retries_any_409", "each", "ask");
  options.only = {"refusals"};
  looks(options, "status 409, whatever it says, is answered with RETRY");
}

TEST_CASE("a hint that other failures give, passed over under a limit, is told as something to look at") {
  CheckOptions options = with("ignores_a_hint_in_a_limit", "each", "ask");
  options.only = {"waits"};
  looks(options, "status 429 with the body of 503 with retry_in_s: 97 asks for 97 s");
}

TEST_CASE("a mark or a number that is missing, although the vendor's last page has it, is told as something to look at") {
  CheckOptions options = with("no_next_is_the_end", "each", "list");
  options.only = {"absence"};
  looks(options, "comes without next, total, which the vendor's last page has as well, is taken for the end");
  options = with("no_total_is_the_end", "each", "list");
  options.only = {"absence"};
  looks(options, "total, which the vendor's last page has as well, is taken for the end");
}

TEST_CASE("a list that is followed from empty page to empty page, and a wait that is cut, are told as something to look at") {
  CheckOptions options = with("follows_empty_pages", "each", "list");
  options.only = {"comes_to_an_end"};
  looks(options, "follows a list whose pages hold nothing");
  options = with("waits_some_minutes_at_most", "each", "ask");
  options.only = {"rate_limits"};
  looks(options, "status 429 asks for half an hour, THROTTLE waits 300 s");
}

TEST_CASE("an id that is kept however long it is is told as something to look at") {
  CheckOptions options = with("keeps_any_id", "job", "ask");
  options.only = {"state_size"};
  looks(options, "kept however long they are");
}

TEST_CASE("a forbidden call is named, and the same seed gives the same card") {
  CheckOptions options = with("opens_a_socket", "each", "ask");
  options.only = {"forbidden_calls"};
  const auto results = check_library(ZOO_LIBRARY, options);
  const auto found = std::find_if(results.begin(), results.end(), [](const CheckResult& result) { return result.check == "forbidden_calls"; });
  REQUIRE(found != results.end());
  CHECK(found->detail == "calls socket: a connector computes and nothing else");

  options = with("none", "each", "ask");
  options.only = {"damaged_input", "damaged_answers"};
  const std::string card = scorecard(ZOO_LIBRARY, check_library(ZOO_LIBRARY, options), options);
  CHECK(card == scorecard(ZOO_LIBRARY, check_library(ZOO_LIBRARY, options), options));
  CHECK(card.find(", scorecard sha256:") != std::string::npos);
  options.seed = 2;
  CHECK(card != scorecard(ZOO_LIBRARY, check_library(ZOO_LIBRARY, options), options));
}

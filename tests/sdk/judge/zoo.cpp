// A small honest connector in eight flows, and the bugs that the judge must find in it: the setting "bug" chooses one.
// Without a bug it must pass in every flow.
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

#include <switchboard/kit/kit.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <thread>
#include <utility>

namespace zoo {

namespace kit = switchboard::kit;
using kit::Directive;
using kit::Json;
using kit::JsonWriter;
using kit::Outcome;

std::string last_list;  // of the bug "settings_in_a_global"
int calls = 0;
kit::Request shared;
std::string last_seen, last_job;
bool outage = false;

constexpr std::int64_t kPage = 5;

/// A number from the processor, which no forbidden call betrays. Where it has no generator, its counter serves.
#if defined(__x86_64__)
__attribute__((target("rdrnd"))) std::string dice() {
  unsigned a = 0, b = 0, features = 0, d = 0;
  unsigned long long number = 0;
  const bool able = __get_cpuid(1, &a, &b, &features, &d) != 0 && (features & bit_RDRND) != 0;
  if (!able || _rdrand64_step(&number) == 0) number = __builtin_ia32_rdtsc();
  return std::to_string(number);
}
#elif defined(__aarch64__)
std::string dice() {
  unsigned long long number = 0;
  asm volatile("mrs %0, cntvct_el0" : "=r"(number));
  return std::to_string(number);
}
#else
#error "how does this processor roll dice?"
#endif
const std::string dice_of_the_process = dice();

struct Connector {
  explicit Connector(const kit::Settings& settings)
      : bug(settings.text("bug", "none")), flow(settings.text("flow", "each")), look(settings.text("look", "ask")), list(settings.text("list_id", "main")), keyed(settings.text("keyed", "no")), ends(settings.text("ends", "done")), reads(settings.text("reads", "retry_after")), totals(settings.text("totals", "asked")), origin(settings.text("origin", "import")), label(settings.text("label", "none")), tells_who(settings.boolean("tells_who", false)) {
    last_list = list;
    static const std::string first_list = list;
    if (has("knows_the_first_list")) list = first_list;
    dice_of_the_session = dice();
  }
  bool has(std::string_view name) const { return bug == name; }

  // ---- Requests ----

  std::string contacts_json(const kit::Batch& batch) const {
    if (has("raw_json")) {
      std::string out = "{\"contacts\":[";
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        out += row > 0 ? ",{" : "{";
        for (std::uint32_t c = 0, n = 0; c < batch.columns(); ++c) {
          if (!batch.cell(row, c)) continue;
          out += (n++ > 0 ? ",\"" : "\"") + std::string(batch.column_name(c)) + "\":\"" + std::string(*batch.cell(row, c)) + '"';
        }
        out += '}';
      }
      return out + "]}";
    }
    JsonWriter json;
    json.object().key("contacts").array();
    const bool shorter = batch.rows() > 1 && (has("drops_last_row") || (has("drops_last_of_odd") && batch.rows() % 2 == 1) || (has("drops_last_of_full") && batch.rows() == 40));
    const std::uint32_t rows = shorter ? batch.rows() - 1 : batch.rows();
    for (std::uint32_t at = 0; at < rows; ++at) {
      const bool late = batch.rows() > 30 && (at == 34 || at == 35);
      const std::uint32_t row = late && has("swaps_late_rows") ? 69 - at : at;
      json.object();
      for (std::uint32_t c = 0; c < batch.columns(); ++c) {
        if (late && has("late_rows_lose_a_column") && c == 2) continue;
        if (at == 1 && has("second_row_loses_its_address") && batch.column_name(c) == "email") continue;
        if (has("drops_custom_columns") && batch.is_custom(c)) continue;
        if (batch.is_custom(c)) {
          if (has("asks_the_first_row_for_columns") && !batch.cell(0, c)) continue;
          if (has("drops_names_of_two_words") && batch.column_name(c).find(' ') != std::string_view::npos) continue;
          if (has("drops_the_ninth_column") && c >= batch.fields() + 8) continue;
          if (has("drops_columns_of_a_label") && label != "none") continue;
          if (has("digits_are_numbers") && batch.cell(row, c) && kit::all_digits(*batch.cell(row, c))) {
            json.member_raw(batch.column_name(c), *batch.cell(row, c));
            continue;
          }
          if (has("fills_from_the_next_column") && !batch.cell(row, c) && c + 1 < batch.columns()) {
            json.member_if(batch.column_name(c), batch.cell(row, c + 1));
            continue;
          }
        }
        std::string name(batch.column_name(c));
        if (has("swaps_fields") && (name == "first_name" || name == "last_name")) name = name == "first_name" ? "last_name" : "first_name";
        if (has("first_custom_name") && batch.is_custom(c)) name = std::string(batch.column_name(batch.fields()));
        if (has("long_name_cut") && batch.is_custom(c)) name = name.substr(0, 45);
        if (has("custom_name_cut") && batch.is_custom(c)) name = name.substr(0, 8);
        if (has("numbers_custom_columns") && batch.is_custom(c)) name = "field_" + std::to_string(c);
        const std::uint32_t from = has("swaps_custom_columns") && batch.is_custom(c) && batch.columns() == batch.fields() + 2 ? batch.columns() - 1 - (c - batch.fields()) : c;
        if (has("invents_a_name") && name == "last_name" && !batch.cell(row, c)) {
          json.member(name, "Customer");
          continue;
        }
        if (has("inverts_a_boolean") && name == "vip" && batch.cell(row, c)) {
          json.member(name, *batch.cell(row, c) != "true");
          continue;
        }
        if (has("absent_is_null") && !batch.cell(row, c)) {
          json.key(name).null();
          continue;
        }
        if (has("phone_twice") && c == 0) json.member(name, "none");
        if (has("absent_is_empty") && !batch.cell(row, c)) {
          json.member(name, "");
          continue;
        }
        if (has("formula_guard") && batch.cell(row, c) && (batch.cell(row, c)->starts_with('+') || batch.cell(row, c)->starts_with('='))) {
          json.member(name, "'" + std::string(*batch.cell(row, c)));
          continue;
        }
        if (has("invents_an_address") && name == "email" && !batch.cell(row, c)) {
          json.member(name, "none@example.com");
          continue;
        }
        if (has("ends_at_a_nul") && batch.cell(row, c)) {
          json.member(name, batch.cell(row, c)->substr(0, batch.cell(row, c)->find('\0')));
          continue;
        }
        if (has("cuts_at_65535") && batch.cell(row, c)) {
          json.member(name, batch.cell(row, c)->substr(0, 65535));
          continue;
        }
        if (has("cuts_at_255") && batch.cell(row, c)) {
          json.member(name, batch.cell(row, c)->substr(0, 255));
          continue;
        }
        if (const auto odd = odd_value(name, batch.cell(row, c))) {
          json.member(name, *odd);
          continue;
        }
        if (has("consents_for_all") && name == "vip" && !batch.cell(row, c)) {
          json.member(name, true);
          continue;
        }
        if (has("trims_to_40") && name == "last_name" && batch.cell(row, c)) {
          json.member(name, batch.cell(row, c)->substr(0, 40));
          continue;
        }
        const bool missing = has("drops_awkward_values") && batch.cell(row, c) && batch.cell(row, c)->find(',') != std::string_view::npos;
        if (has("always_true") && name == "vip" && batch.cell(row, c))
          json.member(name, "true");
        else if (name == "vip" && batch.cell(row, c) && !has("boolean_as_text"))
          json.member_raw(name, *batch.cell(row, c));
        else if (!missing)
          json.member_if(name, batch.cell(row, from));
      }
      json.end();
      if (has("sends_accents_twice") && batch.value(row, "last_name").value_or("").find('\xC3') != std::string_view::npos) json.object().member_if("phone", batch.cell(row, 0)).end();
      if (has("sends_first_twice") && row == 0) json.object().member_if("phone", batch.cell(row, 0)).member_if("first_name", batch.cell(row, 1)).member_if("last_name", batch.cell(row, 2)).member_if("email", batch.cell(row, 3)).end();
    }
    std::string text = json.end().end().take();
    for (std::uint32_t c = batch.fields(); c < batch.columns() && has("raw_column_names"); ++c) {
      const std::string name(batch.column_name(c)), escaped = kit::json_string(name);
      for (auto at = text.find(escaped); at != std::string::npos; at = text.find(escaped, at + 1)) text.replace(at, escaped.size(), '"' + name + '"');
    }
    return text;
  }

  /// What some bugs make of values that somebody could take for something else.
  std::optional<std::string> odd_value(std::string_view name, std::optional<std::string_view> cell) const {
    if (!cell) return std::nullopt;
    const std::string value(*cell);
    if (has("small_addresses") && name == "email") return kit::lower(value);
    if (has("joins_lines") && value.find('\n') != std::string::npos) {
      std::string out = value;
      std::erase_if(out, [](char c) { return c == '\r' || c == '\n'; });
      return out;
    }
    if (has("loses_zeros") && value.starts_with("00")) return value.substr(2);
    if (has("drops_the_last_dot") && value.ends_with('.')) return value.substr(0, value.size() - 1);
    if (has("capitals") && name == "last_name") {
      std::string out = value;
      for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      return out;
    }
    if (has("entities") && value.find('&') != std::string::npos) return value.substr(0, value.find('&')) + "&amp;" + value.substr(value.find('&') + 1);
    if (has("null_is_nothing") && kit::equals_ignoring_case(value, "null")) return "";
    if (has("one_blank") && value.find("  ") != std::string::npos) return value.substr(0, value.find("  ")) + value.substr(value.find("  ") + 1);
    if (has("latin_only") && name == "last_name") {
      std::string out = value;
      for (char& c : out) c = (static_cast<unsigned char>(c) & 0x80) != 0 ? '?' : c;
      return out;
    }
    return std::nullopt;
  }

  std::string contacts_csv(const kit::Batch& batch) const {
    if (has("raw_csv")) {
      std::string out;
      for (std::uint32_t c = 0; c < batch.columns(); ++c) out += (c > 0 ? "," : "") + std::string(batch.column_name(c));
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        out += '\n';
        for (std::uint32_t c = 0; c < batch.columns(); ++c) out += (c > 0 ? "," : "") + std::string(batch.cell(row, c).value_or(""));
      }
      return out + '\n';
    }
    if (has("cr_unquoted")) {
      std::string out;
      const auto cell = [&](std::string_view text) { out += text.find_first_of(",\"\n") == std::string_view::npos ? std::string(text) : kit::CsvWriter("").cell(text).take(); };
      for (std::uint32_t c = 0; c < batch.columns(); ++c) cell((c > 0 ? out += ',' : out, batch.column_name(c)));
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        out += '\n';
        for (std::uint32_t c = 0; c < batch.columns(); ++c) cell((c > 0 ? out += ',' : out, batch.cell(row, c).value_or("")));
      }
      return out + '\n';
    }
    kit::CsvWriter csv("\n");
    for (std::uint32_t c = 0; c < batch.columns(); ++c) csv.cell(batch.column_name(c));
    csv.end_row();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      for (std::uint32_t c = 0; c < batch.columns(); ++c) {
        if (has("shifts_where_an_email_is_missing") && batch.column_name(c) == "email" && !batch.cell(row, c)) continue;
        const std::string value(batch.cell(row, c).value_or(""));
        if (has("note_is_a_title") && batch.is_custom(c) && !value.empty() && value[0] == 't') {
          csv.cell("T" + value.substr(1));
          continue;
        }
        csv.cell(has("tab_before_formulas") && value.find_first_of("=@") == 0 ? "\t" + value : value);
      }
      csv.end_row();
    }
    return csv.take();
  }

  static std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
  }

  kit::Request send(const kit::Batch& batch, const kit::Step& step) const {
    const std::string list_path = "/lists/" + (has("raw_url") ? list : kit::url_encode(has("settings_in_a_global") ? last_list : has("knows_one_list") ? "main" : list));
    if (has("percent_as_it_is") && list.find('%') != std::string::npos) return kit::Request::post_json("/lists/" + replaced(list_path.substr(7), "%25", "%") + "/contacts", contacts_json(batch));
    kit::Request request;
    if (flow == "file") {
      kit::MultipartWriter form(step.chain_id());
      form.file("file", "contacts.csv", "text/csv", contacts_csv(batch));
      request = kit::Request::post(list_path + "/files", form.content_type(), form.body());
    } else {
      request = kit::Request::post_json(list_path + (flow == "job" || flow == "lines" ? "/jobs" : flow == "drops" ? "/drops" : flow == "table" ? "/tables" : "/contacts"), contacts_json(batch));
    }
    if (flow == "parts") {
      if (step.state().empty()) return kit::Request::post_json(list_path + "/imports", "{}").rows(0, batch.rows());
      request = kit::Request::ask_json("/jobs/" + kit::url_encode(state_of(step)["job"].string_or("")) + "/contacts", contacts_json(batch));
      request.method = "PUT";
    }
    if (flow == "half") {  // a line a contact
      std::string lines;
      const Json contacts = Json::parse(contacts_json(batch)).value_or(Json());
      for (const Json& contact : contacts["contacts"].items()) lines += contact.to_text() + '\n';
      for (auto at = lines.find("\\n"); at != std::string::npos && has("raw_lines"); at = lines.find("\\n")) lines.replace(at, 2, "\n");
      request = kit::Request::post(list_path + "/halves", "application/x-ndjson", lines);
    }
    if (has("label_as_it_is")) request = kit::Request::post_json(list_path + "/contacts", "{\"label\":\"" + label + "\"," + contacts_json(batch).substr(1));
    if (!has("ignores_what_shapes_contacts") && !(has("forgets_the_origin_of_one") && batch.rows() == 1)) request.header("X-Origin", origin);
    if (!has("ignores_a_text")) request.header("X-Label", kit::url_encode(label));
    if (tells_who && !has("ignores_a_choice")) request.header("X-Sender", "switchboard");
    if (has("unsafe_is_safe") || has("doubts_what_was_there")) request.replay = kit::Replay::Safe;
    if (has("key_of_the_attempt")) {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", std::string(step.chain_id()) + "-" + std::to_string(step.attempt()));
    }
    if (bug.starts_with("dice_of_")) {
      request.replay = kit::Replay::Keyed;
      const std::string number = has("dice_of_the_call") ? dice() : has("dice_of_the_session") ? dice_of_the_session : dice_of_the_process;
      request.header("Idempotency-Key", std::string(step.chain_id()) + "-" + number);
    }
    if (has("key_of_the_count")) {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", "import-" + std::to_string(batch.rows()));
    }
    if (has("key_is_a_row")) {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", std::string(batch.row_id(0)));
    }
    if (has("safe_when_it_is_late") && step.attempt() > 0) request.replay = kit::Replay::Safe;
    if (has("keyed_without_a_key")) request.replay = kit::Replay::Keyed;
    if (has("key_that_nobody_reads")) {
      request.replay = kit::Replay::Keyed;
      request.header("X-Reference-Key", std::string(step.chain_id()));
    }
    if (has("key_is_constant")) {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", "import-" + list);
    }
    if (has("key_of_the_first_row")) {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", "list-of-" + std::to_string(batch.columns()));
    }
    if (has("loses_full_batches") && batch.rows() == 40) request.body = R"({"contacts":[]})";
    if (has("retry_sends_less") && step.attempt() > 0) request.body = R"({"contacts":[]})";
    if (has("text_content_type")) request.headers = {{"Content-Type", "text/plain"}};
    if (keyed == "chain") {
      request.replay = kit::Replay::Keyed;
      request.header("Idempotency-Key", std::string(step.chain_id()));
    }
    if (has("no_content_type")) request.headers.clear();
    if (has("header_from_cell")) request.header("X-First", std::string(batch.value(0, "first_name").value_or("none")));
    return request.rows(0, batch.rows());
  }

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const {
    reach_out();
    if (has("later_calls_differ") && ++calls > 60 && step.is(kit::Operation::Reconcile)) return out.put(kit::Request::get("/other").rows(0, batch.rows()));
    if (has("hundredth_call") && ++calls % 100 == 0) return out.put(kit::Request::get("/other"));
    switch (step.operation()) {
      case kit::Operation::Import:
        if (step.state().empty() && has("shared_buffer")) {
          shared = send(batch, step);
          return out.put(shared);
        }
        if (step.state().empty() || flow == "parts") return out.put(send(batch, step));
        {
          const Json state = Json::parse(step.state()).value_or(Json());
          const std::string job = has("asks_for_the_last_job") && !last_job.empty() ? last_job : state["job"].string_or("");
          if (job.empty() && has("sends_again_without_a_job")) return out.put(send(batch, step));
          const bool lines = state["lines"].bool_or(false);
          if (lines && has("raw_id_of_the_lines")) return out.put(kit::Request::get("/jobs/" + job + "/results").rows(0, batch.rows()));
          std::string what = lines ? "/results" : "";
          if (flow == "half") what = "/halves?after=" + (has("raw_mark") ? state["after"].string_or("") : kit::url_encode(state["after"].string_or("")));
          return out.put(kit::Request::get("/jobs/" + (has("raw_job_id") ? job : kit::url_encode(job)) + what).rows(0, batch.rows()));
        }
      case kit::Operation::Reconcile:
        if (has("refuses_state_of_import") && !step.import_state().empty() && Json::parse(step.import_state()).value_or(Json())["job"].is_null())
          throw kit::Error(SWB_E_INPUT, "the import's state cannot be read");
        if (const std::string job = job_to_ask(step); !job.empty()) return out.put(kit::Request::get("/jobs/" + kit::url_encode(job) + "/results").rows(0, batch.rows()));
        if (look != "ask") {
          kit::Query query;
          if (look == "lines") query.add("as", "lines");
          query.add("offset", std::to_string(state_of(step)["offset"].int_or(0))).add("limit", std::to_string(kPage));
          return out.put(kit::Request::get("/lists/" + kit::url_encode(list) + "/contacts" + query.text()).rows(0, batch.rows()));
        } else {
          const std::string where = has("looks_in_the_main_list") ? "main" : has("cuts_the_list_in_questions") ? list.substr(0, 4) : list;
          JsonWriter json;
          json.object().key("phones").array();
          const std::uint32_t asked = has("asks_for_few") ? std::min<std::uint32_t>(batch.rows(), 30) : batch.rows();
          for (std::uint32_t row = 0; row < asked; ++row) json.value(batch.value(row, "phone").value_or(""));
          kit::Request request = kit::Request::post_json("/lists/" + kit::url_encode(where) + "/lookup", json.end().end().take()).rows(0, batch.rows());
          request.replay = kit::Replay::Safe;
          return out.put(request);
        }
      case kit::Operation::Probe:
        return out.put(kit::Request::get("/account"));
      case kit::Operation::Discover:
        return out.put(kit::Request::get("/lists" + (step.state().empty() ? "" : kit::Query().add("after", state_of(step)["after"].string_or("")).text())));
    }
    throw kit::Unsupported("not offered");
  }

  /// Whoever asks the job that the import began, not the list.
  std::string job_to_ask(const kit::Step& step) const {
    return has("job_leaves_out_is_absent") ? Json::parse(step.import_state()).value_or(Json())["job"].string_or("") : "";
  }

  static Json state_of(const kit::Step& step) { return Json::parse(step.state()).value_or(Json()); }

  // ---- What a connector must not do ----

  void reach_out() const {
    if (has("prints")) std::puts("hello");
    if (has("writes_to_stderr")) std::fputs("hello\n", stderr);
    if (has("reads_a_file")) {
      if (std::FILE* file = std::fopen("/etc/hostname", "r")) std::fclose(file);
    }
    if (has("writes_a_file")) {
      if (std::FILE* file = std::fopen("/tmp/zoo.txt", "w")) std::fclose(file);
    }
    if (has("opens_a_socket")) ::close(::socket(AF_INET, SOCK_STREAM, 0));
    if (has("starts_a_thread")) std::thread([] {}).join();
    if (has("forks")) {
      if (::fork() == 0) ::_exit(0);
    }
    if (has("sleeps")) ::usleep(1000);
    if (has("reads_the_environment")) static_cast<void>(std::getenv("HOME"));
    if (has("reads_the_clock")) static_cast<void>(std::time(nullptr));
    if (has("reads_the_time_of_day")) {
      timeval now{};
      ::gettimeofday(&now, nullptr);
    }
    if (has("sets_the_locale")) std::setlocale(LC_ALL, "");
    if (has("rolls_dice")) static_cast<void>(std::rand());
  }

  // ---- Answers ----

  std::optional<Directive> fault(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    const std::uint32_t status = response.status();
    const bool sent = step.is(kit::Operation::Import) && step.state().empty();
    if (status == 429 && has("ignores_retry_after")) return Directive::throttle(0);
    if (status == 429 && has("retry_after_in_ms")) return Directive::throttle(static_cast<std::uint64_t>(kit::parse_int(response.header("retry-after").value_or("0")).value_or(0)));
    if (status == 429 && has("date_is_the_wait") && response.header("retry-after") && !kit::parse_int(*response.header("retry-after"))) return Directive::throttle(1'750'000'097'000);
    if (status >= 500 && step.attempt() >= 3 && has("rejects_in_the_end") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("server", "server"));
      return Directive::done();
    }
    const auto wait = kit::retry_after_ms(response, step.now_ms());
    if (status == 429 && has("limit_is_doubt") && batch.rows() > 0) return Directive::in_doubt("limit", "limit");
    if (status == 429 && has("limit_ends_the_job")) return Directive::abort(kit::Reason::Quota, "limit", "limit");
    if (status == 429 && step.attempt() > 2 && has("loses_patience")) return Directive::retry("limit", "limit", 1000);
    if (status == 429 && wait && *wait > 1000 && has("waits_a_second_less")) return Directive::throttle(*wait - 1000);
    if (status == 401 && has("401_is_a_quota")) return Directive::abort(kit::Reason::Quota, "credential", "credential");
    if (status == 429 && wait && has("limit_is_patient_retry")) return Directive::retry("limit", "limit", *wait);
    if (response.transport() == kit::Transport::TooLarge && sent && has("large_answer_is_shrunk")) return Directive::shrink();
    if (status == 524 && sent && has("524_is_retried")) return Directive::retry("late", "late");
    if (status == 429 && wait && *wait > 1'000'000 && has("forgets_a_long_wait")) return Directive::throttle(0);
    const auto quota = kit::parse_int(response.header("x-quota-reset-in").value_or(""));
    if (status == 429 && quota && *quota > 0 && !has("ignores_the_quota")) return Directive::throttle(static_cast<std::uint64_t>(*quota) * 1000);
    if (status == 429 && has("limit_is_retry")) return Directive::retry("limit", "limit");
    if (status == 429 && has("limit_is_split") && batch.rows() > 0) return Directive::split("limit", "limit");
    if (status == 429 && has("limit_is_rejection") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("limit", "limit"));
      return Directive::done();
    }
    // The vendor says when the limit is reset; the usual rule knows of Retry-After only.
    if (status == 429 && !has("ignores_reset") && (reads == "reset" || !response.header("retry-after"))) {
      const std::string reset(response.header("x-ratelimit-reset").value_or(""));
      const auto reset_s = has("reset_that_throws") && !reset.empty() ? std::optional<std::int64_t>(std::stoll(reset)) : kit::parse_int(reset);
      if (reset_s) return Directive::throttle(static_cast<std::uint64_t>(std::max<std::int64_t>(1, *reset_s * 1000 - step.now_ms())));
    }
    if (status == 429 && has("fraction_by_strtod") && response.header("retry-after")) {
      const double seconds = std::strtod(std::string(*response.header("retry-after")).c_str(), nullptr);
      if (seconds > 0 && seconds < 1e6) return Directive::throttle(static_cast<std::uint64_t>(seconds * 1000));
    }
    if (status == 400 && batch.rows() == 1 && has("retries_400_of_one")) return Directive::retry("bad", "bad");
    if (status == 503 && batch.rows() == 1 && has("splits_on_503_of_one")) return Directive::split("server", "server");
    if (status == 400 && has("retries_400")) return Directive::retry("bad", "bad");
    if (status == 422 && has("rejects_all_on_422") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("invalid", "invalid"));
      return Directive::done();
    }
    if (status == 401 && has("rejects_on_401") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("credential", "credential"));
      return Directive::done();
    }
    if (status == 401 && has("retries_401")) return Directive::retry("credential", "credential");
    if (status >= 500 && has("rejects_on_500") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("server", "server"));
      return Directive::done();
    }
    if (status == 503 && has("splits_on_503")) return Directive::split("server", "server");
    if (status == 0 && sent && step.attempt() > 2 && has("late_timeout_is_retried")) return Directive::retry("timeout", "timeout");
    if (status == 0 && sent && response.transport() == kit::Transport::Cut && has("cut_is_retried")) return Directive::retry("cut", "cut");
    if (status == 0 && sent && response.transport() == kit::Transport::Cut && has("cut_is_abort")) return Directive::abort(kit::Reason::Unavailable, "cut", "cut");
    if (status == 429 && !sent && step.is(kit::Operation::Import) && wait && has("limit_of_a_poll_is_poll")) return Directive::poll(*wait, std::string(step.state()));
    if (status == 0 && sent && has("timeout_is_retried")) return Directive::retry("timeout", "timeout");
    if (status == 0 && sent && has("timeout_is_rejected") && batch.rows() > 0) {
      answer.rest(Outcome::rejected("timeout", "timeout"));
      return Directive::done();
    }
    if (status == 404 && has("absent_on_404") && step.is(kit::Operation::Reconcile)) {
      answer.rest(Outcome::absent());
      return Directive::done();
    }
    if (status == 404 && has("polls_on_404") && step.is(kit::Operation::Import) && !step.state().empty())
      return Directive::poll(2000, std::string(step.state()));
    if (status == 404 && has("resends_a_lost_job") && step.is(kit::Operation::Import) && !step.state().empty()) {
      answer.rest(Outcome::resend("missing", "missing"));
      return Directive::done();
    }
    const bool question = step.is(kit::Operation::Reconcile), look_at_job = step.is(kit::Operation::Import) && !step.state().empty();
    if (response.transport() == kit::Transport::Refused && ((question && has("unreachable_is_absent")) || (look_at_job && has("unreachable_job_is_resent")))) {
      answer.rest(question ? Outcome::absent() : Outcome::resend("unreachable", "unreachable"));
      return Directive::done();
    }
    if (response.transport() == kit::Transport::TooLarge && look_at_job && has("large_results_are_split")) return Directive::split("large", "large");
    if (status == 403 && step.is(kit::Operation::Probe) && has("probe_takes_403")) return Directive::done();
    if (status == 404 && step.is(kit::Operation::Probe) && has("probe_takes_404")) return Directive::done();
    if (status == 0 && step.is(kit::Operation::Probe) && has("probe_takes_silence")) return Directive::done();
    if (status >= 500 && has("shrinks_a_job") && step.is(kit::Operation::Import) && !step.state().empty()) return Directive::shrink();
    if (status == 0 && has("timeout_of_a_job_is_resent") && step.is(kit::Operation::Import) && !step.state().empty()) {
      answer.rest(Outcome::resend("timeout", "timeout"));
      return Directive::done();
    }
    if (status == 404 && has("splits_a_lost_job") && step.is(kit::Operation::Import) && !step.state().empty()) return Directive::split("missing", "the job is gone");
    if (status == 404 && has("rejects_on_404") && step.is(kit::Operation::Import) && batch.rows() > 0) {
      answer.row(0, Outcome::rejected("missing", "missing"));
      answer.rest(Outcome::unknown("missing", "missing"));
      return Directive::done();
    }
    if (status == 413 && has("splits_into_success") && batch.rows() > 0) {
      answer.rest(Outcome::accepted());
      return Directive::done();
    }
    if (status == 409 && has("retries_any_409") && sent) return Directive::retry("busy", "busy");
    if (status == 503 && has("retries_503") && sent) return Directive::retry("down", "down");
    if (status == 409 && has("conflict_in_words_is_success") && sent && batch.rows() > 0 && Json::parse(response.body()).value_or(Json())["error"]["code"].as_string() == "already_exists") {
      answer.rest(Outcome::accepted());
      return Directive::done();
    }
    if (status == 409 && has("conflict_is_created") && sent && batch.rows() > 0) {
      answer.rest(Outcome::created());
      return Directive::done();
    }
    if (status == 409 && has("conflict_of_a_job_is_success") && step.is(kit::Operation::Import) && !step.state().empty()) {
      answer.rest(Outcome::accepted());
      return Directive::done();
    }
    if (status == 403 && has("retries_403")) return Directive::retry("forbidden", "forbidden");
    if (status == 408 && sent && has("retries_408")) return Directive::retry("timeout", "timeout");
    if (status == 0 && !sent && step.is(kit::Operation::Reconcile) && has("timeout_is_absent")) {
      answer.rest(Outcome::absent());
      return Directive::done();
    }
    if (status >= 500 && !sent && has("job_page_500_is_done") && step.is(kit::Operation::Import) && batch.rows() > 0) {
      answer.rest(Outcome::created());
      return Directive::done();
    }
    if (status >= 500 && has("ignores_the_status")) return std::nullopt;
    if (response.ok() && Json::parse(response.body()).value_or(Json())["limit"].bool_or(false)) return has("limit_in_words_is_retry") ? Directive::retry("limit", "limit") : Directive::throttle(60'000);
    // A part whose import was made, and has nothing yet: refused, it says as much as a request that comes first.
    const bool part = flow == "parts" && step.is(kit::Operation::Import) && !step.state().empty();
    auto directive = part ? kit::http_fault(response, kit::Purpose::Send, step.now_ms()) : kit::http_fault(response, step);
    if (part && directive && directive->kind == SWB_ABORT && directive->reason == kit::Reason::Setting) directive->kind = SWB_IN_DOUBT, directive->reason = kit::Reason::None;
    const auto hint_s = Json::parse(response.body()).value_or(Json())["retry_in_s"].as_int();
    const bool waits = directive && (directive->kind == SWB_RETRY || directive->kind == SWB_THROTTLE);
    if (directive && directive->kind == SWB_THROTTLE && has("waits_some_minutes_at_most")) directive->delay_ms = std::min<std::uint64_t>(directive->delay_ms, 300'000);
    if (waits && status == 423 && has("ignores_retry_after_of_423")) directive->delay_ms = 0;
    if (waits && directive->delay_ms == 0 && hint_s && !has("ignores_a_hint_in_the_body") && !(status == 429 && has("ignores_a_hint_in_a_limit")))
      directive->delay_ms = static_cast<std::uint64_t>(std::clamp<std::int64_t>(*hint_s, 1, has("cuts_a_hint_in_the_body") ? 3 : 3600)) * 1000;
    return directive;
  }

  void read_row(std::uint32_t row, const Json& result, kit::Answer& answer, bool reconciling) const {
    const std::string status = result["status"].string_or("");
    std::optional<std::string> id;
    if (const auto text = result["id"].as_string()) id = std::string(*text);
    if (id && has("cuts_ids")) id = id->substr(0, 8);
    if (has("carries_ids")) {
      static thread_local std::string before;
      if (id) before = *id;
      else if (!before.empty()) id = before;
    }
    if (id && has("ids_begin_anew")) id = "contact-" + std::to_string(row);
    if (status == "created" || (has("word_begins_alike") && status.starts_with("created"))) return answer.row(row, Outcome::created(id));
    if (status == "updated") return answer.row(row, has("updated_is_unchanged") ? Outcome::unchanged(id) : has("updated_is_created") ? Outcome::created(id) : Outcome::updated(id));
    if (status == "exists") return answer.row(row, has("exists_is_created") ? Outcome::created(id) : Outcome::unchanged(id));
    if (status == "invalid" && has("refusal_without_words_is_created") && result.get("message") == nullptr) return answer.row(row, Outcome::created());
    if (status == "invalid" && has("refused_is_created")) return answer.row(row, Outcome::created());
    if (status == "invalid" && has("refused_is_sent_again")) return answer.row(row, Outcome::resend("invalid", "refused"));
    if (status == "invalid" && has("refused_is_unknown")) return answer.row(row, Outcome::unknown("invalid", "refused"));
    if (status == "invalid" && has("refused_is_unchanged")) return answer.row(row, Outcome::unchanged());
    if (status == "dropped" && !reconciling) return answer.row(row, Outcome::resend("dropped", "there was no room for it"));
    if (status == "absent" && reconciling && has("absent_is_refused")) return answer.row(row, Outcome::rejected("absent", "absent"));
    if (status == "absent" && reconciling) return answer.row(row, Outcome::absent());
    if (status == "invalid" && has("blames_no_field")) return answer.row(row, Outcome::rejected("invalid", "refused").blaming("address_line_9"));
    if (status == "invalid") return answer.row(row, refusal(result, result));
    if (!status.empty() && (has("new_word_is_refused") || (has("word_begins_like_invalid") && status.starts_with("in")))) return answer.row(row, Outcome::rejected("invalid", "refused"));
    if (has("silence_is_refusal")) return answer.row(row, Outcome::rejected("no_result", "not in the answer"));
    if (has("silence_is_resent")) return answer.row(row, Outcome::resend("no_result", "not in the answer"));
    if (has("unknown_status_is_success") && !status.empty()) return answer.row(row, Outcome::created(id));
    if (has("silence_is_success")) return answer.row(row, Outcome::created());
    answer.row(row, Outcome::unknown("no_result", "the answer does not say what became of this row"));
  }

  /// `words`: the result that says why.
  Outcome refusal(const Json& result, const Json& words) const {
    const std::string field = has("blames_the_phone") ? "phone" : result["field"].string_or("");
    if (has("quotes_where_it_is_lost") && !field.empty() && field != "phone" && field != "email") throw kit::Error(SWB_E_RESPONSE, field + ": " + result["message"].string_or(""));
    Outcome outcome = Outcome::rejected(words["field"].string_or("") == "email" ? "invalid_email" : "invalid", words["message"].string_or("refused"));
    return field == "phone" || field == "email" ? std::move(outcome).blaming(field) : outcome;
  }

  void read_rows(const Json& results, const kit::Batch& batch, bool reconciling, kit::Answer& answer) const {
    const bool lenient = bug.starts_with("silence_is_") || has("drops_last_row") || has("trusts_row_numbers");
    if (has("loses_full_batches") && batch.rows() == 40 && !reconciling) return answer.finish(Directive::in_doubt("late", "late"));
    if (results.items().size() > batch.rows() && has("names_who_is_told_twice")) throw kit::Error(SWB_E_RESPONSE, std::string(batch.value(0, "first_name").value_or("somebody")) + " is told twice");
    const bool enough = has("more_results_are_fine") && results.items().size() > batch.rows();
    if (results.items().size() != batch.rows() && !lenient && !enough)
      return answer.finish(Directive::in_doubt("bad_answer", "the answer does not list every contact"));
    if (has("one_refused_is_all") && !reconciling) {
      for (const Json& result : results.items()) {
        if (result["status"].as_string() != "invalid") continue;
        answer.rest(Outcome::rejected("invalid", "a contact is not valid"));
        return answer.done();
      }
    }
    std::string last_message;
    for (const Json& result : results.items()) last_message = result["message"].string_or(last_message);
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const std::string word = results.at(row)["status"].string_or("");
      if (has("logs_a_refusal") && word == "invalid") answer.call().log(SWB_LOG_INFO, "refused: " + std::string(batch.value(row, "email").value_or("")));
      if (has("logs_an_odd_word") && !reconciling && word != "invalid" && word != "created" && word != "exists") answer.call().log(SWB_LOG_INFO, "odd: " + std::string(batch.value(row, "phone").value_or("")));
      if (has("code_of_the_last") && word == "invalid") {
        const Json* last = &results.at(row);
        for (const Json& other : results.items()) last = other["status"].as_string() == "invalid" ? &other : last;
        answer.row(row, refusal(results.at(row), *last));
        continue;
      }
      if (has("message_of_the_last") && results.at(row)["status"].as_string() == "invalid") {
        answer.row(row, Outcome::rejected("invalid", last_message));
        continue;
      }
      // Refused ones are told last, and counted among those that were taken.
      if (has("refused_shifts_rows") && !reconciling && row > 0 && results.at(row)["status"].as_string() == "invalid") {
        read_row(row, results.at(row - 1), answer, reconciling);
        continue;
      }
      const bool neighbour = has("late_ids_of_neighbours") && row > 30 && row + 1 < batch.rows();
      const std::uint32_t from = neighbour ? row + 1 : has("swaps_rows") && batch.rows() > 1 ? (row + 1) % batch.rows() : row;
      if (reconciling && has("phone_for_an_id") && results.at(row)["id"].as_string())
        answer.row(row, Outcome::unchanged(std::string(batch.value(row, "phone").value_or(""))));
      else if (!reconciling && has("row_id_for_an_id") && results.at(row)["status"].as_string() == "created")
        answer.row(row, Outcome::created(std::string(batch.row_id(row))));
      else if (reconciling && has("first_id_for_all") && results.at(row)["id"].as_string())
        answer.row(row, Outcome::unchanged(results.at(0)["id"].text()));
      else if (row == 37 && has("loses_a_late_row"))
        answer.row(row, Outcome::unknown("lost", "lost"));
      else if (row >= results.items().size() && has("drops_last_row"))
        answer.row(row, Outcome::created());
      else
        read_row(row, results.at(from), answer, reconciling);
    }
    answer.done();
  }

  /// {"at": 0, "status": "created", "id": …} of some contacts now, "later" of the others: those are in the job.
  void read_half(const Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) const {
    const bool first = step.state().empty();
    const Json before = first ? Json() : state_of(step);
    std::string told = before["told"].string_or("");
    told.resize(batch.rows(), '.');
    if (!first && json["state"].string_or("") == "processing") return answer.finish(Directive::poll(2000, std::string(step.state())));
    if (!json["results"].is_array() || (!first && json["state"].string_or("") != "completed")) return answer.finish(Directive::in_doubt("bad_answer", "no results"));
    bool later = false;
    for (const Json& result : json["results"].items()) {
      const std::int64_t at = result["at"].int_or(-1);
      if (at < 0 || at >= batch.rows() || told[static_cast<std::size_t>(at)] == 'x') continue;
      if (result["status"].string_or("") == "later" && first && !has("later_is_success")) {
        later = true;
        continue;
      }
      told[static_cast<std::size_t>(at)] = 'x';
      if (result["status"].string_or("") == "later" && has("later_is_success")) answer.row(static_cast<std::uint32_t>(at), Outcome::accepted());
      else read_row(static_cast<std::uint32_t>(at), result, answer, false);
    }
    const std::string job = json["job"].string_or("").substr(0, 200);
    if (later && !job.empty()) return answer.finish(Directive::next(JsonWriter().object().member("job", job).member("told", told).end().take(), 500));
    if (!first && has("first_page_is_all") && json["results"].size() > 0) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row)
        if (told[row] != 'x') answer.row(row, Outcome::accepted());
      return answer.done();
    }
    const std::string after = json["next"].string_or("").substr(0, 200);
    if (!first && !after.empty() && (has("follows_any_mark") || (after != before["after"].string_or("") && json["results"].size() > 0)))
      return answer.finish(Directive::next(JsonWriter().object().member("job", before["job"].string_or("")).member("told", told).member("after", after).end().take()));
    const bool well = json["failed"].as_int() == 0 && job.empty() && has("none_failed_is_done");
    const bool last_of_several = !before["after"].is_null() && has("last_page_speaks_for_all");
    const bool unsaid = (!first && json["results"].size() > 0 && has("unsaid_is_success")) || last_of_several;
    for (std::uint32_t row = 0; row < batch.rows(); ++row)
      if (told[row] != 'x') answer.row(row, well || unsaid ? Outcome::accepted() : Outcome::unknown("no_result", "the answer does not say what became of this row"));
    answer.done();
  }

  /// {"line": 1, "code": 0, "id": …}: 0 created, 1 updated, 2 there already, 40 refused.
  void read_lines(std::string_view body, const kit::Batch& batch, bool stopped, kit::Answer& answer, bool question = false) const {
    for (const std::string_view text : kit::split(body, '\n')) {
      if (kit::trim(text).empty()) continue;
      const auto line = Json::parse(text);
      if (!line) return answer.finish(Directive::retry("bad_answer", "a line that is no JSON"));
      const std::int64_t row = (*line)["line"].int_or(0) - 1, code = (*line)["code"].int_or(-1);
      if (row < 0 || row >= batch.rows() || answer.answered(static_cast<std::uint32_t>(row))) continue;
      const auto id = (*line)["id"].text();
      const bool small = has("small_codes_are_good") && code > 2 && code < 40;
      if (has("late_lines_are_asked_for") && row > 30) continue;
      answer.row(static_cast<std::uint32_t>(row), code == 0 || small ? Outcome::created(id)
                                                  : code == 1         ? Outcome::updated(id)
                                                  : code == 2         ? Outcome::unchanged(id)
                                                  : code == 40        ? Outcome::rejected("invalid", (*line)["text"].string_or("refused"))
                                                                      : Outcome::unknown("new_code", "a code that is not known"));
    }
    if (has("late_lines_are_asked_for") && batch.rows() > 30) return answer.finish(Directive::in_doubt("late", "late"));
    if (stopped && has("stopped_rest_is_resent")) return answer.done_with(Outcome::resend("stopped", "it was stopped before"));
    if (ends == "doubt") return answer.finish(Directive::in_doubt("no_line", "whatever no line was about"));
    answer.done_with(question ? Outcome::absent() : has("missing_line_is_refused") ? Outcome::rejected("missing", "missing") : has("missing_line_is_there") ? Outcome::unchanged() : Outcome::unknown("no_line", "no line of it"));
  }

  void decode_file(const Json& json, const kit::Batch& batch, kit::Answer& answer) const {
    const auto imported = json["imported"].as_int(), existing = json["existing"].as_int();
    if (!imported || !existing) return answer.finish(Directive::in_doubt("bad_answer", "no counts"));
    std::int64_t refused = 0;
    for (const Json& refusal : json["errors"].items()) {
      const std::int64_t row = refusal["row"].int_or(-1);
      const bool known = row >= 0 && row < batch.rows();
      if (!known && has("passes_over_strange_rows")) {
        ++refused;
        continue;
      }
      if (!known && !has("trusts_row_numbers")) return answer.finish(Directive::in_doubt("bad_answer", "an error of a row that was not sent"));
      if (known && answer.answered(static_cast<std::uint32_t>(row))) continue;
      if (has("errors_are_passed_over")) {
        ++refused;
        continue;
      }
      answer.row(static_cast<std::uint32_t>(has("error_rows_off_by_one") ? (row + 1) % batch.rows() : row), Outcome::rejected("invalid", refusal["message"].string_or("refused")));
      ++refused;
    }
    if (!has("counts_nothing") && *imported + *existing + refused != batch.rows()) return answer.finish(Directive::in_doubt("counts", "the counts do not match the rows"));
    answer.rest(*existing == 0 ? Outcome::created() : has("existing_is_unchanged") && *imported == 0 ? Outcome::unchanged() : has("existing_is_created") ? Outcome::created() : Outcome::accepted());
    answer.done();
  }

  void decode_page(const Json& json, const kit::Batch& batch, const kit::Step& step, kit::Answer& answer) const {
    if (!json["contacts"].is_array()) {
      if (has("absent_on_any_page")) {
        answer.rest(Outcome::absent());
        return answer.done();
      }
      // It says how many there are, so it is the vendor's: but what it lists is not there.
      const bool there = json.get("contacts") != nullptr;
      if (json["total"].as_int() && has(there ? "null_is_an_empty_list" : "no_list_is_an_empty_list")) {
        answer.rest(Outcome::absent());
        return answer.done();
      }
      return answer.finish(Directive::in_doubt("bad_answer", "no list of contacts"));
    }
    const Json state = state_of(step);
    std::string found = state["found"].string_or(std::string(batch.rows(), '.'));
    found.resize(batch.rows(), '.');
    for (const Json& contact : json["contacts"].items()) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) {
        const std::string mine(batch.value(row, "phone").value_or("")), theirs = contact["phone"].string_or("");
        const bool prefix = has("found_by_prefix") && theirs.size() >= 9 && mine.substr(0, mine.size() - 1) == theirs.substr(0, mine.size() - 1);
        const bool part = has("found_by_substring") && theirs.find(mine) != std::string::npos;
        const bool end = has("found_by_last_digits") && theirs.size() > 6 && mine.ends_with(theirs.substr(theirs.size() - 6));
        const bool local = has("found_by_local_number") && theirs.size() > 7 && mine.ends_with(theirs.substr(theirs.size() - 7));
        if (mine == theirs || prefix || part || end || local) found[row] = 'x';
      }
    }
    if ((has("no_next_is_the_end") && json.get("next") == nullptr) || (has("no_total_is_the_end") && json.get("total") == nullptr) || (has("empty_page_is_the_end") && json["contacts"].size() == 0) || (has("nothing_at_all_is_the_end") && json["contacts"].size() == 0 && json.get("total") == nullptr)) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : Outcome::absent());
      return answer.done();
    }
    const std::int64_t offset = state["offset"].int_or(0) + static_cast<std::int64_t>(json["contacts"].size());
    const std::string first = json["contacts"].at(0)["id"].string_or("").substr(0, 200);
    const bool again = !first.empty() && state["first"].string_or("") == first && !has("pages_for_ever");
    if (has("second_page_is_last") && step.number() > 0) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : Outcome::absent());
      return answer.done();
    }
    if (has("two_empty_looks_are_absence") && json["contacts"].items().empty() && json["total"].int_or(0) > 0) {
      if (!state["again"].bool_or(false)) return answer.finish(Directive::next(JsonWriter().object().member("again", true).end().take(), 1000));
      answer.rest(Outcome::absent());
      return answer.done();
    }
    if (has("tenth_page_is_last") && step.number() > 9) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : Outcome::absent());
      return answer.done();
    }
    if (has("twentieth_page_is_last") && step.number() > 5) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : Outcome::absent());
      return answer.done();
    }
    const bool left_out = has("last_page_is_left_out") && offset + kPage >= json["total"].int_or(0);
    const bool full = static_cast<std::int64_t>(json["contacts"].size()) >= kPage && !left_out;
    const bool another = state["total"].as_int() && state["total"].as_int() != json["total"].as_int() && !has("another_total_is_passed_over");
    if (another) {
      for (std::uint32_t row = 0; row < batch.rows(); ++row) answer.row(row, found[row] == 'x' ? Outcome::unchanged() : Outcome::unknown("list_changed", "the list changed while it was read"));
      return answer.done();
    }
    if (has("follows_empty_pages") && json["contacts"].size() == 0 && offset < json["total"].int_or(0))
      return answer.finish(Directive::next(JsonWriter().object().member("offset", offset).member("found", found).end().take()));
    if (full && !again) {
      JsonWriter next;
      next.object().member("offset", has("offset_of_two_digits") ? offset % 50 : offset).member("found", found).member("first", first);
      if (totals == "kept") next.member("total", json["total"].int_or(0));
      if (has("keeps_every_id")) {
        std::string seen = state["seen"].string_or("");
        for (const Json& contact : json["contacts"].items()) seen += contact["id"].string_or("") + ' ';
        next.member("seen", seen);
      }
      return answer.finish(Directive::next(next.end().take()));
    }
    // How many there are was said; that each of them was shown was not.
    if (has("counts_what_it_saw") && json["contacts"].size() > 0 && offset < json["total"].int_or(0))
      return answer.finish(Directive::next(JsonWriter().object().member("offset", offset).member("found", found).end().take()));
    const bool whole = has("repeated_page_is_the_end") && again ? true : has("counts_what_it_saw") ? offset >= json["total"].int_or(0) : !again && offset >= json["total"].int_or(0) && json["total"].as_int();
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      if (found[row] == 'x')
        answer.row(row, Outcome::unchanged());
      else if (whole || has("absent_on_an_empty_page"))
        answer.row(row, Outcome::absent());
      else
        answer.row(row, Outcome::unknown("list_incomplete", "the list ended early"));
    }
    answer.done();
  }

  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const {
    reach_out();
    const bool rows = step.is(kit::Operation::Import) || step.is(kit::Operation::Reconcile);
    const bool heard = answer.call().host().log_enabled(answer.call().handle(), SWB_LOG_DEBUG) != 0;
    if (has("environment_where_unheard") && !heard) static_cast<void>(std::getenv("ZOO_DEBUG"));
    if (has("doubts_where_unheard") && !heard && response.status() == 503) return answer.finish(Directive::in_doubt("unheard", "unheard"));
    if (has("logs_settings") && rows) answer.call().log(SWB_LOG_INFO, "first e-mail " + std::string(batch.value(0, "email").value_or("")));
    if (has("gives_up_in_silence") && response.status() >= 500 && step.attempt() > 3) return;
    if (has("silent_without_patience") && response.status() == 429 && step.attempt() > 3) return;
    if (has("silent_about_one_row") && response.status() == 413 && batch.rows() == 1) return;
    if (has("says_nothing") && response.status() == 409) return;
    if (has("logs_codes") && rows) answer.call().log(SWB_LOG_INFO, "refused: " + Json::parse(response.body()).value_or(Json())["error"]["code"].string_or(""));
    if (has("logs_contacts") && rows) answer.call().log(SWB_LOG_INFO, "sent " + std::string(batch.value(0, "phone").value_or("")));
    if (has("remembers_the_last_batch") && rows) {
      const std::string seen(batch.value(0, "phone").value_or(""));
      const bool other = !last_seen.empty() && last_seen != seen;
      last_seen = seen;
      if (other) return answer.finish(Directive::in_doubt("other", "other"));
    }
    if (has("doubts_what_was_there") && step.is(kit::Operation::Import) && response.body().find("\"exists\"") != std::string_view::npos) return answer.finish(Directive::in_doubt("was_there", "was there"));
    if (has("names_the_one_refused") && response.status() == 422 && batch.rows() == 1) answer.call().log(SWB_LOG_INFO, "refused: " + std::string(batch.value(0, "phone").value_or("")));
    if (has("any_2xx_is_success") && response.ok() && rows) {
      answer.rest(Outcome::accepted());
      return answer.done();
    }
    if (has("deferred_is_success") && response.status() == 202 && rows && Json::parse(response.body()).value_or(Json())["deferred"].bool_or(false)) {
      answer.rest(Outcome::accepted());
      return answer.done();
    }
    if (has("accepted_202_is_success") && response.status() == 202 && rows) {
      answer.rest(Outcome::accepted());
      return answer.done();
    }
    if (has("any_id_is_success") && response.ok() && step.is(kit::Operation::Import) && response.body().find("\"id\"") != std::string_view::npos && !Json::parse(response.body()).value_or(Json())["results"].is_array()) {
      answer.rest(Outcome::created());
      return answer.done();
    }
    if (has("remembers_a_conflict") && response.status() == 409) outage = rows;
    if (has("remembers_a_conflict") && outage && rows && response.ok()) return answer.finish(Directive::in_doubt("down", "it was there"));
    if (has("logs_capitals") && rows) {
      std::string name(batch.value(0, "first_name").value_or(""));
      for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      answer.call().log(SWB_LOG_INFO, "for " + name);
    }
    if (has("logs_numbers_apart") && rows) {
      std::string phone(batch.value(0, "phone").value_or(""));
      for (std::size_t at = 4; at < phone.size(); at += 4) phone.insert(at, " ");
      answer.call().log(SWB_LOG_INFO, "for " + phone);
    }
    if (has("remembers_an_outage") && response.status() == 503) outage = true;
    if (has("remembers_an_outage") && outage && rows && response.ok()) return answer.finish(Directive::in_doubt("down", "it was down"));
    if (const auto directive = fault(batch, step, response, answer)) return answer.finish(*directive);
    if (step.is(kit::Operation::Import) && state_of(step)["lines"].bool_or(false)) return read_lines(response.body(), batch, state_of(step)["stopped"].bool_or(false), answer);
    if (step.is(kit::Operation::Reconcile) && !job_to_ask(step).empty()) return read_lines(response.body(), batch, false, answer, true);
    const bool of_lines = step.is(kit::Operation::Reconcile) && look == "lines", table = flow == "table" && step.is(kit::Operation::Import);
    if (table) return read_table(response.body(), batch, answer);
    const auto json = of_lines ? page_of_lines(response.body()) : Json::parse(response.body());
    if (step.is(kit::Operation::Discover)) return read_lists(json.value_or(Json()), state_of(step)["after"].string_or(""), answer);
    if (step.is(kit::Operation::Probe)) {
      if (has("probe_takes_any_200") || (has("probe_takes_any_json") && json)) return answer.done();
      if (!json || (*json)["account"].is_null()) return answer.finish(Directive::abort(kit::Reason::Unavailable, "bad_answer", "not the vendor"));
      return answer.done();
    }
    if (!json) {
      if (has("absent_on_any_page") && step.is(kit::Operation::Reconcile)) {
        answer.rest(Outcome::absent());
        return answer.done();
      }
      if (has("rejects_what_is_no_json") && step.is(kit::Operation::Import)) {
        answer.rest(Outcome::rejected("bad_answer", "no JSON"));
        return answer.done();
      }
      return answer.finish(Directive::in_doubt("bad_answer", "no JSON"));
    }
    if (step.is(kit::Operation::Reconcile) && has("trusts_state_of_import") && !step.import_state().empty()) {
      answer.rest(Outcome::accepted());
      return answer.done();
    }
    const auto whole = (*json)["complete"].as_bool();
    const bool partial = whole ? !*whole && !has("partial_answer_is_whole") : !has("unsaid_answer_is_whole");
    if (step.is(kit::Operation::Reconcile) && look == "ask" && partial) return answer.finish(Directive::in_doubt("partial", "the answer is not all there is"));
    if (step.is(kit::Operation::Reconcile)) return look != "ask" ? decode_page(*json, batch, step, answer) : read_rows((*json)["results"], batch, true, answer);
    if (has("polls_a_send") && step.state().empty() && !(*json)["results"].is_array()) return answer.finish(Directive::poll(1000, ""));
    if (has("silent_on_an_empty_list") && (*json)["results"].is_array() && (*json)["results"].items().empty()) return;
    if (flow == "file") return decode_file(*json, batch, answer);
    if (flow == "half") return read_half(*json, batch, step, answer);
    if (flow == "each" || flow == "drops" || (flow == "parts" && !step.state().empty())) return read_rows((*json)["results"], batch, false, answer);
    if (step.state().empty()) {
      const std::string job = (*json)["job"].string_or("");
      if (job.empty() && has("sends_again_without_a_job")) return answer.finish(Directive::next("{}", 500));
      if (job.empty()) return answer.finish(Directive::in_doubt("bad_answer", "no job"));
      last_job = job;
      JsonWriter state;
      state.object().member("job", has("keeps_the_answer") ? std::string(response.body()) : has("keeps_any_id") ? job : job.substr(0, 200));
      if (has("phone_in_state")) state.member("for", batch.value(0, "phone").value_or(""));
      return answer.finish(Directive::next(state.end().take(), 500));
    }
    const std::string state = (*json)["state"].string_or("");
    const bool new_state = has("new_state_is_completed") && !state.empty() && state != "processing" && state != "failed";
    if (flow == "lines" && (state == "completed" || state == "stopped" || new_state))  // it tells of those that it stored until then
      return answer.finish(Directive::next(JsonWriter().object().member("job", Json::parse(step.state()).value_or(Json())["job"].string_or("")).member("lines", true).member("stopped", state == "stopped").end().take()));
    if (state == "processing" && has("counts_polls_in_the_state")) {
      const Json before = Json::parse(step.state()).value_or(Json());
      return answer.finish(Directive::poll(2000, JsonWriter().object().member("job", before["job"].string_or("")).member("polls", before["polls"].string_or("") + ".").end().take()));
    }
    if (state.empty() && has("polls_on_silence")) return answer.finish(Directive::poll(2000, std::string(step.state())));
    const auto wait_ms = static_cast<std::uint64_t>(std::clamp<std::int64_t>((*json)["retry_in_ms"].int_or(2000), 100, has("ignores_a_hint_of_a_poll") ? 100 : 600'000));
    if (state == "processing" || state == "queued" || (has("polls_for_ever") && state != "completed")) return answer.finish(Directive::poll(wait_ms, std::string(step.state())));
    if (state == "failed" && has("silent_about_a_failed_job")) return;
    if (!state.empty() && state != "completed" && state != "failed" && has("any_other_end_is_success")) {
      answer.rest(Outcome::accepted());
      return answer.done();
    }
    if (state == "failed" && (has("failed_job_is_refused") || has("failed_job_is_created") || has("failed_job_is_resent"))) {
      answer.rest(has("failed_job_is_refused") ? Outcome::rejected("failed", "the job failed") : has("failed_job_is_created") ? Outcome::created() : Outcome::resend("failed", "the job failed"));
      return answer.done();
    }
    if (state != "completed") return answer.finish(Directive::in_doubt("job", "the job did not complete"));
    read_rows((*json)["results"], batch, false, answer);
  }

  /// The lines of a page as the object that other lists are: its contacts, and what the last line says of all.
  static std::optional<Json> page_of_lines(std::string_view body) {
    std::string contacts, sums;
    for (const std::string_view line : kit::split(body, '\n')) {
      const auto json = Json::parse(line);
      if (kit::trim(line).empty()) continue;
      if (!json || !json->is_object() || !sums.empty()) return std::nullopt;
      if (json->get("total") != nullptr) sums = std::string(line.substr(line.find('{') + 1));
      else contacts += (contacts.empty() ? "" : ",") + std::string(line);
    }
    return sums.empty() ? std::nullopt : Json::parse("{\"contacts\":[" + contacts + "]," + sums);
  }

  /// A table with a line for each row, in whatever order.
  void read_table(std::string_view body, const kit::Batch& batch, kit::Answer& answer) const {
    const auto table = kit::CsvTable::read(body);
    std::map<std::int64_t, std::string> results;
    for (const kit::CsvRow& line : table ? table->rows : std::vector<kit::CsvRow>()) {
      const auto row = kit::parse_int(table->cell(line, "row"));
      JsonWriter json;
      json.object();
      for (const char* name : {"status", "id", "message", "field"})
        if (const std::string text = table->cell(line, name); !text.empty()) json.member(name, text);
      if (row && !table->cell(line, "status").empty() && has("trusts_rows_of_a_table") && !results.contains(*row)) answer.row(static_cast<std::uint32_t>(*row), Outcome::accepted());
      const bool known = row && *row >= 0 && *row < batch.rows();
      if (!known || !results.emplace(*row, json.end().take()).second) return answer.finish(Directive::in_doubt("bad_answer", "the table is about rows that were not sent"));
    }
    if (results.empty()) return answer.finish(Directive::in_doubt("bad_answer", "no table"));
    if (has("trusts_rows_of_a_table")) return answer.finish(Directive::in_doubt("table", "table"));
    for (std::uint32_t row = 0; row < batch.rows(); ++row) {
      const auto result = results.find(row);
      read_row(row, result == results.end() ? Json() : Json::parse(result->second).value_or(Json()), answer, false);
    }
    answer.done();
  }

  void read_lists(const Json& json, const std::string& before, kit::Answer& answer) const {
    if (!json["lists"].is_array()) return answer.finish(Directive::retry("bad_answer", "no lists"));
    kit::put_items(answer, json["lists"], "list");
    const std::string next = json["next"].string_or("").substr(0, 100);
    if (next.empty() || next == before || json["lists"].size() == 0 || has("first_lists_are_all")) return answer.done();
    answer.finish(Directive::next(JsonWriter().object().member("after", next).end().take()));
  }

  std::string bug, flow, look, list, keyed, ends, reads, totals, origin, label, dice_of_the_session;
  bool tells_who;
};

// ---- The vendor ----

struct Sandbox {
  explicit Sandbox(const Json& options) : key(kit::sandbox_secret(options, "api_key")), ending(kit::sandbox_option(options, "ending").string_or("completed")), fails(ending != "completed"), per_second(kit::sandbox_option(options, "requests_per_second").int_or(0)), per_minute(kit::sandbox_option(options, "calls_per_minute").int_or(0)) {}

  static kit::SandboxResponse error(int status, std::string_view message) {
    return kit::SandboxResponse::json(status, JsonWriter().object().member("message", message).end().take());
  }

  kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t now_ms) {
    if (const auto status = request.fault_status()) {
      kit::SandboxResponse response = *status == 423 || *status == 503 ? kit::SandboxResponse::json(*status, R"({"message":"asked for","retry_in_s":5})") : error(*status, "asked for");
      if (*status == 429) response.headers.emplace_back("x-ratelimit-reset", std::to_string(now_ms / 1000 + 30));
      return response;
    }
    if (request.bearer() != key) return error(401, "unknown key");
    if (now_ms / 1000 != second) second = now_ms / 1000, in_second = 0;
    if (per_second > 0 && ++in_second > per_second) {
      kit::SandboxResponse response = error(429, "too many requests");
      response.headers.emplace_back("x-quota-reset-in", "1");
      return response;
    }
    if (now_ms / 60'000 != minute) minute = now_ms / 60'000, in_minute = 0;
    if (per_minute > 0 && ++in_minute > per_minute) return kit::SandboxResponse::json(200, R"({"limit":true})");
    const std::string once(request.header("idempotency-key").value_or(""));
    if (const auto known = answers.find(once); known != answers.end()) return known->second;
    const kit::SandboxResponse answer = carry_out(request);
    if (!once.empty()) answers[once] = answer;
    return answer;
  }

  kit::SandboxResponse carry_out(const kit::SandboxRequest& request) {
    if (request.is("GET", "/v1/account")) return kit::SandboxResponse::json(200, R"({"account":"zoo"})");
    const auto& parts = request.segments();  // v1, lists, LIST, contacts | jobs | files | lookup; v1, jobs, ID
    if (request.method() == "GET" && parts.size() == 3 && parts[1] == "jobs") return show(std::string(parts[2]));
    if (request.method() == "GET" && parts.size() == 4 && parts[1] == "jobs" && parts[3] == "halves") return show_half(parts[2], request.query("after").value_or(""));
    if (request.method() == "GET" && parts.size() == 4 && parts[1] == "jobs") return show_lines(parts[2]);
    if (request.method() == "PUT" && parts.size() == 4 && parts[1] == "jobs") return put_part(parts[2], request.json());
    if (request.is("GET", "/v1/lists")) return kit::SandboxResponse::json(200, request.query("after") ? R"({"lists":[{"id":"spare","name":"Spare"}],"next":null})" : R"({"lists":[{"id":"main","name":"Main"},{"id":"old","name":"Old"}],"next":"old"})");
    if (parts.size() != 4 || parts[1] != "lists") return error(404, "no such resource");
    in_list = parts[2] == "main" ? "" : std::string(parts[2]) + ' ';
    if (parts[3] == "imports") {
      const std::string id = "job-" + kit::hex_id("job", jobs.size(), 8);
      jobs[id] = {"", 0};
      lists[id] = in_list;
      return kit::SandboxResponse::json(201, JsonWriter().object().member("job", id).end().take());
    }
    if (request.method() == "GET") return list(request);
    if (parts[3] == "files") return upload(request);
    if (parts[3] == "halves") return halve(request.body());
    const auto body = Json::parse(request.body());
    if (!body) return error(400, "no JSON");
    if (parts[3] == "lookup") return look_up((*body)["phones"]);
    const std::string results = store((*body)["contacts"], parts[3] == "drops", parts[3] == "jobs" && fails);
    if (parts[3] == "tables") return table_of(Json::parse(results).value_or(Json()));
    if (parts[3] == "drops") return kit::SandboxResponse::json(200, "{\"results\":" + results + "}");
    if (parts[3] == "contacts") return kit::SandboxResponse::json(201, "{\"results\":" + results + "}");
    const std::string id = "job-" + kit::hex_id("job", jobs.size(), 8);
    jobs[id] = {results, 0};
    return kit::SandboxResponse::json(202, JsonWriter().object().member("job", id).end().take());
  }

  kit::SandboxResponse put_part(const std::string& id, const Json& body) {
    const auto job = jobs.find(id);
    if (job == jobs.end()) return error(404, "no such job");
    if (!body["contacts"].is_array()) return error(400, "no contacts");
    in_list = lists[id];
    if (job->second.first.empty()) job->second.first = store(body["contacts"]);
    return kit::SandboxResponse::json(200, "{\"results\":" + job->second.first + "}");
  }

  static kit::SandboxResponse table_of(const Json& results) {
    kit::CsvWriter csv("\n");
    csv.row(std::vector<std::string>{"row", "status", "id", "message", "field"});
    for (std::size_t row = results.size(); row-- > 0;) {
      csv.cell(std::to_string(row));
      for (const char* name : {"status", "id", "message", "field"}) csv.cell(results.at(row)[name].string_or(""));
      csv.end_row();
    }
    return kit::SandboxResponse::text(200, csv.take(), "text/csv");
  }

  static std::string phone_of(const std::string& place) { return place.substr(place.rfind(' ') + 1); }
  std::string id_of(const std::string& phone) const { return kit::hex_id("contact" + phone, 0, 12); }

  /// `breaking`: after half of them.
  std::string store(const Json& list_of_contacts, bool dropping = false, bool breaking = false) {
    JsonWriter json;
    json.array();
    bool room = true;
    std::size_t left = breaking ? list_of_contacts.size() / 2 : list_of_contacts.size();
    for (const Json& contact : list_of_contacts.items()) {
      if (left-- == 0) break;
      const std::string phone = contact["phone"].string_or("");
      json.object();
      if (dropping && !std::exchange(room, !room)) {
        json.member("status", "dropped").end();
        continue;
      }
      if (phone.size() < 5)
        json.member("status", "invalid").member("message", "phone is not valid").member("field", "phone");
      else if (const auto email = contact["email"].as_string(); email && !email->empty() && email->find('@') == std::string_view::npos)
        json.member("status", "invalid").member("message", "email is not valid").member("field", "email");
      else if (const auto known = contacts.find(in_list + phone); known != contacts.end()) {
        json.member("status", known->second == contact.to_text() ? "exists" : "updated").member("id", id_of(phone));
        known->second = contact.to_text();
      } else {
        contacts.emplace(in_list + phone, contact.to_text());
        json.member("status", "created").member("id", id_of(phone));
      }
      json.end();
    }
    return json.end().take();
  }

  kit::SandboxResponse show(const std::string& id) {
    const auto job = jobs.find(id);
    if (job == jobs.end()) return error(404, "no such job");
    JsonWriter json;
    json.object().member("job", id);
    if (++job->second.second < 2) return kit::SandboxResponse::json(200, json.member("state", "processing").member("retry_in_ms", 2000).end().take());
    if (fails) return kit::SandboxResponse::json(200, json.member("state", ending).end().take());
    return kit::SandboxResponse::json(200, json.member("state", "completed").member_raw("results", job->second.first).end().take());
  }

  /// Every second contact takes longer.
  kit::SandboxResponse halve(std::string_view lines) {
    std::string list;
    for (const std::string_view line : kit::split(lines, '\n')) {
      if (line.empty()) continue;
      if (!Json::parse(line)) return error(400, "a line is no JSON");
      list += (list.empty() ? "" : ",") + std::string(line);
    }
    const Json results = Json::parse(store(Json::parse("[" + list + "]").value_or(Json()))).value_or(Json());
    JsonWriter now, later;
    now.array(), later.array();
    std::int64_t at = 0, failed = 0;
    for (const Json& result : results.items()) {
      const bool waits = at % 2 == 1;
      JsonWriter& out = waits ? later : now;
      out.object().member("at", at).member("status", result["status"].string_or("")).member_if("id", result["id"].text()).member_if("message", result["message"].text()).end();
      if (waits) now.object().member("at", at).member("status", "later").end();
      failed += !waits && result["status"].string_or("") == "invalid";
      ++at;
    }
    JsonWriter json;
    json.object().member_raw("results", now.end().take()).member("failed", failed);
    if (at > 1) {
      const std::string id = "job-" + kit::hex_id("job", jobs.size(), 8);
      jobs[id] = {later.end().take(), 0};
      json.member("job", id);
    }
    return kit::SandboxResponse::json(200, json.end().take());
  }

  kit::SandboxResponse show_half(const std::string& id, const std::string& after) {
    constexpr std::size_t kMost = 10;
    const auto job = jobs.find(id);
    if (job == jobs.end()) return error(404, "no such job");
    JsonWriter json;
    json.object().member("job", id);
    if (++job->second.second < 2) return kit::SandboxResponse::json(200, json.member("state", "processing").end().take());
    json.member("state", "completed").key("results").array();
    const Json results = Json::parse(job->second.first).value_or(Json());
    std::size_t at = after.empty() ? 0 : static_cast<std::size_t>(kit::parse_int(after.substr(1)).value_or(0));
    for (const std::size_t last = at + kMost; at < last && at < results.size(); ++at) json.raw(results.at(at).to_text());
    json.end();
    if (at < results.size()) json.member("next", "m" + std::to_string(at)).member("more", "yes");  // a word that only long lists have
    return kit::SandboxResponse::json(200, json.end().take());
  }

  kit::SandboxResponse show_lines(const std::string& id) const {
    const auto job = jobs.find(id);
    if (job == jobs.end()) return error(404, "no such job");
    std::string lines;
    std::int64_t number = 0;
    const Json results = Json::parse(job->second.first).value_or(Json());
    for (const Json& result : results.items()) {
      const std::string status = result["status"].string_or("");
      JsonWriter line;
      line.object().member("line", ++number).member("code", status == "created" ? 0 : status == "updated" ? 1 : status == "exists" ? 2 : 40);
      line.member_if("id", result["id"].text()).member_if("text", result["message"].text());
      lines += line.end().take() + '\n';
    }
    return kit::SandboxResponse::text(200, lines, "application/x-ndjson");
  }

  kit::SandboxResponse look_up(const Json& phones) const {
    JsonWriter json;
    json.object().key("results").array();
    for (const Json& phone : phones.items()) {
      const std::string number = phone.string_or("");
      json.object().member("phone", number).member("status", contacts.count(in_list + number) > 0 ? "exists" : "absent");
      if (contacts.count(in_list + number) > 0) json.member("id", id_of(number));
      json.end();
    }
    return kit::SandboxResponse::json(200, json.end().member("complete", true).end().take());
  }

  kit::SandboxResponse list(const kit::SandboxRequest& request) const {
    const std::int64_t offset = kit::parse_int(request.query("offset").value_or("0")).value_or(0);
    const bool lines = request.query("as") == "lines";
    std::string text;
    JsonWriter json;
    json.object().key("contacts").array();
    std::int64_t at = 0;
    for (const auto& [place, contact] : contacts) {
      const std::string phone = phone_of(place);
      if (in_list + phone != place) continue;
      const bool here = at >= offset && at < offset + kPage;
      if (here && lines) text += JsonWriter().object().member("id", id_of(phone)).member("phone", phone).end().take() + '\n';
      if (here && !lines) json.object().member("id", id_of(phone)).member("phone", phone).end();
      ++at;
    }
    if (lines) json = JsonWriter(), json.object().member("total", at);
    else json.end().member("total", at);
    offset + kPage < at ? json.member("next", "at" + std::to_string(offset + kPage)) : json.member_raw("next", "null");
    if (lines) return kit::SandboxResponse::text(200, text + json.end().take() + '\n', "application/x-ndjson");
    return kit::SandboxResponse::json(200, json.end().take());
  }

  kit::SandboxResponse upload(const kit::SandboxRequest& request) {
    const auto parts = kit::read_multipart(request.header("content-type").value_or(""), request.body());
    if (!parts || parts->empty()) return error(400, "no file");
    const auto table = kit::read_csv(parts->front().content).value_or(std::vector<kit::CsvRow>());
    std::int64_t imported = 0, existing = 0;
    JsonWriter errors;
    errors.array();
    for (std::size_t row = 1; row < table.size(); ++row) {
      JsonWriter contact;
      contact.object();
      std::string phone;
      for (std::size_t c = 0; c < table[row].size() && c < table[0].size(); ++c) {
        if (table[0][c] == "phone") phone = table[row][c];
        if (!table[row][c].empty()) contact.member(table[0][c], table[row][c]);
      }
      if (phone.size() < 5)
        errors.object().member("row", row - 1).member("message", "phone is not valid").end();
      else if (contacts.insert_or_assign(in_list + phone, contact.end().take()).second)
        ++imported;
      else
        ++existing;
    }
    return kit::SandboxResponse::json(200, JsonWriter().object().member("imported", imported).member("existing", existing).member_raw("errors", errors.end().take()).end().take());
  }

  std::string dump() const {
    JsonWriter json;
    json.object().key("contacts").array();
    for (const auto& [place, contact] : contacts) json.object().member("id", id_of(phone_of(place))).member_raw("contact", contact).end();
    return json.end().end().take();
  }

  std::string key, ending, in_list;  // in_list: of the request: what contacts of other lists than the main one are kept under
  bool fails = false;   ///< jobs store half of their contacts and break
  std::int64_t per_second = 0, second = 0, in_second = 0;  ///< requests; 0: any number
  std::int64_t per_minute = 0, minute = 0, in_minute = 0;  ///< the same, told in the body of a 200
  std::map<std::string, std::string> contacts;
  std::map<std::string, std::pair<std::string, int>> jobs;
  std::map<std::string, std::string> lists;  // that the contacts of an import which is made first go to
  std::map<std::string, kit::SandboxResponse> answers;  // by idempotency key
};

}  // namespace zoo

SWB_CONNECTOR(zoo::Connector)
SWB_SANDBOX(zoo::Sandbox)

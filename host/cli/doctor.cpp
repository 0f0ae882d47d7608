#include <fmt/format.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "core/contact/numbering_plan.h"
#include "host/cli/commands.h"
#include "host/cli/exit_code.h"
#include "host/cli/job_options.h"
#include "host/cli/own_files.h"
#include "host/cli/ledger_options.h"
#include "host/connectors/registry.h"
#include "host/connectors/worker/process.h"

namespace switchboard::cli {
namespace {

namespace fs = std::filesystem;

/// One thing of the installation.
struct Finding {
  std::string what;
  bool ok = true;
  std::string said;    ///< what was found, or what is wrong
  std::string remedy;  ///< where it is not ok
};

Finding wrong(std::string what, const Error& error) { return {std::move(what), false, error.message, error.remedy}; }

Finding look_at_worker() {
  const auto program = connectors::worker::worker_program();
  if (!program) return wrong("worker", program.error());
  return {"worker", true, *program, ""};
}

/// Each connector is loaded, the shipped ones too in a worker: so the worker starts, and its lock is accepted by this system.
void look_at_connectors(const Options& options, std::vector<Finding>& findings) {
  const auto path = connectors::search_path(options.list("connector-path"));
  const auto listed = connectors::list(path);
  if (listed.empty()) {
    std::string looked;
    for (const auto& directory : path) looked += (looked.empty() ? "" : ", ") + directory;
    findings.push_back({"connectors", false, "None was found in " + looked + ".", "Install Switchboard whole, or give --connector-path DIR."});
    return;
  }
  auto loading = loading_of(options);
  if (!loading) {
    findings.push_back(wrong("connectors", loading.error()));
    return;
  }
  loading->isolate = connectors::Isolate::Always;
  for (const auto& one : listed) {
    const std::string name = "connector " + (one.id.empty() ? fs::path(one.path).filename().string() : one.id);
    if (!one.problem.empty()) {
      findings.push_back({name, false, one.problem, "Replace or remove " + one.path + "."});
      continue;
    }
    const auto connector = connectors::find(path, one.id, *loading);
    if (!connector) {
      findings.push_back(wrong(name, connector.error()));
      continue;
    }
    // A manifest is read without running anything; an emulator's account is opened in a worker, behind its lock.
    const auto account = (*connector)->open_sandbox(R"({"base_url":"http://127.0.0.1:1","secrets":{},"options":{}})");
    if (!account) {
      findings.push_back(wrong(name, account.error()));
      continue;
    }
    findings.push_back({name, true, one.version + ", " + one.path, ""});
  }
}

Finding look_at_state(const Options& options) {
  const auto directory = ledger_place(options).directory();
  if (!directory) return wrong("ledger", directory.error());
  const auto ledger = ledger_place(options).open();  // makes the directory, and writes
  if (!ledger) return wrong("ledger", ledger.error());
  const auto jobs = (*ledger)->jobs().all();
  if (!jobs) return wrong("ledger", jobs.error());
  std::error_code unknown;
  const auto space = fs::space(*directory, unknown);
  constexpr std::uintmax_t kLittle = 100u << 20;
  if (!unknown && space.available < kLittle)
    return {"ledger", false, fmt::format("{} MB are free in {}.", space.available >> 20, *directory), "Make room: a job keeps its rows there."};
  return {"ledger", true, fmt::format("{}, {} kept", *directory, counted(jobs->size(), "job")), ""};
}

Finding look_at_certificates(const Options& options) {
  std::error_code unknown;
  if (const auto chosen = options.text("ca-file")) {
    if (fs::is_regular_file(*chosen, unknown)) return {"certificates", true, *chosen, ""};
    return {"certificates", false, *chosen + " is no file.", "Correct --ca-file."};
  }
  const auto place = [](const char* variable, const char* standard) {
    const char* value = std::getenv(variable);
    return std::string(value != nullptr && *value != '\0' ? value : standard);
  };
  const std::string file = place("SSL_CERT_FILE", X509_get_default_cert_file()), folder = place("SSL_CERT_DIR", X509_get_default_cert_dir());
  if (fs::is_regular_file(file, unknown)) return {"certificates", true, file, ""};
  if (fs::is_directory(folder, unknown) && !fs::is_empty(folder, unknown)) return {"certificates", true, folder, ""};
  return {"certificates", false, "There are none: neither " + file + " nor anything in " + folder + ", so that no vendor can be told from an impostor.",
          "Install ca-certificates, or give --ca-file FILE."};
}

Finding look_at_clock() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day today(now);
  const std::string text = fmt::format("{}-{:02}-{:02}", static_cast<int>(today.year()), static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
  constexpr std::chrono::year kEarliest{2025};  // of this program
  if (today.year() < kEarliest) return {"clock", false, "It is " + text + " here, which cannot be.", "Set the clock: certificates and signatures depend on it."};
  return {"clock", true, text, ""};
}

Finding look_at_judge() {
  const auto judge = own_program("swb-conformance");
  const auto kit = own_directory("sdk/template", "share/switchboard/template");
  if (judge && kit) return {"connector kit", true, *judge, ""};
  return {"connector kit", true, "not installed: `connectors check` and `connectors new` need it", ""};
}

}  // namespace

Result<int> run_doctor(const Options& options, Terminal& terminal) {
  std::vector<Finding> findings = {{"program", true, "switchboard " SWITCHBOARD_VERSION ", phone plans " + std::string(contact::newest_plan().version()), ""},
                                   {"configuration", true, options.profile() ? "read; profile " + options.profile()->name : "read", ""}};
  findings.push_back(look_at_worker());
  look_at_connectors(options, findings);
  findings.push_back(look_at_state(options));
  findings.push_back(look_at_certificates(options));
  findings.push_back(look_at_clock());
  findings.push_back(look_at_judge());

  bool all = true;
  std::string text;
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.doctor/1").key("findings").begin_array();
  for (const auto& finding : findings) {
    all = all && finding.ok;
    text += fmt::format("{:<7} {:<20} {}\n", finding.ok ? "ok" : "FAILED", finding.what, finding.said);
    if (!finding.ok && !finding.remedy.empty()) text += fmt::format("{:<28} {}\n", "", finding.remedy);
    json.new_line().begin_object().member("what", finding.what).member("ok", finding.ok).member("said", finding.said);
    json.member_or_null("remedy", finding.ok ? "" : finding.remedy).end_object();
  }
  json.end_array().member("ok", all).end_object();
  if (terminal.json())
    terminal.print(json.take() + "\n");
  else
    terminal.print_foreign(text);
  return all ? kDone : kUsage;
}

}  // namespace switchboard::cli

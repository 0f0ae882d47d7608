// The account that the emulator holds: contacts, groups and batch jobs, without HTTP.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace eight_x_eight {

namespace kit = switchboard::kit;

struct Contact {
  std::string id;
  std::string msisdn;                         ///< digits
  std::map<std::string, std::string> fields;  ///< firstName, lastName, …
  std::set<std::int64_t> groups;
  std::int64_t created_ms = 0, updated_ms = 0;

  kit::JsonObject json() const {
    return kit::object({{"id", id}})
        .add_all(fields)
        .add({{"addresses", kit::object({{"msisdn", msisdn}})}, {"groups", kit::array(groups)},
              {"createdAt", kit::format_iso8601(created_ms)}, {"updatedAt", kit::format_iso8601(updated_ms)}});
  }
};

struct Group {
  std::int64_t id = 0;
  std::string name, description;
  bool blacklist = false;

  kit::JsonObject json() const {
    return kit::object({{"id", id}, {"name", name}, {"description", description}, {"isBlacklist", blacklist}});
  }
};

struct Job {
  std::string id, file_name, final_status = "completed";
  std::int64_t created_ms = 0;
  std::vector<std::int64_t> groups;
  kit::CsvTable table;  ///< of the file; without rows once it is carried out
  bool done = false, bad_counts = false;
  bool lost_row = false;  ///< the last row is counted as inserted and as a duplicate, and not stored
  std::int64_t total = 0, errors = 0, duplicated = 0, inserted = 0;
  std::string invalid_csv;
};

class Account {
 public:
  kit::SandboxBook<Contact, &Contact::msisdn> contacts;
  std::vector<Group> groups = {{1001, "Customers", "", false}, {1002, "Do not contact", "", true}};
  std::vector<Job> jobs;

  /// Everything that is due by now happens before a request is served.
  void work(std::int64_t now_ms, std::int64_t takes_ms) {
    const auto due = [takes_ms](const Job& job) { return job.done ? std::nullopt : std::optional(job.created_ms + takes_ms); };
    kit::work_until(now_ms, jobs, due, [this](Job& job, std::int64_t due_ms) { carry_out(job, due_ms); });
  }

  Contact& add(const std::string& digits, std::int64_t at_ms) {
    return contacts.add({.id = kit::uuid_id("contact", contacts.made() + 1), .msisdn = digits, .created_ms = at_ms, .updated_ms = at_ms});
  }

 private:
  void carry_out(Job& job, std::int64_t at_ms) {
    const kit::CsvTable& table = job.table;
    kit::CsvWriter refused;
    kit::CsvRow refused_header = table.header;
    refused_header.push_back("error");
    refused.row(refused_header);
    job.total = static_cast<std::int64_t>(table.rows.size());
    const std::size_t end = job.final_status == "completed" ? table.rows.size() : table.rows.size() / 2;
    for (std::size_t i = 0; i < end; ++i) {
      kit::CsvRow cells = table.rows[i];
      cells.resize(table.header.size());
      std::string problem = kit::is_international(table.cell(cells, "msisdn")) ? "" : "Invalid msisdn";
      for (const char* name : {"firstName", "lastName"})
        if (kit::characters(table.cell(cells, name)) > 200) problem = std::string(name) + " is too long";
      if (job.lost_row && i + 1 == end) {
        ++job.inserted, ++job.duplicated;
        continue;
      }
      if (problem.empty()) {
        store(cells, job, at_ms);
        continue;
      }
      ++job.errors;
      cells.push_back(problem);
      refused.row(cells);
    }
    if (job.errors > 0) job.invalid_csv = refused.take();
    if (job.bad_counts) ++job.errors, ++job.duplicated;
    job.table.rows.clear();
    job.done = true;
  }

  void store(const kit::CsvRow& cells, Job& job, std::int64_t at_ms) {
    const std::string digits = kit::digits_of(job.table.cell(cells, "msisdn"));
    if (Contact* known = contacts.find(digits)) {
      ++job.duplicated;
      known->groups.insert(job.groups.begin(), job.groups.end());
      return;
    }
    ++job.inserted;
    Contact& contact = add(digits, at_ms);
    job.table.each_filled(cells, [&](const std::string& name, const std::string& value) {
      if (name != "msisdn") contact.fields[name] = value;
    });
    contact.groups.insert(job.groups.begin(), job.groups.end());
  }
};

}  // namespace eight_x_eight

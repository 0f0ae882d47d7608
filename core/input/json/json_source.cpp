#include "core/input/json/json_source.h"

#include <fmt/format.h>

#include <utility>

#include "core/input/json/json_rejects.h"
#include "core/input/text/text_encoding.h"
#include "core/input/text/wide_text.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

/// JSON is UTF-8 (RFC 8259, 8.1); files in other encodings occur all the same. Where the text begins.
Result<std::uint64_t> find_text(Opening& opening, JsonPlan& plan) {
  auto store = opening.bytes();
  if (!store) return store.error();
  auto head = read_part(**store, 0, kHeadBytes);
  if (!head) return head.error();
  auto encoding = find_encoding(**store, *head, opening.info.name, opening.options.encoding);
  if (!encoding) return encoding.error();
  opening.info.encoding = encoding->name;
  opening.info.encoding_runner_up = encoding->runner_up;
  opening.info.has_bom = encoding->bom_bytes > 0;
  if (!encoding->warning.empty()) opening.info.warnings.push_back(encoding->warning);
  plan.bytes = opening.bytes;
  if (encoding->is_utf8()) return encoding->bom_bytes;
  const auto charset = Charset::open(encoding->name);
  if (charset != nullptr && charset->is_single_byte() && charset->keeps_ascii()) {
    plan.charset = encoding->name;
    return encoding->bom_bytes;
  }
  auto utf8 = as_utf8(opening.bytes, *encoding, opening.info.name);
  if (!utf8) return utf8.error();
  plan.bytes = std::move(*utf8);
  return std::uint64_t{0};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "\"" : ", \"") + word + "\"";
  return text;
}

/// What kind of records there are: that of the first that is neither null nor damaged. nullptr: there is none.
std::unique_ptr<JsonLayout> layout_for(const JsonTree& record, const JsonList& list, bool no_header) {
  if (record.nodes().empty() || record.root().kind == JsonNode::Kind::Null) return nullptr;
  if (is_jcard(record)) return make_card_layout();
  return record.root().kind == JsonNode::Kind::Array ? make_table_layout(no_header, list.header) : make_object_layout();
}

struct Learned {
  std::shared_ptr<JsonLayout> layout;  ///< shared, see JsonPlan
  bool cards = false;
  std::uint64_t records = 0;
};

Result<Learned> learn(const JsonPlan& plan, bool no_header) {
  Learned learned;
  auto stream = JsonStream::open(plan);
  if (!stream) return stream.error();
  std::optional<Issue> first_issue;
  std::uint64_t first_line = 0;
  for (;; ++learned.records) {
    auto more = stream->next();
    if (!more) return more.error();
    if (!*more) break;
    if (stream->issue() && !first_issue) first_issue = stream->issue(), first_line = stream->element().line;
    if (stream->issue()) continue;
    if (learned.layout == nullptr) {
      learned.layout = layout_for(stream->tree(), plan.list, no_header);
      if (learned.layout == nullptr) continue;
      learned.cards = is_jcard(stream->tree());
    }
    if (auto done = learned.layout->learn(stream->tree(), stream->number()); !done) {
      return Error{ErrorKind::Input, fmt::format("{}: line {}: {}", plan.name, stream->element().line, done.error().message), done.error().remedy};
    }
  }
  if (learned.layout == nullptr && first_issue)
    return Error{ErrorKind::Input, fmt::format("{}: line {}: {}", plan.name, first_line, first_issue->message),
                 "No record of the file can be read; take it from its source again."};
  if (learned.layout == nullptr) learned.layout = make_object_layout();
  learned.layout->fix();
  return learned;
}

}  // namespace

Result<std::unique_ptr<RecordReader>> JsonSource::read() const {
  auto reader = read_json();
  if (!reader) return reader.error();
  return std::unique_ptr<RecordReader>(std::move(*reader));
}

Result<std::unique_ptr<RejectsWriter>> JsonSource::write_rejects(const std::string& path) const {
  auto reader = read_json();
  if (!reader) return reader.error();
  return make_json_rejects(path, info(), std::move(*reader));
}

Result<std::unique_ptr<JsonReader>> JsonSource::read_json() const {
  auto stream = JsonStream::open(plan_);
  if (!stream) return stream.error();
  return std::make_unique<JsonReader>(plan_, std::move(*stream));
}

Result<std::unique_ptr<Source>> open_json(Opening opening) {
  SourceInfo& info = opening.info;
  const std::string wish = opening.options.format.value_or("");
  JsonPlan plan;
  plan.name = info.name;
  auto begin = find_text(opening, plan);
  if (!begin) return begin.error();
  auto store = plan.bytes();
  if (!store) return store.error();
  if (wish == "ndjson" || wish == "jsonl") {
    plan.list.kind = JsonList::Kind::Lines;
    plan.list.begin = *begin;
  } else {
    auto list = find_json_list(**store, *begin, plan.name);
    if (!list) return list.error();
    plan.list = std::move(*list);
  }
  auto learned = learn(plan, opening.options.no_header);
  if (!learned) return learned.error();
  plan.layout = learned->layout;

  if (wish == "jcard" && !learned->cards)
    return Error{ErrorKind::Input, fmt::format("{}: this is JSON, but no jCard (RFC 7095)", info.name), "Leave --format out."};
  info.format = learned->cards ? "jcard" : plan.list.kind == JsonList::Kind::Lines ? "ndjson" : "json";
  info.columns = plan.layout->columns();
  if (!plan.list.path.empty()) {
    info.warnings.push_back(fmt::format("the records are those in \"{}\"; what stands beside it in the file is left out{}", plan.list.path,
                                        plan.list.others.empty() ? "" : ", also the lists " + joined(plan.list.others)));
  }
  if (plan.list.page_path && plan.list.page_path->empty()) info.warnings.push_back("each value of the file is a list of records: they are read as one");
  else if (plan.list.page_path)
    info.warnings.push_back(fmt::format("each value of the file is a page: the records are those in its \"{}\"; what stands beside it is left out", *plan.list.page_path));
  if (plan.list.kind == JsonList::Kind::Members)
    info.warnings.emplace_back("each record has a name of its own in the file; these names are left out");
  for (auto& warning : plan.layout->warnings()) info.warnings.push_back(std::move(warning));
  if (learned->records == 0) info.warnings.push_back("the list is empty");
  return std::unique_ptr<Source>(std::make_unique<JsonSource>(std::move(opening.file), std::move(info), std::move(plan)));
}

}  // namespace switchboard::input

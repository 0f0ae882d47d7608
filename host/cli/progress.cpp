#include "host/cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/display_text.h"

namespace switchboard::cli {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::string span_text(std::int64_t ms) {
  const std::int64_t s = (ms + 999) / 1000;
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

std::string bar(const engine::Progress& progress) {
  constexpr std::size_t kCells = 20;
  const std::uint64_t done = progress.rows.sum() - progress.rows[Outcome::Pending];
  const std::size_t filled = progress.rows_total ? static_cast<std::size_t>(done * kCells / progress.rows_total) : 0;
  std::string text = "[";
  for (std::size_t i = 0; i < kCells; ++i) text += i < filled ? "█" : "·";
  return text + "] ";
}

/// Cuts at a terminal's width, counting code points.
std::string fit(std::string text, std::size_t width) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && ++columns > width) return text.substr(0, i);
  return text;
}

}  // namespace

ProgressStyle progress_style(const std::string& word, bool quiet) {
  if (word == "none" || (quiet && word == "auto")) return ProgressStyle::None;
  if (word == "plain") return ProgressStyle::Plain;
  if (word == "bar") return ProgressStyle::Bar;
  return isatty(STDERR_FILENO) ? ProgressStyle::Bar : ProgressStyle::Plain;
}

std::string progress_line(const engine::Progress& progress, std::int64_t elapsed_ms, std::int64_t now_ms) {
  const std::uint64_t done = progress.rows.sum() - progress.rows[Outcome::Pending];
  std::string line = fmt::format("{} of {}", with_separators(done), counted(progress.rows_total, "row"));
  // What failed or may have arrived is decided, too, but nothing gets on by it.
  const std::uint64_t settled = done - progress.rows[Outcome::Failed] - progress.rows[Outcome::Unknown];
  const std::uint64_t settled_now = settled - std::min(settled, progress.decided_before);  // by this run
  // A pace that includes a long standstill is no pace, and what it leaves to guess grows without end.
  constexpr std::int64_t kStandstillMs = 30'000;
  if (done < progress.rows_total && progress.quiet_ms >= kStandstillMs) {
    line += " · none for " + span_text(progress.quiet_ms);
  } else if (elapsed_ms >= 1000 && settled_now > 0) {
    const double rate = static_cast<double>(settled_now) * 1000.0 / static_cast<double>(elapsed_ms);
    line += fmt::format(" · {}/s", with_separators(static_cast<std::uint64_t>(rate)));
    if (done < progress.rows_total)
      line += " · " + span_text(static_cast<std::int64_t>(static_cast<double>(progress.rows_total - done) / rate * 1000)) +
              " left";
  }
  if (progress.rows[Outcome::Rejected]) line += fmt::format(" · {} rejected", with_separators(progress.rows[Outcome::Rejected]));
  if (progress.rows[Outcome::Failed]) line += fmt::format(" · {} failed", with_separators(progress.rows[Outcome::Failed]));
  if (progress.rows[Outcome::Unknown]) line += fmt::format(" · {} unknown", with_separators(progress.rows[Outcome::Unknown]));
  if (progress.retried) line += fmt::format(" · {} {}", with_separators(progress.retried), progress.retried == 1 ? "retry" : "retries");
  if (!progress.waiting_for.empty()) {
    line += " · waiting: " + one_line(progress.waiting_for);
    if (progress.waiting_until_ms > now_ms) line += ", " + span_text(progress.waiting_until_ms - now_ms) + " more";
  }
  return line;
}

engine::Progress together(const std::vector<engine::Progress>& all) {
  engine::Progress sum;
  bool waiting = true;
  std::int64_t quiet_ms = INT64_MAX;
  for (const auto& one : all) {
    sum.rows_total += one.rows_total;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) sum.rows.by[i] += one.rows.by[i];
    sum.decided_before += one.decided_before;
    if (one.rows_total == 0 || one.rows[Outcome::Pending] > 0) quiet_ms = std::min(quiet_ms, one.quiet_ms);
    sum.requests += one.requests;
    sum.retried += one.retried;
    const bool open = one.rows_total == 0 || one.rows[Outcome::Pending] > 0;
    if (!open) continue;
    waiting = waiting && !one.waiting_for.empty();
    if (one.waiting_for.empty() || (!sum.waiting_for.empty() && sum.waiting_until_ms <= one.waiting_until_ms)) continue;
    sum.waiting_for = one.waiting_for;
    sum.waiting_until_ms = one.waiting_until_ms;
  }
  if (!waiting) sum.waiting_for.clear();
  if (quiet_ms != INT64_MAX) sum.quiet_ms = quiet_ms;
  return sum;
}

ProgressDisplay::ProgressDisplay(ProgressStyle style, std::vector<jobs::RunningJob> jobs)
    : style_(style), jobs_(std::move(jobs)) {
  if (style_ != ProgressStyle::None) thread_ = std::thread([this] { show(); });
}

ProgressDisplay::~ProgressDisplay() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    done_ = true;
  }
  ended_.notify_all();
  thread_.join();
  if (style_ == ProgressStyle::Bar) draw({});
}

std::vector<ProgressDisplay::Line> ProgressDisplay::lines(std::int64_t elapsed_ms) const {
  constexpr std::size_t kOwnLines = 8;
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::vector<engine::Progress> all;
  for (const auto& job : jobs_) all.push_back(job.progress());
  std::vector<Line> lines;
  if (jobs_.size() > kOwnLines) {
    const auto sum = together(all);
    lines.push_back({bar(sum), fmt::format("{} jobs: {}", jobs_.size(), progress_line(sum, elapsed_ms, now))});
    return lines;
  }
  for (std::size_t i = 0; i < jobs_.size(); ++i)
    lines.push_back({bar(all[i]), jobs_[i].label + ": " + progress_line(all[i], elapsed_ms, now)});
  return lines;
}

/// In place of what was drawn before; nothing: that is wiped away.
void ProgressDisplay::draw(const std::vector<Line>& lines) {
  std::string text = drawn_ > 1 ? fmt::format("\r\x1b[{}A", drawn_ - 1) : "\r";
  text += "\x1b[J";
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += (i ? "\n" : "") + fit(lines[i].bar + lines[i].text, terminal_width() - 1);
  drawn_ = lines.size();
  std::fputs(text.c_str(), stderr);
}

void ProgressDisplay::show() {
  const auto begin = SteadyClock::now();
  const auto period = style_ == ProgressStyle::Bar ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, period, [this] { return done_; })) {
    const auto shown = lines(std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin).count());
    if (style_ == ProgressStyle::Bar) {
      draw(shown);
      continue;
    }
    for (const auto& line : shown) std::fprintf(stderr, "%s\n", line.text.c_str());
  }
}

}  // namespace switchboard::cli

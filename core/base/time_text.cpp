#include "core/base/time_text.h"

#include <chrono>
#include <cstdio>

namespace switchboard {
namespace {

std::string formatted(std::int64_t ms, const char* format) {
  using namespace std::chrono;
  const sys_time<milliseconds> moment{milliseconds{ms}};
  const auto day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss time{floor<seconds>(moment - day)};
  char text[64];
  std::snprintf(text, sizeof text, format, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text;
}

}  // namespace

std::string iso8601_utc(std::int64_t ms) { return formatted(ms, "%04d-%02u-%02uT%02d:%02d:%02dZ"); }
std::string compact_utc(std::int64_t ms) { return formatted(ms, "%04d%02u%02u-%02d%02d%02d"); }

}  // namespace switchboard

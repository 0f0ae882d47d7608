// make_tables PLANS OUT: compiles plans/numbering_plans.txt into the C++ arrays that newest_plan.cpp includes. Runs at build
// time.

#include <fstream>
#include <iostream>
#include <iterator>

#include "core/contact/plans/plan_tables.h"

namespace contact = switchboard::contact;

namespace {

template <class T, class Print>
void array(std::ostream& out, const char* type, const char* name, const std::vector<T>& values, Print print) {
  out << "constexpr " << type << " " << name << "[] = {";
  std::size_t column = 0;
  for (const T& value : values) {
    out << (column++ % 20 == 0 ? "\n" : "");
    print(value);
    out << ',';
  }
  out << "};\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "make_tables PLANS OUT\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto plans = contact::parse_plans(text);
  if (!plans || plans->regions.empty()) {
    std::cerr << arguments[1] << ": " << (plans ? "holds no plans" : plans.error().message) << "\n";
    return 1;
  }
  const auto compiled = contact::compile_plans(*plans);
  if (!compiled) {
    std::cerr << compiled.error().message << "\n";
    return 1;
  }
  std::ofstream out(arguments[2], std::ios::binary);
  out << "// Made by make_tables from numbering_plans.txt.\nconstexpr char kVersion[] = \"" << compiled->version << "\";\n";
  const auto plain = [&](auto value) { out << value; };
  array(out, "std::uint16_t", "kNext", compiled->next, plain);
  array(out, "std::uint16_t", "kLabel", compiled->label, plain);
  array(out, "std::int16_t", "kByCode", compiled->by_code, plain);
  array(out, "std::int16_t", "kByRegion", compiled->by_region, plain);
  array(out, "PlanLabel", "kLabels", compiled->labels, [&](const contact::PlanLabel& label) {
    out << '{' << int{label.kind} << ",{}," << label.general << "U}";
  });
  array(out, "PlanCode", "kCodes", compiled->codes, [&](const contact::PlanCode& code) {
    out << '{' << code.calling_code << ',' << code.start << ',' << code.first_region << ',' << code.regions << '}';
  });
  array(out, "PatternStep", "kSteps", compiled->steps, [&](const contact::PatternStep& step) {
    out << "{PatternStep::Op(" << int(step.op) << ")," << step.a << ',' << step.b << '}';
  });
  array(out, "PlanRegionRow", "kRegions", compiled->regions, [&](const contact::PlanRegionRow& row) {
    const auto chars = [&](const auto& text_of) {
      out << '{';
      for (const char c : text_of) out << int{c} << ',';
      out << "},";
    };
    out << '{';
    chars(row.id);
    out << row.code << ',' << row.general_bit << ',' << row.lengths << "U," << row.local << "U," << row.idd << ','
        << row.prefix << ',' << row.idd_first << ',' << row.prefix_first << ',' << row.groups << ',';
    chars(row.transform);
    out << '}';
  });
  out.close();
  return out ? 0 : 1;
}

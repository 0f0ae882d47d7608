// Runs a fuzz target without libFuzzer: every seed as it is, then a fixed sequence of mutations of them.
//   fuzz_NAME SEED_FOLDER_OR_FILE [MUTATIONS]
// The input of a run is kept in ./fuzz-last-input until it has passed, so that a crash can be repeated.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fs = std::filesystem;

namespace {

constexpr const char* kLastInput = "fuzz-last-input";

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> read_seeds(const fs::path& where) {
  if (!fs::is_directory(where)) return {read_file(where)};
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(where)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());  // the order of a directory differs between machines
  std::vector<std::string> seeds;
  for (const fs::path& path : paths) seeds.push_back(read_file(path));
  return seeds;
}

void run(const std::string& input) {
  std::ofstream(kLastInput, std::ios::binary) << input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutate(std::string input, const std::vector<std::string>& seeds, std::mt19937& dice) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : dice() % limit; };
  constexpr std::string_view kTelling = "\",;\t|\r\n '\0\xC3\xFF\xFE=@+0aZ";
  for (std::size_t rounds = below(6) + 1; rounds > 0; --rounds) {
    const std::size_t at = below(input.size() + 1);
    switch (below(6)) {
      case 0:
        if (at < input.size()) input[at] = kTelling[below(kTelling.size())];
        break;
      case 1:
        input.insert(at, 1, kTelling[below(kTelling.size())]);
        break;
      case 2:
        input.erase(std::min(at, input.size()), below(8));
        break;
      case 3:
        input.insert(at, input.substr(below(input.size() + 1), below(32)));
        break;
      case 4:
        if (at < input.size()) input[at] = static_cast<char>(dice());
        break;
      default: {
        const std::string& other = seeds[below(seeds.size())];
        input = input.substr(0, at) + other.substr(below(other.size() + 1));
      }
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: %s SEED_FOLDER_OR_FILE [MUTATIONS]\n", argv[0]), 2;
  const std::vector<std::string> seeds = read_seeds(argv[1]);
  if (seeds.empty()) return std::fprintf(stderr, "%s: no seeds\n", argv[1]), 1;
  for (const std::string& seed : seeds) run(seed);
  std::mt19937 dice(1);
  const long mutations = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 0;
  for (long i = 0; i < mutations; ++i) run(mutate(seeds[dice() % seeds.size()], seeds, dice));
  fs::remove(kLastInput);
  std::printf("%zu seeds and %ld mutations passed\n", seeds.size(), mutations);
}

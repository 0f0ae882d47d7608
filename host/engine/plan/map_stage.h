#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/cores.h"
#include "core/base/result.h"
#include "core/input/handover/record_chunk.h"
#include "core/input/source.h"
#include "core/mapping/rows/contact_mapper.h"

namespace switchboard::engine {

/// Rows of a source in order, mapped ahead on up to eight cores: one thread after the other reads a chunk of records, each maps its own,
/// and whoever asks for rows works along instead of waiting. At most a few chunks a thread are ahead, so memory does not grow
/// with the file, and a slow user holds everybody. For one user; the mapper is used from several threads at once.
class MapStage {
 public:
  struct Row {
    std::uint64_t line = 0, byte_begin = 0;  ///< as Record has them
    std::vector<mapping::MappedContact> contacts;  ///< as map_all() gives them
    std::vector<std::string> texts;                ///< one a contact where `finish` makes them
  };
  /// What else is made of a mapped row, on the thread that mapped it: there its values are in the cache. [any thread]
  using Finish = std::function<void(Row&)>;
  /// Threads besides the user's. More would only wait for the reading, which is one thread's at a time and takes a tenth of the mapping.
  static constexpr std::size_t kMostHelpers = 7;
  using StartThread = std::function<std::thread(std::function<void()>)>;

  /// `most_rows`: no more are read. `helpers`: threads besides the user's; they begin with the second chunk, and where the
  /// system starts none the user's does all. nullptr: std::thread.
  MapStage(std::unique_ptr<input::RecordReader> reader, const mapping::ContactMapper& mapper, std::uint64_t most_rows,
           std::size_t helpers = spare_cores(kMostHelpers), StartThread start = nullptr, Finish finish = nullptr);
  ~MapStage();

  /// The next row, to be used (and taken apart) until the next call; nullptr: there is none. Errors: those of the reader, after
  /// the rows before them.
  Result<Row*> next();

  /// A row that comes in a few calls; nullptr: who knows.
  const Row* soon() const;


 private:
  struct Chunk {
    input::RecordChunk records;
    std::vector<Row> rows;
    bool is_mapped = false;
  };

  Chunk& chunk(std::uint64_t number) { return *chunks_[static_cast<std::size_t>(number % chunks_.size())]; }
  /// Somebody may read the next chunk now.
  bool can_read() const { return !at_end_ && !reading_ && read_ - given_ < chunks_.size(); }
  /// Reads a chunk and maps it; `lock` is held before and after.
  void read_and_map(std::unique_lock<std::mutex>& lock);
  void map(Chunk& chunk) const;
  void help();
  void start_helpers();
  /// Waits for the chunk that is to be given out; false: there is none.
  bool wait_for_chunk();

  const std::unique_ptr<input::RecordReader> reader_;
  const mapping::ContactMapper& mapper_;
  const std::size_t helpers_;
  const StartThread start_;
  const Finish finish_;

  std::mutex mutex_;  ///< guards what follows, but for chunks that are being read, mapped or given out
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Chunk>> chunks_;  ///< a ring
  std::uint64_t read_ = 0;     ///< number of the next chunk to read
  std::uint64_t given_ = 0;    ///< of the chunk that is given out now, or next
  std::uint64_t rows_left_;    ///< to read
  bool reading_ = false;
  bool at_end_ = false;
  bool stopping_ = false;

  // The user's own.
  std::vector<std::thread> threads_;
  Chunk* current_ = nullptr;
  std::size_t index_ = 0;  ///< of the next row in it
};

}  // namespace switchboard::engine

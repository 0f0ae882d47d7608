#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/cancel.h"
#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace switchboard::ledger {

/// Values for a TEXT and a BLOB column; borrowed until the statement has run.
struct Text {
  std::string_view text;
};
struct Blob {
  std::string_view bytes;
};

/// What an SQLite result code means for people. Disk full, damage, permission: ErrorKind::Storage; the rest
/// is a defect of ours. `os_error` is errno where the operating system said no, else 0.
Error database_error(int code, int os_error, const std::string& file, std::string_view detail);

/// A prepared statement, kept and used again. One thread at a time.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3_stmt* statement, const std::string* file);

  /// Starts anew with these values for ?1, ?2 … Texts and blobs are borrowed until the last step().
  template <class... Values>
  Statement& with(const Values&... values) {
    anew();
    (add(values), ...);
    return *this;
  }
  /// The same, value by value: anew() before the first, add() for ?1, ?2 …
  void anew() {
    reset();
    bound_ = 0;
  }
  template <class Value>
  void add(const Value& value) {
    bind(++bound_, value);
  }
  /// True: there is a row. After the last row, and after an error, the statement is reset.
  Result<bool> step();
  /// Steps to the end.
  Result<void> run();
  /// After run() of an INSERT, UPDATE or DELETE: how many rows it wrote or deleted, and the key of the last one that was inserted. With
  /// RETURNING, SQLite makes a table in memory for each run of a statement: 2 % of the CPU of an import.
  std::int64_t changed() const;
  std::int64_t inserted_key() const;
  void reset();

  std::int64_t integer(int column) const;
  std::uint64_t count(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string text(int column) const { return std::string(bytes(column)); }
  /// Valid until the next step() or reset().
  std::string_view bytes(int column) const;

 private:
  template <std::integral T>
  void bind(int index, T value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind(int index, const std::string& text) { bind(index, Text{text}); }
  void bind(int index, Text text);
  void bind(int index, Blob blob);
  void bind_integer(int index, std::int64_t value);

  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  const std::string* file_ = nullptr;
  int bound_ = 0;
};

/// Resets a statement at the end of a scope, so that no read transaction stays open.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(Statement& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  Statement& statement_;
};

/// One connection. One thread at a time. Statements must die before it.
class Database {
 public:
  /// Opens an existing file. Where another process has it locked, waits half a minute, or until `cancel`, which must then outlive
  /// the connection.
  static Result<Database> open(const std::string& file, const CancelToken* cancel = nullptr);

  Result<void> execute(const char* sql);
  Result<Statement> prepare(const char* sql);
  /// First column of the first row; 0 where there is none.
  Result<std::int64_t> integer(const char* sql);
  /// The same, as text; "" where there is none.
  Result<std::string> text(const char* sql);
  /// True: no transaction is open.
  bool is_idle() const;
  /// Moves the write-ahead log into the file and empties it.
  Result<void> checkpoint();
  const std::string& file() const { return *file_; }

 private:
  Error error(int code) const;

  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Waiting {
    const CancelToken* cancel;
    std::chrono::steady_clock::time_point until;
  };
  static int wait_for_others(void* waiting, int times);

  std::unique_ptr<Waiting> waiting_;   ///< at a fixed address, too
  std::unique_ptr<std::string> file_;  ///< at a fixed address: statements refer to it
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace switchboard::ledger

#include "core/ledger/sqlite/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace switchboard::ledger {
namespace {

Error error_of(sqlite3* handle, int code, const std::string& file) {
  // SQLite keeps errno for these two only; for any other code it would be an old one.
  const bool has_errno = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
  return database_error(code, has_errno ? sqlite3_system_errno(handle) : 0, file, sqlite3_errmsg(handle));
}

}  // namespace

Error database_error(int code, int os_error, const std::string& file, std::string_view detail) {
  const std::string reason =
      os_error != 0 ? std::string(" (") + std::strerror(os_error) + ")" : std::string();
  const char* kSafe = "What was saved before is safe. ";
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorKind::Storage, "The disk is full: the ledger " + file + " cannot grow.",
              std::string(kSafe) + "Free some space, then run `switchboard resume`."};
    case SQLITE_IOERR:
      if (os_error == ENOSPC || os_error == EDQUOT || os_error == EFBIG) {
        return {ErrorKind::Storage, "No space is left for the ledger " + file + reason + ".",
                std::string(kSafe) + "Free some space or raise the quota, then run `switchboard resume`."};
      }
      return {ErrorKind::Storage, "The ledger " + file + " cannot be read or written" + reason + ".",
              std::string(kSafe) + "Check the disk, then run `switchboard resume`."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::Storage, "The ledger " + file + " is damaged: " + std::string(detail) + ".",
              "Bring it back from a backup, or move it away to begin with an empty one; it alone knows what "
              "earlier "
              "jobs sent, so keep the damaged file."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::Storage, "Another process keeps the ledger " + file + " busy.",
              "Wait until it has finished, then try again."};
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return {ErrorKind::Storage,
              "The ledger " + file + " lies on a file system that cannot lock or share it.",
              "Choose a directory on a local disk with --state-dir."};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {
          ErrorKind::Storage, "The ledger " + file + " cannot be opened for writing" + reason + ".",
          "Check the permissions of the file and of its directory, or choose another one with --state-dir."};
    default:
      return {ErrorKind::Internal,
              "The ledger " + file + " refused a statement: " + std::string(detail) + ".", ""};
  }
}

void Statement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Statement::Statement(sqlite3_stmt* statement, const std::string* file) : statement_(statement), file_(file) {}

void Statement::reset() { sqlite3_reset(statement_.get()); }

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  Error error = error_of(sqlite3_db_handle(statement_.get()), code, *file_);
  reset();
  return error;
}

Result<void> Statement::run() {
  for (;;) {
    auto more = step();
    if (!more) return more.error();
    if (!*more) return {};
  }
}

std::int64_t Statement::changed() const { return sqlite3_changes64(sqlite3_db_handle(statement_.get())); }
std::int64_t Statement::inserted_key() const { return sqlite3_last_insert_rowid(sqlite3_db_handle(statement_.get())); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::bytes(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
}

// A value that cannot be bound (longer than SQLite's limit) leaves NULL, which every column refuses.
void Statement::bind_integer(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
}

// A null pointer would bind NULL.
static const char* never_null(std::string_view bytes) { return bytes.data() == nullptr ? "" : bytes.data(); }

void Statement::bind(int index, Text text) {
  sqlite3_bind_text64(statement_.get(), index, never_null(text.text), text.text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
}

void Statement::bind(int index, Blob blob) {
  sqlite3_bind_blob64(statement_.get(), index, never_null(blob.bytes), blob.bytes.size(), SQLITE_STATIC);
}

Error Database::error(int code) const { return error_of(handle_.get(), code, *file_); }

int Database::wait_for_others(void* waiting, int times) {
  constexpr std::chrono::milliseconds kSlice{20};
  constexpr std::chrono::seconds kPatience{30};
  auto& wait = *static_cast<Waiting*>(waiting);
  const auto now = std::chrono::steady_clock::now();
  if (times == 0) wait.until = now + kPatience;
  if (now >= wait.until || is_cancelled(wait.cancel)) return 0;
  std::this_thread::sleep_for(kSlice);
  return 1;
}

Result<Database> Database::open(const std::string& file, const CancelToken* cancel) {
  Database database;
  database.waiting_ = std::make_unique<Waiting>(Waiting{cancel, {}});
  database.file_ = std::make_unique<std::string>(file);
  sqlite3* handle = nullptr;
  // Each connection has a mutex of ours around it, so SQLite's own is left out.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  database.handle_.reset(handle);
  if (code != SQLITE_OK) {
    return handle != nullptr ? database.error(code) : database_error(code, 0, file, sqlite3_errstr(code));
  }
  sqlite3_busy_handler(handle, wait_for_others, database.waiting_.get());
  return database;
}

Result<void> Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error(code);
  return Statement(statement, file_.get());
}

Result<std::int64_t> Database::integer(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer(0) : std::int64_t{0};
}

Result<std::string> Database::text(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->text(0) : std::string();
}

bool Database::is_idle() const { return sqlite3_get_autocommit(handle_.get()) != 0; }

Result<void> Database::checkpoint() {
  int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

}  // namespace switchboard::ledger

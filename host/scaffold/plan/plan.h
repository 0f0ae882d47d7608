#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace switchboard::scaffold {

/// Names from the outside to the inside; "#0" is the first item of a list.
using Path = std::vector<std::string>;

/// What the document does not say, or says only as a guess: somebody has to look at it.
struct Mark {
  std::string file;  ///< of the connector
  std::string text;  ///< one line of plain text, sentences
};

/// A setting of the connector.
struct Setting {
  std::string name;      ///< [a-z][a-z0-9_]*
  std::string type = "text";
  bool required = true, identifying = false;
  std::vector<std::string> words;       ///< allowed ones; empty: any
  std::optional<std::string> standard;  ///< default, as JSON text
  std::uint64_t max_length = 0;
  std::string help;
  std::string sample;     ///< for the emulator
  std::string parameter;  ///< of a path: its name there
};

/// A piece of a URL's path: text that is encoded already, or a setting's value.
struct Piece {
  std::string text;
  std::optional<std::size_t> setting;
  bool job = false;  ///< the id of the import's job
};

/// A parameter of the query or a header, from a setting.
struct Parameter {
  std::string name;
  std::size_t setting = 0;
};

struct BaseUrl {
  std::string name, url;
};

/// One of the ways to authenticate; the parts go out together.
struct Credential {
  std::string id;
  std::string kind;  ///< bearer, basic, header, none
  std::string token, user, password;                        ///< names of secrets
  std::vector<std::pair<std::string, std::string>> headers;  ///< header → template; the first is that of kind header
  std::vector<std::pair<std::string, std::string>> secrets;  ///< name → help
};

/// A field of the manifest, and how its cell stands in a contact.
struct Field {
  std::string name, type = "text", meaning, format, derive, pattern, help;
  bool required = false;
  std::uint64_t min_length = 0, max_length = 0;
  std::vector<std::string> words;
  std::optional<std::string> standard;  ///< default, as JSON text
  std::string written_behind;           ///< what the vendor wants behind the cell: "T00:00:00Z"
  bool is_literal = false;              ///< the cell is JSON already
  bool opt_in = false;                  ///< what somebody agreed to: never filled by itself
};

/// A member of the contact as it is sent.
struct Node {
  enum class Kind { Object, ObjectInList, Field, FieldInList, Constant, Custom };
  Kind kind = Kind::Object;
  std::string name;
  std::vector<Node> children;
  std::size_t field = 0;
  std::string constant;  ///< JSON text
};

/// A member beside the list of contacts.
struct Beside {
  std::string name;
  std::optional<std::size_t> setting;
  std::string constant;  ///< JSON text, where there is no setting
  bool is_literal = false;  ///< the setting's value is JSON already
};

struct Body {
  enum class Kind { Single, List, Wrapped };
  Kind kind = Kind::Single;
  std::string list;  ///< Wrapped: name of the member that holds the contacts
  std::vector<Beside> beside;
};

enum class Fate { Accepted, Created, Updated, Unchanged, Refused, Unknown };

/// How an answer tells what became of the rows.
struct Results {
  enum class Kind {
    One,     ///< it is about the one contact that was sent
    Items,   ///< a list, one item a contact
    Counts,  ///< numbers, and perhaps a list of what went wrong
  };
  enum class Status { None, Word, Number, Flag, Error };
  Kind kind = Kind::One;
  bool assumed = false;  ///< the document does not show it
  Path list;             ///< of Items; of Counts: the errors; empty: the answer itself
  bool has_list = false;
  Status status = Status::None;
  Path status_path, id_path, message_path, index_path, echo_path;
  std::int64_t index_base = 0;
  bool id_is_number = false;
  std::size_t echo_field = 0;
  std::vector<std::pair<std::string, Fate>> words;
  std::vector<Path> taken;          ///< of Counts: how many were stored
  std::optional<Path> refused;      ///< of Counts
  Fate good = Fate::Accepted;       ///< what an item is that bears an id and no status
  bool tells_updated = false;       ///< of One: 201 is documented beside 200
  bool empty_answer = false;        ///< of One: 204

  bool has(Fate fate) const;
  /// A word for it; empty: none.
  std::string word(Fate fate) const;
};

/// The import is carried out later; how it is asked for.
struct Job {
  bool assumed = false;
  Path id_path, state_path;
  std::vector<Piece> path;
  std::vector<std::string> running, finished, failed;
};

/// The account's list of contacts, where rows whose answer was lost are looked for.
struct Lookup {
  enum class Pages {
    Number,  ///< a page's number
    Offset,  ///< how many contacts stand before it
    Cursor,  ///< what the page before it said
  };
  Pages pages = Pages::Number;
  std::string shown;  ///< "GET /contacts"
  std::vector<Piece> path;
  std::string place, size;  ///< query parameters: which page; how many contacts (empty: none)
  std::uint64_t most = 100;  ///< contacts on a page, as they are asked for
  std::int64_t first = 1;    ///< number of the first page
  Path list, key_path;       ///< the contacts; in each of them what it is known by
  std::optional<Path> id_path, next, total, more;  ///< of a contact; of the answer
  bool id_is_number = false;
  std::size_t key_field = 0;
};

/// A question that proves a credential.
struct Probe {
  std::vector<Piece> path;
  Path proof;            ///< the member that only a good answer holds; empty: the answer itself is a list
  bool is_list = false;  ///< what stands there
};

/// All that is known of the connector that is to be made.
struct Plan {
  std::string id, title, method, operation;
  std::vector<Setting> settings;
  std::vector<BaseUrl> base_urls;
  std::string base_url_setting;
  std::vector<Credential> credentials;
  std::vector<Piece> path;
  std::vector<Parameter> query, headers;
  std::string key_header;  ///< that makes the request KEYED; empty: none
  std::vector<Field> fields;
  std::vector<std::string> identity;
  std::vector<std::vector<std::string>> any_of;  ///< a rule: groups of fields
  bool custom = false;
  std::vector<std::string> reserved;
  Node contact;
  Body body;
  bool form = false;  ///< the body is a form (application/x-www-form-urlencoded) of one contact, not JSON
  std::uint64_t most_rows = 1;
  bool most_rows_said = true;
  Results results;
  std::uint32_t good_status = 200;  ///< of the first answer
  std::optional<Job> job;
  std::optional<Probe> probe;
  std::optional<Lookup> lookup;
  bool conflict = false;            ///< 409 is documented
  std::vector<Mark> marks;

  void mark(std::string file, std::string text) { marks.push_back({std::move(file), std::move(text)}); }
};

}  // namespace switchboard::scaffold

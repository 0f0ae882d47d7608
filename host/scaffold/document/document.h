#pragma once

#include <switchboard/kit/json.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::scaffold {

inline constexpr std::size_t kMostDocumentBytes = 16 << 20;

/// One request that a document describes.
struct Operation {
  std::string method;  ///< in capitals
  std::string path;    ///< "/lists/{listId}/contacts"
  std::string id;      ///< operationId; may be empty
  const kit::Json* json = nullptr;   ///< borrowed from the document
  const kit::Json* place = nullptr;  ///< the path item that it stands in

  /// "POST /lists/{listId}/contacts (importContacts)", fit for one line of a terminal.
  std::string shown() const;
};

/// An OpenAPI document (3.0 or 3.1, JSON or YAML), read whole and never trusted: members have whatever types they have.
class Document {
 public:
  /// `name` stands in messages. Errors (Usage): too large, neither JSON nor YAML, no OpenAPI 3.0 or 3.1, no paths.
  static Result<Document> parse(std::string_view text, const std::string& name);

  const kit::Json& root() const { return root_; }
  /// Follows `$ref`s within the document. nullptr: one leads out of it, nowhere or around in a circle; `problem` then gets a sentence.
  const kit::Json* resolve(const kit::Json& value, std::string* problem = nullptr) const;
  /// The same, null where there is nothing.
  const kit::Json& at(const kit::Json& value) const;
  /// All operations, in the document's order, at most 5000.
  std::vector<Operation> operations() const;

 private:
  const kit::Json* find(std::string_view pointer) const;

  kit::Json root_;
  mutable std::map<std::string, const kit::Json*, std::less<>> found_;  ///< by reference: a large document has each thousands of times
};

}  // namespace switchboard::scaffold

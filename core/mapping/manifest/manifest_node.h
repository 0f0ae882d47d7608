#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace switchboard::mapping {

/// What is wrong with the document, and where.
struct ManifestFlaw {
  std::string path, problem;
};

/// One object of the manifest's document, with its path for messages. Reading a member that is not of the kind that is
/// asked for throws ManifestFlaw.
class ManifestNode {
 public:
  /// The whole document. `warnings` gets what the readers find strange in it, and outlives it. Throws ManifestFlaw where it
  /// is no JSON object, or has a text or a list that nobody should have (manifest_limits.h).
  static ManifestNode parse(std::string_view json, std::vector<std::string>& warnings);

  bool has(const std::string& key) const;
  std::string text(const std::string& key) const;
  std::string required_text(const std::string& key) const;

  /// Text, number or boolean, as text: "20", "true".
  std::optional<std::string> scalar(const std::string& key) const;
  bool flag(const std::string& key) const;

  /// A whole number, plain or as {"value": 100, "source": "seed"}.
  std::uint64_t number(const std::string& key, std::uint64_t fallback) const;

  /// A whole number, negative ones too; nullopt: absent.
  std::optional<std::int64_t> integer(const std::string& key) const;
  std::vector<std::string> texts(const std::string& key) const;

  /// Texts and lists of texts, each as a list.
  std::vector<std::vector<std::string>> groups(const std::string& key) const;
  std::vector<ManifestNode> nodes(const std::string& key) const;
  std::optional<ManifestNode> node(const std::string& key) const;
  std::vector<std::string> names() const;
  void warn_of_others(std::initializer_list<std::string_view> known) const;
  void warn(const std::string& key, const std::string& problem) const;
  std::string at(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }
  const std::string& path() const { return path_; }
  std::string stringify() const;

 private:
  struct Object;  ///< of the JSON library
  ManifestNode(std::shared_ptr<const Object> object, std::string path, std::vector<std::string>& warnings)
      : object_(std::move(object)), path_(std::move(path)), warnings_(&warnings) {}

  std::shared_ptr<const Object> object_;
  std::string path_;
  std::vector<std::string>* warnings_;
};

}  // namespace switchboard::mapping

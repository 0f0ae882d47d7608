#include "core/mapping/manifest/pattern.h"

#include <Poco/Exception.h>
#include <Poco/RegularExpression.h>

#include <optional>

#include "core/mapping/manifest/simple_pattern.h"

namespace switchboard::mapping {

struct Pattern::Impl {
  explicit Impl(const std::string& expression)
      : whole("\\A(?:" + expression + ")\\z", Poco::RegularExpression::RE_UTF8),
        part(expression, Poco::RegularExpression::RE_UTF8),
        simple(SimplePattern::compile(expression)) {}
  Poco::RegularExpression whole, part;
  std::optional<SimplePattern> simple;
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression) {
  try {
    return Pattern(std::make_unique<Impl>(expression));
  } catch (const Poco::Exception& error) {
    return Error{ErrorKind::Usage,
                 "\"" + expression + "\" is not a regular expression: " + error.displayText(), "Correct it."};
  }
}

bool Pattern::matches(std::string_view text) const {
  if (impl_->simple) return impl_->simple->matches(text);
  try {
    Poco::RegularExpression::Match match;
    return impl_->whole.match(std::string(text), 0, match) > 0;
  } catch (const Poco::Exception&) {
    return false;  // PCRE's match limit, or text that is not UTF-8
  }
}

std::string Pattern::replace(std::string_view text, const std::string& replacement) const {
  std::string result(text);
  try {
    impl_->part.subst(result, replacement, Poco::RegularExpression::RE_GLOBAL);
  } catch (const Poco::Exception&) {
    return std::string(text);
  }
  return result;
}

}  // namespace switchboard::mapping

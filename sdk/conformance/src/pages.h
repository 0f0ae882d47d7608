#pragma once

#include <functional>
#include <string>
#include <vector>

#include "json_tree.h"
#include "subject.h"

namespace switchboard::conformance {

/// "GET /contacts": where a request goes, whatever it asks for there.
std::string address_of(const Request& request);

std::string without_digits(std::string text);

/// Whether two requests ask for the same page of the same list.
bool same_question(const Request& one, const Request& other);

/// A page of a list, as the vendor showed it.
struct Page {
  Request request;
  JsonTree tree;
};

/// What a run read of a list: its pages in the order in which they were asked for, each once.
struct PagesRead {
  std::vector<Page> pages;
  bool of_one_list = true;    ///< and for one chain
  bool nothing_else = true;  ///< the run asked for no more than them
};

/// `is_page`: which answers are pages of the list that is meant.
PagesRead pages_of(const Run& run, const std::function<bool(const JsonTree&)>& is_page = [](const JsonTree&) { return true; });

}  // namespace switchboard::conformance

#pragma once

#include <string>

/// The path of a variant of tiny.c.
inline std::string rogue(const std::string& name) { return std::string(ROGUES) + "/" + name + ".so"; }

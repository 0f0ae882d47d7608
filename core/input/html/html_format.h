#pragma once

#include "core/input/format.h"

namespace switchboard::input {

/// Tables of web pages, which many programs write as their Excel export (.xls): docs/formats.md, Workbooks.
Format html_format();

}  // namespace switchboard::input

#pragma once

#include <string>
#include <vector>

namespace switchboard::mapping {

/// What a column of the source means, whatever it is called (docs/formats.md, canonical meanings).
struct ColumnMeaning {
  std::string column;
  std::string meaning;  ///< "phone.mobile", "label_of:Phone 1 - Value", "other"
  double score = 0;     ///< 0..1
  std::string
      reason;  ///< "google_csv profile", "exact header", "synonym", "content: 48 of 50 are phone numbers"
};

/// The columns of a source, understood.
struct Understanding {
  std::string profile;  ///< the exporter that wrote the file ("google_csv_2024"), empty: not recognised
  std::vector<ColumnMeaning> columns;  ///< one a column, in order
};

/// `samples[c]` holds up to some hundred non-empty values of column c.
Understanding understand(const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& samples);

}  // namespace switchboard::mapping

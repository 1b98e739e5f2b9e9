#include "sheets/sheet.hpp"

namespace lango::sheets {

Result<Sheet, std::string> read(std::string_view file) {
    if (file.size() > bytes_max) return Unexpected<std::string>{"the file is larger than 32 MiB"};
    return file.starts_with("PK\x03\x04") ? read_xlsx(file) : read_csv(file);
}

}  // namespace lango::sheets

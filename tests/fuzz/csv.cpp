// A CSV file: its rows within their bounds, and the same when they are written and read again.
#include "tests/fuzz/sheets.hpp"

using namespace lango;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text(data, size);
    const auto sheet = sheets::read_csv(input);
    if (!sheet) {
        fuzz::must(!sheet.error().empty(), "a refusal says why");
        return 0;
    }
    fuzz::check_bounds(*sheet);
    fuzz::check_csv_of(*sheet, std::string_view{",;\t|:"}[size % 5], true);
    return 0;
}

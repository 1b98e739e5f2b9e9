// An XLSX file's parts (ECMA-376, part 2): a ZIP archive of documents that name each other. A part
// is found as programs find it, by who names it. Where two programs could find two different parts,
// there is none.
#pragma once
#include <zip.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace lango::sheets {

struct Relation {
    std::string id;
    std::string type;  // the last word of its address: "worksheet"
    std::string path;  // of the part that is named
};

class Package {
  public:
    // Keeps no copy of the bytes. The error is for people.
    [[nodiscard]] static Result<Package, std::string> open(std::string_view bytes);

    // Nothing when it is missing, damaged or too large.
    [[nodiscard]] std::optional<std::string> part(const std::string& path) const;
    // Whom a part names ("": the file itself). Nothing when that cannot be read; none when it names
    // nobody.
    [[nodiscard]] std::optional<std::vector<Relation>> relations_of(const std::string& path) const;

  private:
    struct Close {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };
    [[nodiscard]] bool has(const std::string& path) const;

    std::unique_ptr<zip_t, Close> archive_;
};

}  // namespace lango::sheets

// Whether a number is shown as it is stored.
#include "sheets/number_format.hpp"

#include <gtest/gtest.h>

namespace lango::sheets {
namespace {

TEST(NumberFormat, ShowsTheNumberItself) {
    for (const auto* format : {"General", "GENERAL", "0", "#", "@", "General;General;General;@",
                               "[$-409]General", "0;-0;;@"}) {
        EXPECT_EQ(shows(format, Value::positive), Shows::the_text) << format;
    }
}

TEST(NumberFormat, ShowsTheSameNumberInAnotherDress) {
    for (const auto* format :
         {"0.00", "#,##0", "#,##0.00", "0000000000", "0000 000 000", "\\+0", "+#",
          "000\\-000\\-000", "[$KES] #,##0.00", "[$Ksh-441]#,##0.00", "\"KSh. \"#,##0",
          "#,##0\"/=\"", "[Red]0.00", R"(_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_))",
          "#,##0.00\u00a0\"Ksh\""}) {
        EXPECT_EQ(shows(format, Value::positive), Shows::same_number) << format;
    }
}

TEST(NumberFormat, ShowsSomethingElse) {
    for (const auto* format : {"",
                               ";;;",
                               ";0",
                               "\"254712345678\"",
                               "\"254\"0",
                               "\\9\\00",
                               "5",
                               "0\" thousand\"",
                               "0,",
                               "#,##0,",
                               "0,.0",
                               "0%",
                               "0.00E+00",
                               "##0.0E+0",
                               "# ?/?",
                               "yyyy-mm-dd",
                               "d/m/yy",
                               "[h]:mm",
                               "0\".\"000",
                               "0\\.000",
                               "[>100]0;\"x\"",
                               "[=1000]\"KES 10\";0",
                               "[White]0",
                               "*90",
                               "$0",
                               "0.0.0",
                               "@@",
                               "0@",
                               "General\" m\"",
                               ".00",
                               "0;0;0;@;0",
                               "\"10\"",
                               "\u00a30",
                               "\"open",
                               "[open"}) {
        EXPECT_EQ(shows(format, Value::positive), Shows::other_text) << format;
    }
}

TEST(NumberFormat, HasAPartForEachKindOfValue) {
    EXPECT_EQ(shows("0;\"x\";\"y\";\"z\"", Value::positive), Shows::the_text);
    EXPECT_EQ(shows("0;\"x\";\"y\";\"z\"", Value::negative), Shows::other_text);
    EXPECT_EQ(shows("0;0;\"y\";\"z\"", Value::zero), Shows::other_text);
    EXPECT_EQ(shows("0;0;0;\"z\"", Value::text), Shows::other_text);
    EXPECT_EQ(shows("0;0;0;", Value::text), Shows::other_text);
    EXPECT_EQ(shows("\"a\"@", Value::text), Shows::other_text);
    for (const auto* format : {"General", "0", "@", "0;0;0;@", "0;@", "yyyy", ";;;_(@_)"}) {
        EXPECT_EQ(shows(format, Value::text), Shows::the_text) << format;
    }
}

}  // namespace
}  // namespace lango::sheets

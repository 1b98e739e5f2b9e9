// What editors of the two languages asked for, row by row: a text that goes back to what it was, or
// to a calque, is seen here.
#include <gtest/gtest.h>

#include <ostream>

#include "window/reasons.hpp"
#include "window/shown.hpp"
#include "window/texts.hpp"

namespace lango::window {
namespace {

std::string of(Language language, Key key) { return std::string{sentence(language, key).words()}; }
std::string of(Language language, const char* code) {
    const auto words = reason(language, code);
    return std::string{words.sentence.words()} + " " + std::string{words.next_step.words()};
}
std::string a_day(Language language) {
    return shown(Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}}, language);
}

struct Row {
    const char* rather;  // a part of what stands
    const char* than;    // what it was, which stands nowhere
    std::string where;   // the text
    friend void PrintTo(const Row& row, std::ostream* out) { *out << row.rather; }
};

class EditedText : public testing::TestWithParam<Row> {};

TEST_P(EditedText, Stands) {
    const auto& row = GetParam();
    EXPECT_NE(row.where.find(row.rather), std::string::npos) << row.where;
    EXPECT_EQ(row.where.find(row.than), std::string::npos) << row.where;
    for (std::size_t i = 0; i < static_cast<std::size_t>(Key::count); ++i) {
        for (const auto language : {Language::en, Language::sw}) {
            const auto words = of(language, static_cast<Key>(i));
            EXPECT_EQ(words.find(row.than), std::string::npos) << words;
        }
    }
}

using enum Language;

INSTANTIATE_TEST_SUITE_P(
    Kiswahili, EditedText,
    testing::Values(
        Row{"Lipa na M-PESA", "Lipa kwa M-PESA", of(sw, Key::pay_title)},
        Row{"Malipo yamepokelewa", "Imelipwa", of(sw, Key::paid_title)},
        Row{"Malipo hayajafanyika", "Haijalipwa", of(sw, Key::unpaid_title)},
        Row{"Tarehe na saa", "Muda wa malipo", of(sw, Key::paid_at)},
        Row{"ukate simu kama unaongea", "ukate simu yoyote", of(sw, Key::unseen_signal)},
        Row{"Fungua skrini ya simu", "Fungua simu", of(sw, Key::unseen_unlock)},
        Row{"kwenye nambari", "linakuja kwa", of(sw, Key::sent_text_phone)},
        Row{"Andika kama ilivyo hapa", "Andika hivi hasa", of(sw, Key::paybill_text)},
        Row{"Ukilipa chini ya kiasi hiki, agizo halitalipwa", "Kiasi pungufu",
            of(sw, Key::paybill_exact)},
        Row{"Shilingi nzima, bila senti", "Shilingi kamili", of(sw, Key::amount_limits)},
        Row{"Kiasi (KES)", "Kiasi kwa KES", of(sw, Key::amount)},
        Row{"M-PESA imechukulia kuwa malipo haya yamerudiwa", "imeona haya", of(sw, "17")},
        Row{"litatumwa lenyewe ikiwezekana", "litakapoweza", of(sw, Key::in_line_text)},
        Row{"Kila malipo yanahitaji kitambulisho chake", "yanahitaji yake",
            of(sw, Key::problem_taken)},
        Row{"29 Novemba 2026", "29 Nov 2026", a_day(sw)}));

INSTANTIATE_TEST_SUITE_P(
    English, EditedText,
    testing::Values(
        Row{"Have a code from an earlier payment?", "Have you a code", of(en, Key::have_code)},
        Row{"For example 0712 345 678", "Such as 0712", of(en, Key::phone_help)},
        Row{"We have sent a request to", "comes to 2547", of(en, Key::sent_text_phone)},
        Row{"This page updates by itself", "goes on by itself", of(en, Key::sent_next)},
        Row{"Check that it has signal", "Look whether", of(en, Key::unseen_signal)},
        Row{"If M-PESA texts you that the payment went through", "Should M-PESA send",
            of(en, Key::unpaid_late)},
        Row{"An SMS from M-PESA", "SMS of M-PESA", of(en, Key::unknown_close)},
        Row{"did not reach your phone", "could not be brought", of(en, "1025")},
        Row{"Follow these steps", "Type exactly", of(en, Key::paybill_text)},
        Row{"Follow these steps", "Type what stands here", of(en, Key::paybill_text)},
        Row{"Check it and try again", "Look at it again", of(en, Key::resume_wrong)},
        Row{"Pay Bill", "paybill", of(en, Key::use_paybill)},
        Row{"Lipa na M-PESA, Pay Bill", "Pay bill", of(en, Key::paybill_title)},
        Row{"Send a request for {1}", "Send the request {1}", of(en, Key::again_button)},
        Row{"You cancelled. Nothing was taken.", "Should M-PESA", of(en, "1032")}));

}  // namespace
}  // namespace lango::window

#include "window/reasons.hpp"

#include <algorithm>
#include <array>

namespace lango::window {

namespace {

using namespace std::chrono_literals;

struct Words {
    Reason en;
    Reason sw;
    Offer offer = {};
};

constexpr Words funds{
    {"There was not enough money in M-PESA.", "Add money to your M-PESA, then send a new request."},
    {"Hakukuwa na pesa za kutosha kwenye M-PESA.",
     "Ongeza pesa kwenye M-PESA yako, kisha tuma ombi jipya."}};
constexpr Words too_little{
    {"The amount is below the least that M-PESA moves.",
     "Go back to the shop and choose a larger amount."},
    {"Kiasi ni chini ya kiwango cha chini cha M-PESA.", "Rudi dukani uchague kiasi kikubwa zaidi."},
    {.remedy = Remedy::shop_only, .paybill = false}};
constexpr Words too_much{{"The amount is above the most that M-PESA moves at once.",
                          "Go back to the shop and pay in smaller parts."},
                         {"Kiasi kinazidi kiwango cha juu cha M-PESA kwa mara moja.",
                          "Rudi dukani ulipe kwa sehemu ndogo."},
                         {.remedy = Remedy::shop_only, .paybill = false}};
constexpr Words day_limit{
    {"Your M-PESA limit for the day is reached.", "Use another number, or pay tomorrow."},
    {"Umefikia kikomo chako cha M-PESA cha siku.", "Tumia nambari nyingine, au lipa kesho."},
    {.remedy = Remedy::other_number}};
constexpr Words shop_full{{"The shop's M-PESA account can take no more just now.",
                           "Tell the shop. Nothing that you can do helps."},
                          {"Akaunti ya M-PESA ya duka haiwezi kupokea zaidi kwa sasa.",
                           "Lijulishe duka. Hakuna unachoweza kufanya."},
                          {.remedy = Remedy::shop_only, .paybill = false}};
constexpr Words same_amount{{"M-PESA took this for the same payment made twice.",
                             "Wait two minutes, then send a new request."},
                            {"M-PESA imechukulia kuwa malipo haya yamerudiwa.",
                             "Subiri dakika mbili, kisha tuma ombi jipya."},
                            {.wait = 2min, .paybill = false}};
constexpr Words busy{
    {"M-PESA was busy.", "Wait a minute, then send a new request."},
    {"M-PESA ilikuwa na shughuli nyingi.", "Subiri dakika moja, kisha tuma ombi jipya."},
    {.wait = 1min}};
constexpr Words line_busy{{"Something else was open on your line, such as another M-PESA request.",
                           "Close it on your phone, wait a minute, then send a new request."},
                          {"Kulikuwa na shughuli nyingine kwenye laini yako, kama ombi jingine la "
                           "M-PESA.",
                           "Ifunge kwenye simu yako, subiri dakika moja, kisha tuma ombi jipya."},
                          {.wait = 1min}};
constexpr Words expired{{"The request ran out before it was confirmed.",
                         "Send a new request and enter your PIN within a minute."},
                        {"Muda wa ombi uliisha kabla ya kuthibitishwa.",
                         "Tuma ombi jipya na uweke PIN ndani ya dakika moja."}};
constexpr Words not_sent{{"The request did not reach your phone.", "Send a new request."},
                         {"Ombi halikufika kwenye simu yako.", "Tuma ombi jipya."}};
constexpr Words cancelled{
    {"You cancelled. Nothing was taken.", "To pay, send a new request and enter your PIN."},
    {"Umeghairi. Hakuna pesa iliyochukuliwa.", "Ili kulipa, tuma ombi jipya na uweke PIN."}};
constexpr Words unreachable{
    {"Your phone could not be reached, or nobody answered the request.",
     "Check that the phone is on, unlocked and has signal, then send a new request."},
    {"Simu yako haikupatikana, au ombi halikujibiwa.",
     "Angalia kama simu imewashwa, skrini imefunguliwa na ina mtandao, kisha tuma ombi jipya."}};
constexpr Words wrong_pin{{"The M-PESA PIN was wrong.",
                           "Send a new request and enter the right PIN. Three wrong ones lock it."},
                          {"PIN ya M-PESA haikuwa sahihi.",
                           "Tuma ombi jipya na uweke PIN sahihi. Ukikosea mara tatu itafungwa."}};
constexpr Words pin_locked{
    {"Your M-PESA PIN is locked.", "Unlock it with *334# or call 100, or use another number."},
    {"PIN yako ya M-PESA imefungwa.", "Ifungue kwa *334# au piga 100, au tumia nambari nyingine."},
    {.remedy = Remedy::other_number}};
constexpr Words shop_setup{{"The shop's M-PESA account does not take this payment.",
                            "Tell the shop. Trying again does not help."},
                           {"Akaunti ya M-PESA ya duka haipokei malipo haya.",
                            "Lijulishe duka. Kujaribu tena hakusaidii."},
                           {.remedy = Remedy::shop_only, .paybill = false}};
constexpr Words debt{{"M-PESA refused the payment because of a loan on this line.",
                      "Use another number, or call 100."},
                     {"M-PESA ilikataa malipo kwa sababu ya mkopo kwenye laini hii.",
                      "Tumia nambari nyingine, au piga 100."},
                     {.remedy = Remedy::other_number}};
constexpr Words down{{"M-PESA could not be reached, so no request was sent.",
                      "Wait a minute, then send a new request."},
                     {"M-PESA haikupatikana, kwa hiyo hakuna ombi lililotumwa.",
                      "Subiri dakika moja, kisha tuma ombi jipya."},
                     {.wait = 1min}};
constexpr Words refused{
    {"M-PESA did not take the request for this number.",
     "Check the number, or use another number."},
    {"M-PESA haikukubali ombi kwa nambari hii.", "Angalia nambari, au tumia nambari nyingine."},
    {.remedy = Remedy::other_number}};
constexpr Words unknown{
    {"M-PESA refused the payment and gave no reason that we know.", "Send a new request."},
    {"M-PESA ilikataa malipo bila sababu tunayoijua.", "Tuma ombi jipya."}};

struct Row {
    std::string_view code;
    const Words* words;
};
constexpr std::array rows = std::to_array<Row>({
    {"", &down},
    {"1", &funds},
    {"2", &too_little},
    {"3", &too_much},
    {"4", &day_limit},
    {"8", &shop_full},
    {"17", &same_amount},
    {"26", &busy},
    {"1001", &line_busy},
    {"1019", &expired},
    {"1025", &not_sent},
    {"1032", &cancelled},
    {"1036", &not_sent},
    {"1037", &unreachable},
    {"2001", &wrong_pin},
    {"2028", &shop_setup},
    {"8006", &pin_locked},
    {"9999", &not_sent},
    {"SFC_IC0003", &shop_setup},
    {"E3008", &debt},
    {"400.002.02", &refused},
    {"400.002.05", &refused},
    {"400.003.02", &refused},
    {"400.003.01", &down},
    {"401.002.01", &down},
    {"401.003.01", &down},
    {"404.001.01", &down},
    {"404.001.03", &down},
    {"404.001.04", &down},
    {"404.002.01", &down},
    {"404.003.01", &down},
    {"405.001", &down},
    {"500.001.1001", &line_busy},
    {"500.003.02", &busy},
    {"500.003.03", &busy},
    {"policies.ratelimit.SpikeArrestViolation", &busy},
    {"timeout", &down},
});

const Words* find(std::string_view code) {
    const auto row = std::ranges::find(rows, code, &Row::code);
    if (row != rows.end()) return row->words;
    // What stood for a reply without a code: "HTTP 503".
    return code.starts_with("HTTP ") ? &down : nullptr;
}

}  // namespace

Reason reason(Language language, std::string_view code) {
    const auto* words = find(code);
    if (words == nullptr) words = &unknown;
    return language == Language::en ? words->en : words->sw;
}

Offer offer(std::string_view code) {
    const auto* words = find(code);
    return (words == nullptr ? &unknown : words)->offer;
}

bool is_payers_no(std::string_view code) { return find(code) == &cancelled; }

bool has_reason(std::string_view code) { return find(code) != nullptr; }

}  // namespace lango::window

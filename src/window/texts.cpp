#include "window/texts.hpp"

#include <array>

namespace lango::window {

namespace {

struct Row {
    Key key;
    Sentence en;
    Sentence sw;
};

constexpr std::size_t rows_count = static_cast<std::size_t>(Key::count);
using enum Key;

constexpr std::array<Row, rows_count> rows{{
    // Each in the language that it leads to.
    {other_language, "Kiswahili", "English"},
    {pay_title, "Pay with M-PESA", "Lipa na M-PESA"},
    {pay_to, "To {1}", "Kwa {1}"},
    {amount, "Amount (KES)", "Kiasi (KES)"},
    {amount_to_pay, "Amount", "Kiasi"},
    {amount_limits, "Whole shillings, from {1} to {2}.",
     "Shilingi nzima, bila senti, kuanzia {1} hadi {2}."},
    {amount_wrong, "Type the amount in whole shillings, for example 500.",
     "Andika kiasi kwa shilingi nzima, bila senti, kwa mfano 500."},
    {amount_unclear,
     "This amount can be read in two ways. Type it in digits only, for example 1050.",
     "Kiasi hiki kinaweza kusomwa kwa njia mbili. Kiandike kwa tarakimu tu, kwa mfano 1050."},
    {amount_least, "The amount must be at least {1}.", "Kiasi lazima kiwe angalau {1}."},
    {amount_most, "The amount must not be more than {1}.", "Kiasi kisizidi {1}."},
    {no_fee, "No fee is added here.", "Hakuna ada inayoongezwa hapa."},
    {phone, "M-PESA phone number", "Nambari ya simu ya M-PESA"},
    {phone_help, "For example 0712 345 678. The request to pay comes to this phone.",
     "Kwa mfano 0712 345 678. Ombi la malipo litakuja kwenye simu hii."},
    {phone_wrong,
     "This is not a Kenyan mobile number. Type it as 0712 345 678, 0110 345 678 or +254...",
     "Hii si nambari ya simu ya Kenya. Iandike kama 0712 345 678, 0110 345 678 au +254..."},
    {phone_not_now,
     "No request can be sent to this number just now. Try again later, or use another number.",
     "Ombi haliwezi kutumwa kwenye nambari hii kwa sasa. Jaribu tena baadaye, au tumia nambari "
     "nyingine."},
    {phone_other, "M-PESA does not take this payment from that number. Type another one.",
     "M-PESA haipokei malipo haya kutoka nambari hiyo. Andika nambari nyingine."},
    {remember, "Remember this number on this device", "Kumbuka nambari hii kwenye kifaa hiki"},
    {pay_button, "Pay", "Lipa"},
    {pay_sum, "Pay {1}", "Lipa {1}"},
    {pin_never, "Your M-PESA PIN is only ever typed on your phone. Nobody asks for it here.",
     "PIN yako ya M-PESA huandikwa kwenye simu yako tu. Hakuna anayeiomba hapa."},
    {contact, "Questions about the order? {1}: {2}", "Maswali kuhusu agizo? {1}: {2}"},
    {prompt_name, "M-PESA shows the name {1}: that is this shop.",
     "M-PESA itaonyesha jina {1}: ndilo duka hili."},
    {prompt_words, "Do you want to pay {1} to {2}?", "Je, unataka kulipa {1} kwa {2}?"},
    {form_old, "This page was open for a long time. Check the details and press the button again.",
     "Ukurasa huu ulikuwa wazi kwa muda mrefu. Angalia maelezo na ubonyeze kitufe tena."},
    {too_many_here, "Too many requests came from your network. Wait a minute and try again.",
     "Maombi mengi mno yametoka kwenye mtandao wako. Subiri dakika moja ujaribu tena."},
    {shop_busy, "Too many people are paying this shop just now. Wait a minute and try again.",
     "Watu wengi mno wanalipa duka hili kwa sasa. Subiri dakika moja ujaribu tena."},
    {rail_down,
     "M-PESA takes no requests from us at the moment. Nothing was sent and nothing was charged. "
     "Try again in a minute.",
     "M-PESA haipokei maombi yetu kwa sasa. Hakuna kilichotumwa wala kutozwa. Jaribu tena baada ya "
     "dakika moja."},
    {have_code, "Have a code from an earlier payment?", "Una msimbo wa malipo ya awali?"},
    {systems_title, "How do you want to pay?", "Ungependa kulipa vipi?"},
    {systems_text, "Choose a payment system.", "Chagua njia ya malipo."},
    {sent_title, "Check your phone", "Angalia simu yako"},
    {sent_text, "We have sent a request to your phone to pay {1} to {2}.",
     "Tumetuma ombi la kulipa {1} kwa {2} kwenye simu yako."},
    {sent_text_phone, "We have sent a request to pay {1} to {2} to {3}.",
     "Tumetuma ombi la kulipa {1} kwa {2} kwenye nambari {3}."},
    {sent_cover,
     "It will cover this page. Enter your M-PESA PIN there, then come back here to see the result.",
     "Litafunika ukurasa huu. Weka PIN yako ya M-PESA hapo, kisha rudi hapa uone matokeo."},
    {sent_next, "This page updates by itself.", "Ukurasa huu utajisasisha wenyewe."},
    {in_line_title, "Your request is in line", "Ombi lako liko kwenye foleni"},
    {in_line_text,
     "M-PESA takes one request at a time for each phone. Yours is sent by itself as soon as that "
     "is possible: keep the phone at hand.",
     "M-PESA hupokea ombi moja kwa wakati kwa kila simu. Ombi lako litatumwa lenyewe ikiwezekana: "
     "kaa karibu na simu."},
    {in_line_left, "It will be sent in about {1} seconds.",
     "Litatumwa baada ya takriban sekunde {1}."},
    {countdown, "Seconds left: {1}", "Sekunde zilizobaki: {1}"},
    {still_answering, "M-PESA is still answering.", "M-PESA bado inajibu."},
    {say_start, "Waiting for you to enter your PIN on your phone.",
     "Tunasubiri uweke PIN kwenye simu yako."},
    {say_left, "{1} seconds left to enter your PIN.", "Zimebaki sekunde {1} za kuweka PIN."},
    {check_now, "Check now", "Angalia sasa"},
    {your_code, "Your code", "Msimbo wako"},
    {code_use, "With the last 3 digits of your number it opens this payment on any device.",
     "Pamoja na tarakimu 3 za mwisho za nambari yako hufungua malipo haya kwenye kifaa chochote."},
    {unseen_title, "Have you entered your PIN?", "Je, umeweka PIN yako?"},
    {unseen_text, "Then wait: we are confirming with M-PESA. Do not pay again.",
     "Basi subiri: tunathibitisha na M-PESA. Usilipe tena."},
    {unseen_nothing, "I saw no request", "Sijaona ombi"},
    {nothing_title, "No request on your phone?", "Hujaona ombi kwenye simu?"},
    {nothing_text, "The request for {1} may still come. Meanwhile:",
     "Ombi la {1} bado linaweza kuja. Wakati huo:"},
    {unseen_unlock, "Unlock the phone: the request shows only on an open screen.",
     "Fungua skrini ya simu: ombi huonekana tu skrini ikiwa wazi."},
    {unseen_signal, "Check that it has signal, and end any call.",
     "Angalia kama ina mtandao, na ukate simu kama unaongea."},
    {unseen_menu, "Dial *234# to see whether M-PESA works on this line.",
     "Piga *234# kuona kama M-PESA inafanya kazi kwenye laini hii."},
    {unseen_other_number,
     "Another number can be used as soon as this request has ended, so that nobody pays twice.",
     "Nambari nyingine itaweza kutumika ombi hili likiisha, ili mtu asilipe mara mbili."},
    {use_paybill, "Use Pay Bill instead", "Tumia Pay Bill badala yake"},
    {paybill_title, "Lipa na M-PESA, Pay Bill", "Lipa na M-PESA, Pay Bill"},
    {paybill_text, "Any phone with M-PESA can pay this order of {1}. Follow these steps:",
     "Simu yoyote yenye M-PESA inaweza kulipa agizo hili la {1}. Andika kama ilivyo hapa, kwa "
     "mpangilio huu:"},
    {paybill_step_menu, "Open M-PESA and choose Lipa na M-PESA, then Pay Bill.",
     "Fungua M-PESA, chagua Lipa na M-PESA, kisha Pay Bill."},
    {paybill_number, "Business number", "Nambari ya biashara"},
    {paybill_reference, "Account number", "Nambari ya akaunti"},
    {paybill_amount, "Amount", "Kiasi"},
    {paybill_step_pin, "Enter your PIN and confirm. This page shows when the money has come.",
     "Weka PIN yako na uthibitishe. Ukurasa huu utaonyesha pesa zikifika."},
    {paybill_exact, "If you pay less than this amount, the order is not paid.",
     "Ukilipa chini ya kiasi hiki, agizo halitalipwa."},
    {paybill_prompt_open,
     "A request is still open on a phone. Cancel it there before you pay this way, or you may pay "
     "twice.",
     "Bado kuna ombi kwenye simu. Lighairi kwanza kabla ya kulipa hivi, usije ukalipa mara mbili."},
    {paybill_wait, "Waiting for your money.", "Tunasubiri pesa zako."},
    {copy, "Copy", "Nakili"},
    {copied, "Copied", "Imenakiliwa"},
    {qr_text, "Scan this to open the page on a phone.",
     "Changanua hii kufungua ukurasa kwenye simu."},
    {back, "Back", "Rudi"},
    {unknown_title, "Still confirming with M-PESA", "Bado tunathibitisha na M-PESA"},
    {unknown_text, "You will not be charged twice. There is nothing more to do now.",
     "Hutatozwa mara mbili. Hakuna la kufanya zaidi kwa sasa."},
    {unknown_close,
     "You may close this page. An SMS from M-PESA tells you whether you paid, and the code below "
     "opens this page again.",
     "Unaweza kufunga ukurasa huu. SMS kutoka M-PESA itakuambia kama umelipa, na msimbo ulio hapa "
     "chini hufungua ukurasa huu tena."},
    {paid_title, "Paid", "Malipo yamepokelewa"},
    {paid_text, "Thank you. {1} has received your payment.", "Asante. {1} imepokea malipo yako."},
    {receipt, "M-PESA receipt", "Risiti ya M-PESA"},
    {amount_paid, "Amount", "Kiasi"},
    {paid_at, "Date and time", "Tarehe na saa"},
    {paid_to, "Paid to", "Yamelipwa kwa"},
    {paid_close, "You may close this page. The shop has been told.",
     "Unaweza kufunga ukurasa huu. Duka limejulishwa."},
    {print, "Print", "Chapisha"},
    {share, "Share", "Shiriki"},
    {share_text, "Paid to {1}: {2}, M-PESA receipt {3}",
     "Yamelipwa kwa {1}: {2}, risiti ya M-PESA {3}"},
    {leaving, "Back to the shop in 3 seconds.", "Unarudi dukani baada ya sekunde 3."},
    {stay_here, "Stay here", "Baki hapa"},
    {back_to_shop, "Back to the shop", "Rudi dukani"},
    {unpaid_title, "Not paid", "Malipo hayajafanyika"},
    {unpaid_not_charged, "Nothing was charged.", "Hujatozwa chochote."},
    {unpaid_late,
     "If M-PESA texts you that the payment went through, do not pay again: this page will show it.",
     "M-PESA ikikutumia SMS kwamba malipo yamefanyika, usilipe tena: ukurasa huu utaonyesha."},
    {again_in, "A new request can be sent in {1} seconds.",
     "Ombi jipya linaweza kutumwa baada ya sekunde {1}."},
    {other_number, "Use another number", "Tumia nambari nyingine"},
    {try_again, "Send a new request", "Tuma ombi jipya"},
    {no_more_tries, "No more requests can be sent for this order. Pay Bill still works.",
     "Hakuna ombi jingine linaloweza kutumwa kwa agizo hili. Bado unaweza kutumia Pay Bill."},
    {no_more_ways, "No more requests can be sent for this order. Order again at the shop.",
     "Hakuna ombi jingine linaloweza kutumwa kwa agizo hili. Agiza tena dukani."},
    {begun_anew, "The shop has begun this payment anew. Go on there.",
     "Duka limeanzisha malipo haya upya. Endelea huko."},
    {again_title, "Send a new request", "Tuma ombi jipya"},
    {again_text, "The earlier request has ended. The new one is for the same amount.",
     "Ombi la awali limekwisha. Jipya ni la kiasi kile kile."},
    {again_button, "Send a request for {1}", "Tuma ombi la {1}"},
    {resume_title, "Open an earlier payment", "Fungua malipo ya awali"},
    {resume_text, "Type the code that the payment page showed you.",
     "Andika msimbo uliouona kwenye ukurasa wa malipo."},
    {resume_code, "Code, such as 7K-29F", "Msimbo, kama 7K-29F"},
    {resume_digits, "Last 3 digits of the M-PESA number",
     "Tarakimu 3 za mwisho za nambari ya M-PESA"},
    {resume_button, "Open", "Fungua"},
    {resume_wrong, "No payment of this shop has that code. Check it and try again.",
     "Hakuna malipo ya duka hili yenye msimbo huo. Angalia tena."},
    {resume_digits_wrong, "The request did not go to a number that ends so. Check the digits.",
     "Ombi halikutumwa kwenye nambari inayoishia hivyo. Angalia tarakimu tena."},
    {resume_digits_needed,
     "This payment is more than a day old: type the last 3 digits of the number, too.",
     "Malipo haya ni ya zaidi ya siku moja: andika pia tarakimu 3 za mwisho za nambari."},
    {resume_more,
     "To see the details or to go on, type the last 3 digits of the number that the request went "
     "to.",
     "Ili kuona maelezo au kuendelea, andika tarakimu 3 za mwisho za nambari iliyotumiwa ombi."},
    {problem_title, "This payment cannot start", "Malipo haya hayawezi kuanza"},
    {problem_text, "The shop's link has a fault. Nothing was charged. Please tell the shop this:",
     "Kiungo cha duka kina kasoro. Hujatozwa chochote. Tafadhali liambie duka hivi:"},
    {problem_shop, "For the shop", "Kwa duka"},
    {problem_code, "Code for support", "Msimbo wa usaidizi"},
    {problem_missing, "{1} is missing.", "{1} haipo."},
    {problem_too_long, "{1} is longer than {2} characters.", "{1} inazidi herufi {2}."},
    {problem_bad_text, "{1} is not a text in UTF-8, or has control characters.",
     "{1} si maandishi ya UTF-8, au ina herufi za udhibiti."},
    {problem_twice, "{1} is given twice, with two values.", "{1} imetolewa mara mbili, tofauti."},
    {problem_currency, "{1} must name KES: M-PESA pays in no other currency.",
     "{1} lazima itaje KES: M-PESA hailipi kwa sarafu nyingine."},
    {problem_wallet, "{1} must be mpesa.", "{1} lazima iwe mpesa."},
    {problem_amount, "{1} must be a whole number of shillings, for example 1000 or 1000.00.",
     "{1} lazima iwe shilingi nzima, kwa mfano 1000 au 1000.00."},
    {problem_amount_limits, "{1} must be from {2} to {3}.", "{1} lazima iwe kati ya {2} na {3}."},
    {problem_redirect_id, "{1} must be the number of a registered address.",
     "{1} lazima iwe nambari ya anwani iliyosajiliwa."},
    {problem_taken, "{1} was used for another payment. Each payment needs its own.",
     "{1} ilitumika kwa malipo mengine. Kila malipo yanahitaji kitambulisho chake."},
    {problem_signature, "{1} does not fit the other values of this link.",
     "{1} haiendani na thamani nyingine za kiungo hiki."},
    {no_merchant_title, "There is no such shop", "Hakuna duka hilo"},
    {no_merchant_text, "The address of this page is wrong. Nothing was charged.",
     "Anwani ya ukurasa huu si sahihi. Hujatozwa chochote."},
    {no_order_title, "There is no such payment", "Hakuna malipo hayo"},
    {no_order_text,
     "The address of this page is wrong or cut off. Open it from the shop again, or type the code "
     "that the payment page showed you.",
     "Anwani ya ukurasa huu si sahihi au imekatika. Ifungue tena kutoka dukani, au andika msimbo "
     "uliouona kwenye ukurasa wa malipo."},
    {closed_title, "This shop takes no payments now", "Duka hili halipokei malipo kwa sasa"},
    {closed_text, "No new payment can be sent to this shop at the moment. Please ask the shop.",
     "Hakuna malipo mapya yanayoweza kutumwa kwa duka hili kwa sasa. Tafadhali uliza duka."},
    {unavailable_title, "Please try again in a moment", "Tafadhali jaribu tena baadaye kidogo"},
    {unavailable_text,
     "The page cannot be shown just now. If you have pressed the button already, you will not be "
     "charged twice.",
     "Ukurasa hauwezi kuonyeshwa kwa sasa. Kama tayari umebonyeza kitufe, hutatozwa mara mbili."},
}};

consteval bool complete() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.at(i).key != static_cast<Key>(i)) return false;
        if (rows.at(i).en.words().empty() || rows.at(i).sw.words().empty()) return false;
    }
    return true;
}
static_assert(complete(), "a sentence is missing, or not in the order of its key");

}  // namespace

Sentence sentence(Language language, Key key) {
    const auto& row = rows.at(static_cast<std::size_t>(key));
    return language == Language::en ? row.en : row.sw;
}

}  // namespace lango::window

#include "rates/rates.hpp"

namespace lango::rates {

// Fourteen first, then the alphabet without them, then cryptocurrencies: the order of the page's
// sample (merchant-api 4.5).
const std::array<std::string_view, 184>& codes() {
    static constexpr std::array<std::string_view, 184> list{
        "USD", "INR", "EUR", "IDR", "MYR",   "VND",  "SGD",       "THB",    "NGN",  "TRY", "AED",
        "CAD", "AUD", "BDT", "AFN", "ALL",   "AMD",  "AOA",       "ARS",    "AWG",  "AZN", "BAM",
        "BBD", "BGN", "BHD", "BIF", "BMD",   "BND",  "BOB",       "BRL",    "BSD",  "BTC", "BTN",
        "BWP", "BYN", "BZD", "CDF", "CHF",   "CLF",  "CLP",       "CNH",    "CNY",  "COP", "CRC",
        "CUC", "CUP", "CVE", "CZK", "DJF",   "DKK",  "DOP",       "DZD",    "EGP",  "ERN", "ETB",
        "FJD", "FKP", "GBP", "GEL", "GGP",   "GHS",  "GIP",       "GMD",    "GNF",  "GTQ", "GYD",
        "HKD", "HNL", "HRK", "HTG", "HUF",   "ILS",  "IMP",       "IQD",    "IRR",  "ISK", "JEP",
        "JMD", "JOD", "JPY", "KES", "KGS",   "KHR",  "KMF",       "KPW",    "KRW",  "KWD", "KYD",
        "KZT", "LAK", "LBP", "LKR", "LRD",   "LSL",  "LYD",       "MAD",    "MDL",  "MGA", "MKD",
        "MMK", "MNT", "MOP", "MRO", "MRU",   "MUR",  "MVR",       "MWK",    "MXN",  "MZN", "NAD",
        "NIO", "NOK", "NPR", "NZD", "OMR",   "PAB",  "PEN",       "PGK",    "PHP",  "PKR", "PLN",
        "PYG", "QAR", "RON", "RSD", "RUB",   "RWF",  "SAR",       "SBD",    "SCR",  "SDG", "SEK",
        "SHP", "SLL", "SOS", "SRD", "SSP",   "STD",  "STN",       "SVC",    "SYP",  "SZL", "TJS",
        "TMT", "TND", "TOP", "TTD", "TWD",   "TZS",  "UAH",       "UGX",    "UYU",  "UZS", "VEF",
        "VES", "VUV", "WST", "XAF", "XAG",   "XAU",  "XCD",       "XDR",    "XOF",  "XPD", "XPF",
        "XPT", "YER", "ZAR", "ZMW", "ZWL",   "ETH",  "LTC",       "DOGE",   "DASH", "BCH", "ZEC",
        "ETC", "XRP", "TRX", "XLM", "WAVES", "USDT", "USDTTRC20", "USDT20",
    };
    return list;
}

}  // namespace lango::rates

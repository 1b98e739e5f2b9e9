#include "rails/daraja/daraja_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

constexpr const char* checkout = "ws_CO_1007202409152617172396192";

Reply finished(const std::string& code) {
    return {.body = R"({"ResponseCode":"0","ResponseDescription":"The service request has been )"
                    R"(accepted successsfully","MerchantRequestID":"22205-34066-1",)"
                    R"("CheckoutRequestID":"ws_CO_1007202409152617172396192","ResultCode":)" +
                    code + R"(,"ResultDesc":"?"})"};
}

class Query : public Connector {
  protected:
    std::optional<Observation> ask() { return wait_for(rail_->query(checkout)); }
    std::optional<Observation> answered(Reply reply) {
        safaricom_.says_in_turn({std::move(reply)});
        return ask();
    }
};

TEST_F(Query, SendsTheFieldsOfTheDocument) {
    static_cast<void>(answered(finished(R"("0")")));
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/stkpushquery/v1/query");
    const auto body = safaricom_.body();
    ASSERT_EQ(body.object()->size(), 4U);
    EXPECT_EQ(body.text_at("BusinessShortCode"), "174379");
    EXPECT_NE(body.find("BusinessShortCode")->string(), nullptr);
    EXPECT_EQ(body.text_at("Timestamp"), "20261124023005");
    EXPECT_EQ(crypto::unbase64(body.text_at("Password")),
              "174379bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
              "20261124023005");
    EXPECT_EQ(body.text_at("CheckoutRequestID"), checkout);
}

TEST_F(Query, OfAPaymentKnowsNeitherReceiptNorAmount) {
    const auto seen = answered(finished(R"("0")"));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->source, Source::query);
    EXPECT_EQ(seen->fate, Fate::paid);
    EXPECT_EQ(seen->checkout_request_id, checkout);
    EXPECT_EQ(seen->receipt, std::nullopt);
    EXPECT_EQ(seen->amount, std::nullopt);
    EXPECT_EQ(seen->raw, finished(R"("0")").body);
    EXPECT_EQ(noticed_, std::vector<std::string>{"query paid"});
}

TEST_F(Query, HasAnAllowanceOfSoManyAMinute) {
    auto with = options();
    with.queries_per_minute = queries_per_minute(sandbox_url);
    start(with);
    std::size_t asked = 0;
    for (const auto end = clock_.now() + 1min; clock_.now() < end;) {
        const auto allowed = rail_->question_allowance(clock_.now());
        rail_->spend_questions(allowed.pushes);
        asked += allowed.pushes;
        if (allowed.pushes == 0) EXPECT_GT(allowed.retry_at, clock_.now());
        clock_.advance(1s);
    }
    EXPECT_EQ(asked, 5U);
    EXPECT_GE(rail_->allowance(clock_.now()).pushes, 1U) << "pushes have one of their own";
}

TEST_F(Query, IsAskedAsOftenAsIsDueWhereNoBoundIsSet) {
    rail_->spend_questions(1000);
    EXPECT_GT(rail_->question_allowance(clock_.now()).pushes, 1000U);
    EXPECT_EQ(queries_per_minute(production_url), 600);
}

struct Row {
    const char* code;  // as it stands in the body
    Fate fate;
};
class QueryCode : public Query, public testing::WithParamInterface<Row> {};
TEST_P(QueryCode, IsReadAsTextOrNumber) {
    const auto seen = answered(finished(GetParam().code));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->fate, GetParam().fate);
}
INSTANTIATE_TEST_SUITE_P(
    Codes, QueryCode,
    testing::Values(Row{R"("0")", Fate::paid}, Row{"0", Fate::paid}, Row{R"("1")", Fate::failed},
                    Row{R"("17")", Fate::failed}, Row{R"("1019")", Fate::failed},
                    Row{R"("1025")", Fate::failed}, Row{R"("1032")", Fate::failed},
                    Row{"1032", Fate::failed}, Row{R"("1037")", Fate::failed},
                    Row{R"("2001")", Fate::failed}, Row{R"("2028")", Fate::failed},
                    Row{R"("8006")", Fate::failed}, Row{R"("SFC_IC0003")", Fate::failed},
                    Row{R"("4999")", Fate::pending}, Row{"4999", Fate::pending},
                    Row{R"("7777")", Fate::unknown}, Row{R"("")", Fate::unknown}));

// "Not yet", in its three forms.
TEST_F(Query, OfAPaymentInProcessIsPending) {
    for (const auto& reply :
         {envelope(500, "500.001.1001", "The transaction is being processed"),
          envelope(400, "400.002.02", "Bad Request - Invalid CheckoutRequestID"),
          envelope(200, "500.001.1001", "The transaction is being processed"),
          finished(R"("4999")")}) {
        const auto seen = answered(reply);
        ASSERT_TRUE(seen) << reply.body;
        EXPECT_EQ(seen->fate, Fate::pending) << reply.body;
        EXPECT_EQ(seen->checkout_request_id, checkout);
    }
}

class Unanswered : public Query, public testing::WithParamInterface<Reply> {};
TEST_P(Unanswered, QuestionSaysNothingOfThePayment) {
    EXPECT_FALSE(answered(GetParam()));
    EXPECT_EQ(noticed_, std::vector<std::string>{"query no answer"});
}
INSTANTIATE_TEST_SUITE_P(
    Replies, Unanswered,
    testing::Values(Reply{.body = html}, Reply{.body = ""}, Reply{.body = soap},
                    Reply{.status = 403, .body = html}, Reply{.status = 500, .body = soap},
                    Reply{.status = 500, .body = ""}, Reply{.status = 503, .body = ""},
                    Reply{.status = 429, .body = spike_arrest},
                    envelope(500, "500.003.02", "System is busy"),
                    envelope(500, "500.001.1001", "[MerchantValidate] - Wrong credentials"),
                    envelope(400, "400.002.02", "Bad Request - Invalid BusinessShortCode"),
                    // A verdict counts only with the status that brings verdicts.
                    Reply{.status = 500, .body = R"({"ResponseCode":"0","ResultCode":"1032"})"},
                    Reply{.body = R"({"ResponseCode":"0","ResponseDescription":"accepted"})"},
                    Reply{.body = R"({"ResponseCode":"0","ResultCode":null})"},
                    Reply{.body = R"({"ResponseCode":"0","ResultCode":{}})"},
                    no_answer(http::Reached::unknown), no_answer(http::Reached::not_sent)));

// An answer about another push must not decide this one.
TEST_F(Query, AnsweredForAnotherPushSaysNothingOfThisOne) {
    EXPECT_FALSE(answered(
        {.body =
             R"({"ResponseCode":"0","CheckoutRequestID":"ws_CO_1","ResultCode":"0","ResultDesc":"?"})"}));
}
TEST_F(Query, MayBeAnsweredWithoutTheId) {
    EXPECT_EQ(answered({.body = R"({"ResponseCode":"0","ResultCode":"1032"})"})->fate,
              Fate::failed);
}

TEST_F(Query, GoesAgainOnceWithAnotherToken) {
    safaricom_.says_in_turn(
        {envelope(404, "404.001.03", "Invalid Access Token"), finished(R"("0")")});
    EXPECT_EQ(ask()->fate, Fate::paid);
    EXPECT_EQ(safaricom_.requests.size(), 2U);
    EXPECT_EQ(header(safaricom_.requests[1], "Authorization"), "Bearer token-2");
}

class Pull : public Connector {
  protected:
    std::optional<std::vector<PulledPayment>> ask() {
        return wait_for(rail_->pull(clock_.now() - 10min, clock_.now()));
    }
    std::optional<std::vector<PulledPayment>> answered(Reply reply) {
        safaricom_.says_in_turn({std::move(reply)});
        return ask();
    }
    static std::string row(int n, const std::string& amount = "1000") {
        return R"({"transactionId":"UKN)" + std::to_string(1'000'000 + n) +
               R"(","trxDate":"2026-11-24T02:30:00Z","msisdn":254712344321,"sender":"MPESA",)"
               R"("transactiontype":"c2b-pay-bill-debit","billreference":"REF)" +
               std::to_string(n) + R"(","amount":)" + amount + R"(,"organizationname":"Shop"})";
    }
    static Reply page(int first, int count) {
        std::string rows;
        for (int n = first; n < first + count; ++n) rows += (n > first ? "," : "") + row(n);
        return rows_of("[" + rows + "]");
    }
    static Reply rows_of(const std::string& pages) {
        return {.body = R"({"ResponseRefID":"26178-42530161-2","ResponseCode":"1000",)"
                        R"("ResponseMessage":"Success","Response":[)" +
                        pages + "]}"};
    }
};

TEST_F(Pull, SendsTheFieldsOfTheDocumentInEastAfricaTime) {
    static_cast<void>(answered(page(1, 1)));
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/pulltransactions/v1/query");
    const auto body = safaricom_.body();
    ASSERT_EQ(body.object()->size(), 4U);
    EXPECT_EQ(body.text_at("ShortCode"), "174379");
    EXPECT_EQ(body.text_at("StartDate"), "2026-11-24 02:20:05");
    EXPECT_EQ(body.text_at("EndDate"), "2026-11-24 02:30:05");
    EXPECT_EQ(body.text_at("OffSetValue"), "0");
}

TEST_F(Pull, TellsReceiptReferenceAndAmount) {
    const auto found = answered(page(1, 2));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ(found->at(1).receipt, "UKN1000002");
    EXPECT_EQ(found->at(1).reference, "REF2");
    EXPECT_EQ(found->at(1).amount, Money::kes(1000));
}

TEST_F(Pull, ReadsAmountsAsTextOrNumber) {
    const auto found =
        answered(rows_of("[" + row(1, "1000.00") + "," + row(2, R"("250.50")") + "]"));
    EXPECT_EQ(found->at(0).amount, Money::kes(1000));
    EXPECT_EQ(found->at(1).amount, Money(25'050, Currency::kes()));
}

TEST_F(Pull, ReadsEveryArrayOfTheArray) {
    EXPECT_EQ(answered(rows_of("[" + row(1) + "],[],[" + row(2) + "]"))->size(), 2U);
}

TEST_F(Pull, GoesThroughThePages) {
    safaricom_.says_in_turn({page(1, 100), page(101, 100), page(201, 7)});
    EXPECT_EQ(ask()->size(), 207U);
    ASSERT_EQ(safaricom_.requests.size(), 3U);
    EXPECT_EQ(safaricom_.body(1).text_at("OffSetValue"), "100");
    EXPECT_EQ(safaricom_.body(2).text_at("OffSetValue"), "200");
}

TEST_F(Pull, EndsWithAPageOfNone) {
    safaricom_.says_in_turn(
        {page(1, 100), {.body = R"({"ResponseCode":"1001","ResponseMessage":"none"})"}});
    EXPECT_EQ(ask()->size(), 100U);
    EXPECT_EQ(answered({.body = R"({"ResponseCode":1001})"})->size(), 0U);
}

// Half of a list is no list: what stands in the rest would count as not paid.
TEST_F(Pull, WithAPageThatIsMissingIsNoAnswer) {
    safaricom_.says_in_turn({page(1, 100), {.status = 500, .body = ""}});
    EXPECT_FALSE(ask());
    EXPECT_EQ(noticed_, std::vector<std::string>{"pull no answer"});
}

TEST_F(Pull, TakesNoListForCompleteWhoseEndItHasNotSeen) {
    safaricom_.says_in_turn({page(1, 100)});  // and again, whatever the offset
    EXPECT_THROW(ask(), ListTooLong);
    EXPECT_EQ(safaricom_.requests.size(), 1000U);
    EXPECT_EQ(noticed_, std::vector<std::string>{"pull too long"});
}

TEST_F(Pull, LeavesOutRowsThatBringNoMoney) {
    const auto found =
        answered(rows_of("[" + row(1) + R"(,null,7,{},{"transactionId":"","amount":"5"},)" +
                         R"({"transactionId":"UKNX","billreference":"REF1"},)" +
                         row(2, R"("much")") + "," + row(3, "-1000") + "," + row(4, "0") + "]"));
    ASSERT_TRUE(found);
    std::vector<std::string> receipts;
    for (const auto& payment : *found) receipts.push_back(payment.receipt);
    EXPECT_EQ(receipts, (std::vector<std::string>{"UKN1000001", "", "", "", ""}))
        << "what cannot be read is a person's";
    for (std::size_t i = 1; i < found->size(); ++i) EXPECT_NE(found->at(i).unreadable, "");
}

TEST_F(Pull, OfAnAppWithoutTheProductKeepsTheTokenAndWaitsAnHour) {
    EXPECT_EQ(push().outcome, Submitted::accepted);
    safaricom_.requests.clear();
    safaricom_.says_in_turn(
        {{.status = 401,
          .body = R"({"fault":{"faultstring":"Invalid API call as no apiproduct match found"}})"},
         page(1, 1)});
    for (int n = 0; n < 3; ++n) EXPECT_FALSE(ask());
    EXPECT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.token_requests.size(), 1U) << "which is as good as it was";
    EXPECT_EQ(noticed_.back(), "pull not enabled");
    EXPECT_EQ(noticed_.size(), 2U) << "said once";
    clock_.advance(1h);
    EXPECT_EQ(ask()->size(), 1U);
}

TEST_F(Pull, IsBrokenOffAtTheEnd) {
    safaricom_.says = [this](const http::ClientRequest&) {
        if (safaricom_.requests.size() == 3) rail_->stop_reading();
        return page(1, 100);
    };
    EXPECT_FALSE(ask()) << "half of a list is no list";
    EXPECT_EQ(safaricom_.requests.size(), 3U);
    EXPECT_FALSE(ask());
    EXPECT_EQ(safaricom_.requests.size(), 3U);
}

// A till's payments carry no reference of ours.
TEST_F(Pull, IsOfNoUseToATill) {
    EXPECT_TRUE(rail_->capabilities().pull);
    auto till = options();
    till.till = "832909";
    start(till);
    EXPECT_FALSE(rail_->capabilities().pull);
    EXPECT_TRUE(rail_->capabilities().query);
}

// Rows may stand in it, which are money: a person reads what no program can.
class UnreadablePage : public Pull, public testing::WithParamInterface<std::string> {};
TEST_P(UnreadablePage, IsToldByteForByteAfterWhatWasRead) {
    safaricom_.says_in_turn({page(1, 100), {.body = GetParam()}, page(201, 7)});
    const auto found = ask();
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 101U);
    EXPECT_EQ(found->at(99).receipt, "UKN1000100");
    EXPECT_TRUE(found->at(100).is_page);
    EXPECT_EQ(found->at(100).unreadable, "a page of the list that cannot be read");
    EXPECT_EQ(found->at(100).raw, GetParam());
    EXPECT_EQ(safaricom_.requests.size(), 2U) << "whether more follows nobody knows";
    EXPECT_EQ(noticed_, std::vector<std::string>{"pull unreadable"});
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, UnreadablePage,
    testing::Values(
        R"({"ResponseCode":"1000","Response":[{"transactionId":"A"}]})",
        R"({"ResponseCode":"1000","Response":[[{"transactionId":"A"}]],"Response":[[]]})",
        R"({"Response":[[{"transactionId":"A"}]]})", R"({"Response":[[]]})",
        R"({"ResponseCode":"2000","Response":[[]]})", "1F8B\x08 not JSON", R"([["cut off)"));

class NoList : public Pull, public testing::WithParamInterface<Reply> {};
TEST_P(NoList, SaysNothing) { EXPECT_FALSE(answered(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Replies, NoList,
    testing::Values(Reply{.body = ""}, Reply{.body = html}, Reply{.body = soap},
                    Reply{.body = R"({"ResponseCode":"1000"})"},
                    Reply{.body = R"({"ResponseCode":"1000","Response":null})"},
                    Reply{.status = 500, .body = R"({"ResponseCode":"1000","Response":[[]]})"},
                    Reply{.status = 429, .body = spike_arrest},
                    envelope(200, "500.003.02", "System is busy"),
                    no_answer(http::Reached::unknown)));

}  // namespace
}  // namespace lango::rails::daraja::test

#include "deposits/search.hpp"

#include <algorithm>
#include <set>

#include "deposits/create.hpp"
#include "deposits/deposits_fixture.hpp"

namespace lango::deposits {
namespace {

using namespace std::chrono_literals;

class Searching : public test::Deposits {
  protected:
    // One deposit a minute, newest last; of two merchants in turn.
    void make(int count) {
        for (int i = 0; i < count; ++i) {
            const auto at = first_ + i * 1min;
            const DepositId id{ids_.next(at)};
            EXPECT_TRUE(write([&](store::Tx& tx) {
                return deposits::create(
                    tx,
                    {.id = id,
                     .merchant = MerchantId{1 + i % 2},
                     .custom_transaction_id = "o-" + std::to_string(i),
                     .label = "user-" + std::to_string(i % 5),
                     .phone = *Msisdn::parse("2547120000" + std::to_string(10 + i)),
                     .amount = Money::kes(100 + i % 3)},
                    {}, at);
            }));
        }
    }
    Page page(const Search& wanted) {
        return write([&](store::Tx& tx) { return search(tx, wanted); });
    }
    std::vector<std::string> names(const Page& found) const {
        std::vector<std::string> all;
        for (const auto& one : found.deposits) all.push_back(one.custom_transaction_id);
        return all;
    }
    const Instant first_ = test::start;
};

TEST_F(Searching, ShowsTheLatestFirstPageByPage) {
    make(7);
    auto found = page({.limit = 3});
    EXPECT_EQ(names(found), (std::vector<std::string>{"o-6", "o-5", "o-4"}));
    found = page({.before = found.next, .limit = 3});
    EXPECT_EQ(names(found), (std::vector<std::string>{"o-3", "o-2", "o-1"}));
    found = page({.before = found.next, .limit = 3});
    EXPECT_EQ(names(found), (std::vector<std::string>{"o-0"}));
    EXPECT_EQ(found.next, 0);
}

TEST_F(Searching, ByWhatIsKnownOfOne) {
    make(20);
    EXPECT_EQ(page({.merchant = MerchantId{2}}).deposits.size(), 10U);
    EXPECT_EQ(names(page({.phone = Msisdn::parse("254712000013")})),
              (std::vector<std::string>{"o-3"}));
    EXPECT_EQ(page({.amount = Money::kes(102)}).deposits.size(), 6U);
    EXPECT_EQ(page({.label = "user-4"}).deposits.size(), 4U);
    EXPECT_EQ(page({.state = State::created}).deposits.size(), 20U);
    EXPECT_TRUE(page({.state = State::paid}).deposits.empty());
    EXPECT_TRUE(page({.receipt = "NLJ7RT61SV"}).deposits.empty());
    EXPECT_EQ(names(page({.since = first_ + 17min})),
              (std::vector<std::string>{"o-19", "o-18", "o-17"}));
    EXPECT_EQ(names(page({.until = first_ + 2min})), (std::vector<std::string>{"o-1", "o-0"}));
    EXPECT_EQ(
        names(page({.merchant = MerchantId{1}, .since = first_ + 2min, .until = first_ + 5min})),
        (std::vector<std::string>{"o-4", "o-2"}));
}

}  // namespace
}  // namespace lango::deposits

// Masking of rows of batches: sheets of withdrawals that people uploaded.
#include <gmock/gmock.h>

#include "base/json.hpp"
#include "privacy/mask.hpp"
#include "privacy/person.hpp"
#include "store/words.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::privacy {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr int checked = 2;
constexpr int done = 5;
constexpr int cancelled = 6;

class MaskingBatches : public withdrawals::test::Withdrawals {
  protected:
    // A batch with one row, of that state; its row's id.
    std::int64_t batch(int state, const std::string& own_id, const std::string& phone = his) {
        const auto number = ++batches_;
        const auto row = number * 65'536 + 1;
        book_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO batches (number, merchant_id, digest, with_hidden, edition, state, "
                "uploaded_by, uploaded_at, row_count, total, wrong, released_by, next_place, made, "
                "found, refused, why, ended_at, ended_by) VALUES (?1, ?2, ?3, 0, 1, ?4, 'amina', "
                "?5, 1, 100000, 0, '', 1, 0, 0, 0, '', ?6, '')",
                number, withdrawals::test::shop, store::Blob{std::to_string(number)}, state, now_,
                state == checked ? std::nullopt : std::optional{now_});
            tx.run(
                "INSERT INTO batch_rows (id, line, withdrawal_id, phone, amount, label, comment, "
                "state, reason) VALUES (?1, 2, ?2, ?3, 100000, 'user', 'for WANJIKU', 2, '')",
                row, own_id, Msisdn::parse(phone)->number());
        });
        return row;
    }
    bool mask_it(std::int64_t row, Duration younger = 0s) {
        return book_.write([&](store::Tx& tx) {
            return mask(tx, key_, Table::batch_rows, row, now_ - younger, now_);
        });
    }
    MaskedPerson mask_him() {
        return book_.write(
            [&](store::Tx& tx) { return mask_person(tx, key_, *Msisdn::parse(his), now_, now_); });
    }
    std::string exported_of_him() {
        return book_.write(
            [&](store::Tx& tx) { return exported(tx, key_, *Msisdn::parse(his), now_); });
    }
    Candidates found(Duration younger = 0s) {
        return book_.write([&](store::Tx& tx) {
            return candidates(tx, Table::batch_rows, 0, now_ - younger, 100);
        });
    }
    std::int64_t whole() {
        return book_.number(
            "SELECT COUNT(*) FROM batch_rows WHERE phone = 254712345678 OR comment <> ''");
    }

    static constexpr const char* his = "254712345678";
    SeededRandom keys_{9};
    crypto::MasterKey key_ = crypto::MasterKey::make(keys_);
    std::int64_t batches_ = 0;
};

TEST_F(MaskingBatches, TakesTheRecipientOutOfWhatHasEnded) {
    const auto waits = batch(checked, "a");
    const auto row = batch(cancelled, "b");
    EXPECT_FALSE(mask_it(row)) << "it ended just now";
    now_ += 24h;
    EXPECT_FALSE(mask_it(row, 24h)) << "young";
    EXPECT_FALSE(mask_it(waits)) << "somebody may release it";
    EXPECT_EQ(found().ids, std::vector<std::int64_t>{row});
    EXPECT_TRUE(found(24h).ids.empty());
    EXPECT_TRUE(mask_it(row));
    EXPECT_FALSE(mask_it(row)) << "once";
    EXPECT_EQ(whole(), 1) << "that of the batch that waits";
}

TEST_F(MaskingBatches, WaitsForTheWithdrawalThatWasMadeOfTheRow) {
    const auto id = *create(1000, withdrawals::Kind::manual, his, "w-1");
    const auto row = batch(done, "w-1");
    const auto of_another = batch(done, "w-1", "254799999999");
    now_ += 1h;
    EXPECT_FALSE(mask_it(row)) << "its withdrawal is open";
    EXPECT_TRUE(mask_it(of_another)) << "a row that was refused: the id is another recipient's";
    EXPECT_EQ(mask_him().kept, 2);
    EXPECT_EQ(take(), 1U);
    answer(id, rails::Submitted::accepted);
    see(id, rails::PayoutFate::paid);
    book_.write([](store::Tx& tx) { tx.run("UPDATE postbacks SET state = 2, due_at = NULL"); });
    now_ += 24h;
    const auto masked = mask_him();
    EXPECT_EQ(masked.masked, 2) << "the withdrawal, and then its row";
    EXPECT_EQ(masked.kept, 0);
    EXPECT_EQ(whole(), 0);
}

TEST_F(MaskingBatches, AreAmongWhatIsKeptOfAPerson) {
    const auto row = batch(cancelled, "b");
    static_cast<void>(batch(cancelled, "not his", "254799999999"));
    const auto told = exported_of_him();
    ASSERT_TRUE(json::parse(told));
    EXPECT_THAT(told, HasSubstr(R"("rows_of_batches":[{"batch":1,)"));
    EXPECT_THAT(told, HasSubstr(R"("amount":"1000","comment":"for WANJIKU")"));
    EXPECT_THAT(told, Not(HasSubstr("not his")));
    now_ += 24h;
    ASSERT_TRUE(mask_it(row));
    EXPECT_THAT(exported_of_him(), HasSubstr(R"("amount":"1000","comment":""}])"))
        << "found by the hash of his number";
}

}  // namespace
}  // namespace lango::privacy

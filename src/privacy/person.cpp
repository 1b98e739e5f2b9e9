#include "privacy/person.hpp"

#include <set>

#include "base/json_writer.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/terminal_text.hpp"
#include "privacy/bodies.hpp"

namespace lango::privacy {

namespace {

std::string text_or_empty(const store::Row& row, int column) {
    return row.is_null(column) ? std::string{} : row.string(column);
}

// As it can be read: bytes that are no text become "?".
std::string readable(std::string_view body) {
    std::string out;
    while (!body.empty()) {
        const auto character = first_character(body);
        out += character.is_shown ? body.substr(0, character.bytes) : std::string_view{"?"};
        body.remove_prefix(character.bytes);
    }
    return out;
}

void write_messages(json::Writer& writer, store::Reader& reader, std::int64_t subject) {
    writer.key("rail_messages").begin_array();
    reader.each(
        "SELECT at, body FROM rail_messages WHERE subject_id = ?1 ORDER BY id",
        [&](const store::Row& row) {
            writer.begin_object()
                .member("at", format_rfc3339(row.instant(0)))
                .member("body", readable(row.text(1)))
                .end_object();
        },
        subject);
    writer.end_array();
}

// Columns: id, merchant's slug, his id, label, amount, currency, receipt, created_at, closed_at,
// phone, comment.
void write_payment(json::Writer& writer, store::Reader& reader, const store::Row& row) {
    const auto currency = Currency::parse(row.text(5));
    LANGO_REQUIRE(currency);
    const auto amount = Money{row.integer(4), *currency};
    writer.begin_object()
        .member("id", hex16(row.integer(0)))
        .member("merchant", text_or_empty(row, 1))
        .member("merchants_id", row.text(2))
        .member("label", row.text(3))
        .member("comment", row.text(10))
        .member("amount", amount.text())
        .member("currency", row.text(5))
        .member("receipt", text_or_empty(row, 6))
        .member("created_at", format_rfc3339(row.instant(7)))
        .member("closed_at", row.is_null(8) ? std::string{} : format_rfc3339(row.instant(8)))
        .member("phone", Msisdn::from_number(row.integer(9)).raw());
    write_messages(writer, reader, row.integer(0));
    writer.end_object();
}

// How a number stands in its rows: whole, and masked under each key.
struct Written {
    std::vector<std::int64_t> numbers;
    std::vector<std::string> texts;
};
Written written(const crypto::MasterKey& master, Msisdn phone) {
    Written forms{.numbers = {phone.number()}, .texts = {phone.raw()}};
    for (const auto hidden : hidden_numbers(master, phone)) {
        forms.numbers.push_back(hidden);
        forms.texts.push_back(hidden_text_of(hidden));
    }
    return forms;
}

void write_suspense(json::Writer& writer, store::Reader& reader, const Written& forms) {
    writer.key("suspense").begin_array();
    const auto item = [&](const store::Row& row) {
        writer.begin_object()
            .member("id", hex16(row.integer(0)))
            .member("receipt", row.text(1))
            .member("amount", Money{row.integer(2), Currency::kes()}.text())
            .member("reference", row.text(3))
            .member("phone", row.text(4))
            .member("booked_at", format_rfc3339(row.instant(5)));
        write_messages(writer, reader, row.integer(0));
        writer.end_object();
    };
    for (const auto& text : forms.texts) {
        reader.each(
            "SELECT id, receipt, amount, reference, phone, booked_at FROM suspense_items "
            "WHERE phone = ?1 ORDER BY id",
            item, text);
    }
    writer.end_array();
}

// Sheets that were uploaded, whether their rows became withdrawals or not.
void write_batch_rows(json::Writer& writer, store::Reader& reader, const Written& forms) {
    writer.key("rows_of_batches").begin_array();
    const auto one = [&](const store::Row& row) {
        writer.begin_object()
            .member("batch", row.integer(0))
            .member("merchant", row.text(1))
            .member("uploaded_at", format_rfc3339(row.instant(2)))
            .member("withdrawal_id", row.text(3))
            .member("label", row.text(4))
            .member("amount",
                    row.is_null(5) ? std::string{} : Money{row.integer(5), Currency::kes()}.text())
            .member("comment", row.text(6))
            .end_object();
    };
    for (const auto number : forms.numbers) {
        reader.each(
            "SELECT b.number, COALESCE(m.slug, ''), b.uploaded_at, r.withdrawal_id, r.label, "
            "r.amount, r.comment FROM batch_rows r JOIN batches b ON b.number = r.id / 65536 "
            "LEFT JOIN merchants m ON m.id = b.merchant_id WHERE r.phone = ?1 ORDER BY r.id",
            one, number);
    }
    writer.end_array();
}

// A claim of a second payment names nobody but the deposit that it is about.
void write_claims(json::Writer& writer, store::Reader& reader, const Written& forms) {
    writer.key("claims").begin_array();
    std::set<std::string> written;
    const auto claim = [&](const store::Row& row) {
        if (!written.insert(row.string(1)).second) return;
        const auto time = [&](int column) {
            return row.is_null(column) ? std::string{} : format_rfc3339(row.instant(column));
        };
        writer.begin_object()
            .member("receipt", row.text(1))
            .member("amount", Money{row.integer(2), Currency::kes()}.text())
            .member("reference", row.text(3))
            .member("phone", row.text(4))
            .member("at", time(5))
            .member("settled_at", time(6))
            .member("dismissed_at", time(7));
        write_messages(writer, reader, row.integer(0));
        writer.end_object();
    };
    for (std::size_t form = 0; form < forms.texts.size(); ++form) {
        reader.each(
            "SELECT id, receipt, amount, reference, phone, at, settled_at, dismissed_at "
            "FROM paybill_claims WHERE phone = ?1 "
            "OR about_id IN (SELECT id FROM deposits WHERE phone = ?2) ORDER BY at",
            claim, forms.texts[form], forms.numbers[form]);
    }
    writer.end_array();
}

// Payments of orders that he paid by paybill: his number may be another's
// than the order's.
void write_paybill(json::Writer& writer, store::Reader& reader, const Written& forms) {
    writer.key("paid_by_paybill").begin_array();
    const auto payer = [&](const store::Row& row) {
        writer.begin_object().member("receipt", row.text(0)).member("phone", row.text(1));
        if (const auto order = row.maybe_integer(2)) {
            writer.member("deposit", hex16(*order));
            write_messages(writer, reader, *order);
        }
        writer.end_object();
    };
    for (const auto& text : forms.texts) {
        reader.each(
            "SELECT p.receipt, p.phone, r.subject_id FROM paybill_payers p "
            "LEFT JOIN receipts r ON r.receipt = p.receipt WHERE p.phone = ?1 ORDER BY p.receipt",
            payer, text);
    }
    writer.end_array();
}

// Subjects of messages whose payment's row is gone, with what was said.
void each_of_no_row(store::Reader& reader, const store::RowSink& sink) {
    reader.each(
        "SELECT m.subject_id, m.body, m.at FROM rail_messages m "
        "WHERE NOT EXISTS (SELECT 1 FROM deposits d WHERE d.id = m.subject_id) "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.id = m.subject_id) "
        "AND NOT EXISTS (SELECT 1 FROM suspense_items i WHERE i.id = m.subject_id) "
        "AND NOT EXISTS (SELECT 1 FROM paybill_claims c WHERE c.id = m.subject_id) "
        "ORDER BY m.subject_id, m.id",
        sink);
}

void write_of_no_row(json::Writer& writer, store::Reader& reader, Msisdn phone) {
    writer.key("messages_of_lost_rows").begin_array();
    each_of_no_row(reader, [&](const store::Row& row) {
        if (!has_number(row.text(1), phone)) return;
        writer.begin_object()
            .member("id", hex16(row.integer(0)))
            .member("at", format_rfc3339(row.instant(2)))
            .member("body", readable(row.text(1)))
            .end_object();
    });
    writer.end_array();
}

void write_lost(json::Writer& writer, store::Reader& reader, const Written& forms) {
    writer.key("lost_payouts").begin_array();
    const auto payout = [&](const store::Row& row) {
        writer.begin_object()
            .member("receipt", row.text(0))
            .member("amount",
                    row.is_null(1) ? std::string{} : Money{row.integer(1), Currency::kes()}.text())
            .member("phone", row.text(2))
            .member("told_at", format_rfc3339(row.instant(3)))
            .end_object();
    };
    for (const auto& text : forms.texts) {
        reader.each(
            "SELECT receipt, amount, phone, told_at FROM lost_payouts WHERE phone = ?1 "
            "ORDER BY told_at",
            payout, text);
    }
    writer.end_array();
}

// What is kept for a rule or a limit, and names him alone.
void write_remembered(json::Writer& writer, store::Reader& reader, Msisdn phone) {
    writer.key("recipient_of").begin_array();
    reader.each(
        "SELECT COALESCE(m.slug, '') FROM payout_recipients r LEFT JOIN merchants m "
        "ON m.id = r.merchant_id WHERE r.phone = ?1 ORDER BY 1",
        [&](const store::Row& row) { writer.string(row.text(0)); }, phone.number());
    writer.end_array().key("window_prompts").begin_array();
    reader.each(
        "SELECT deposit_id FROM window_prompts WHERE phone = ?1 ORDER BY deposit_id",
        [&](const store::Row& row) {
            writer.begin_object()
                .member("deposit", hex16(row.integer(0)))
                .member("at", format_rfc3339(id_time(row.integer(0))))
                .end_object();
        },
        phone.number());
    writer.end_array();
}

bool is_about(std::string_view body, bool masked, const crypto::MasterKey& master, Msisdn phone) {
    if (masked) return names(body, master, phone);
    return has_number(body, phone);
}

void write_body(json::Writer& writer, std::string_view body, bool masked) {
    writer.member("body", masked ? "masked" : readable(body));
    if (!masked) writer.member("body_base64", crypto::base64(body));
}

// What runs died of while they read it, or have not read yet.
void write_in_work(json::Writer& writer, store::Reader& reader, const crypto::MasterKey& master,
                   Msisdn phone) {
    writer.key("messages_in_work").begin_array();
    reader.each("SELECT number, at, body FROM messages_in_work ORDER BY number",
                [&](const store::Row& row) {
                    const auto body = row.string(2);
                    const bool masked = is_hidden_body(body);
                    if (!is_about(body, masked, master, phone)) return;
                    writer.begin_object()
                        .member("number", row.integer(0))
                        .member("at", format_rfc3339(row.instant(1)));
                    write_body(writer, body, masked);
                    writer.end_object();
                });
    writer.end_array();
}

void write_unreadable(json::Writer& writer, store::Reader& reader, const crypto::MasterKey& master,
                      Msisdn phone) {
    writer.key("unreadable").begin_array();
    reader.each(
        "SELECT number, first_at, last_at, body, masked_at IS NOT NULL FROM unreadable_messages "
        "ORDER BY number",
        [&](const store::Row& row) {
            const auto body = row.string(3);
            const bool masked = row.integer(4) != 0;
            if (!is_about(body, masked, master, phone)) return;
            writer.begin_object()
                .member("number", row.integer(0))
                .member("first_at", format_rfc3339(row.instant(1)))
                .member("last_at", format_rfc3339(row.instant(2)));
            write_body(writer, body, masked);
            writer.end_object();
        });
    writer.end_array();
}

}  // namespace

std::string exported(store::Reader& reader, const crypto::MasterKey& master, Msisdn phone,
                     Instant now) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("phone", phone.raw())
        .member("at", format_rfc3339(now));
    const auto payment = [&](const store::Row& row) { write_payment(writer, reader, row); };
    const auto forms = written(master, phone);
    writer.key("deposits").begin_array();
    for (const auto number : forms.numbers) {
        reader.each(
            "SELECT d.id, m.slug, d.custom_transaction_id, d.label, d.amount, d.currency, "
            "d.receipt, d.created_at, d.closed_at, d.phone, '' FROM deposits d "
            "LEFT JOIN merchants m ON m.id = d.merchant_id WHERE d.phone = ?1 ORDER BY d.id",
            payment, number);
    }
    writer.end_array().key("withdrawals").begin_array();
    for (const auto number : forms.numbers) {
        reader.each(
            "SELECT w.id, m.slug, w.withdrawal_id, w.label, w.amount, w.currency, w.receipt, "
            "w.created_at, w.closed_at, w.phone, w.comment FROM withdrawals w "
            "LEFT JOIN merchants m ON m.id = w.merchant_id WHERE w.phone = ?1 ORDER BY w.id",
            payment, number);
    }
    writer.end_array();
    write_batch_rows(writer, reader, forms);
    write_suspense(writer, reader, forms);
    write_claims(writer, reader, forms);
    write_paybill(writer, reader, forms);
    write_of_no_row(writer, reader, phone);
    write_lost(writer, reader, forms);
    write_remembered(writer, reader, phone);
    write_unreadable(writer, reader, master, phone);
    write_in_work(writer, reader, master, phone);
    writer.end_object();
    return out;
}

std::vector<std::int64_t> rows_of(store::Reader& reader, Table table, Msisdn phone) {
    std::vector<std::int64_t> ids;
    const auto keep = [&](const store::Row& row) { ids.push_back(row.integer(0)); };
    switch (table) {
        case Table::deposits:
            reader.each(
                "SELECT id FROM deposits WHERE phone = ?1 UNION SELECT d.id FROM paybill_payers p "
                "JOIN receipts r ON r.receipt = p.receipt JOIN deposits d ON d.id = r.subject_id "
                "WHERE p.phone = ?2 AND d.phone > 0 ORDER BY id",
                keep, phone.number(), phone.raw());
            break;
        case Table::withdrawals:
            reader.each("SELECT id FROM withdrawals WHERE phone = ?1", keep, phone.number());
            break;
        case Table::batch_rows:
            reader.each("SELECT id FROM batch_rows WHERE phone = ?1 ORDER BY id", keep,
                        phone.number());
            break;
        case Table::suspense:
            reader.each("SELECT id FROM suspense_items WHERE phone = ?1", keep, phone.raw());
            break;
        case Table::lost:
            reader.each("SELECT rowid FROM lost_payouts WHERE phone = ?1", keep, phone.raw());
            break;
        case Table::claims:
            reader.each(
                "SELECT rowid FROM paybill_claims WHERE phone = ?1 OR (phone = '' "
                "AND about_id IN (SELECT id FROM deposits WHERE phone = ?2))",
                keep, phone.raw(), phone.number());
            break;
        case Table::in_work:
            reader.each("SELECT number, body FROM messages_in_work ORDER BY number",
                        [&](const store::Row& row) {
                            const auto body = row.text(1);
                            if (!is_hidden_body(body) && has_number(body, phone)) keep(row);
                        });
            break;
        case Table::messages:
            each_of_no_row(reader, [&](const store::Row& row) {
                const bool known = !ids.empty() && ids.back() == row.integer(0);
                if (!known && has_number(row.text(1), phone)) keep(row);
            });
            break;
        case Table::unreadable:
            reader.each(
                "SELECT number, body FROM unreadable_messages WHERE masked_at IS NULL "
                "ORDER BY number",
                [&](const store::Row& row) {
                    if (has_number(row.text(1), phone)) keep(row);
                });
            break;
    }
    return ids;
}

MaskedPerson mask_person(store::Tx& tx, const crypto::MasterKey& master, Msisdn phone,
                         Instant closed_before, Instant now) {
    MaskedPerson done;
    for (const auto table : tables) {
        for (const auto id : rows_of(tx, table, phone)) {
            ++(mask(tx, master, table, id, closed_before, now) ? done.masked : done.kept);
        }
    }
    // He is a new recipient then: whoever asks for approval of those is asked again.
    if (done.kept == 0) {
        tx.run("DELETE FROM payout_recipients WHERE phone = ?1", phone.number());
    }
    return done;
}

}  // namespace lango::privacy

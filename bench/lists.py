#!/usr/bin/env python3
"""Measures lists and searches on a database with ten million deposits, and what their indexes cost.

    bench/lists.py [--bin build/release/bin] [--deposits 10000000] [--asks 200] [--folder DIR] [--indexes]

The rows are made by SQL, for reading alone: they have neither postings nor stories. `lango serve` is
asked over its local socket, one question after the other; a time is the whole answer's, HTTP and JSON
included, and beside it stands the processor time that the server spent on it. --folder keeps the database, and takes the one that is there. --indexes then holds creates'
statements, in commits of 64, against each index that was thought of: processor time and bytes of the
log, in turn with none.
"""
import argparse
import http.client
import json
import pathlib
import random
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse

from gateway import ROOT, Setup, cpu_seconds, say

MERCHANTS = 12
DAYS = 100
EPOCH = 1_577_836_800_000  # of ids: 2020, in milliseconds (base/ids.hpp)
# A merchant's share of a thousand deposits, the first one's first; the last one has every 200,000th.
SHARES = [500, 250, 120, 60, 30, 20, 10, 5, 3, 1, 1]
PHONES, LABELS = 3_000_000, 500_000
ROUNDS = 6  # of creates, before an index, with it and after it


def id_at(ms):
    return (ms - EPOCH) << 22


def hex16(number):
    return f"{number:016x}"


class Past:
    """What is generated, so that questions can name it."""

    def __init__(self, deposits, now_ms):
        self.deposits = deposits
        self.now = now_ms
        self.apart = DAYS * 86_400_000 // deposits
        self.first = now_ms - deposits * self.apart

    def id(self, i):
        return id_at(self.first + i * self.apart) + i % 1_000_000

    def merchant(self, i):
        if i % 200_000 == 7:
            return MERCHANTS
        at = i * 7919 % 1000
        for number, share in enumerate(SHARES, 1):
            at -= share
            if at < 0:
                return number
        return 1

    @staticmethod
    def phone(i):
        return 254_700_000_000 + i * 48_271 % PHONES

    @staticmethod
    def label(i):
        return f"user-{i * 69_621 % LABELS}"


def merchant_sql():
    sql, upto = "CASE WHEN n.i % 200000 = 7 THEN 12", 0
    for number, share in enumerate(SHARES, 1):
        upto += share
        sql += f" WHEN n.i * 7919 % 1000 < {upto} THEN {number}"
    return sql + " END"


def numbers(count, step=1):
    return f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + {step} FROM n WHERE i + {step} < {count}) "


def fill(path, past):
    began = time.monotonic()
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "temp_store = MEMORY"):
        db.execute("PRAGMA " + pragma)
    db.execute("BEGIN")
    identity = f"(({past.first - EPOCH} + n.i * {past.apart}) << 22) + n.i % 1000000"
    at = f"({past.first} + n.i * {past.apart}) * 1000"
    count = past.deposits
    db.execute(f"""INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, currency, state,
        events, tries, receipt, result_code, flags, created_at, closed_at, fee)
        {numbers(count)} SELECT {identity}, {merchant_sql()}, printf('order-%09d', n.i),
        'user-' || (n.i * 69621 % {LABELS}), 254700000000 + n.i * 48271 % {PHONES}, (10 + n.i % 5000) * 100, 'KES',
        CASE WHEN n.i > {count} - 2000 THEN 3 WHEN n.i % 20 = 3 THEN 8 WHEN n.i % 7 = 5 THEN 7 ELSE 6 END, 4, 1,
        CASE WHEN n.i > {count} - 2000 OR n.i % 20 = 3 OR n.i % 7 = 5 THEN NULL ELSE printf('P%09d', n.i) END,
        CASE WHEN n.i > {count} - 2000 OR n.i % 20 = 3 THEN NULL
             WHEN n.i % 7 = 5 THEN CASE n.i % 4 WHEN 0 THEN '1' WHEN 1 THEN '1032' WHEN 2 THEN '1037' ELSE '2001' END
             ELSE '0' END,
        CASE WHEN n.i % 100000 = 9 THEN 2 ELSE 0 END, {at}, {at} + 20000000, 0 FROM n""")
    db.execute("""INSERT INTO deposit_keys (merchant_id, custom_transaction_id, attempt, deposit_id)
        SELECT merchant_id, custom_transaction_id, 1, id FROM deposits ORDER BY 1, 2""")
    say(f"   {count:,} deposits after {time.monotonic() - began:.0f} s")
    db.execute("""INSERT INTO receipts (receipt, subject_id, outcome, amount)
        SELECT receipt, id, 1, amount FROM deposits WHERE receipt IS NOT NULL ORDER BY id""")
    some, few = count // 5, count // 10
    db.execute(f"""INSERT INTO postbacks (number, id, subject_id, merchant_id, state, attempts, created_at,
        first_attempt_at, rates_id, amount, currency, head, tail, digest)
        {numbers(count, 5)} SELECT n.i / 5 + 1, {identity} + 1, {identity}, {merchant_sql()},
        CASE WHEN n.i % 50000 = 0 THEN 3 ELSE 2 END, 1, {at}, {at}, 1, 100000, 'KES',
        printf('%400s', ''), printf('%100s', ''), zeroblob(32) FROM n""")
    db.execute("""INSERT INTO postback_attempts (postback_id, number, at, took, outcome, status, answer)
        SELECT id, 1, created_at, 1000, CASE state WHEN 3 THEN 2 ELSE 1 END, CASE state WHEN 3 THEN 503 ELSE 200 END, 'ok'
        FROM postbacks ORDER BY id""")
    db.execute(f"""INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, fee, currency, comment,
        kind, state, events, sends, tries, not_found, receipt, result_code, flags, created_at, closed_at, payout_id)
        {numbers(count, 10)} SELECT {identity} + 2, {merchant_sql()}, printf('out-%09d', n.i), 'user-' || n.i % 1000,
        254700000000 + n.i * 48271 % {PHONES}, (50 + n.i % 900) * 100, 0, 'KES', '', CASE WHEN n.i % 100 = 0 THEN 4 ELSE 1 END,
        CASE WHEN n.i % 30 = 0 THEN 7 ELSE 6 END, 3, 1, 0, 0, CASE WHEN n.i % 30 = 0 THEN NULL ELSE printf('Q%09d', n.i) END,
        CASE WHEN n.i % 30 = 0 THEN '2040' ELSE '0' END, 0, {at}, {at}, 'bench-' || n.i FROM n""")
    db.execute("""INSERT INTO withdrawal_keys (merchant_id, withdrawal_id, id)
        SELECT merchant_id, withdrawal_id, id FROM withdrawals ORDER BY 1, 2""")
    db.execute("""INSERT INTO receipts (receipt, subject_id, outcome, amount)
        SELECT receipt, id, 3, amount FROM withdrawals WHERE receipt IS NOT NULL ORDER BY id""")
    db.execute("""INSERT INTO refunds (withdrawal_id, receipt, deposit_id, method, reason, who)
        SELECT id, printf('P%09d', CAST(substr(withdrawal_id, 5) AS INTEGER) + 1), id - 2, 2, 'because', 'amina'
        FROM withdrawals WHERE kind = 4 ORDER BY id""")
    db.execute(f"""INSERT INTO suspense_items (id, receipt, amount, allocated, reason, reference, phone, about_id, paid_at,
        booked_at, allocated_by) {numbers(count, 100)} SELECT {identity} + 3, printf('S%09d', n.i), 100000,
        CASE WHEN n.i % 1000 = 0 THEN 0 ELSE 100000 END, 1 + n.i / 100 % 5, 'ref-' || n.i % 999, '254712345678',
        {identity}, {at}, {at}, '' FROM n""")
    db.execute(f"""INSERT INTO operator_acts (number, at, who, act, subject, detail)
        {numbers(count, 100)} SELECT n.i / 100 + 1000, {at}, 'person-' || n.i % 17, 'postback resent',
        printf('%016x', {identity}), '' FROM n""")
    db.execute("COMMIT")
    say(f"   {some:,} postbacks, {few:,} withdrawals and what belongs to them: filled in {time.monotonic() - began:.0f} s, "
        f"{pathlib.Path(path).stat().st_size / 1e9:.1f} GB")
    db.close()


class Local(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("lango", timeout=60)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Asker:
    def __init__(self, setup, asks):
        self.connection = Local(setup.data / "lango.sock")
        self.server = setup.gateway.pid
        self.asks = asks
        self.worst = 0

    def ask(self, path, question):
        began = time.perf_counter()
        self.connection.request("GET", path + "?" + urllib.parse.urlencode(question))
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        told = json.loads(body)
        if told["status"] != "ok":
            raise RuntimeError(f"{path} {question}: {told}")
        return took, told

    def row(self, name, path, make, asks=None):
        """make(): a question, another one each time."""
        times, rows = [], []
        before = cpu_seconds(self.server)
        for _ in range(asks or self.asks):
            took, told = self.ask(path, make())
            times.append(took)
            rows.append(sum(len(value) for value in told.values() if isinstance(value, list)))
        cpu = (cpu_seconds(self.server) - before) / len(times) * 1000
        times.sort()
        p50, p99 = statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]
        self.worst = max(self.worst, p99)
        print(f"| {name} | {cpu:.1f} | {p50:.1f} | {p99:.1f} | {statistics.mean(rows):.0f} |", flush=True)


def measure(asker, past):
    some = random.Random(1)
    count = past.deposits

    def any_i():
        return some.randrange(count - 3000)

    def paid_i():
        while True:
            i = any_i()
            if i % 20 != 3 and i % 7 != 5:
                return i

    def deep(**more):
        return {**more, "before": hex16(past.id(any_i()))}

    deposits, withdrawals = "/admin/deposits", "/admin/withdrawals"
    print("| question | server's CPU ms | p50 ms | p99 ms | rows of a page |\n|---|---|---|---|---|")
    for name, make in (
            ("deposits: the latest 100", lambda: {}),
            ("deposits: 1000 of them", lambda: {"limit": 1000}),
            ("deposits: a deep page", deep),
            ("deposits: a day", lambda: {"since": "51d", "until": "50d"}),
            ("deposits: state failed, deep", lambda: deep(state="failed")),
            ("deposits: state unknown, none there, deep", lambda: deep(state="unknown")),
            ("deposits: a large merchant, deep", lambda: deep(merchant="m1")),
            ("deposits: a small merchant (1 in 1000), deep", lambda: deep(merchant="m11")),
            ("deposits: a rare merchant (1 in 200,000)", lambda: {"merchant": "m12"}),
            ("deposits: amount", lambda: {"amount": 10 + any_i() % 5000}),
            ("deposits: amount, deep", lambda: deep(amount=f"{10 + any_i() % 5000}")),
            ("deposits: an amount that none has, deep", lambda: deep(amount="9..9.5")),
            ("deposits: phone", lambda: {"phone": past.phone(any_i())}),
            ("deposits: phone, deep", lambda: deep(phone=past.phone(any_i()))),
            ("deposits: phone of a large merchant, deep", lambda: deep(phone=past.phone(any_i()), merchant="m1")),
            ("deposits: phone of a small merchant, deep", lambda: deep(phone=past.phone(any_i()), merchant="m11")),
            ("deposits: label, deep", lambda: deep(label=past.label(any_i()))),
            ("deposits: result code, deep", lambda: deep(code="2001")),
            ("deposits: receipt", lambda: {"receipt": f"P{paid_i():09d}"}),
            ("deposits: our id", lambda: {"id": hex16(past.id(any_i()))}),
            ("deposits: the merchant's id", lambda: {"their_id": f"order-{any_i():09d}"}),
            ("deposits: need review", lambda: {"review": "yes"}),
            ("deposits: every filter at once, deep", lambda: deep(
                merchant="m1", state="paid", amount="10..5000", phone=past.phone(any_i()), label="x", code="0",
                since="90d", until="1d"))):
        asker.row(name, deposits, make)
    for name, make in (
            ("withdrawals: the latest 100", lambda: {}), ("withdrawals: a deep page", deep),
            ("withdrawals: open, none there, deep", lambda: deep(state="open")),
            ("withdrawals: a rare merchant, deep", lambda: deep(merchant="m12")),
            ("withdrawals: phone, deep", lambda: deep(phone=past.phone(any_i()))),
            ("withdrawals: receipt", lambda: {"receipt": f"Q{any_i() // 10 * 10:09d}"}),
            ("withdrawals: the merchant's id", lambda: {"their_id": f"out-{any_i() // 10 * 10:09d}"})):
        asker.row(name, withdrawals, make)
    for name, path, make in (
            ("refunds: a deep page", "/admin/refunds", deep),
            ("refunds: by whom, nobody, deep", "/admin/refunds", lambda: deep(by="nobody")),
            ("refunds: receipt", "/admin/refunds", lambda: {"receipt": f"P{any_i() // 100 * 100 + 1:09d}"}),
            ("suspense: a deep page", "/admin/suspense", deep),
            ("suspense: open, deep", "/admin/suspense", lambda: deep(state="open")),
            ("suspense: a rare merchant, deep", "/admin/suspense", lambda: deep(merchant="m12")),
            ("suspense: receipt", "/admin/suspense", lambda: {"receipt": f"S{any_i() // 100 * 100:09d}"}),
            ("postbacks: a deep page", "/admin/postbacks", deep),
            ("postbacks: exhausted, deep", "/admin/postbacks", lambda: deep(state="exhausted")),
            ("postbacks: last status 404, none there, deep", "/admin/postbacks", lambda: deep(status=404)),
            ("postbacks: of a payment", "/admin/postbacks", lambda: {"payment": hex16(past.id(any_i() // 5 * 5))}),
            ("trail: the latest 100", "/admin/trail", lambda: {}),
            ("trail: nobody's, deep", "/admin/trail", lambda: {"who": "nobody", "until": f"{some.randrange(1, 90)}d"}),
            ("find: receipt", "/admin/find", lambda: {"text": f"P{paid_i():09d}"}),
            ("find: the merchant's id", "/admin/find", lambda: {"text": f"order-{any_i():09d}"}),
            ("find: phone, among the latest", "/admin/find", lambda: {"text": past.phone(any_i())})):
        asker.row(name, path, make)
    print(f"\nThe longest p99: {asker.worst:.1f} ms.\n")
    print("| totals, the whole answer | server's CPU ms | p50 ms | p99 ms | lines |\n|---|---|---|---|---|")
    for name, question in (("a week by day", {"by": "day"}), ("a week by reason", {"by": "reason"}),
                           ("a small merchant's 100 days by day", {"by": "day", "merchant": "m11", "since": "100d"})):
        asker.row(name, "/admin/totals", lambda: question, asks=5)


class Creates:
    """The statements of a create, as the gateway's commits of 64 run them."""

    def __init__(self, path, past):
        self.past = past
        self.db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -64000", "wal_autocheckpoint = 0"):
            self.db.execute("PRAGMA " + pragma)
        self.wal = pathlib.Path(str(path) + "-wal")
        # Behind those that an earlier call has made.
        self.next = past.deposits + self.db.execute(
            "SELECT COUNT(*) FROM deposits WHERE id > ?1", (past.id(past.deposits - 1),)).fetchone()[0]

    def run(self, count):
        """CPU microseconds and bytes of the log, of one."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        rows = [(self.past.id(i), self.past.merchant(i), f"order-{i:09d}", self.past.label(i), self.past.phone(i),
                 (10 + i % 5000) * 100, (self.past.first + i * self.past.apart) * 1000)
                for i in range(self.next, self.next + count)]
        self.next += count
        began = time.process_time()
        for at in range(0, count, 64):
            self.db.execute("BEGIN IMMEDIATE")
            for row in rows[at:at + 64]:
                self.db.execute("INSERT INTO deposit_keys (merchant_id, custom_transaction_id, attempt, deposit_id) "
                                "VALUES (?2, ?3, 1, ?1)", row[:3])
                self.db.execute("INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
                                "currency, state, events, tries, flags, created_at, due_at) "
                                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'KES', 1, 1, 0, 0, ?7, ?7)", row)
                self.db.execute("INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
                                "VALUES (?1, 1, ?2, 1, 1, '')", (row[0], row[6]))
            self.db.execute("COMMIT")
        return (time.process_time() - began) / count * 1e6, self.wal.stat().st_size / count


def indexes(path, past):
    creates = Creates(path, past)
    print("\n| index of deposits | CPU of a create's statements | log of a create | "
          "more CPU | more log | MB at this size |\n|---|---|---|---|---|---|")
    for what in ("merchant_id", "phone", "merchant_id, phone", "label", "amount", "state", "result_code"):
        before = pathlib.Path(path).stat().st_size
        without = [creates.run(3_200) for _ in range(ROUNDS)]
        creates.db.execute(f"CREATE INDEX tried ON deposits ({what})")
        creates.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        size = creates.db.execute("SELECT SUM(pgsize) FROM dbstat WHERE name = 'tried' AND aggregate = 1").fetchone() \
            if has_dbstat(creates.db) else None
        mb = f"{size[0] / 1e6:.0f}" if size else f"{(pathlib.Path(path).stat().st_size - before) / 1e6:.0f}"
        with_it = [creates.run(3_200) for _ in range(ROUNDS)]
        creates.db.execute("DROP INDEX tried")
        without += [creates.run(3_200) for _ in range(ROUNDS)]
        # The least: what others do on the machine only adds to it.
        cpu, log = (min(run[n] for run in with_it) for n in (0, 1))
        cpu_without, log_without = (min(run[n] for run in without) for n in (0, 1))
        print(f"| ({what}) | {cpu:.1f} us | {log:,.0f} B | {cpu - cpu_without:+.1f} us | {log - log_without:+,.0f} B | {mb} |",
              flush=True)


def has_dbstat(db):
    try:
        db.execute("SELECT 1 FROM dbstat LIMIT 1").fetchone()
        return True
    except sqlite3.Error:
        return False


def prepare(setup, deposits):
    """A database with merchants and nothing else, then its rows."""
    setup.start_gateway()
    for number in range(1, MERCHANTS + 1):
        setup.create_merchant(f"m{number}")
    setup.kill_gateway()
    past = Past(deposits, int(time.time() * 1000))
    fill(setup.data / "lango.db", past)
    (setup.folder / "past.json").write_text(json.dumps([past.deposits, past.now]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin")
    parser.add_argument("--deposits", type=int, default=10_000_000)
    parser.add_argument("--asks", type=int, default=200)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--indexes", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lango-lists-") as kept:
        folder = options.folder or pathlib.Path(kept)
        folder.mkdir(exist_ok=True)
        setup = Setup(options.bin, folder, 1)
        try:
            setup.start_rail()
            if not (folder / "past.json").exists():
                prepare(setup, options.deposits)
            past = Past(*json.loads((folder / "past.json").read_text()))
            if not options.indexes:
                setup.start_gateway()
                measure(Asker(setup, options.asks), past)
                setup.kill_gateway()
            else:
                indexes(setup.data / "lango.db", past)
        finally:
            setup.stop()


if __name__ == "__main__":
    main()

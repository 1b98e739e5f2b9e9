"""What `lango verify` says of databases as people copy them, and what a hand in one does."""
import http.client
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import lango


class Verify(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        folder = tempfile.TemporaryDirectory(prefix="lango-copy-")
        self.addCleanup(folder.cleanup)
        self.copy = pathlib.Path(folder.name)

    def verify_copy(self, *arguments):
        run = subprocess.run([lango.BIN / "lango", "verify", "--data-directory", self.copy, *arguments],
                             capture_output=True, text=True, timeout=lango.WAIT)
        return run.returncode, run.stdout, run.stderr

    def pay(self, count):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        orders = []
        for number in range(count):
            status, body = self.gateway.create(connection, 100, f"order-{number}", 254_700_000_777 + number * 1000)
            self.assertEqual(status, 200, body)
            orders.append(json.loads(body)["data"]["order_id"])
        connection.close()
        for order in orders:
            lango.until("the payment", lambda order=order: self.gateway.state(order) == "paid")

    def test_says_that_an_empty_database_proves_nothing(self):
        shutil.copy(self.gateway.data / "data" / "master.key", self.copy)
        (self.copy / "lango.db").touch()
        code, said, warned = self.verify_copy()
        self.assertEqual(code, 1, said + warned)
        self.assertIn("the database beside it is missing or empty", warned)
        subprocess.run([lango.BIN / "lango", "migrate", "--new", "--data-directory", self.copy], check=True,
                       capture_output=True, timeout=lango.WAIT)
        code, said, warned = self.verify_copy()
        self.assertEqual(code, 3, said + warned)
        self.assertIn("proved 0 payments, 0 postings, 0 merchants", said)
        self.assertIn("there is no merchant", warned)

    def test_a_copy_of_the_file_alone_is_whole_soon_after_the_last_write(self):
        self.gateway.start()
        self.pay(5)

        def copied():
            for old in self.copy.iterdir():
                old.unlink()
            shutil.copy(self.gateway.data / "data" / "master.key", self.copy)
            shutil.copy(self.gateway.data / "data" / "lango.db", self.copy)
            return "proved 5 payments" in self.verify_copy()[1]
        lango.until("the log to be in the file", copied)
        code, said, warned = self.verify_copy()
        self.assertEqual((code, warned), (0, ""), said)

    def test_tells_of_a_damaged_page_and_of_an_edit(self):
        self.gateway.start()
        self.pay(5)
        self.gateway.close_gateway()
        for name in ("master.key", "lango.db"):
            shutil.copy(self.gateway.data / "data" / name, self.copy)
        database = sqlite3.connect(self.copy / "lango.db")
        with database:
            database.execute("UPDATE deposits SET amount = amount + 100 WHERE id = (SELECT MIN(id) FROM deposits)")
        database.close()
        code, said, _ = self.verify_copy()
        self.assertEqual(code, 1, said)
        self.assertIn("ReceiptBooksOnce: 5 receipts, BROKEN", said)
        self.assertIn("BookingsAreOfTheirPayment: 10 postings, BROKEN", said)
        code, said, _ = self.verify_copy("--last")
        self.assertEqual(code, 1, said)
        self.assertIn("ReceiptBooksOnce: deposit ", said)
        shutil.copy(self.gateway.data / "data" / "lango.db", self.copy)
        for end in ("-wal", "-shm"):
            (self.copy / ("lango.db" + end)).unlink(missing_ok=True)
        with open(self.copy / "lango.db", "r+b") as file:
            file.seek(-4096, 2)
            file.write(bytes(4096))
        code, said, warned = self.verify_copy()
        self.assertEqual(code, 1, said + warned)

    def test_a_breach_stops_creates_until_an_operator_knows(self):
        key = self.gateway.operator("amina")
        self.gateway.start()
        self.pay(2)
        self.assertEqual(self.gateway.verify()[0], 0)
        self.gateway.close_gateway()
        database = sqlite3.connect(self.gateway.data / "data" / "lango.db")
        with database:
            database.execute("UPDATE accounts SET balance = balance + 1 WHERE kind = 2")
        database.close()
        self.gateway.launch()  # begins with an audit
        lango.until("the audit", lambda: self.status("/readyz") == 503)
        ready = lango.call(f"http://127.0.0.1:{self.gateway.metrics_port}", "GET", "/readyz")[1]
        self.assertIn("BalancesEqualPostings", ready)
        self.assertIn("lango_writes_stopped 1", self.gateway.metrics())
        self.assertEqual(self.create(), 503)
        said = subprocess.run([lango.BIN / "lango", "verify", "--last", "--config", self.gateway.data / "lango.toml"],
                              capture_output=True, text=True, timeout=lango.WAIT).stdout
        seen = said.rsplit("code ", 1)[1].strip()
        self.gateway.command("verify", "--acknowledge", "--seen", seen, "--as", "amina", "--key-file", str(key))
        self.assertIn("verify.acknowledge, proposed by amina", self.gateway.command("proposal", "list"))
        self.assertEqual(self.create(), 503)
        self.gateway.command("proposal", "agree", "1")  # root's
        self.assertEqual(self.create(), 200)
        self.assertEqual(self.status("/readyz"), 200)

    def status(self, path):
        try:
            return lango.call(f"http://127.0.0.1:{self.gateway.metrics_port}", "GET", path)[0]
        except OSError:
            return 0

    def create(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        status, _ = self.gateway.create(connection, 100, "later", 254_711_000_777)
        connection.close()
        return status


if __name__ == "__main__":
    unittest.main()

"""Withdrawals made by people, through the real programs: approvals, four eyes, and a batch that is
killed in the middle and given again."""
import json
import pathlib
import random
import subprocess
import threading
import unittest

import lango

ROWS = 600


class People(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.keys = {}
        for name in ("amina", "brian", "chebet"):
            key = json.loads(self.gateway.command("operator", "add", name, "--json"))["key"]
            self.keys[name] = pathlib.Path(self.gateway.data) / f"{name}.key"
            self.keys[name].write_text(key + "\n")
        self.fund(100_000)

    def fund(self, amount):
        url = f"http://127.0.0.1:{self.gateway.port}"
        status, body = lango.call(url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": amount, "phone_number": "254712344777", "currency": "KES",
                                   "label": "user", "custom_transaction_id": "fund"})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")

    def run_as(self, who, *arguments):
        return subprocess.run(
            [lango.BIN / "lango", "withdrawal", *map(str, arguments), "--as", who, "--key-file", self.keys[who],
             "--config", self.gateway.data / "lango.toml"], capture_output=True, text=True)

    def list(self, state=""):
        said = self.gateway.command("withdrawal", "list", "--json", "--state", state)
        return json.loads(said)["withdrawals"]

    def test_approve_by_hand_and_the_merchant_is_not_told(self):
        self.gateway.command("merchant", "set", "shop", "approval-from", "500")
        self.gateway.command("merchant", "set", "shop", "approvals-needed", "2")
        made = self.run_as("amina", "create", "shop", "--account-number", "0712345777", "--amount", 1000,
                           "--label", "user")
        self.assertEqual(made.returncode, 0, made.stderr)
        row = self.list("waiting")[0]
        self.assertIn("Nobody approves what he created", self.run_as("amina", "approve", row["id"]).stderr)
        self.assertIn("1 of 2", self.run_as("brian", "approve", row["id"]).stdout)
        self.assertIn("2 of 2", self.run_as("chebet", "approve", row["id"]).stdout)
        lango.until("it to be paid", lambda: self.list("paid"))
        self.assertEqual([payout["phone"] for payout in self.gateway.payouts()], ["254712345777"])
        told = [json.loads(body)["direction"] for body in self.merchant.bodies]
        self.assertNotIn("outgoing", told)
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)

    def test_a_batch_killed_in_the_middle_is_resumed_by_giving_it_again(self):
        sheet = pathlib.Path(self.gateway.data) / "batch.csv"
        lines = ["withdrawal_id,account_number,amount,label"]
        lines += [f"b-{n},{254_720_000_777 + n * 1000},{10 + n % 50},user-{n}" for n in range(ROWS)]
        sheet.write_text("\n".join(lines) + "\n")
        dry = self.run_as("amina", "batch", "shop", sheet, "--dry-run")
        self.assertEqual((dry.returncode, dry.stdout), (0, f"would be taken {ROWS}, there already 0, wrong 0\n"))
        chance = random.Random(11)
        for _ in range(4):
            killer = threading.Timer(chance.uniform(0.02, 0.4), self.gateway.kill)
            killer.start()
            self.run_as("amina", "batch", "shop", sheet)
            killer.join()
            self.gateway.start()
        last = self.run_as("amina", "batch", "shop", sheet)
        self.assertEqual(last.returncode, 0, last.stderr)
        lango.until("all to be paid", lambda: len(self.gateway.payouts()) >= ROWS, seconds=240)
        phones = [payout["phone"] for payout in self.gateway.payouts()]
        self.assertEqual(len(phones), ROWS)
        self.assertEqual(len(set(phones)), ROWS)
        lango.until("none to be open", lambda: not self.list("open"))
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)
        again = self.run_as("amina", "batch", "shop", sheet)
        self.assertEqual(again.stdout, f"taken 0, there already {ROWS}, wrong 0\n")

    def test_a_batch_with_a_wrong_row_does_not_begin(self):
        sheet = pathlib.Path(self.gateway.data) / "wrong.csv"
        sheet.write_text("withdrawal_id;account_number;amount;label\na;0712345777;100;u\nb;12;100;u\n")
        said = self.run_as("amina", "batch", "shop", sheet)
        self.assertEqual(said.returncode, 1)
        self.assertIn("row 3: account_number: The account number format is invalid.", said.stderr)
        self.assertEqual(self.list(), [])


if __name__ == "__main__":
    unittest.main()

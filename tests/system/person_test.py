"""What is kept of one person, handed out and taken away through the real programs; and a backup."""
import json
import sqlite3
import subprocess
import unittest

import lango

HIS = "254712345777"
ANOTHERS = "254712345778"


class Kept(unittest.TestCase):
    def start(self, settings=""):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant, settings)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.url = f"http://127.0.0.1:{self.gateway.port}"
        self.amina = self.gateway.operator("amina")

    def paid(self, phone, order):
        status, body = lango.call(self.url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": 1000, "phone_number": phone, "currency": "KES", "label": "user",
                                   "custom_transaction_id": order})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")
        return order

    def paid_out(self, phone, own_id):
        status, body = lango.call(self.url, "POST", "/v2/withdrawal/create",
                                  lango.withdrawal(self.gateway.keys, withdrawal_id=own_id, amount=100,
                                                   account_number=phone, comment=f"rent of {phone}"))
        self.assertEqual((status, body), (200, '{"status":"ok"}'))
        lango.until("the withdrawal to be posted back",
                    lambda: any(f'"withdrawal_id":"{own_id}"' in told for told in list(self.merchant.bodies)))

    def run_lango(self, *arguments):
        return subprocess.run([lango.BIN / "lango", *map(str, arguments), "--config",
                               self.gateway.data / "lango.toml"],
                              capture_output=True, text=True, timeout=lango.WAIT)

    def ok(self, *arguments):
        run = self.run_lango(*arguments)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout

    def person(self, what, phone, *arguments):
        return self.ok("person", what, phone, "--as", "amina", "--key-file", self.amina, *arguments)

    def holds(self):
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)


class Person(Kept):
    def test_is_handed_what_is_kept_of_him_and_of_nobody_else(self):
        self.start()
        mine, anothers = self.paid(HIS, "order-1"), self.paid(ANOTHERS, "order-2")
        said = self.person("export", "0712345777")
        kept = json.loads(said)
        self.assertEqual(kept["phone"], HIS)
        self.assertEqual([one["id"] for one in kept["deposits"]], [mine])
        self.assertIn(kept["deposits"][0]["receipt"], said)
        self.assertTrue(kept["deposits"][0]["rail_messages"])
        self.assertNotIn(anothers, said)
        self.assertNotIn(ANOTHERS, said)
        self.assertIn("amina: person exported", self.ok("operator", "list"))

    def test_is_asked_for_by_an_operator_and_a_number(self):
        self.start()
        for what in ("export", "mask"):
            run = self.run_lango("person", what, "0712", "--as", "amina", "--key-file", self.amina)
            self.assertEqual(run.returncode, 1)
            self.assertIn("no Kenyan mobile number", run.stderr)
            run = self.run_lango("person", what, HIS, "--as", "brian", "--key-file", self.amina)
            self.assertEqual(run.returncode, 1)
            self.assertIn("There is no person brian with this key.", run.stderr)
        trail = self.ok("operator", "list")
        self.assertNotIn("person exported", trail)
        self.assertNotIn("person masked", trail)

    def test_stays_in_books_that_must_be_kept(self):
        self.start()
        self.paid(HIS, "order-1")
        self.assertIn("0 rows were masked, 1 are kept", self.person("mask", HIS))
        self.assertEqual(json.loads(self.person("export", HIS))["deposits"][0]["phone"], HIS)

    def test_is_taken_out_of_what_is_over_and_the_books_hold(self):
        self.start("[privacy]\nbookkeeping_days = 0\n")
        mine, anothers = self.paid(HIS, "order-1"), self.paid(ANOTHERS, "order-2")
        self.paid_out(HIS, "w-1")
        self.assertIn("rent of " + HIS, self.person("export", HIS))
        lango.until("the merchant to have been told",
                    lambda: json.loads(self.person("mask", HIS, "--json"))["kept"] == 0)
        said = self.person("export", HIS)
        payout, = json.loads(said)["withdrawals"]
        self.assertEqual((payout["phone"], payout["comment"], payout["merchants_id"]), ("masked", "", "w-1"))
        kept = json.loads(said)["deposits"]
        self.assertEqual([one["id"] for one in kept], [mine])
        self.assertEqual(kept[0]["phone"], "masked")
        self.assertEqual(kept[0]["amount"], "1000")
        for message in kept[0]["rail_messages"] + payout["rail_messages"]:
            self.assertTrue(message["body"].startswith("masked: sha256 "), message)
        self.assertEqual(json.loads(self.person("export", ANOTHERS))["deposits"][0]["phone"], ANOTHERS)
        self.assertIn("masked", self.ok("deposit", "show", mine))
        self.assertIn("amina: person masked", self.ok("operator", "list"))
        with sqlite3.connect(self.gateway.data / "data" / "lango.db") as database:
            everything = "\n".join(database.iterdump())
        self.assertNotIn(HIS, everything)
        self.assertIn(ANOTHERS, everything)
        self.assertIn(anothers, self.person("export", ANOTHERS))
        self.holds()


class Backup(Kept):
    def test_is_made_beside_the_running_gateway_and_holds(self):
        self.start()
        order = self.paid(HIS, "order-1")
        copy = self.gateway.data / "copy"
        said = self.ok("backup", copy)
        self.assertIn("every law holds", said)
        self.assertIn("keep master.key", said)
        self.assertFalse((copy / "master.key").exists())
        manifest = json.loads((copy / "manifest.json").read_text())
        self.assertIn(str(manifest["schema"]), said)
        for path in copy.iterdir():
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        with sqlite3.connect(copy / "lango.db") as database:
            rows = database.execute("SELECT id FROM deposits WHERE state = 6").fetchall()
        self.assertEqual([f"{row[0]:016x}" for row in rows], [order])
        self.paid(ANOTHERS, "order-2")
        self.holds()

    def test_has_the_key_when_it_is_asked_for_and_goes_nowhere_else(self):
        self.start()
        copy = self.gateway.data / "copy"
        self.assertIn("The master key is with it", self.ok("backup", copy, "--with-key"))
        self.assertEqual((copy / "master.key").read_bytes(),
                         (self.gateway.data / "data" / "master.key").read_bytes())
        before = (copy / "lango.db").read_bytes()
        run = self.run_lango("backup", copy)
        self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
        self.assertEqual((copy / "lango.db").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()

"""What `lango ... list`, `lango trail` and `lango totals` print of the same rows: a table, JSON and CSV."""
import csv
import io
import json
import unittest

import lango

FORMULA = "=HYPERLINK(1)"
PHONE = "254712345678"


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.merchant = lango.Merchant()
        cls.gateway = lango.Gateway(cls.merchant)
        cls.gateway.start()
        cls.amina = ("--as", "amina", "--key-file", cls.gateway.operator("amina"))
        lango.call(cls.gateway.rail_url, "POST", "/simulator/settings", {"c2b_validation": False})
        cls.order = cls.pay("order-1", FORMULA, PHONE)
        lango.until("the postback", lambda: cls.merchant.bodies)
        cls.receipt = cls.merchant.receipts()[0]
        cls.gateway.command("withdrawal", "create", "shop", "--account-number", "0712345777", "--amount", "100",
                            "--label", "-3+2", "--withdrawal-id", "w-1", *cls.amina)
        cls.gateway.command("refund", "create", "--order", cls.order, "--amount", "300", "--method", "payout",
                            "--reason", "@because", *cls.amina)

    @classmethod
    def tearDownClass(cls):
        cls.gateway.close()
        cls.merchant.close()

    @classmethod
    def pay(cls, name, label, phone):
        status, body = lango.call(
            f"http://127.0.0.1:{cls.gateway.port}", "POST", "/api/v1/payment/create/mpesa?secret=" + cls.gateway.secret,
            {"amount": 1000, "phone_number": phone, "currency": "KES", "label": label,
             "custom_transaction_id": name})
        assert status == 200, body
        order = json.loads(body)["data"]["order_id"]
        lango.until("the payment", lambda: cls.gateway.state(order) == "paid")
        return order

    def three(self, *command, plural, key):
        """The rows as CSV tells them, after the table and the JSON have been held against them."""
        told = json.loads(self.gateway.command(*command, "--json"))[plural]
        sheet = list(csv.DictReader(io.StringIO(self.gateway.command(*command, "--csv"))))
        table = self.gateway.command(*command).splitlines()
        self.assertEqual([row[key] for row in sheet], [str(row[key]) for row in told], command)
        self.assertGreater(len(told), 0, command)
        for name in sheet[0]:
            self.assertIn(name, told[0], command)
        for row, line in zip(told, table[1:]):
            self.assertIn(str(row[key]), line, command)
        for row in sheet:
            for cell in row.values():
                self.assertNotIn(cell[:1], ("=", "+", "-", "@"), row)
        return sheet

    def test_deposits(self):
        row = self.three("deposit", "list", plural="deposits", key="order_id")[-1]
        self.assertEqual((row["state"], row["amount"], row["label"], row["receipt"], row["phone"]),
                         ("paid", "1000", "'" + FORMULA, self.receipt, "2547****5678"))
        table = self.gateway.command("deposit", "list", "--receipt", self.receipt.lower())
        self.assertEqual(table.splitlines()[0].split()[:3], ["order", "id", "local"])
        self.assertIn(self.order, table)
        for found in (("--their-id", "order-1"), ("--id", self.order), ("--phone", "0712345678"),
                      ("--amount", "900..1100"), ("--label", FORMULA), ("--state", "paid"), ("--since", "1h")):
            self.assertIn(self.order, self.gateway.command("deposit", "list", *found), found)
        for none in (("--their-id", "order-2"), ("--amount", "999"), ("--until", "1h"), ("--state", "failed")):
            self.assertEqual(self.gateway.command("deposit", "list", *none), "none\n", none)

    def test_pages(self):
        self.pay("order-2", "user", "254712345672")
        newest = self.gateway.command("deposit", "list", "--limit", "1")
        self.assertIn("order-2", newest)
        before = newest.splitlines()[-1].split("--before ")[1]
        older = self.gateway.command("deposit", "list", "--limit", "1", "--before", before)
        self.assertIn("order-1", older)
        self.assertNotIn("order-2", older)

    def test_withdrawals(self):
        sheet = self.three("withdrawal", "list", "--kind", "manual", plural="withdrawals", key="id")
        self.assertEqual((sheet[0]["withdrawal_id"], sheet[0]["label"], sheet[0]["created_by"]),
                         ("w-1", "'-3+2", "amina"))
        self.assertIn("w-1", self.gateway.command("withdrawal", "list", "--their-id", "w-1"))

    def test_refunds(self):
        sheet = self.three("refund", "list", plural="refunds", key="refund_id")
        self.assertEqual((sheet[0]["order_id"], sheet[0]["reason"], sheet[0]["amount"]),
                         (self.order, "'@because", "300"))
        self.assertIn(self.order, self.gateway.command("refund", "list", "--order", self.order))

    def test_postbacks(self):
        sheet = self.three("postback", "list", "--payment", self.order, plural="postbacks", key="id")
        self.assertEqual((sheet[0]["payment"], sheet[0]["state"], sheet[0]["last_status"]),
                         (self.order, "delivered", "200"))
        self.assertEqual(self.gateway.command("postback", "events"), "none\n")

    def test_suspense(self):
        registered = lambda: "registerurl" in lango.call(self.gateway.rail_url, "GET", "/simulator/calls")[1]
        lango.until("the URLs to be registered", registered)
        status, said = lango.call(self.gateway.rail_url, "POST", f"/simulator/phones/{PHONE}/pay",
                                  {"paybill": "174379", "account": "+nobody", "amount": 50, "pin": "1234"})
        self.assertEqual(status, 200, said)
        lango.until("the money", lambda: self.gateway.command("suspense", "list") != "none\n")
        sheet = self.three("suspense", "list", plural="suspense", key="receipt")
        self.assertEqual((sheet[0]["amount"], sheet[0]["left"], sheet[0]["reason"]), ("50", "50", "no_order"))
        self.assertIn(sheet[0]["receipt"], self.gateway.command("suspense", "list", "--state", "open"))
        self.assertEqual(self.gateway.command("suspense", "list", "--state", "closed"), "none\n")

    def test_proposals(self):
        self.gateway.operator("brian")
        other = self.pay("order-3", "user", "254712345673")
        self.gateway.command("deposit", "settle", other, "--receipt", "UKT1234567", *self.amina)
        self.assertIn("deposit.resolve, proposed by amina", self.gateway.command("proposal", "list"))
        sheet = list(csv.DictReader(io.StringIO(self.gateway.command("proposal", "list", "--csv"))))
        self.assertEqual((sheet[0]["state"], sheet[0]["use_case"]), ("open", "deposit.resolve"))
        self.gateway.command("proposal", "reject", sheet[0]["number"], *self.amina)
        self.assertEqual(self.gateway.command("proposal", "list"), "none\n")
        told = json.loads(self.gateway.command("proposal", "list", "--state", "any", "--json"))["proposals"]
        self.assertEqual((told[0]["state"], told[0]["ended_by"]), ("withdrawn", "amina"))

    def test_trail(self):
        self.gateway.command("merchant", "set", "shop", "deposit-max", "90000")
        sheet = self.three("trail", "--who", "amina", plural="acts", key="subject")
        self.assertIn("refund created", [row["act"] for row in sheet])
        changed = json.loads(self.gateway.command("trail", "--subject", "shop", "--act", "setting", "--json"))["acts"]
        self.assertEqual((changed[0]["detail"], changed[0]["after"]), ("deposit-max", "90000"))

    def test_totals(self):
        by_day = ("totals", "--by", "day", "--merchant", "shop")
        told = json.loads(self.gateway.command(*by_day, "--json"))
        self.assertEqual(told["zone"], "Africa/Nairobi")
        day = told["totals"][-1]
        self.assertEqual((day["success"], day["in"]), ("100.0", str(1000 * day["paid"])))
        sheet = list(csv.DictReader(io.StringIO(self.gateway.command(*by_day, "--csv"))))
        self.assertEqual(sheet[-1], {name: str(value) for name, value in day.items()})
        self.assertIn(day["day"], self.gateway.command(*by_day))
        reasons = json.loads(self.gateway.command("totals", "--by", "reason", "--json"))["totals"]
        self.assertEqual([(row["state"], row["percent"]) for row in reasons], [("paid", "100.0")])
        self.assertIn("paid", self.gateway.command("totals", "--by", "reason"))

    def test_a_merchants_own_person_sees_what_is_the_merchants(self):
        self.gateway.command("merchant", "create", "other")
        key = self.gateway.data / "otieno.key"
        said = self.gateway.command("user", "add", "otieno", "--role", "viewer", "--merchant", "other", "--json")
        key.write_text(json.loads(said)["key"] + "\n")
        otieno = ("--as", "otieno", "--key-file", key)
        for command in (("deposit", "list"), ("withdrawal", "list"), ("refund", "list"), ("postback", "list"),
                        ("suspense", "list"), ("totals",)):
            self.assertEqual(self.gateway.command(*command, *otieno), "none\n", command)


if __name__ == "__main__":
    unittest.main()

"""Money by paybill through the real programs: a payer's menu, suspense, a person's decision."""
import json
import subprocess
import unittest

import lango

PHONE = "254708374149"


class Paybill(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.sandbox = lango.Sandbox(self.merchant, auto_pay="off").start()
        self.addCleanup(self.sandbox.close)

    def paybill(self, *arguments):
        code, said = self.sandbox.command("paybill", *arguments, "--json")
        self.assertEqual(code, 0, said)
        return json.loads(said)

    def order(self, amount=1000, order="order-1"):
        status, body = self.sandbox.create(amount, PHONE, order)
        self.assertEqual(status, 200, body)
        return json.loads(body)["data"]["order_id"]

    def pay(self, account, amount=1000):
        status, body = lango.call(self.sandbox.info["simulator"], "POST",
                                  f"/simulator/phones/{PHONE}/pay",
                                  {"paybill": "174379", "account": account, "amount": amount,
                                   "pin": "1234"})
        self.assertEqual(status, 200, body)

    def registered(self):
        calls = lango.call(self.sandbox.info["simulator"], "GET", "/simulator/calls")[1]
        return "registerurl" in calls

    def messages(self):
        shown = lango.call(self.sandbox.info["simulator"], "GET", f"/simulator/phones/{PHONE}")[1]
        return json.loads(shown)["messages"]

    def both_ledgers_are_equal(self):
        code, said = self.sandbox.verify()
        self.assertEqual(code, 0, said)
        self.assertIn("both ledgers equal", said)

    def test_with_the_right_reference_pays_the_order(self):
        lango.until("the URLs to be registered", self.registered)
        order = self.order()
        told = self.paybill("reference", order)
        self.assertEqual(told["paybill"], 174379)
        self.pay(told["reference"].lower())
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual(self.sandbox.state(order), "paid")
        self.both_ledgers_are_equal()

    def test_with_a_mistyped_reference_is_refused_where_the_rail_asks(self):
        lango.until("the URLs to be registered", self.registered)
        right = self.paybill("reference", self.order())["reference"]
        self.pay(right[:-1])
        lango.until("the payer to be told", lambda: self.messages())
        self.assertEqual(self.paybill("list")["items"], [])
        payments = lango.call(self.sandbox.info["simulator"], "GET", "/simulator/payments")[1]
        self.assertEqual(json.loads(payments)["payments"], [])

    def test_with_a_mistyped_reference_ends_allocated(self):
        lango.until("the URLs to be registered", self.registered)
        lango.call(self.sandbox.info["simulator"], "POST", "/simulator/settings",
                   {"c2b_validation": False})
        order = self.order()
        right = self.paybill("reference", order)["reference"]
        self.pay(right[:-1])
        item = lango.until("the money to be in suspense",
                           lambda: self.paybill("list")["items"])[0]
        self.assertEqual(item["reason"], "no_order")
        self.both_ledgers_are_equal()
        self.assertEqual(self.merchant.bodies, [])
        suggested = self.paybill("suggest", item["receipt"])["suggestions"][0]
        self.assertEqual(suggested["order_id"], order)
        self.paybill("allocate", item["receipt"], "--order", suggested["order_id"],
                     "--as", "amina", "--key-file", self.sandbox.operator("amina"))
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual(self.merchant.receipts(), [item["receipt"]])
        self.assertEqual(self.sandbox.state(order), "paid")
        self.assertEqual(self.paybill("list")["items"], [])
        self.assertIn("amina: paybill allocated " + item["receipt"],
                      self.sandbox.command("operator", "list")[1])
        self.both_ledgers_are_equal()


if __name__ == "__main__":
    unittest.main()

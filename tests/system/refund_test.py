"""Money that goes back, through the real programs: a deposit is paid and reversed, or paid back in
parts; what the rail refuses, the cap, many at once, and both ledgers equal to the cent."""
import json
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor

import lango

ORDINARY = "777"  # phones with this ending get their money back


class Refund(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.url = f"http://127.0.0.1:{self.gateway.port}"
        self.keys = {name: self.gateway.operator(name) for name in ("amina", "brian")}
        self.orders = 0

    def paid(self, amount=1000, ending=ORDINARY):
        self.orders += 1
        phone = f"254{712_000 + self.orders}{ending}"
        status, body = lango.call(self.url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": amount, "phone_number": phone, "currency": "KES", "label": "user",
                                   "custom_transaction_id": f"order-{self.orders}"})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")
        return order

    def run_as(self, who, *arguments):
        return subprocess.run(
            [lango.BIN / "lango", *map(str, arguments), "--as", who, "--key-file", self.keys[who],
             "--config", self.gateway.data / "lango.toml"], capture_output=True, text=True, timeout=lango.WAIT)

    def create(self, order, *arguments, who="amina"):
        return self.run_as(who, "refund", "create", "--order", order, "--reason", "not delivered", "--json",
                           *arguments)

    def refund(self, order, *arguments):
        run = self.create(order, *arguments)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return json.loads(run.stdout)["refund"]

    def show(self, refund):
        return json.loads(self.gateway.command("refund", "show", refund["refund_id"], "--json"))["refund"]

    def ends(self, refund, state):
        lango.until(f"the refund to be {state}", lambda: self.show(refund)["state"] == state)
        return self.show(refund)

    def payment(self, order):
        status, body = lango.call(self.url, "GET", f"/api/v1/payment/{order}?secret=" + self.gateway.secret)
        self.assertEqual(status, 200, body)
        return json.loads(body)["data"]

    def ledgers_are_equal(self, reversals, payouts):
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)
        self.assertIn(f"; {payouts} payouts", said)
        self.assertIn(f"; {reversals} reversals", said)

    def reversals(self):
        return lango.listed(self.gateway.rail_url, "reversals")

    def test_of_all_is_reversed_and_shown(self):
        order = self.paid()
        refund = self.refund(order)
        self.assertEqual(refund["method"], "reversal")
        ended = self.ends(refund, "paid")
        receipt = self.payment(order)["receipt"]
        self.assertEqual(ended["paid_with"], receipt + "/reversed")
        self.assertEqual([(one["payment_receipt"], one["amount_minor"]) for one in self.reversals()],
                         [(receipt, 100_000)])
        told = self.payment(order)
        self.assertEqual(told["refunded"], 1000)
        self.assertEqual([(one["amount"], one["method"], one["state"]) for one in told["refunds"]],
                         [(1000, "reversal", "paid")])
        shown = self.gateway.command("deposit", "show", order)
        self.assertIn(f"refund {refund['refund_id']}, paid: KES 1000 of {receipt} by reversal", shown)
        self.assertIn(refund["refund_id"], self.gateway.command("refund", "list"))
        self.assertIn("amina: refund created " + refund["refund_id"], self.gateway.command("operator", "list"))
        self.ledgers_are_equal(reversals=1, payouts=0)

    def test_of_parts_are_payouts_up_to_what_came_in(self):
        order = self.paid()
        first = self.refund(order, "--amount", 300)
        self.assertEqual(first["method"], "payout")
        self.ends(first, "paid")
        too_much = self.create(order, "--amount", 701)
        self.assertEqual(too_much.returncode, 1)
        self.assertIn("KES 700 is left to refund", too_much.stderr)
        self.ends(self.refund(order), "paid")
        self.assertIn("is refunded, or about to be", self.create(order).stderr)
        self.assertEqual(self.payment(order)["refunded"], 1000)
        self.assertEqual([payout["amount_minor"] for payout in self.gateway.payouts()], [30_000, 70_000])
        self.ledgers_are_equal(reversals=0, payouts=2)

    def test_that_the_rail_refuses_frees_its_amount_each_time(self):
        order = self.paid(ending="221")
        self.ends(self.refund(order), "failed")
        refused = self.ends(self.refund(order), "failed")
        self.assertEqual(refused["result_code"], "21")
        self.assertEqual(self.payment(order)["refunded"], 0)
        self.ends(self.refund(order, "--method", "payout"), "paid")
        self.assertEqual(self.payment(order)["refunded"], 1000)
        self.ledgers_are_equal(reversals=0, payouts=1)

    def test_whose_result_is_lost_late_or_doubled_ends_once(self):
        orders = [self.paid(ending=ending) for ending in ("250", "252", "272")]
        for refund in [self.refund(order) for order in orders]:
            self.ends(refund, "paid")
        self.assertEqual(len(self.reversals()), 3)
        self.ledgers_are_equal(reversals=3, payouts=0)

    def test_to_another_phone_waits_for_another_operator(self):
        order = self.paid()
        waits = self.refund(order, "--method", "payout", "--phone", "0799999777")
        self.assertEqual(waits["state"], "waiting")
        own = self.run_as("amina", "withdrawal", "approve", waits["refund_id"])
        self.assertIn("Nobody approves what he created", own.stderr)
        self.assertEqual(self.gateway.payouts(), [])
        approved = self.run_as("brian", "withdrawal", "approve", waits["refund_id"])
        self.assertEqual(approved.returncode, 0, approved.stderr)
        self.ends(waits, "paid")
        self.assertEqual([payout["phone"] for payout in self.gateway.payouts()], ["254799999777"])
        self.ledgers_are_equal(reversals=0, payouts=1)

    def test_asked_for_again_with_its_retry_key_is_made_once(self):
        order = self.paid()
        said = self.create(order, "--amount", 300)
        key = said.stderr.split("--retry-key ")[1].split()[0]
        again = self.create(order, "--amount", 300, "--retry-key", key)
        self.assertEqual(json.loads(again.stdout)["refund"]["refund_id"],
                         json.loads(said.stdout)["refund"]["refund_id"])
        self.ends(json.loads(said.stdout)["refund"], "paid")
        other = self.create(order, "--amount", 301, "--retry-key", key)
        self.assertIn("This retry key made another refund", other.stderr)
        self.assertEqual(len(self.gateway.payouts()), 1)
        self.ledgers_are_equal(reversals=0, payouts=1)

    def test_many_at_once_give_back_no_more_than_came_in(self):
        order = self.paid()
        with ThreadPoolExecutor(8) as at_once:
            runs = list(at_once.map(lambda _: self.create(order, "--amount", 100), range(64)))
        made = [json.loads(run.stdout)["refund"] for run in runs if run.returncode == 0]
        self.assertEqual(len(made), 10)
        for refund in made:
            self.ends(refund, "paid")
        self.assertEqual(sum(payout["amount_minor"] for payout in self.gateway.payouts()), 100_000)
        self.ledgers_are_equal(reversals=0, payouts=10)


if __name__ == "__main__":
    unittest.main()

"""A withdrawal through the real programs: from the signed request to the signed postback, and over a
kill -9 of the gateway at random moments."""
import json
import random
import unittest
from collections import Counter

import lango

WITHDRAWALS = 60


class Payout(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.url = f"http://127.0.0.1:{self.gateway.port}"
        self.fund(200_000)

    def fund(self, amount):
        status, body = lango.call(self.url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": amount, "phone_number": "254712344777", "currency": "KES",
                                   "label": "user", "custom_transaction_id": "fund"})
        self.assertEqual(status, 200, body)
        order = json.loads(body)["data"]["order_id"]
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")

    def withdraw(self, amount, phone, own_id):
        return lango.call(self.url, "POST", "/v2/withdrawal/create",
                          lango.withdrawal(self.gateway.keys, withdrawal_id=own_id, amount=amount,
                                           account_number=phone, comment="withdrawal"))

    def told(self):
        """Status by own id, of each withdrawal that was posted back."""
        found = {}
        for body in list(self.merchant.bodies):
            data = json.loads(body)["additional_data"][0]
            if data["withdrawal_id"]:
                self.assertEqual(found.setdefault(data["withdrawal_id"], data["withdrawal_status"]),
                                 data["withdrawal_status"])
        return found

    def test_is_paid_posted_back_and_booked(self):
        self.assertEqual(self.withdraw(1000, "254712345777", "w-1"), (200, '{"status":"ok"}'))
        self.assertEqual(self.withdraw(1500, "254712345124", "w-2"), (200, '{"status":"ok"}'))
        lango.until("both postbacks", lambda: len(self.told()) == 2)
        self.assertEqual(self.told(), {"w-1": 1, "w-2": 5})
        for body in self.merchant.bodies:
            self.assertEqual(json.loads(body)["signature"],
                             lango.signature(body, self.gateway.keys["private_access_key"]))
        self.assertEqual([(payout["phone"], payout["amount_minor"]) for payout in self.gateway.payouts()],
                         [("254712345777", 100_000)])
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)
        self.assertIn("1 payouts, KES 1,000.00", said)

    def test_halts_before_a_lockout_and_goes_on_when_a_person_says_so(self):
        self.withdraw(1000, "254712345120", "wrong-password")
        lango.until("the failure to be told", lambda: self.told() == {"wrong-password": 5})
        lango.until("the halt", lambda: {"lango_payouts_halted 1", "lango_payout_questions_halted 1"} <= set(self.gateway.metrics()))
        status, ready = lango.call(f"http://127.0.0.1:{self.gateway.metrics_port}", "GET", "/readyz")
        self.assertEqual(status, 200, "deposits go on")
        self.assertIn("halted: 2001", ready)
        self.assertEqual(self.withdraw(1000, "254712345777", "waits")[0], 200)
        self.assertIn("HALTED", self.gateway.command("payouts", "show"))
        self.assertEqual(self.gateway.payouts(), [])
        self.assertIn("the smallest payout tries", self.gateway.command("payouts", "resume"))
        lango.until("the one that waited", lambda: self.told().get("waits") == 1)

    def test_tells_the_float(self):
        def shown():
            return json.loads(self.gateway.command("payouts", "show", "--json"))["float"]
        lango.until("the float", shown)
        self.assertEqual(shown()["utility_minor"], 10_000_000_000)
        lango.until("its gauge", lambda: any(
            line.startswith('lango_payout_float_kes{account="utility"}') for line in self.gateway.metrics()))

    def test_is_paid_once_whenever_the_gateway_is_killed(self):
        chance = random.Random(7)
        asked = set()
        for number in range(WITHDRAWALS):
            own_id = f"w-{number}"
            # Who gets no answer asks again with the same id.
            while own_id not in asked:
                try:
                    status, body = self.withdraw(10 + number, str(254_720_000_777 + number * 1000), own_id)
                except OSError:
                    self.gateway.start()
                    continue
                self.assertEqual(status, 200, body)
                asked.add(own_id)
            if chance.random() < 0.2:
                self.gateway.kill()
                self.gateway.start()
        self.gateway.retry_set_aside()
        lango.until("all to be told", lambda: set(self.told()) == asked, seconds=400)
        self.assertEqual(set(self.told().values()), {1})
        paid = Counter(payout["originator_conversation_id"] for payout in self.gateway.payouts())
        self.assertEqual(len(paid), WITHDRAWALS)
        self.assertEqual(set(paid.values()), {1})
        code, said = self.gateway.verify()
        self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()

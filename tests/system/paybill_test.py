"""Money by paybill through the real programs: a payer's menu, suspense, a person's decision."""
import http.client
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


class ByHand(unittest.TestCase):
    """What only an operator ends: cents that cannot be sent back, and claims that no list proves."""

    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        settings = self.gateway.data / "lango.toml"
        # Nobody reads the rail's list, and much by paybill is a claim.
        settings.write_text(settings.read_text().replace('nominated_number = "254722000000"', "")
                            .replace("confirm_above_kes = -1", "confirm_above_kes = 500"))
        self.gateway.start()
        self.key = self.gateway.operator("amina")
        self.rail("settings", {"c2b_validation": False})
        self.url = lango.until("the URLs to be registered", self.confirmation_url)

    def rail(self, path, body=None):
        method = "GET" if body is None else "POST"
        status, said = lango.call(self.gateway.rail_url, method, "/simulator/" + path, body)
        self.assertEqual(status, 200, said)
        return json.loads(said)

    def confirmation_url(self):
        for call in self.rail("calls")["calls"]:
            if "registerurl" in call["path"]:
                return call["body"]["ConfirmationURL"]
        return None

    def pay(self, account, amount):
        self.rail(f"phones/{PHONE}/pay",
                  {"paybill": "174379", "account": account, "amount": amount, "pin": "1234"})

    def paybill(self, *arguments, by="amina"):
        """Exit code and what is said to a person."""
        run = subprocess.run([lango.BIN / "lango", "paybill", *arguments, "--as", by, "--key-file", self.key,
                              "--config", self.gateway.data / "lango.toml"],
                             capture_output=True, text=True, timeout=lango.WAIT)
        return run.returncode, run.stdout + run.stderr

    def agreed(self, *arguments):
        """Proposed by amina, and agreed to by root: exit code and what it came to."""
        code, said = self.paybill(*arguments)
        self.assertEqual(code, 0, said)
        self.assertIn("another person agrees to it with lango proposal agree ", said)
        run = subprocess.run([lango.BIN / "lango", "proposal", "agree", said.split()[-1],
                              "--config", self.gateway.data / "lango.toml"], env=self.gateway.root,
                             capture_output=True, text=True, timeout=lango.WAIT)
        return run.returncode, run.stdout + run.stderr

    def waiting(self, what):
        return json.loads(self.gateway.command("paybill", "list", "--json"))[what]

    def refused(self, said):
        return 1, f"lango: {said}\n"

    def is_refused(self, came, said):
        self.assertEqual(came[0], 1, came[1])
        self.assertIn(f"lango: {said}\n", came[1])

    def test_cents_are_written_off_once_and_by_a_known_operator(self):
        told = {"TransactionType": "Pay Bill", "TransID": "UKN7000050", "TransTime": "20261130093000",
                "TransAmount": "0.50", "BusinessShortCode": "174379", "BillRefNumber": "mistyped",
                "MSISDN": PHONE}
        path = "/" + self.url.split("/", 3)[3]
        status, said = lango.call(f"http://127.0.0.1:{self.gateway.port}", "POST", path, told)
        self.assertEqual(status, 200, said)
        self.pay("mistyped", 100)
        whole = lango.until("both to be in suspense",
                            lambda: len(self.waiting("items")) == 2 and self.waiting("items"))[1]["receipt"]

        off = ("write-off", "UKN7000050")
        self.assertEqual(self.paybill(*off, by="mallory"),
                         self.refused("There is no person mallory with this key."))
        self.assertEqual(self.paybill("write-off", "UKN7000051"),
                         self.refused("There is no such money in suspense."))
        self.assertEqual(self.paybill("write-off", whole),
                         self.refused("KES 100 is left of it, which can be given to an order or sent back."))
        self.assertEqual(len(self.waiting("items")), 2)
        self.assertEqual(self.paybill(*off), (0, "KES 0.50 of UKN7000050 written off\n"))
        self.assertEqual(self.paybill(*off), self.refused("Nothing is left of it."))
        self.assertEqual([item["receipt"] for item in self.waiting("items")], [whole])
        self.assertIn("amina: suspense written off UKN7000050", self.gateway.command("operator", "list"))
        code, said = self.gateway.verify(against_the_rail=False)
        self.assertEqual(code, 0, said)
        code, said = self.gateway.verify()
        self.assertIn("UKN7000050: KES 0.50 in our ledger, not at the rail", said)

    def test_claims_are_booked_or_dismissed_once_and_by_a_known_operator(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port)
        order = json.loads(self.gateway.create(connection, 1000, "order-1", 254712344073)[1])["data"]["order_id"]
        reference = json.loads(self.gateway.command("paybill", "reference", order, "--json"))["reference"]
        self.pay(reference, 1000)
        self.pay("mistyped", 900)
        claims = lango.until("both claims", lambda: len(self.waiting("claims")) == 2 and self.waiting("claims"))
        came, other = sorted(claims, key=lambda claim: -int(claim["amount_minor"]))
        came, other = came["receipt"], other["receipt"]

        note = ("--note", "portal, KES 1,000")
        for how in ("book", "dismiss"):
            self.assertEqual(self.paybill("claim", how, came, *note, by="mallory"),
                             self.refused("There is no person mallory with this key."))
        self.assertEqual(self.paybill("claim", "dismiss", "UKN7000051", *note),
                         self.refused("There is no such claim: lango paybill list."))
        self.is_refused(self.agreed("claim", "book", "UKN7000051", *note),
                        "There is no such claim: lango paybill list.")
        self.is_refused(self.agreed("claim", "book", came, *note, "--amount", "900"),
                        "The claim is of KES 1000: leave --amount out.")
        self.assertNotEqual(self.gateway.state(order), "paid")
        code, said = self.agreed("claim", "book", came, *note)
        self.assertEqual(code, 0, said)
        self.assertIn('"outcome":"credited"', said)
        self.assertEqual(self.gateway.state(order), "paid")
        lango.until("the postback", lambda: self.merchant.receipts() == [came])
        self.assertEqual(self.paybill("claim", "dismiss", came, *note),
                         self.refused("That receipt is booked already."))
        self.is_refused(self.agreed("claim", "book", came, *note), "That receipt is booked already.")
        dismiss = ("claim", "dismiss", other, "--note", "the portal has no such receipt")
        self.assertEqual(self.paybill(*dismiss), (0, f"{other} dismissed: it waits no more\n"))
        self.assertEqual(self.paybill(*dismiss), self.refused("It was dismissed before."))
        self.assertEqual((self.waiting("items"), self.waiting("claims")), ([], []))
        trail = self.gateway.command("operator", "list")
        self.assertIn(f"amina: claim booked {came}", trail)
        self.assertIn(f"amina: claim dismissed {other}", trail)
        # Every law holds; only the rail's own ledger knows better of what a person said wrongly.
        code, said = self.gateway.verify(against_the_rail=False)
        self.assertEqual(code, 0, said)
        code, said = self.gateway.verify()
        self.assertEqual(code, 1, said)
        self.assertIn(f"{other}: KES 900.00 at the rail, not in our ledger", said)
        self.assertNotIn(came, said)


if __name__ == "__main__":
    unittest.main()

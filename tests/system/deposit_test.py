"""A payment through the real programs, from API call to signed postback."""
import json
import pathlib
import re
import unittest

import lango


class Deposit(unittest.TestCase):
    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.sandbox = lango.Sandbox(self.merchant).start()
        self.addCleanup(self.sandbox.close)

    def test_is_paid_posted_back_and_booked(self):
        status, body = self.sandbox.create(1000, "254712344777", "order/1 \"quoted\" \u2028 \U0001f600")
        self.assertEqual(status, 200, body)
        lango.until("the postback", lambda: self.merchant.bodies)
        told = self.merchant.bodies[0]
        self.assertEqual(json.loads(told)["signature"],
                         lango.signature(told, self.sandbox.info["merchant"]["private_access_key"]))
        self.assertEqual(json.loads(told)["additional_data"][0]["plugin_custom_order_id"],
                         "order/1 \"quoted\" \u2028 \U0001f600")
        self.assertEqual(len(json.loads(told)["converted_amount"]), 184)
        code, said = self.sandbox.verify()
        self.assertEqual(code, 0, said)
        self.assertIn("both ledgers equal", said)

    def test_ends_cleanly_on_sigterm_and_tells_its_health(self):
        self.sandbox.create(1000, "254712344777", "a")
        status, _ = lango.call(self.sandbox.info["metrics"], "GET", "/readyz")
        self.assertEqual(status, 200)
        status, metrics = lango.call(self.sandbox.info["metrics"], "GET", "/metrics")
        self.assertIn("lango_requests_total", metrics)
        self.assertEqual(self.sandbox.stop(), 0)

    def test_counts_what_waits(self):
        self.merchant.answer = b"not ok"
        self.sandbox.create(1000, "254712344777", "paid")
        self.sandbox.create(1000, "254712344073", "open")  # nobody answers the prompt for a minute
        lango.until("the postback", lambda: self.merchant.bodies)

        def counted(line):
            return line in lango.call(self.sandbox.info["metrics"], "GET", "/metrics")[1].splitlines()
        lango.until("the postback to wait", lambda: counted('lango_postbacks{state="waiting"} 1'))
        lango.until("one to be open", lambda: counted('lango_deposits_pending{age="0-1m"} 1'))
        self.assertTrue(counted('lango_postbacks{state="exhausted"} 0'))
        self.assertTrue(counted('lango_deposits_pending{age="1-24h"} 0'))

    def test_leaves_no_core_dump_with_its_secrets(self):
        limits = pathlib.Path(f"/proc/{self.sandbox.process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")

    def test_refuses_a_body_that_is_too_large_in_the_usual_envelope(self):
        status, body = self.sandbox.create(1000, "254712344777", "x" * 65_536)
        self.assertEqual((status, body), (413, '{"status":"fail","message":"Payload Too Large"}'))

    def test_new_rates_from_a_file_and_from_a_url_convert_the_next_payment(self):
        def worth(order, phone):
            self.sandbox.create(3000, phone, order)
            lango.until("the postback of " + order, lambda: any(order in body for body in self.merchant.bodies))
            told, = [body for body in self.merchant.bodies if order in body]
            return json.loads(told, parse_float=str, parse_int=str)["converted_amount"]
        self.assertEqual(worth("by-default", "254712344777")["EUR"], "19.24")
        table = self.sandbox.data / "rates.json"
        table.write_text('{"base":"USD","rates":{"USD":1,"KES":100,"EUR":0.5}}')
        self.assertEqual(self.sandbox.command("rates", "import", table),
                         (0, f"3 rates were imported from {table} as table 2\n"))
        self.assertEqual(worth("by-file", "254712345777")["EUR"], "15")
        self.merchant.page = b'{"result":"success","base_code":"USD","conversion_rates":{"KES":150,"EUR":0.8}}'
        self.assertEqual(self.sandbox.command("rates", "import", self.merchant.url),
                         (0, f"3 rates were imported from {self.merchant.url} as table 3\n"))
        self.assertEqual(worth("by-url", "254712346777")["EUR"], "16")
        code, shown = self.sandbox.command("rates", "show")
        self.assertEqual(code, 0, shown)
        self.assertIn(f"Table 3, {self.merchant.url}\n", shown)
        self.assertIn("\n  KES  150\n", shown)
        self.assertEqual(self.sandbox.command("rates", "import", self.sandbox.data / "log.txt")[0], 1)
        self.assertEqual(worth("as-before", "254712347777")["EUR"], "16")


class Logs(unittest.TestCase):
    """With all that can be logged: level debug, and a line for each request."""

    PHONES = ("254712344777", "254712345777", "254712346124", "254712347059", "254712348001")

    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant, '[log]\nlevel = "debug"\nrequests = true')
        self.addCleanup(self.gateway.close)
        self.gateway.start()
        self.url = f"http://127.0.0.1:{self.gateway.port}"

    def create(self, phone, order, amount=5000):
        status, body = lango.call(self.url, "POST", "/api/v1/payment/create/mpesa?secret=" + self.gateway.secret,
                                  {"amount": amount, "phone_number": phone, "currency": "KES", "label": "user",
                                   "custom_transaction_id": order})
        self.assertEqual(status, 200, body)
        return json.loads(body)["data"]["order_id"]

    def withdraw(self, phone, own_id):
        return lango.call(self.url, "POST", "/v2/withdrawal/create",
                          lango.withdrawal(self.gateway.keys, withdrawal_id=own_id, amount=100,
                                           account_number=phone, comment="withdrawal"))

    def live(self):
        """Money in and out, also the ways that go wrong; returns what no log may hold."""
        paid, bought, refunded, odd, refused = self.PHONES
        order = self.create(paid, "paid")
        self.create(odd, "wrong-amount")
        self.create(refused, "short-of-funds")
        lango.until("the deposit to be paid", lambda: self.gateway.state(order) == "paid")
        for phone, own_id in ((bought, "w-1"), (refunded, "w-2")):
            self.assertEqual(self.withdraw(phone, own_id)[0], 200)
        lango.until("three postbacks", lambda: len(self.merchant.bodies) >= 3)
        calls = json.loads(lango.call(self.gateway.rail_url, "GET", "/simulator/calls")[1])["calls"]
        sent = json.dumps(calls)
        told = set(re.findall(r"/rail/[a-z0-9-]+/[0-9a-f]+/([0-9a-f]{32})", sent))
        self.assertGreaterEqual(len(told), 3, "a token for each push and payout")
        for token in told:
            stk = re.search(rf"/rail/stk/[0-9a-f]+/{token}", sent)
            if stk:
                lango.call(self.url, "POST", stk.group(), {"odd": paid})
                lango.call(self.url, "POST", "/" + stk.group(), {"Body": paid})
                lango.call(self.url, "POST", stk.group() + "/more", {"Body": paid})
        lango.call(self.url, "POST", "/api/v1/payment/create/mpesa?SeCret=" + self.gateway.secret, {})
        lango.call(self.url, "GET", "/api/v1/payment/none?secret=" + self.gateway.secret + "x")
        # Of a merchant who answers nonsense with all that he was sent.
        self.merchant.answer = ('{"status":"fail","phone":"%s"}' % paid).encode()
        self.create("254712349777", "told-in-vain")
        lango.until("a fourth postback", lambda: len(self.merchant.bodies) >= 4)
        return told

    def test_hold_no_secret_and_no_phone_number(self):
        tokens = self.live()
        self.gateway.command("merchant", "list")
        self.gateway.close_gateway()
        log = (self.gateway.data / "log.txt").read_text()
        lines = [json.loads(line) for line in log.splitlines()]
        routes = {line.get("route") for line in lines}
        for route in ("/api/v1/payment/create/mpesa", "/rail/stk/{order_id}/{token}",
                      "/rail/b2c/{withdrawal}/{token}/*", "/v2/withdrawal/create"):
            self.assertIn(route, routes, "nothing is proved by a log that has no lines")
        self.assertIn("debug", {line["level"] for line in lines})
        keys = self.gateway.keys
        secrets = {name: keys[name] for name in
                   ("secret", "private_access_key", "private_key", "webhook_secret")}
        secrets |= {"passkey": lango.Gateway.PASSKEY, "initiator": lango.Gateway.PASSWORD,
                    "consumer": lango.Gateway.CONSUMER_SECRET}
        secrets |= {f"token {number}": token for number, token in enumerate(sorted(tokens))}
        secrets |= {f"phone {phone}": phone[3:] for phone in (*self.PHONES, "254712349777")}
        for name, secret in secrets.items():
            found = [line for line in log.splitlines() if secret in line]
            self.assertEqual(found, [], name)


if __name__ == "__main__":
    unittest.main()

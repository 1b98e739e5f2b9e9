"""A payment through the real programs, from API call to signed postback."""
import json
import pathlib
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

    def test_logs_hold_no_secret_and_no_phone_number(self):
        self.sandbox.create(1000, "254712344777", "a")
        lango.until("the postback", lambda: self.merchant.bodies)
        self.sandbox.stop()
        log = (self.sandbox.data / "log.txt").read_text()
        keys = self.sandbox.info["merchant"]
        for secret in ("254712344777", keys["secret"], keys["private_access_key"]):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()

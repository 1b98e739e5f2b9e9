"""kill -9 of the real gateway at random moments under load and during recovery, fifty times. After
each the database proves every law and both ledgers agree receipt by receipt."""
import http.client
import json
import os
import random
import threading
import time
import unittest
from collections import Counter

import lango

ROUNDS = int(os.environ.get("KILL_ROUNDS", "50"))
LOADERS = 4


class Kill(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("KILL_SEED", random.randrange(1 << 30)))
        self.chance = random.Random(self.seed)
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)
        self.answered = []  # order ids that the gateway said were accepted
        self.number = 0
        self.aside = []  # kinds of what was set aside

    def load(self, stopping, first):
        """Creates payments until the gateway dies; one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        number = first
        try:
            while not stopping.is_set():
                status, body = self.gateway.create(connection, 100 + number % 50, f"order-{number}",
                                                   254_700_000_000 + number * 1000 + 777)
                if status == 200 and "order_id" in body:
                    self.answered.append(json.loads(body)["data"]["order_id"])
                number += LOADERS
        except (OSError, http.client.HTTPException):
            pass  # killed
        finally:
            connection.close()

    def kill_under_load(self):
        stopping = threading.Event()
        threads = [threading.Thread(target=self.load, args=(stopping, self.number + n)) for n in range(LOADERS)]
        for thread in threads:
            thread.start()
        target = len(self.answered) + self.chance.randrange(1, 150)
        lango.until("enough answers", lambda: len(self.answered) >= target)
        self.gateway.kill()
        stopping.set()
        for thread in threads:
            thread.join()
        self.number += 2000

    def kill_while_starting(self):
        self.gateway.launch()
        threading.Event().wait(self.chance.random() * 0.15)  # anywhere between exec and the first answers
        self.gateway.kill()

    def expect_laws(self, number):
        """At once: what a law says is true after every commit, also of the last before the kill."""
        code, said = self.gateway.verify(against_the_rail=False)
        self.assertEqual(code, 0, f"round {number}: {said}")

    def expect_equal_ledgers(self, number):
        """After a while: callbacks that found nobody are asked for by query, after a second."""
        deadline = time.monotonic() + 90
        code, said = self.gateway.verify()
        while code != 0 and time.monotonic() < deadline:
            # Money that is not here yet may be waited for; a broken law may not.
            self.assertIn("the ledgers differ", said, f"round {number}")
            self.expect_laws(number)
            code, said = self.gateway.verify()
        self.assertIn("both ledgers equal", said, f"round {number}")
        self.assertEqual(code, 0, f"round {number}: {said}")

    def test_loses_nothing_that_was_answered(self):
        print("KILL_SEED =", self.seed, flush=True)
        self.gateway.start()
        for number in range(ROUNDS):
            self.kill_under_load()
            if number % 5 == 4:
                self.kill_while_starting()
            self.gateway.start()
            self.expect_laws(number)
            self.aside += self.gateway.retry_set_aside()
            self.expect_equal_ledgers(number)
        print(len(self.aside), "set aside:", dict(Counter(self.aside)), flush=True)
        payments = self.gateway.payments()
        # Each order has a phone of its own.
        twice = [phone for phone, times in Counter(payment["phone"] for payment in payments).items() if times > 1]
        self.assertEqual(twice, [], "paid twice")
        receipts = {payment["receipt"] for payment in payments}
        lango.until("every paid order to be told", lambda: set(self.merchant.receipts()) >= receipts)
        self.assertEqual(set(self.merchant.receipts()), receipts)
        lango.until("no postback to wait", lambda: 'lango_postbacks{state="waiting"} 0' in self.gateway.metrics())
        states = {}
        for order in self.answered:
            state = self.gateway.state(order)
            states[state] = states.get(state, 0) + 1
        print(len(self.answered), "answered:", states, flush=True)
        self.assertEqual(sum(states.values()), len(self.answered))
        self.assertGreater(states.get("paid", 0), ROUNDS)
        self.assertNotIn("failed", states)


if __name__ == "__main__":
    unittest.main()

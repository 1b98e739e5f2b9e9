"""kill -9 of the real gateway at random moments under load; then both ledgers are compared."""
import json
import os
import random
import threading
import unittest

import lango

ROUNDS = int(os.environ.get("KILL_ROUNDS", "12"))


class Kill(unittest.TestCase):
    def test_loses_nothing_that_was_answered(self):
        seed = int(os.environ.get("KILL_SEED", random.randrange(1 << 30)))
        print("KILL_SEED =", seed)
        chance = random.Random(seed)
        merchant = lango.Merchant()
        self.addCleanup(merchant.close)
        sandbox = lango.Sandbox(merchant, auto_pay=50)
        answered = []
        number = 0
        for _ in range(ROUNDS):
            sandbox.start()
            stopping = threading.Event()

            def load(first):
                i = first
                while not stopping.is_set():
                    try:
                        status, body = sandbox.create(100, f"254{700_000_000 + i * 1000 + 777}", f"order-{i}")
                    except (OSError, lango.http.client.HTTPException):
                        return  # killed
                    if status == 200 and "order_id" in body:
                        answered.append(json.loads(body)["data"]["order_id"])
                    i += 4
            threads = [threading.Thread(target=load, args=(number + t,)) for t in range(4)]
            for thread in threads:
                thread.start()
            target = len(answered) + chance.randrange(20, 120)
            lango.until("enough answers", lambda: len(answered) >= target)
            sandbox.kill()
            stopping.set()
            for thread in threads:
                thread.join()
            number += 5000
        sandbox.start()
        self.addCleanup(sandbox.stop)
        # A push whose reply was lost and a callback that found nobody are asked for by query and by
        # the rail's list: after 75 s.
        said = []

        def equal():
            code, text = sandbox.verify()
            said[:] = [text]
            return code == 0
        try:
            lango.until("both ledgers to be equal", equal, seconds=240)
        finally:
            print(*said)
        states = {}
        for order in answered:
            state = sandbox.state(order)
            states[state] = states.get(state, 0) + 1
        print(len(answered), "answered:", states)
        self.assertEqual(sum(states.values()), len(answered))
        self.assertGreater(states.get("paid", 0), 0)
        self.assertNotIn("failed", states)


if __name__ == "__main__":
    unittest.main()

"""The real gateway dies (kill -9) each time that one postback is on its way. The third run tries what was in
flight one at a time and delivers everything else; the fourth has set that one aside, until a person retries it."""
import http.client
import json
import threading
import unittest

import lango

BYSTANDERS = 12  # in flight with it


class Deadly(lango.Merchant):
    """Answers nothing while it holds; later nothing to the one postback that the gateway dies of."""

    def __init__(self):
        super().__init__()
        self.holds = True
        self.arrived = []  # orders, as their postbacks come
        self.released = threading.Event()

    def before_answer(self, body):
        order = json.loads(body)["additional_data"][0]["plugin_custom_order_id"]
        self.arrived.append(order)
        if self.holds or order == "deadly":
            self.released.wait(lango.WAIT)

    def count(self, order):
        return self.arrived.count(order)


class InFlight(unittest.TestCase):
    def setUp(self):
        self.merchant = Deadly()
        self.addCleanup(self.merchant.close)
        self.addCleanup(self.merchant.released.set)
        self.gateway = lango.Gateway(self.merchant)
        self.addCleanup(self.gateway.close)

    def pay(self, order, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=30)
        status, body = self.gateway.create(connection, 100 + number, order, 254_712_000_000 + number * 1000 + 678)
        connection.close()
        self.assertEqual(status, 200, body)
        return json.loads(body)["data"]["order_id"]

    def metric(self, name):
        values = [line.rsplit(" ", 1)[1] for line in self.gateway.metrics() if line.startswith(name + " ")]
        return int(float(values[0])) if values else None

    def test_one_postback_does_not_keep_the_gateway_down(self):
        orders = [f"bystander-{n}" for n in range(BYSTANDERS)]
        self.gateway.start()
        for number, order in enumerate(orders):
            self.pay(order, number)
        lango.until("the bystanders to be in flight", lambda: set(self.merchant.arrived) >= set(orders))
        deadly = self.pay("deadly", BYSTANDERS)  # the youngest: it has its turn last
        lango.until("it to be in flight", lambda: self.merchant.count("deadly") == 1)
        self.gateway.kill()

        self.gateway.start()
        lango.until("it to be in flight again", lambda: self.merchant.count("deadly") == 2)
        lango.until("all of them", lambda: all(self.merchant.count(order) == 2 for order in orders))
        self.gateway.kill()

        self.merchant.holds = False
        self.gateway.start()
        self.assertEqual(self.metric("lango_deaths_in_a_row"), 2)
        self.pay("beside", BYSTANDERS + 1)
        lango.until("it to be tried alone", lambda: self.merchant.count("deadly") == 3)
        lango.until("what was not in flight to go beside", lambda: self.merchant.count("beside") == 1)
        lango.until("all others to be told", lambda: 'lango_postbacks{state="waiting"} 1' in self.gateway.metrics())
        for order in orders:
            self.assertEqual(self.merchant.count(order), 3, order)
        self.gateway.kill()

        self.gateway.start()
        self.assertEqual(self.gateway.set_aside(), [("postback", deadly)])
        self.assertEqual(self.metric('lango_set_aside{kind="postback"}'), 1)
        self.assertEqual(self.metric('lango_postbacks{state="waiting"}'), 0)
        self.assertIn("set aside", (self.gateway.data / "log.txt").read_text())
        code, said = self.gateway.verify(against_the_rail=False)
        self.assertEqual(code, 0, said)
        self.pay("after", BYSTANDERS + 2)
        lango.until("others to be told", lambda: self.merchant.count("after") == 1)
        self.assertEqual(self.merchant.count("deadly"), 3, "nobody sends it by himself")
        shown = json.loads(self.gateway.command("deposit", "show", deadly, "--json"))["postback"]
        self.assertEqual(shown["state"], "waiting")
        self.assertEqual(shown["attempts"][-1]["outcome"], "gateway_died")

        self.merchant.released.set()
        self.assertIn("due now", self.gateway.command("set-aside", "retry", "postback", deadly))
        lango.until("it to be told", lambda: self.merchant.count("deadly") == 4)
        lango.until("nothing to wait", lambda: 'lango_postbacks{state="waiting"} 0' in self.gateway.metrics())
        self.assertEqual(self.gateway.set_aside(), [])
        self.assertEqual(self.metric('lango_set_aside{kind="postback"}'), 0)
        self.gateway.close_gateway()
        self.gateway.start()
        self.assertEqual(self.metric("lango_deaths_in_a_row"), 0, "a clean end clears the count")


if __name__ == "__main__":
    unittest.main()

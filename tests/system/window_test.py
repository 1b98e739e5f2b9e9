"""The payment window through the real programs: visits without a script, news as they happen, a
gateway that dies while the phone rings, paybill with a slip of the finger."""
import html
import http.client
import json
import re
import socket
import subprocess
import time
import unittest
import urllib.parse

import lango

PAYS = "254712345678"
WRONG_PIN = "254712345021"


class Payer:
    """A browser without scripts: follows redirects, keeps cookies, reads marks."""

    def __init__(self, base):
        url = urllib.parse.urlsplit(base)
        self.place = (url.hostname, url.port)
        self.cookies = {}

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection(*self.place, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name == "Set-Cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return answer.status, answer.getheader("Location"), answer.read().decode()
        finally:
            connection.close()

    def open(self, path, method="GET", body=None):
        status, location, page = self.request(method, path, body)
        while location:
            self.path = location
            status, location, page = self.request("GET", location)
        return page

    def press(self, path, **fields):
        key = re.search('name="key" value="([^"]*)"', self.open(path))[1]
        return self.open(path, "POST", urllib.parse.urlencode({"key": key, **fields}))


def screen(page):
    return re.search('data-screen="([a-z]+)"', page)[1]


def text(page, mark):
    found = re.search(f'id="{mark}"[^>]*>([^<]*)<', page)
    return html.unescape(found[1]) if found else None


class Window(unittest.TestCase):
    auto_pay = 200

    def setUp(self):
        self.merchant = lango.Merchant()
        self.addCleanup(self.merchant.close)
        self.sandbox = lango.Sandbox(self.merchant, auto_pay=self.auto_pay).start()
        self.addCleanup(self.sandbox.close)
        self.payer = Payer(self.sandbox.info["api"])

    def link(self, order, **more):
        return "/plugin/demo/?" + urllib.parse.urlencode(
            {"label": "user", "currency_code": "KES", "wallet_type": "mpesa", "fixed_amount": "1000",
             "custom_transaction_id": order, **more})

    def shown(self, wanted):
        """The order's page once it is that screen."""
        def look():
            page = self.payer.open(self.payer.path)
            return page if screen(page) == wanted else None
        return lango.until(f"the screen {wanted}", look)

    def pushes(self):
        calls = json.loads(lango.call(self.sandbox.info["simulator"], "GET", "/simulator/calls")[1])
        return json.dumps(calls).count("processrequest")

    def ledgers_are_equal(self):
        code, said = self.sandbox.verify()
        self.assertEqual(code, 0, said)
        self.assertIn("both ledgers equal", said)


class Visits(Window):
    def test_end_paid_without_a_script(self):
        sent = self.payer.press(self.link("order-1"), phone="0712 345 678")
        self.assertEqual(screen(sent), "sent")
        page = self.shown("paid")
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual([text(page, "receipt")], self.merchant.receipts())
        body = json.loads(self.merchant.bodies[0])
        self.assertEqual(body["additional_data"][0]["plugin_custom_order_id"], "order-1")
        # The shop's link, another browser and the code end there, too.
        code = text(sent, "code")
        for path in (self.link("order-1"), f"/plugin/demo/resume?code={code}&digits=678"):
            self.assertEqual(screen(Payer(self.sandbox.info["api"]).open(path)), "paid")
        self.ledgers_are_equal()

    def test_go_on_after_a_failure_with_another_number(self):
        self.payer.press(self.link("order-2", lang="sw"), phone=WRONG_PIN)
        page = self.shown("unpaid")
        self.assertEqual(text(page, "reason"), "PIN ya M-PESA haikuwa sahihi.")
        self.payer.press(self.payer.path + "&view=again", phone=PAYS)
        self.shown("paid")
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual(len(self.merchant.bodies), 1)
        self.ledgers_are_equal()

    def test_are_told_of_news_while_they_wait(self):
        self.payer.press(self.link("order-3"), phone=PAYS)
        order = self.payer.path.partition("?")[0]
        connection = http.client.HTTPConnection(*self.payer.place, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", order + "/events")
        answer = connection.getresponse()
        self.assertEqual(answer.getheader("Content-Type"), "text/event-stream")
        self.assertIsNone(answer.getheader("Content-Length"))
        while screen(self.payer.open(self.payer.path)) != "paid":
            line = answer.readline().decode()
            self.assertTrue(line, "the stream ended before the news")
        self.assertEqual(screen(self.payer.open(self.payer.path)), "paid")


class WhileThePhoneRings(Window):
    auto_pay = "off"

    def test_a_gateway_that_dies_comes_back_to_the_same_screen(self):
        path = self.link("order-1")
        self.payer.press(path, phone=PAYS)
        key = "key=0&phone=" + PAYS
        lango.until("the push", lambda: self.pushes() == 1)
        lango.until("the prompt", lambda: 'data-left="' in self.payer.open(self.payer.path))
        self.sandbox.kill()
        self.sandbox.start()
        page = self.payer.open(path)
        self.assertIn(screen(page), ("sent", "unseen"))
        self.assertEqual(text(page, "masked-phone"), "07** *** 678")
        # The form once more: the browser was closed on it.
        self.assertIn(screen(self.payer.open(path, "POST", key)), ("sent", "unseen"))
        self.assertEqual(len(lango.listed(self.sandbox.info["simulator"], "payments")), 0)

    def test_a_gateway_that_stops_does_not_wait_for_windows(self):
        self.payer.press(self.link("order-2"), phone=PAYS)
        order = self.payer.path.partition("?")[0]

        def listen():
            line = socket.create_connection(self.payer.place, timeout=30)
            self.addCleanup(line.close)
            line.sendall(f"GET {order}/events HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            return line.recv(4096)

        # As many as one payment may have.
        for _ in range(16):
            self.assertIn(b"200 OK", listen())
        self.assertIn(b"503 ", listen())
        began = time.monotonic()
        self.assertEqual(self.sandbox.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)


class ByPaybill(Window):
    def paybill(self, *arguments):
        code, said = self.sandbox.command("paybill", *arguments, "--json")
        self.assertEqual(code, 0, said)
        return json.loads(said)

    def pay(self, account):
        status, body = lango.call(self.sandbox.info["simulator"], "POST",
                                  f"/simulator/phones/{PAYS}/pay",
                                  {"paybill": "174379", "account": account, "amount": 1000, "pin": "1234"})
        self.assertEqual(status, 200, body)

    def way(self, order):
        """The reference that the screen tells, after a prompt that failed."""
        lango.until("the URLs to be registered", lambda: "registerurl" in lango.call(
            self.sandbox.info["simulator"], "GET", "/simulator/calls")[1])
        self.payer.press(self.link(order), phone=WRONG_PIN)
        self.shown("unpaid")
        page = self.payer.open(self.payer.path + "&view=paybill")
        self.assertEqual(screen(page), "paybill")
        self.assertEqual(text(page, "paybill-number"), "174379")
        self.assertEqual(text(page, "paybill-amount"), "1000")
        return text(page, "paybill-reference")

    def test_the_same_order_is_paid(self):
        self.pay(self.way("order-1").lower())
        page = self.shown("paid")
        lango.until("the postback", lambda: self.merchant.bodies)
        self.assertEqual(self.merchant.receipts(), [text(page, "receipt")])
        self.ledgers_are_equal()

    def test_a_mistyped_reference_ends_allocated(self):
        right = self.way("order-2")
        lango.call(self.sandbox.info["simulator"], "POST", "/simulator/settings",
                   {"c2b_validation": False})
        self.pay(right[:-2] + right[-1])
        item = lango.until("the money to be in suspense", lambda: self.paybill("list")["items"])[0]
        self.assertEqual(screen(self.payer.open(self.payer.path)), "unpaid")
        suggested = self.paybill("suggest", item["receipt"])["suggestions"][0]
        self.paybill("allocate", item["receipt"], "--order", suggested["order_id"],
                     "--as", "amina", "--key-file", self.sandbox.operator("amina"))
        self.assertEqual(text(self.shown("paid"), "receipt"), item["receipt"])
        self.ledgers_are_equal()


if __name__ == "__main__":
    unittest.main()

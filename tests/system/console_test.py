"""The console of the real sandbox: in by password and phone, a question, an act that asks for a code."""
import base64
import hashlib
import hmac
import http.client
import json
import struct
import time
import unittest
import urllib.parse

import lango


def code_at(secret, step):
    """RFC 6238, six digits."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


class Browser:
    """Keeps cookies, and says of every page what a page of the console says."""

    def __init__(self, url):
        self.url = url
        self.cookies = {}
        self.csrf = ""
        self.last_step = 0

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", urllib.parse.urlsplit(self.url).port, timeout=30)

    def headers(self):
        return {"Host": urllib.parse.urlsplit(self.url).netloc,
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def call(self, method, path, body=None, **headers):
        connection = self.connect()
        try:
            sent = {**self.headers(), **headers}
            if method == "POST":
                sent = {"Origin": self.url, "Lango-Csrf": self.csrf, "Content-Type": "application/json", **sent}
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            text = answer.read().decode()
            for name, value in answer.getheaders():
                if name == "Set-Cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            self.last = answer
            told = json.loads(text) if answer.getheader("Content-Type") == "application/json" else text
            if isinstance(told, dict) and "csrf" in told:
                self.csrf = told["csrf"]
            return answer.status, told
        finally:
            connection.close()

    def code(self, secret):
        """One that was not shown yet: this step's, or the next one's."""
        def free():
            now = int(time.time()) // 30
            return max(now, self.last_step + 1) if self.last_step <= now else None
        self.last_step = lango.until("the phone to show another code", free)
        return code_at(secret, self.last_step)

    def log_in(self, person):
        self.call("GET", "/session")
        status, told = self.call("POST", "/session", {"name": person["name"], "password": person["password"]})
        assert (status, told["state"]) == (200, "second_factor"), told
        status, told = self.call("POST", "/session/code", {"code": self.code(person["totp_secret"])})
        assert (status, told["state"]) == (200, "in"), told
        return told


class Console(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.merchant = lango.Merchant()
        cls.sandbox = lango.Sandbox(cls.merchant).start()
        cls.amina, cls.brian = cls.sandbox.info["backoffice_people"]

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.close()
        cls.merchant.close()

    def browser(self):
        return Browser(self.sandbox.info["backoffice"])

    def test_a_person_comes_in_asks_and_acts_with_a_code(self):
        self.assertEqual(self.sandbox.info["backoffice_login"], self.amina)
        amina = self.browser()
        told = amina.log_in(self.amina)
        self.assertEqual((told["name"], told["role"], told["sandbox"]), ("amina", "administrator", True))
        status, created = self.sandbox.create(1000, "254712345678", "console-1")
        self.assertEqual(status, 200, created)
        order = json.loads(created)["data"]["order_id"]
        status, deposits = amina.call("GET", "/admin/deposits")
        self.assertEqual(status, 200)
        self.assertIn(order, [one["order_id"] for one in deposits["deposits"]])
        lango.until("the payer to pay", lambda: order in [
            one["order_id"] for one in amina.call("GET", "/admin/deposits?state=paid")[1]["deposits"]])

        withdrawal = {"merchant": "demo", "account_number": "0712345678", "amount": "100", "label": "user"}
        status, refused = amina.call("POST", "/admin/withdrawals", withdrawal)
        self.assertEqual((status, refused["code"]), (403, "key_needed"))
        code = amina.code(self.amina["totp_secret"])
        status, done = amina.call("POST", "/admin/withdrawals", withdrawal, **{"Lango-Code": code})
        self.assertEqual((status, done["status"]), (200, "ok"), done)
        status, refused = amina.call("POST", "/admin/withdrawals", withdrawal, **{"Lango-Code": code})
        self.assertEqual((status, refused["code"]), (403, "wrong_code"))
        code, trail = self.sandbox.command("trail", "--json")
        self.assertEqual(code, 0)
        acts = {(act["who"], act["act"]) for act in json.loads(trail)["acts"]}
        self.assertIn(("amina", "logged in"), acts)
        self.assertTrue(any(who == "amina" and "withdrawal" in act for who, act in acts), acts)

        status, told = amina.call("POST", "/session/end")
        self.assertEqual((status, told["state"]), (200, "none"))
        self.assertEqual(amina.call("GET", "/admin/deposits")[0], 401)

    def test_nothing_is_told_to_another_site_or_another_name(self):
        stranger = self.browser()
        self.assertEqual(stranger.call("GET", "/session", Host="rebound.example")[0], 421)
        self.assertEqual(stranger.call("GET", "/admin/deposits")[0], 401)
        stranger.call("GET", "/session")
        status, refused = stranger.call("POST", "/session", {"name": "amina", "password": self.amina["password"]},
                                        Origin="http://evil.example")
        self.assertEqual((status, refused["code"]), (403, "foreign_page"))
        status, page = stranger.call("GET", "/payments/deposits")
        self.assertEqual(status, 200)
        self.assertIn("<title>", page)
        policy = stranger.last.getheader("Content-Security-Policy")
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertNotIn("unsafe", policy)

    def test_attempts_that_failed_are_counted_across_a_restart(self):
        # Of a name of its own: nobody else is kept waiting.
        mallory = self.browser()
        mallory.call("GET", "/session")
        wrong = {"name": "mallory", "password": "wrong wrong wrong"}
        statuses = [mallory.call("POST", "/session", wrong)[0] for _ in range(8)]
        self.assertEqual(statuses[:5], [401] * 5)
        self.assertIn(429, statuses[5:])
        lango.until("a wait that a restart is shorter than", lambda: self.waits(mallory, wrong) > 7)
        self.sandbox.kill()
        self.sandbox.start()
        again = self.browser()
        again.call("GET", "/session")
        status, told = again.call("POST", "/session", wrong)
        self.assertEqual((status, told["code"]), (429, "slow_down"))
        # The people are those of before.
        self.assertEqual(self.sandbox.info["backoffice_people"], [self.amina, self.brian])

    def waits(self, browser, attempt):
        status, told = browser.call("POST", "/session", attempt)
        return told["retry_after_s"] if status == 429 else 0

    def test_news_come_as_they_happen(self):
        brian = self.browser()
        brian.log_in(self.brian)
        connection = brian.connect()
        self.addCleanup(connection.close)
        connection.request("GET", "/live?topics=counts", headers=brian.headers())
        answer = connection.getresponse()
        self.assertEqual(answer.getheader("Content-Type"), "text/event-stream")

        def next_event():
            while True:
                line = answer.readline().decode()
                self.assertTrue(line, "the stream has ended")
                if line.startswith("data: "):
                    return json.loads(line[len("data: "):])
        self.assertIn("deposits_pending", next_event())
        lango.call(self.sandbox.info["simulator"], "POST", "/simulator/settings", {"auto_pay_ms": "off"})
        self.addCleanup(lango.call, self.sandbox.info["simulator"], "POST", "/simulator/settings", {"auto_pay_ms": 200})
        self.sandbox.create(1000, "254712345670", "console-live")
        self.assertGreaterEqual(next_event()["deposits_pending"], 1)


if __name__ == "__main__":
    unittest.main()

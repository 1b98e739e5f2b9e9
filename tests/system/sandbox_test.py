"""What ./run shows to a person: the sandbox as it starts with no file for scripts, with a shop of its own."""
import json
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest
import urllib.parse

import lango

KEYS = {"secret": "secret", "access key": "access_key", "private access key": "private_access_key",
        "private key": "private_key", "webhook secret": "webhook_secret"}


class Sandbox(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="lango-test-")
        self.addCleanup(self.folder.cleanup)
        self.data = pathlib.Path(self.folder.name)
        self.started = None
        self.addCleanup(self.end)

    def start(self):
        """Returns where it prints."""
        shown = self.data / "shown.txt"
        with open(shown, "wb") as out, open(self.data / "log.txt", "ab") as log:
            self.started = lango.start_program(
                [lango.BIN / "lango", "sandbox", "--port", "0", "--data", self.data / "data"],
                stdout=out, stderr=log)
        return shown

    def end(self):
        if self.started and self.started.poll() is None:
            self.started.kill()
            self.started.wait(lango.WAIT)

    def read_until(self, shown, words):
        def there():
            self.assertIsNone(self.started.poll(), shown.read_text() + (self.data / "log.txt").read_text())
            return words in shown.read_text()
        lango.until(f"'{words}' to be shown", there)
        return shown.read_text()

    def value(self, text, name):
        found = re.search(rf"^  {name} {{2,}}(\S+)$|^  {name} (\S+)$", text, re.MULTILINE)
        self.assertIsNotNone(found, f"no {name} in:\n{text}")
        return found.group(1) or found.group(2)

    def interrupt(self):
        """As Ctrl-C does."""
        self.started.send_signal(signal.SIGINT)
        self.assertEqual(self.started.wait(lango.WAIT), 0, (self.data / "log.txt").read_text())

    def expect_addresses(self, text):
        """Each one answers."""
        secret = self.value(text, "secret")
        status, body = lango.call(self.value(text, "gateway"), "GET",
                                  f"/api/v1/payment-systems/available?secret={secret}&currency_code[]=KES&label=a")
        self.assertEqual((status, json.loads(body)["status"]), (200, "ok"), body)
        status, body = lango.call(self.value(text, "simulated M-PESA"), "GET", "/simulator/certificate")
        self.assertEqual(status, 200)
        self.assertIn("BEGIN CERTIFICATE", body)
        phones = urllib.parse.urlsplit(self.value(text, "phones"))
        status, page = lango.call(f"http://{phones.netloc}", "GET", phones.path)
        self.assertEqual(status, 200)
        self.assertIn("<title>Phones</title>", page)
        shop = self.value(text, "demo shop")
        status, page = lango.call(shop, "GET", "/")
        self.assertEqual(status, 200)
        self.assertIn("<title>Demo shop</title>", page)
        told = json.loads(lango.call(shop, "GET", "/shelf")[1])["postbacks"]
        self.assertEqual([postback["verified"] for postback in told], [True], told)
        found = re.search(r"^  health, metrics +(\S+)/readyz  /metrics$", text, re.MULTILINE)
        self.assertIsNotNone(found, text)
        for path in ("/readyz", "/metrics"):
            self.assertEqual(lango.call(found.group(1), "GET", path)[0], 200, path)

    def expect_first_payment(self, text):
        payer, = re.findall(r"^First payment: KES 1000 from (\d{12})$", text, re.MULTILINE)
        order, = re.findall(r" s  accepted as order ([0-9a-f]{16}), a PIN prompt goes to the phone$", text,
                            re.MULTILINE)
        receipt, = re.findall(r" s  paid, receipt ([0-9A-Z]{10})$", text, re.MULTILINE)
        self.assertRegex(text, r"(?m)^  \d+\.\d s  postback taken by the shop, signature verified: yes$")
        return payer, order, receipt

    def expect_curl(self, text):
        """The command that is printed to be copied works."""
        command = re.search(r"^  (curl '.*)$\n^ +(-d '.*)$", text, re.MULTILINE)
        self.assertIsNotNone(command, text)
        url, content_type = re.fullmatch(r"curl '(.*)' -H '(.*)' \\", command.group(1)).groups()
        self.assertEqual(content_type, "Content-Type: application/json")
        gateway = self.value(text, "gateway")
        self.assertTrue(url.startswith(gateway + "/"), url)
        body = json.loads(re.fullmatch(r"-d '(.*)'", command.group(2)).group(1))
        status, answer = lango.call(gateway, "POST", url[len(gateway):], body)
        self.assertEqual((status, json.loads(answer)["status"]), (200, "ok"), answer)

    def test_shows_every_address_and_key_and_a_first_payment_each_time_it_is_started(self):
        text = self.read_until(self.start(), "signature verified")
        self.assertIn("Ctrl-C ends it.", text)
        made = json.loads((self.data / "data" / "demo-merchant.json").read_text())
        keys = {key: self.value(text, name) for name, key in KEYS.items()}
        self.assertEqual(keys, {name: value for name, value in made.items() if name not in ("status", "slug")})
        self.assertEqual(self.value(text, "merchant"), made["slug"])
        self.assertEqual(self.value(text, "data"), str(self.data / "data"))
        self.expect_addresses(text)
        first = self.expect_first_payment(text)
        self.expect_curl(text)
        self.interrupt()

        text = self.read_until(self.start(), "signature verified")
        self.assertEqual({key: self.value(text, name) for name, key in KEYS.items()}, keys)
        self.expect_addresses(text)
        second = self.expect_first_payment(text)
        self.assertTrue(all(a != b for a, b in zip(first, second)), (first, second))
        rail = self.value(text, "simulated M-PESA")
        receipts = [payment["receipt"] for payment in lango.listed(rail, "payments")]
        self.assertLessEqual({first[2], second[2]}, set(receipts))
        verify = subprocess.run([lango.BIN / "lango", "verify", "--data-directory", self.data / "data"],
                                capture_output=True, text=True, timeout=lango.WAIT)
        self.assertEqual(verify.returncode, 0, verify.stdout + verify.stderr)
        self.interrupt()


if __name__ == "__main__":
    unittest.main()

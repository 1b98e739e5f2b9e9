"""Safaricom's own package for Node.js, npm mpesa-node, pays at the simulator.

It knows nothing of Lango: what it can do, any client of Daraja can. The package is fetched at test
time; package-lock.json pins it and all it needs by their SHA-512.
"""
import http.server
import json
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

import lango

HERE = pathlib.Path(__file__).parent / "mpesa_node"
PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"  # public, of the sandbox


class Listener:
    """Keeps the bodies of callbacks."""

    def __init__(self):
        self.bodies = []
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                listener.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/callback"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class MpesaNode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="lango-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        for name in ("package.json", "package-lock.json", "pay.js"):
            shutil.copy(HERE / name, cls.folder)
        fetched = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
            cwd=cls.folder, capture_output=True, text=True, timeout=120)
        assert fetched.returncode == 0, "npm could not fetch mpesa-node:\n" + fetched.stderr

    def setUp(self):
        self.listener = Listener()
        self.addCleanup(self.listener.close)
        info = self.folder / "info.json"
        info.unlink(missing_ok=True)
        self.simulator = subprocess.Popen(
            [lango.BIN / "lango-simulator", "--port", "0", "--auto-pay", "100", "--info", info],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end)
        lango.until("the simulator to listen", lambda: info.exists() or self.simulator.poll() is not None)
        self.assertIsNone(self.simulator.poll(), "the simulator ended")
        self.url = json.loads(info.read_text())["url"]

    def end(self):
        self.simulator.terminate()
        self.simulator.wait(lango.WAIT)

    def pay(self, phone, amount):
        run = subprocess.run(
            ["node", "pay.js", self.url, self.listener.url, phone, str(amount), PASSKEY],
            cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        said = json.loads(run.stdout)
        lango.until("the callback", lambda: self.listener.bodies)
        return said, self.listener.bodies.pop()["Body"]["stkCallback"]

    def test_pays_and_asks(self):
        said, callback = self.pay("254712345678", 1000)
        self.assertTrue(said["token"]["access_token"])
        self.assertEqual(said["token"]["expires_in"], "3599")
        self.assertEqual(said["push"]["ResponseCode"], "0")
        self.assertEqual(said["query"]["ResultCode"], "0")
        self.assertEqual(said["query"]["CheckoutRequestID"], said["push"]["CheckoutRequestID"])
        self.assertEqual(said["refused"], 400)
        self.assertEqual(callback["CheckoutRequestID"], said["push"]["CheckoutRequestID"])
        self.assertEqual(callback["ResultCode"], 0)
        items = {item["Name"]: item.get("Value") for item in callback["CallbackMetadata"]["Item"]}
        self.assertEqual(items["Amount"], 1000)
        self.assertEqual(items["PhoneNumber"], 254712345678)

        # The simulator's own ledger has that payment and no other.
        status, body = lango.call(self.url, "GET", "/simulator/payments?after=0&limit=10")
        self.assertEqual(status, 200)
        self.assertEqual([payment["receipt"] for payment in json.loads(body)["payments"]],
                         [items["MpesaReceiptNumber"]])

    def test_learns_that_the_payer_cancelled(self):
        said, callback = self.pay("254712345032", 1000)
        self.assertEqual(said["query"]["ResultCode"], "1032")
        self.assertEqual(callback["ResultCode"], 1032)
        self.assertNotIn("CallbackMetadata", callback)


if __name__ == "__main__":
    unittest.main()

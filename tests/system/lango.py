"""Starts the real programs on free ports in directories of their own, and ends them by id."""
import ctypes
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

BIN = pathlib.Path(os.environ["LANGO_BIN_DIR"])
WAIT = 60  # seconds until something that must happen counts as not happening


def until(what, condition, seconds=WAIT):
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        pause.wait(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


def start_program(arguments, **streams):
    """Ends with this program, however that ends."""
    end_of_parent = 1  # PR_SET_PDEATHSIG
    return subprocess.Popen(arguments, **streams,
                            preexec_fn=lambda: ctypes.CDLL(None).prctl(end_of_parent, signal.SIGKILL))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(base, method, path, body=None, headers=None):
    url = urllib.parse.urlsplit(base)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    try:
        data = None if body is None else json.dumps(body)
        connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Merchant:
    """A merchant's server: keeps postbacks, answers ok until told otherwise; hands out `page`."""

    def __init__(self):
        self.bodies = []
        self.answer = b'{"status":"ok"}'
        self.page = b""
        merchant = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                merchant.bodies.append(body)
                merchant.before_answer(body)
                self.reply(merchant.answer)

            def do_GET(self):
                self.reply(merchant.page)

            def reply(self, answer):
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a killed gateway resets its connections
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/postback"

    def before_answer(self, body):
        """For merchants who are slow, or worse."""

    def receipts(self):
        return [json.loads(body)["additional_data"][0]["transaction_id"] for body in list(self.bodies)]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def signature(body, private_access_key):
    """The page's formula, from the bytes as they stand in the body."""
    at = body.index('"additional_data":') + len('"additional_data":')
    signed = body[at:-1]
    inner = hashlib.md5(signed.encode()).hexdigest()
    return hashlib.sha1((json.loads(body)["access_key"] + private_access_key + inner).encode()).hexdigest()


def withdrawal(keys, **fields):
    """A request's body, signed with the page's formula."""
    def text(value):
        return {True: "1", False: ""}.get(value, str(value)) if isinstance(value, bool) else str(value)
    fields = {"payment_system": "mpesa", "currency_code": "KES", "is_test": False, "label": "user", **fields}
    values = ":".join(text(fields[name]) for name in sorted(fields))
    inner = hashlib.md5(values.encode()).hexdigest()
    return {**fields, "signature": hashlib.sha1((keys["private_key"] + inner).encode()).hexdigest()}


def listed(rail_url, name):
    """All of a list of the simulator's: what its ledger has."""
    found, after = [], 0
    while True:
        page = json.loads(call(rail_url, "GET", f"/simulator/{name}?after={after}&limit=1000")[1])[name]
        if not page:
            return found
        found += page
        after = page[-1]["seq"]


class Sandbox:
    def __init__(self, merchant, auto_pay=200):
        self.folder = tempfile.TemporaryDirectory(prefix="lango-test-")
        self.data = pathlib.Path(self.folder.name)
        self.merchant = merchant
        self.auto_pay = auto_pay
        self.process = None
        self.port = 0  # the first start's stays: callbacks find the gateway again

    def start(self):
        info = self.data / "info.json"
        info.unlink(missing_ok=True)
        # What it prints for people shows the keys; the log is standard error.
        with open(self.data / "log.txt", "ab") as log:
            self.process = start_program(
                [BIN / "lango", "sandbox", "--port", str(self.port), "--simulator-port", "0", "--shop-port", "0", "--metrics-port", "0",
                     "--backoffice-port", "0",
                     "--data", self.data / "data", "--info", info, "--postback", self.merchant.url,
                 "--auto-pay", str(self.auto_pay)],
                stdout=subprocess.DEVNULL, stderr=log)
        until("the sandbox to listen", lambda: info.exists() or self.process.poll() is not None)
        assert self.process.poll() is None, (self.data / "log.txt").read_text()
        self.info = json.loads(info.read_text())
        self.port = urllib.parse.urlsplit(self.info["api"]).port
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WAIT)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WAIT)

    def close(self):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()

    def create(self, amount, phone, order):
        return call(self.info["api"], "POST",
                    "/api/v1/payment/create/mpesa?secret=" + self.info["merchant"]["secret"],
                    {"amount": amount, "phone_number": phone, "currency": "KES", "label": "user",
                     "custom_transaction_id": order})

    def state(self, order_id):
        status, body = call(self.info["api"], "GET",
                            f"/api/v1/payment/{order_id}?secret=" + self.info["merchant"]["secret"])
        assert status == 200, body
        return json.loads(body)["data"]["state"]

    def verify(self):
        return self.command("verify", "--against", self.info["simulator"])

    def command(self, *arguments):
        """Of a person, while the sandbox runs: exit code and what is said."""
        return self.command_as("amina", *arguments)

    def command_as(self, name, *arguments):
        run = subprocess.run([BIN / "lango", *arguments, "--data-directory", self.data / "data"],
                             env={**os.environ, "LANGO_AS": name, "LANGO_KEY_FILE": str(self.key_of(name))},
                             capture_output=True, text=True, timeout=WAIT)
        return run.returncode, run.stdout + run.stderr

    def key_of(self, name):
        """Of one of the two whom the sandbox makes, or of whom operator() made."""
        made = self.data / "data" / f"{name}.key"
        return made if made.exists() else self.data / f"{name}.key"

    def operator(self, name):
        """The file with their key; amina proposes who is not there yet, and brian agrees."""
        if self.key_of(name).exists():
            return self.key_of(name)
        code, said = self.command("user", "add", name, "--json")
        assert code == 0, said
        number = json.loads(said)["proposal"]
        code, said = self.command_as("brian", "proposal", "agree", str(number), "--json")
        assert code == 0, said
        return own_key(self.data, name, said, ["--data-directory", self.data / "data"])


def own_key(folder, name, said, where):
    """The file with the key that this person makes in the place of their first one."""
    key = folder / f"{name}.key"
    key.touch(0o600)
    key.write_text(json.loads(said)["key"] + "\n")
    made = subprocess.run([BIN / "lango", "user", "new-key", "--as", name, "--key-file", key, "--json", *where],
                          capture_output=True, text=True, timeout=WAIT)
    assert made.returncode == 0, made.stdout + made.stderr
    key.write_text(json.loads(made.stdout)["key"] + "\n")
    return key


def administrator(folder, where):
    """Makes the first one; the environment in which commands are theirs."""
    made = subprocess.run([BIN / "lango", "user", "add", "root", "--role", "administrator", "--json", *where],
                          capture_output=True, text=True, timeout=WAIT)
    assert made.returncode == 0, made.stdout + made.stderr
    return {**os.environ, "LANGO_AS": "root", "LANGO_KEY_FILE": str(own_key(folder, "root", made.stdout, where))}


class Gateway:
    """The gateway and its rail as programs of their own, so that one can be killed alone."""

    PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
    PASSWORD = "Safaricom999!*!"
    CONSUMER_SECRET = "sandbox-secret"

    def __init__(self, merchant, settings=""):
        self.folder = tempfile.TemporaryDirectory(prefix="lango-test-")
        self.data = pathlib.Path(self.folder.name)
        self.port, self.metrics_port = free_port(), free_port()
        self.process = None
        info = self.data / "rail.json"
        with open(self.data / "rail.txt", "ab") as log:
            self.rail = start_program(
                [BIN / "lango-simulator", "--port", "0", "--auto-pay", "50", "--info", info], stdout=log, stderr=log)
        until("the rail to listen", lambda: info.exists() or self.rail.poll() is not None)
        self.rail_url = json.loads(info.read_text())["url"]
        (self.data / "certificate.pem").write_text(call(self.rail_url, "GET", "/simulator/certificate")[1])
        (self.data / "lango.toml").write_text(f"""
[data]
directory = "{self.data}/data"
[http]
port = {self.port}
[metrics]
port = {self.metrics_port}
[rail]
base_url = "{self.rail_url}"
shortcode = 174379
consumer_key = "sandbox-key"
consumer_secret = "{self.CONSUMER_SECRET}"
passkey = "{self.PASSKEY}"
callback_addresses = []
confirm_above_kes = -1
pushes_per_second = 100000
timeout_s = 5
[paybill]
register_at_start = true
nominated_number = "254722000000"
[payouts]
initiator = "testapi"
initiator_password = "{self.PASSWORD}"
certificate = "{self.data}/certificate.pem"
shortcode = 600996
payouts_per_second = 100000
query_after_s = 1
not_found_after_s = 5
[deposits]
query_after_s = 1
[postbacks]
allow_private_addresses = true
{settings}
""")
        self.root = administrator(self.data, ["--config", self.data / "lango.toml"])
        made = self.command("merchant", "create", "shop", "--json", "--postback-url", merchant.url)
        self.keys = json.loads(made)
        self.secret = self.keys["secret"]

    def command(self, *arguments):
        run = subprocess.run([BIN / "lango", *arguments, "--config", self.data / "lango.toml"], env=self.root,
                             capture_output=True, text=True, timeout=WAIT)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def set_aside(self):
        """Kind and id of what a run died of."""
        listed = json.loads(self.command("set-aside", "list", "--json"))["set_aside"]
        return [(one["kind"], one["id"]) for one in listed]

    def retry_set_aside(self):
        """A kill while one goes alone sets that one aside: a person has it tried again. Its kinds."""
        tried = []
        for kind, subject in self.set_aside():
            try:
                self.command("set-aside", "retry", kind, subject)
            except AssertionError:
                # Its end may have come meanwhile: then it is set aside no more.
                if (kind, subject) in self.set_aside():
                    raise
            tried.append(kind)
        return tried

    def operator(self, name):
        """The file with the key of a new one."""
        return own_key(self.data, name, self.command("user", "add", name, "--json"),
                       ["--config", self.data / "lango.toml"])

    def launch(self):
        with open(self.data / "log.txt", "ab") as log:
            self.process = start_program([BIN / "lango", "serve", "--config", self.data / "lango.toml"],
                                         stdout=log, stderr=log)

    def start(self):
        self.launch()
        until("the gateway to be ready", self.ready)

    def ready(self):
        assert self.process.poll() is None, (self.data / "log.txt").read_text()[-3000:]
        try:
            return call(f"http://127.0.0.1:{self.metrics_port}", "GET", "/readyz")[0] == 200
        except OSError:
            return False

    def metrics(self):
        return call(f"http://127.0.0.1:{self.metrics_port}", "GET", "/metrics")[1].splitlines()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WAIT)

    def close_gateway(self):
        self.end(self.process)

    def close(self):
        self.end(self.process)
        self.end(self.rail)
        self.folder.cleanup()

    @staticmethod
    def end(process):
        if process and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(WAIT)

    def create(self, connection, amount, order, phone):
        connection.request("POST", "/api/v1/payment/create/mpesa?secret=" + self.secret,
                           json.dumps({"amount": amount, "phone_number": str(phone), "currency": "KES",
                                       "label": "user", "custom_transaction_id": order}),
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def state(self, order_id):
        status, body = call(f"http://127.0.0.1:{self.port}", "GET",
                            f"/api/v1/payment/{order_id}?secret=" + self.secret)
        assert status == 200, body
        return json.loads(body)["data"]["state"]

    def verify(self, against_the_rail=True):
        against = ["--against", self.rail_url] if against_the_rail else []
        run = subprocess.run([BIN / "lango", "verify", "--config", self.data / "lango.toml", *against],
                             capture_output=True, text=True, timeout=WAIT)
        return run.returncode, run.stdout + run.stderr

    def payments(self):
        """All that the rail has taken."""
        return listed(self.rail_url, "payments")

    def payouts(self):
        """All that the rail has paid out."""
        return listed(self.rail_url, "payouts")

"""A gateway under load: its programs, its rail and its merchants' address, in one folder."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
MERCHANTS = 10
PAYOUT_PASSWORD = "Safaricom999!*!"
PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition, seconds=60, pause=0.002):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        threading.Event().wait(pause)
    raise RuntimeError(f"waited {seconds} s for {what}")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid, name="VmRSS"):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {name}")


class Setup:
    """A gateway, its rail and its merchants' address, in one folder."""

    def __init__(self, programs, folder, scale):
        self.programs = programs
        self.scale = scale
        self.folder = folder
        self.sink_port = free_port()
        self.port, self.metrics_port, self.rail_port = free_port(), free_port(), free_port()
        self.keys = []  # of the merchants
        self.gateway = None
        self.rail = None
        self.first = 0
        self.environment = None  # of an administrator's commands

    @property
    def data(self):
        return self.folder / "data"

    def start_rail(self):
        info = self.folder / "rail.json"
        info.unlink(missing_ok=True)
        log = open(self.folder / "rail.log", "ab")
        self.rail = subprocess.Popen(
            [self.programs / "lango-simulator", "--port", str(self.rail_port), "--auto-pay", "0",
             "--journal", self.folder / "rail.journal", "--info", info], stdout=log, stderr=log)
        until("the rail", info.exists)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.rail_port}/simulator/certificate", timeout=5) as answer:
            (self.folder / "certificate.pem").write_bytes(answer.read())

    def start_gateway(self, per_second=100_000):
        """To the rail, at most so many of each kind. Returns the seconds until /readyz said yes."""
        config = self.folder / "lango.toml"
        config.write_text(f"""
[data]
directory = "{self.data}"
[http]
port = {self.port}
[metrics]
port = {self.metrics_port}
[log]
level = "warn"
[rail]
base_url = "http://127.0.0.1:{self.rail_port}"
shortcode = 174379
consumer_key = "sandbox-key"
consumer_secret = "sandbox-secret"
passkey = "{PASSKEY}"
callback_addresses = []
confirm_above_kes = -1
pushes_per_second = {per_second}
concurrency = 256
[payouts]
initiator = "testapi"
initiator_password = "{PAYOUT_PASSWORD}"
certificate = "{self.folder}/certificate.pem"
shortcode = 600996
payouts_per_second = {per_second}
concurrency = 256
[postbacks]
allow_private_addresses = true
""")
        began = time.monotonic()
        log = open(self.folder / "gateway.log", "ab")
        self.gateway = subprocess.Popen([self.programs / "lango", "serve", "--config", config],
                                        stdout=log, stderr=log)
        until("the gateway", self.ready)
        return time.monotonic() - began

    def start_yardstick(self):
        """In the gateway's place, on its database and port: the least that takes a payment durably."""
        log = open(self.folder / "yardstick.log", "ab")
        self.gateway = subprocess.Popen([self.programs / "lango-yardstick", self.data / "lango.db", str(self.port)],
                                        stdout=log, stderr=log)
        until("the yardstick", self.listens)

    def listens(self):
        if self.gateway.poll() is not None:
            raise RuntimeError((self.folder / "yardstick.log").read_text()[-2000:])
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def ready(self):
        if self.gateway.poll() is not None:
            raise RuntimeError((self.folder / "gateway.log").read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def stop(self):
        for process in (self.gateway, self.rail):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(60)

    def end_gateway(self):
        """As an operator does: a death leaves rows that the next run is careful with."""
        self.gateway.send_signal(signal.SIGTERM)
        if self.gateway.wait(60) != 0:
            raise RuntimeError((self.folder / "gateway.log").read_text()[-2000:])

    def kill_gateway(self):
        self.gateway.kill()
        self.gateway.wait(60)

    def lango(self, *arguments, check=True):
        run = subprocess.run([self.programs / "lango", *map(str, arguments), "--data-directory", self.data],
                             capture_output=True, text=True, env=self.environment)
        if check and run.returncode:
            raise RuntimeError(run.stdout + run.stderr)
        return run.stdout

    def become_administrator(self):
        """Of a build of before there were any, nobody is asked for."""
        made = self.lango("user", "add", "root", "--role", "administrator", "--json", check=False)
        if made.startswith("{"):
            key = self.folder / "root.key"
            key.touch(0o600)
            key.write_text(json.loads(made)["key"] + "\n")
            # Of a build of before there were first keys, this one is theirs.
            own = self.lango("user", "new-key", "--as", "root", "--key-file", key, "--json", check=False)
            if own.startswith("{"):
                key.write_text(json.loads(own)["key"] + "\n")
            self.environment = {**os.environ, "LANGO_AS": "root", "LANGO_KEY_FILE": str(key)}

    def create_merchant(self, name):
        if self.environment is None:
            self.become_administrator()
        return json.loads(self.lango("merchant", "create", name, "--json", "--postback-url",
                                     f"http://127.0.0.1:{self.sink_port}/postback"))

    def pay(self, count, hot=False, merchants=None, **how):
        """Payments, spread over the merchants."""
        orders = ["--hot"] if hot else []
        for keys in merchants or self.keys:
            orders += ["--secret", keys["secret"]]
        return self.load(max(64, int(count * self.scale)), orders, **how)

    def withdraw(self, count, **how):
        """Withdrawals of the first merchant, who has the past's money."""
        return self.load(max(64, int(count * self.scale)), withdrawals_of(self.keys[0]), **how)

    def load(self, count, orders, rate=0, connections=64, drain=0, accepted=None):
        """Figures of the load, with the CPU seconds that gateway and rail spent on it. accepted: how
        many must be; all otherwise."""
        before = cpu_seconds(self.gateway.pid), cpu_seconds(self.rail.pid)
        command = [self.programs / "lango-bench", "load", "--port", self.port, "--count", count,
                   "--rate", rate, "--connections", connections, "--first", self.first, "--prefix", "b-",
                   "--sink-port", self.sink_port, "--drain", drain, *orders]
        run = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if run.returncode:
            raise RuntimeError(run.stderr)
        self.first += count
        figures = json.loads(run.stdout)
        figures["gateway_cpu"] = cpu_seconds(self.gateway.pid) - before[0]
        figures["rail_cpu"] = cpu_seconds(self.rail.pid) - before[1]
        wanted = count if accepted is None else accepted
        if count - figures["refused"] != wanted:
            raise RuntimeError(f"{figures['refused']} of {count} refused: {figures['first_refusal']}")
        if drain and figures["postbacks"] != wanted:
            raise RuntimeError(f"{wanted - figures['postbacks']} of {wanted} were not told in {drain} s")
        return figures

    def disk_bytes(self):
        return sum(file.stat().st_size for file in self.data.glob("lango.db*"))

    def comparison(self):
        lines = self.lango("verify", "--json", "--against", f"http://127.0.0.1:{self.rail_port}",
                           check=False).splitlines()
        return json.loads(lines[-1])


def withdrawals_of(keys):
    return ["--access-key", keys["access_key"], "--private-key", keys["private_key"]]


def on_a_copy(setup, run):
    """What is created there never goes out."""
    # With its mark: a copy alone would be an older backup, and found out.
    state = setup.data.with_name(setup.data.name + ".state")
    # Builds of before have no mark.
    copied = [folder for folder in (setup.data, state) if folder.exists()]
    for folder in copied:
        shutil.copytree(folder, setup.folder / f"kept.{folder.name}")
    os.sync()  # or the disk writes back two gigabytes while creates wait for their fsync
    run()
    setup.kill_gateway()
    for folder in copied:
        shutil.rmtree(folder)
        (setup.folder / f"kept.{folder.name}").rename(folder)


def ignore(what):
    try:
        what()
    except (RuntimeError, ProcessLookupError, FileNotFoundError):
        pass  # the gateway was killed under it


def prefill(setup, payments):
    setup.start_rail()
    setup.start_gateway()
    setup.keys = [setup.create_merchant(f"shop{number}") for number in range(MERCHANTS)]
    setup.stop()
    say(f"== a past of {payments:,} payments")
    began = time.monotonic()
    subprocess.run([setup.programs / "lango-bench", "prefill", "--data", setup.data, "--count", str(payments)],
                   check=True)
    took = time.monotonic() - began
    say(f"   {took:.0f} s, {setup.disk_bytes() / max(1, payments):,.0f} B a payment")

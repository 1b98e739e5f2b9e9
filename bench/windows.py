#!/usr/bin/env python3
"""Measures the payment window: the server's CPU per page, and the memory of windows that wait.

    bench/windows.py [--bin build/release/bin] [--windows 10000] [--pages 3000]

`lango sandbox` runs as it is, on loopback; the gateway and its simulator share the process, and
every window that waits holds a connection with server-sent events open.
"""
import argparse
import http.client
import json
import pathlib
import re
import resource
import socket
import subprocess
import tempfile
import threading
import urllib.parse

import run

ORDERS = 1_000
PER_ADDRESS = 100  # windows and orders that come from one: more would meet the limits


def source(number):
    return f"127.0.1.{1 + number // PER_ADDRESS}", 0


class Window:
    def __init__(self, url):
        at = urllib.parse.urlsplit(url)
        self.address = at.hostname, at.port

    def request(self, method, path, body=None, headers=None, source_address=None):
        connection = http.client.HTTPConnection(*self.address, source_address=source_address)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read().decode()

    @staticmethod
    def link(number):
        return (f"/plugin/demo/?label=u&currency_code=KES&wallet_type=mpesa&fixed_amount=1000"
                f"&custom_transaction_id=o{number}")

    def order(self, number):
        """The path of a payment that waits for its PIN."""
        key = re.search('name="key" value="([^"]*)"', self.request("GET", self.link(number))[1])[1]
        answer, _ = self.request("POST", self.link(number), f"phone=07{10000 + number}700&key={key}",
                                 source_address=source(number))
        return answer.getheader("Location").partition("?")[0]

    def waiting(self, order, number):
        events = socket.create_connection(self.address, source_address=source(number))
        events.sendall(f"GET {order}/events HTTP/1.1\r\nHost: {self.address[0]}\r\n\r\n".encode())
        return events


def cpu_per_page(window, pid, path, pages, headers):
    connection = http.client.HTTPConnection(*window.address)
    before = run.cpu_seconds(pid)
    for _ in range(pages):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    return (run.cpu_seconds(pid) - before) / pages * 1e6


def measure(window, pid, windows, pages):
    packed = {"Accept-Encoding": "gzip"}
    print(f"page that asks for the phone: {cpu_per_page(window, pid, window.link('cpu'), pages, packed):.0f} us of CPU")
    orders = [window.order(number) for number in range(ORDERS)]
    print(f"page that waits for the PIN: {cpu_per_page(window, pid, orders[0], pages, packed):.0f} us; "
          f"not compressed {cpu_per_page(window, pid, orders[0], pages, {}):.0f} us")
    before = run.memory_mb(pid)
    held = []
    for number in range(windows):
        held.append(window.waiting(orders[number % ORDERS], number))
        if len(held) % 500 == 0 or len(held) == windows:
            for events in held[-500:]:
                if b" 200 OK" not in events.recv(4096):
                    raise RuntimeError(f"window {number} was not let in")
    print(f"{windows:,} windows that wait: {run.memory_mb(pid):.0f} MB, {run.memory_mb(pid) - before:.0f} MB of them for the windows")
    spent = run.cpu_seconds(pid)
    threading.Event().wait(20)
    print(f"what their waiting costs: {(run.cpu_seconds(pid) - spent) / 20 * 100:.1f} % of a core")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", type=pathlib.Path, default=run.ROOT / "build/release/bin")
    options.add_argument("--windows", type=int, default=10_000)
    options.add_argument("--pages", type=int, default=3000)
    chosen = options.parse_args()
    files = chosen.windows + 1000
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, max(files, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    with tempfile.TemporaryDirectory(prefix="lango-windows-") as folder:
        info = pathlib.Path(folder) / "info.json"
        sandbox = subprocess.Popen([chosen.bin / "lango", "sandbox", "--port", "0", "--data", f"{folder}/data",
                                    "--info", info, "--auto-pay", "off"], stdout=subprocess.DEVNULL)
        try:
            run.until("the sandbox", info.exists)
            measure(Window(json.loads(info.read_text())["api"]), sandbox.pid, chosen.windows, chosen.pages)
        finally:
            sandbox.terminate()
            sandbox.wait(60)


if __name__ == "__main__":
    main()

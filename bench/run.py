#!/usr/bin/env python3
"""Measures the gateway with a simulated rail and merchants on one machine, and prints a table.

    bench/run.py [--bin build/release/bin] [--payments 1000000] [--scale 1] [--only NAME ...]
                 [--against OTHER/build/release/bin]

Everything is real and durable: `lango serve`, `lango-simulator` and the merchants' sink are
processes of their own on loopback, SQLite runs with synchronous=FULL, and the database holds a past
of a million payments. All of them share the machine's cores, so the figures are those of the whole.
Creates are measured in turn with the yardstick (bench/yardstick.cpp): the least that takes a payment
durably. --against measures another build's programs too, in turn with these, and prints the ratios.
"""
import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

from against import against
from gateway import (ROOT, Setup, cpu_seconds, free_port, ignore, memory_mb, on_a_copy, prefill, say, until,
                     withdrawals_of)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, figure, aim, measured, note=""):
        say(f"   {figure}: {measured} (aim {aim}) {note}")
        self.rows.append((figure, aim, measured, note))

    def print(self):
        print("| figure | aim | measured | how |\n|---|---|---|---|")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


class Creates:
    """What runs of creates come to."""

    def __init__(self, runs):
        rates = [run["sent"] / run["create_us"] * 1e6 for run in runs]
        self.per_second = statistics.median(rates)
        self.each = statistics.median(run["gateway_cpu"] / run["sent"] * 1e6 for run in runs)
        self.how = f"three runs of {runs[0]['sent']:,}: " + ", ".join(f"{rate:,.0f}" for rate in rates)


def smallest_answer(folder, table):
    """How quick this machine is at the smallest answer there is: nginx, `return 200`."""
    if not shutil.which("nginx") or not shutil.which("wrk"):
        say("   nginx and wrk (Debian packages nginx-light, wrk) are not there: nothing to compare the machine by")
        return
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(f"""
worker_processes 1; daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{ access_log off; server {{ listen 127.0.0.1:{port}; keepalive_requests 100000000;
        location / {{ return 200 "ok"; }} }} }}
""")
    server = subprocess.Popen(["nginx", "-c", config], stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    until("nginx", lambda: subprocess.run(["wrk", "-t1", "-c1", "-d1s", url], capture_output=True).returncode == 0)
    before = cpu_seconds(server.pid)
    said = subprocess.run(["wrk", "-t1", "-c64", "-d5s", url], capture_output=True, text=True).stdout
    spent = cpu_seconds(server.pid) - before
    server.terminate()
    server.wait(60)
    count = int(next(line for line in said.splitlines() if " requests in " in line).split()[0])
    table.add("this machine: nginx, `return 200`, 64 connections", "114 k/s, 8 us", f"{count / 5:,.0f}/s, {spent / count * 1e6:.1f} us",
              "on the machine that the aims were written on; here")


def creates(setup, table):
    """The API and the write path alone, in turn with the yardstick: pushes are let out one a second."""
    runs = {}
    for _ in range(3):
        for name, start in (("lango", lambda: setup.start_gateway(per_second=1)), ("yardstick", setup.start_yardstick)):
            start()
            setup.pay(20_000)
            runs.setdefault(name, []).append(setup.pay(150_000))
            if name == "lango":
                setup.end_gateway()
            else:
                setup.kill_gateway()
    ours, least = Creates(runs["lango"]), Creates(runs["yardstick"])
    table.add("creates per second, 64 connections", ">= 33 000", f"{ours.per_second:,.0f}", ours.how)
    table.add("CPU of ours per create", "<= 30 us", f"{ours.each:.1f} us", "user and system")
    table.add("yardstick: the least durable create, per second", "", f"{least.per_second:,.0f}", least.how)
    table.add("CPU of the yardstick per create", "", f"{least.each:.1f} us", "bench/yardstick.cpp, in turn with ours")
    table.add("ours to the yardstick's", "", f"{ours.per_second / least.per_second:.2f} of its creates per second, "
              f"{ours.each / max(least.each, 0.1):.2f} times its CPU", "what the gateway's rules cost")
    setup.start_gateway(per_second=1)
    setup.pay(20_000)
    slow = setup.pay(20_000, rate=1000)
    table.add("create p99 at 1000/s", "<= 10 ms", f"{slow['answer_us']['p99'] / 1000:.2f} ms",
              f"p50 {slow['answer_us']['p50'] / 1000:.2f}, max {slow['answer_us']['max'] / 1000:.1f} ms, {slow['sent'] / 1000:.0f} s")


def accepts(setup, table):
    """The same of withdrawals: payouts are let out one a second."""
    setup.start_gateway(per_second=1)
    setup.withdraw(20_000)
    runs = [setup.withdraw(100_000) for _ in range(3)]
    per_second = [run["sent"] / run["create_us"] * 1e6 for run in runs]
    each = [run["gateway_cpu"] / run["sent"] * 1e6 for run in runs]
    table.add("withdrawals accepted per second, 64 connections", ">= 20 000", f"{statistics.median(per_second):,.0f}",
              f"three runs of {runs[0]['sent']:,}: " + ", ".join(f"{value:,.0f}" for value in per_second) +
              f"; {statistics.median(each):.1f} us of our CPU each")
    slow = setup.withdraw(20_000, rate=1000)
    table.add("accept p99 at 1000/s", "<= 10 ms", f"{slow['answer_us']['p99'] / 1000:.2f} ms",
              f"p50 {slow['answer_us']['p50'] / 1000:.2f}, max {slow['answer_us']['max'] / 1000:.1f} ms, {slow['sent'] / 1000:.0f} s")


def covered(setup, table):
    """1000 requests at once against a balance that covers 500."""
    merchant = setup.create_merchant("covers")
    first = setup.first
    setup.first = 4990  # one payment of KES 5000
    setup.load(1, ["--secret", merchant["secret"]], connections=1, drain=30)
    setup.first = first
    run = setup.load(1000, withdrawals_of(merchant), connections=1000, drain=30, accepted=500)
    table.add("1000 concurrent withdrawals, balance for 500", "500 accepted", f"{run['sent'] - run['refused']} accepted",
              f"and paid out; the first refusal: `{run['first_refusal']}`")


def paid_out(setup, table):
    before = setup.comparison()
    covered(setup, table)
    warm = setup.withdraw(5000, drain=60)
    runs = [setup.withdraw(30_000, drain=120) for _ in range(3)]
    count = sum(run["sent"] for run in runs)
    per_second = [run["postbacks"] / run["finish_us"] * 1e6 for run in runs]
    cpu = sum(run["gateway_cpu"] for run in runs) / count * 1000
    rail = sum(run["rail_cpu"] for run in runs) / count * 1000
    table.add("finished withdrawals per second", "2000", f"{statistics.median(per_second):,.0f}",
              f"three bursts of {runs[0]['sent']:,}, drained: " + ", ".join(f"{value:,.0f}" for value in per_second))
    table.add("CPU-seconds of ours per 1000 finished withdrawals", "", f"{cpu:.3f}", f"the simulator's beside it: {rail:.3f}")
    calm = setup.withdraw(20_000, rate=1000, drain=30)
    table.add("accept to postback received, p99 at 1000/s", "", f"{calm['postback_us']['p99'] / 1000:.1f} ms",
              f"p50 {calm['postback_us']['p50'] / 1000:.1f}, max {calm['postback_us']['max'] / 1000:.0f} ms")
    after = setup.comparison()["out"]
    before = before["out"]
    new = after["payouts"] - before["payouts"]
    equal = (after["differences"] == before["differences"] and
             new == 500 + warm["sent"] + count + calm["sent"] and
             after["ours_minor"] - before["ours_minor"] == after["rail_minor"] - before["rail_minor"])
    if not equal:
        raise RuntimeError(f"the ledgers differ: {before} {after}")
    table.add("both ledgers of withdrawals", "equal", "equal", f"{new:,} payouts, receipt by receipt")


def finished(setup, table):
    setup.pay(5000, drain=60)
    before = setup.comparison()
    disk = setup.disk_bytes()
    runs = [setup.pay(40_000, drain=120) for _ in range(3)]
    count = sum(run["sent"] for run in runs)
    per_second = [run["postbacks"] / run["finish_us"] * 1e6 for run in runs]
    cpu = sum(run["gateway_cpu"] for run in runs) / count * 1000
    rail = sum(run["rail_cpu"] for run in runs) / count * 1000
    table.add("finished payments per second", "3000", f"{statistics.median(per_second):,.0f}",
              f"three bursts of {runs[0]['sent']:,}, drained: " + ", ".join(f"{value:,.0f}" for value in per_second))
    table.add("CPU-seconds of ours per 1000 finished", "0.4", f"{cpu:.3f}", f"the simulator's beside it: {rail:.3f}")
    table.add("bytes on disk per finished payment", "<= 3 KB", f"{(setup.disk_bytes() - disk) / count:,.0f} B",
              "growth of database and log")
    calm = setup.pay(30_000, rate=1000, drain=30)
    table.add("create to postback received, p99 at 1000/s", "<= 50 ms", f"{calm['postback_us']['p99'] / 1000:.1f} ms",
              f"p50 {calm['postback_us']['p50'] / 1000:.1f}, max {calm['postback_us']['max'] / 1000:.0f} ms; payer instant, {calm['sent'] / 1000:.0f} s")
    table.add("memory at 1000/s", "<= 150 MB", f"{memory_mb(setup.gateway.pid):.0f} MB",
              f"after all of the above; highest {memory_mb(setup.gateway.pid, 'VmHWM'):.0f} MB")
    after = setup.comparison()
    new = after["payments"] - before["payments"]
    equal = (after["differences"] == before["differences"] and new == count + calm["sent"] and
             after["ours_minor"] - before["ours_minor"] == after["rail_minor"] - before["rail_minor"])
    if not equal:
        raise RuntimeError(f"the ledgers differ: {before} {after}")
    table.add("both ledgers", "equal", "equal", f"{new:,} payments, receipt by receipt")


def hot_merchant(setup, table):
    even, hot = [], []
    for _ in range(3):
        for into, is_hot in ((even, False), (hot, True)):
            run = setup.pay(20_000, hot=is_hot, drain=120)
            into.append(run["postbacks"] / run["finish_us"] * 1e6)
    ratio = statistics.median(hot) / statistics.median(even)
    table.add("one merchant with 90 % of the load", "within 10 %", f"{(ratio - 1) * 100:+.1f} %",
              f"finished per second, A/B three times: even {', '.join(f'{v:,.0f}' for v in even)}; "
              f"hot {', '.join(f'{v:,.0f}' for v in hot)}")


def recovery(setup, table):
    times = []
    for _ in range(3):
        thread = threading.Thread(target=lambda: ignore(lambda: setup.pay(200_000)))
        thread.start()
        threading.Event().wait(1.5)  # amid the load
        setup.kill_gateway()
        thread.join()
        setup.first += 200_000
        times.append(setup.start_gateway())
    table.add("ready again after kill -9 under load", "<= 1 s", f"{statistics.median(times):.2f} s",
              "three kills: " + ", ".join(f"{value:.2f}" for value in times))


def verify(setup, table, payments):
    began = time.monotonic()
    said = setup.lango("verify")
    if "BROKEN" in said or "holds" not in said:
        raise RuntimeError(said)
    took = time.monotonic() - began
    table.add("lango verify", "1 million in < 20 s", f"{took:.1f} s", f"more than {payments:,} payments, all laws")


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{os.cpu_count()} cores, {model}, Linux {platform.release()}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin")
    options.add_argument("--payments", type=int, default=1_000_000, help="in the database before anything is measured")
    options.add_argument("--scale", type=float, default=1, help="of how much load; below 1 nothing is worth writing down")
    options.add_argument("--folder", type=pathlib.Path, help="where to work; a temporary folder otherwise")
    options.add_argument("--only", nargs="*", default=["creates", "accepts", "finished", "paid_out", "hot", "recovery", "verify"])
    options.add_argument("--against", type=pathlib.Path, help="another build's folder of programs, measured in turn")
    chosen = options.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="lango-bench-", dir=chosen.folder) as folder:
        setup = Setup(chosen.bin.resolve(), pathlib.Path(folder), chosen.scale)
        try:
            if chosen.scale >= 1:
                smallest_answer(setup.folder, table)
            prefill(setup, chosen.payments)
            setup.start_rail()
            for name, run in (("creates", creates), ("accepts", accepts)):
                if name in chosen.only:
                    say(f"== {name}")
                    on_a_copy(setup, lambda run=run: run(setup, table))
            setup.start_gateway()
            threading.Event().wait(2)
            table.add("memory idle", "<= 30 MB", f"{memory_mb(setup.gateway.pid):.0f} MB", "after start")
            setup.kill_gateway()
            for name, run in (("finished", finished), ("paid_out", paid_out), ("hot", hot_merchant), ("recovery", recovery)):
                if name in chosen.only:
                    say(f"== {name}")
                    if setup.gateway.poll() is not None:
                        setup.start_gateway()
                    run(setup, table)
            if "verify" in chosen.only:
                say("== verify")
                verify(setup, table, chosen.payments)
        finally:
            setup.stop()
    print(f"{machine()}; {chosen.payments:,} payments in the database.\n")
    table.print()
    if chosen.against:
        print()
        against(chosen)


if __name__ == "__main__":
    main()

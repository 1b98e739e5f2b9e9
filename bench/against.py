"""Two builds in one run, in turn, each with a database of its own: machines have days, and a figure of
yesterday says little about a change of today."""
import contextlib
import pathlib
import statistics
import tempfile

from gateway import Setup, on_a_copy, prefill, say

ROUNDS = 5


def creates(setup):
    setup.pay(20_000)  # a start looks at all that is open: that is no cost of a request
    run = setup.pay(100_000)
    return run["sent"] / run["create_us"] * 1e6, run["gateway_cpu"] / run["sent"] * 1e6


def accepts(setup):
    setup.withdraw(20_000)
    run = setup.withdraw(50_000)
    return run["sent"] / run["create_us"] * 1e6, run["gateway_cpu"] / run["sent"] * 1e6


def finished(setup):
    run = setup.pay(20_000, drain=120)
    return run["postbacks"] / run["finish_us"] * 1e6, run["gateway_cpu"] / run["sent"] * 1e6


def paid_out(setup):
    run = setup.withdraw(20_000, drain=120)
    return run["postbacks"] / run["finish_us"] * 1e6, run["gateway_cpu"] / run["sent"] * 1e6


# What, how it is warmed, and whether pushes and payouts go out only one a second.
FIGURES = (("creates per second", creates, True), ("withdrawals accepted per second", accepts, True),
           ("finished payments per second", finished, False), ("finished withdrawals per second", paid_out, False))


def in_turn(name, measure, held_back, pair):
    """Prints a line: medians of both, and the median of the rounds' ratios."""
    found = {setup: [] for setup in pair}
    for number in range(ROUNDS + 1):
        for setup in pair if number % 2 else pair[::-1]:
            setup.start_gateway(**({"per_second": 1} if held_back else {}))
            value = measure(setup)
            setup.end_gateway()
            if number:  # the first round warms
                found[setup].append(value)
    ours, theirs = found[pair[0]], found[pair[1]]
    # A few requests take no processor time that the kernel would count.
    speed, cpu = (statistics.median(a[i] / b[i] if b[i] else 1 for a, b in zip(ours, theirs)) for i in (0, 1))

    def shown(values):
        return f"{statistics.median(v[0] for v in values):,.0f}, {statistics.median(v[1] for v in values):.1f} us"
    print(f"| {name} | {shown(ours)} | {shown(theirs)} | {(speed - 1) * 100:+.1f} % | {(cpu - 1) * 100:+.1f} % |", flush=True)


def against(chosen):
    say(f"== against {chosen.against}")
    with contextlib.ExitStack() as kept:
        pair = []
        for programs in (chosen.bin, chosen.against):
            folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="lango-bench-", dir=chosen.folder))
            setup = Setup(programs.resolve(), pathlib.Path(folder), chosen.scale)
            kept.callback(setup.stop)
            prefill(setup, chosen.payments)
            setup.start_rail()
            pair.append(setup)
        print(f"Against {chosen.against}, {ROUNDS} rounds in turn; a figure and our CPU for each one.\n")
        print("| figure | this build | the other | speed | CPU |\n|---|---|---|---|---|", flush=True)
        for name, measure, held_back in FIGURES:
            if held_back:  # on copies: what is created there never goes out
                on_a_copy(pair[0], lambda: on_a_copy(pair[1], lambda: in_turn(name, measure, held_back, pair)))
            else:
                in_turn(name, measure, held_back, pair)

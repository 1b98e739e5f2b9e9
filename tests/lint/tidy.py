"""Runs clang-tidy on every source of ours, a few at a time.

    python3 tests/lint/tidy.py BUILD [FILE...]

BUILD is a configured build folder; its compile_commands.json says how each file is compiled.
Most of clang-tidy's time goes into the headers, so the sources of a folder are checked as one, a
few together. Where they cannot stand together (two anonymous functions of one name) they are
halved until they can. What was clean is not checked again until a byte of it changes.
"""
import concurrent.futures
import hashlib
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ("src/", "simulator/", "bench/", "tests/")
TOGETHER = 12
FINDING = re.compile(r"^\S+:\d+:\d+: (?:warning|error): ", re.MULTILINE)
FLAGS = re.compile(r"-(?:I|D|U|std=|f(?!sanitize|no-sanitize))")


def flags_of(command):
    """What decides how the source reads; neither warnings nor instrumentation."""
    words = iter(shlex.split(command))
    flags = []
    for word in words:
        if word in ("-isystem", "-include", "-I", "-D"):
            flags += [word, next(words)]
        elif FLAGS.match(word):
            flags.append(word)
    return tuple(flags)


def groups(build, only):
    """[(files, flags)], each of one folder and compiled alike, the largest first."""
    alike = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        name = os.path.relpath(entry["file"], ROOT)
        if name.startswith(OURS) and (not only or name in only):
            alike.setdefault((os.path.dirname(name), flags_of(entry["command"])), set()).add(name)
    found = []
    for (_, flags), names in alike.items():
        parts = -(-len(names) // TOGETHER)
        found += [(tuple(sorted(names)[n::parts]), flags) for n in range(parts)]
    return sorted(found, key=lambda group: -len(group[0]))


class Tidy:
    def __init__(self, build):
        self.folder = build / "tidy"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.printing = threading.Lock()
        self.told = set()
        version = subprocess.run(["clang-tidy-19", "--version"], capture_output=True, check=True).stdout
        self.rules = version + (ROOT / ".clang-tidy").read_bytes()

    def check(self, files, flags):
        """How many findings there are in these files."""
        text = "".join(f'#include "{ROOT / name}"\n' for name in files)
        source = self.folder / (hashlib.sha256(repr((files, flags)).encode()).hexdigest()[:16] + ".cpp")
        source.write_text(text)
        # With comments: one of them may silence a check.
        read = subprocess.run(["clang++-19", "-E", "-C", "-dD", "-w", *flags, source], capture_output=True)
        seen = hashlib.sha256(self.rules + read.stdout).hexdigest()
        clean = source.with_suffix(".clean")
        if read.returncode == 0 and clean.exists() and clean.read_text() == seen:
            return 0
        run = subprocess.run(["clang-tidy-19", "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
                              source, "--", "-w", *flags], capture_output=True, text=True)
        if "[clang-diagnostic-error]" in run.stdout and len(files) > 1:
            middle = len(files) // 2
            return self.check(files[:middle], flags) + self.check(files[middle:], flags)
        if run.returncode == 0:
            clean.write_text(seen)
            return 0
        return self.tell(run.stdout) or self.tell(f"{files[0]}:1:1: error: {run.stderr}")

    def tell(self, said):
        """Prints findings with their notes, each once however many sources include it."""
        starts = [match.start() for match in FINDING.finditer(said)] + [len(said)]
        for begin, end in itertools.pairwise(starts):
            finding = said[begin:end].rstrip().replace(f"{ROOT}/", "")
            with self.printing:
                if finding not in self.told:
                    self.told.add(finding)
                    print(finding, flush=True)
        return len(starts) - 1


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    work = groups(build, {os.path.relpath(name, ROOT) for name in sys.argv[2:]})
    tidy = Tidy(build)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = sum(pool.map(lambda group: tidy.check(*group), work))
    print(f"clang-tidy: {sum(len(files) for files, _ in work)} files, {len(tidy.told)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Runs clang-tidy on every source of the programs (not of the tests), a few at a time.

    python3 tests/lint/tidy.py BUILD [FILE...]

BUILD is a configured build folder; its compile_commands.json says how each file is compiled.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ("src/", "simulator/", "bench/")
# Parts of tests that stand beside the sources they test.
OF_TESTS = ("_test.cpp", "conformance.cpp", "conformance_kit.cpp", "fault.cpp", "faulty_vfs.cpp")


def sources():
    listed = subprocess.run(["git", "ls-files", "*.cpp"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split() if name.startswith(OURS) and not name.endswith(OF_TESTS)]


def check(build, name):
    run = subprocess.run(["clang-tidy-19", "-p", build, "--quiet", name], cwd=ROOT, capture_output=True, text=True)
    return run.returncode, run.stdout


def main():
    build, names = sys.argv[1], sys.argv[2:] or sources()
    seen, failed = set(), 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for code, said in pool.map(lambda name: check(build, name), names):
            failed += code != 0
            # A finding in a header is told once.
            for block in said.split("\n/")[0:] if said else []:
                text = block if block.startswith("/") else "/" + block
                if text not in seen and text.strip("/ \n"):
                    seen.add(text)
                    print(text.replace(str(ROOT) + "/", ""), flush=True)
    print(f"clang-tidy: {len(names)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

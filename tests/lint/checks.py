"""The checks that stay on where a wrong value would cost money (src/base/check.hpp): at least
CHECKS_MIN in 1,000 lines of each folder's own sources, and nothing that ends the process. What checks
at run time counts; a static_assert does not."""

import os
import re

from references import Finding

FOLDERS = ("ledger", "deposits", "withdrawals", "refunds", "approvals", "postbacks", "batches", "store")
CHECKS_MIN = 10
CHECK = re.compile(r"\bLANGO_(?:CHECK|REQUIRE|NOTE_UNLESS)\(")
ENDS = re.compile(r"\bLANGO_ASSERT\(|\bassertion_failed\(|\b(?:abort|terminate)\(\)")
OF_TESTS = re.compile(r"_test\.cpp$|_fixture\.hpp$|^samples\.hpp$")


def stems_of_tests(listing):
    """The sources that a folder's CMakeLists.txt names for its test alone."""
    stem = re.compile(r"[\w/]+(?=\.cpp)")
    library, _, tests = listing.partition("lango_test(")
    return set(stem.findall(tests)) - set(stem.findall(library))


def sources(folder, files, text_of):
    """[(path, text)] of a folder's own sources."""
    listing = f"src/{folder}/CMakeLists.txt"
    alone = stems_of_tests(text_of(listing)) if listing in files else set()
    for path in files:
        if not path.startswith(f"src/{folder}/") or not path.endswith((".cpp", ".hpp")):
            continue
        stem = os.path.splitext(path[len(f"src/{folder}/"):])[0]
        if not OF_TESTS.search(os.path.basename(path)) and stem not in alone:
            yield path, text_of(path)


def count(folder, files, text_of, code_of):
    """Lines, checks, static_asserts, and [(path, line)] of what ends the process."""
    lines = checks = statics = 0
    ends = []
    for path, text in sources(folder, files, text_of):
        code = code_of(text)
        lines += text.count("\n")
        checks += len(CHECK.findall(code))
        statics += len(re.findall(r"\bstatic_assert\(", code))
        ends += [(path, number) for number, line in enumerate(code.split("\n"), 1)
                 if ENDS.search(line)]
    return lines, checks, statics, ends


def findings(files, text_of, code_of):
    for folder in FOLDERS:
        lines, checks, _, ends = count(folder, files, text_of, code_of)
        wanted = lines * CHECKS_MIN // 1000
        if checks < wanted:
            yield Finding(f"src/{folder}", 1, "checks", f"{checks} checks in {lines} lines, {wanted} at "
                          "least: LANGO_CHECK what must hold where a wrong value would cost money")
        for path, number in ends:
            yield Finding(path, number, "ends-the-process", "an abort on one bad row is a crash loop: "
                          "LANGO_CHECK throws, and ends one command (src/base/check.hpp)")

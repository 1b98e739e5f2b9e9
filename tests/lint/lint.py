#!/usr/bin/env python3
"""The house rules that no compiler knows. Prints a line for each place that breaks one.

    tests/lint/lint.py [ROOT]     ROOT: the source tree (default: this file's)

Exit code 0: none found; 1: some were.
"""

import os
import re
import sys
from collections import Counter

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import checks  # noqa: E402
import references  # noqa: E402
from references import Finding  # noqa: E402
import sql_words  # noqa: E402

# Who may include whom. A folder may always include itself; ALL also means folders outside src/.
ALL = {"*"}
EDGES = {
    "base": set(),
    "http": {"base"},
    "runtime": {"base"},
    "store": {"base"},
    "ledger": {"base", "store"},
    "restore": {"base", "runtime", "store"}, "runs": {"base", "runtime", "store"},
    "merchants": {"base", "http", "store", "ledger"},
    "people": {"base", "store"}, "approvals": {"base", "store"},
    # The last six for its tests.
    "privacy": {"base", "store", "deposits", "suspense", "unreadable", "withdrawals", "paybill",
                "rails"},
    "rates": {"base", "store"},
    "rails": {"base", "http", "store"},
    "postbacks": {"base", "runtime", "store", "merchants", "rates", "http", "restore", "runs"},
    "suspense": {"base", "store", "ledger", "rails"},
    "unreadable": {"base", "store"},
    "deposits": {"base", "runtime", "store", "ledger", "suspense", "merchants", "rates", "rails",
                 "postbacks", "unreadable", "runs"},
    "withdrawals": {"base", "runtime", "store", "ledger", "merchants", "rates", "rails", "postbacks",
                    "restore", "runs", "unreadable"},
    "paybill": {"base", "runtime", "store", "ledger", "merchants", "rates", "rails", "postbacks",
                "suspense", "deposits", "people", "restore", "unreadable"},
    "refunds": {"base", "store", "ledger", "merchants", "rails", "suspense", "deposits",
                "withdrawals", "paybill"},
    # The last four for the day that its tests live.
    "laws": {"base", "runtime", "store", "ledger", "merchants", "rates", "postbacks", "rails", "deposits",
             "withdrawals", "paybill", "refunds", "restore", "people", "suspense"},
    "ops": {"base", "http", "store"},
    "api": {"base", "http", "store", "ledger", "merchants", "deposits", "withdrawals", "rates",
            "postbacks", "rails", "ops", "paybill", "suspense", "refunds", "unreadable"},
    "window": {"base", "runtime", "http", "store", "merchants", "deposits", "paybill", "rails", "ops"},
    "shop": {"base", "http", "merchants", "postbacks", "rates"},
    "process": {"base", "http", "ops"},
    "recovery": {"base", "runtime", "http", "store", "rails", "postbacks", "unreadable", "deposits",
                 "withdrawals", "people", "restore", "runs", "ops", "api"},
    "backoffice": {"base", "http", "store", "ledger", "merchants", "rates", "postbacks", "rails",
                   "suspense", "unreadable", "deposits", "withdrawals", "paybill", "refunds", "laws",
                   "people", "approvals", "privacy", "runs", "ops", "api", "recovery", "window", "batches", "sheets"},
    "console": {"base", "runtime", "http", "store", "merchants", "people", "approvals", "ops", "window", "backoffice"},
    "app": {"base", "runtime", "http", "store", "ledger", "merchants", "rates", "postbacks", "rails", "deposits",
            "withdrawals", "paybill", "privacy", "laws", "restore", "runs", "ops", "api", "window",
            "process", "recovery", "backoffice", "console", "people", "batches", "sheets"},
    # The last ones of both for their tests.
    "history": {"base", "store", "ledger", "merchants", "people", "rates", "postbacks", "rails", "deposits",
                "withdrawals", "paybill", "refunds", "batches", "laws"},
    "sandbox": {"base", "runtime", "http", "people", "shop", "process", "app", "history", "store", "merchants", "backoffice"},
    "cli": {"base", "http", "store", "merchants", "recovery", "ops", "process", "app", "history", "sandbox",
            "backoffice", "people", "manual", "simulator", "ledger", "withdrawals"},  # the last two for its tests
    "sheets": {"base"}, "manual": set(), "simulator": {"base", "http"},
    # The last three for its tests.
    "batches": {"base", "runtime", "store", "merchants", "people", "sheets", "withdrawals",
                "ledger", "rails", "rates"},
    "bench": ALL, "tests": ALL,
}

# The only files that ask the machine for the time or for chance, or sleep; each with its reason.
CLOCKS_AND_CHANCE = {
    "src/base/system_clock.cpp": "the clock that everyone else is handed",
    "src/base/random.cpp": "the source of chance that everyone else is handed",
    "src/http/beast_client.cpp": "deadlines of sockets",
    "src/http/pool.cpp": "how long a kept connection has been idle",
    "src/http/resolver.cpp": "how long a name's answer is kept",
    "src/http/server.cpp": "deadlines of sockets, and the Date header",
    "src/http/session.cpp": "deadlines of sockets, and how long a request took",
    "src/http/loop_fixture.hpp": "gives up on a test that hangs",
    "src/store/sqlite/writer.cpp": "how long the log holds what the file lacks",
    "src/process/child_process.cpp": "waits for another process to end",
    "src/sandbox/sandbox.cpp": "waits for servers of its own to start",
}

# The only sources that parse Asio's headers (100,000 lines) and neither wait nor name it, each with
# its reason. All others take values from headers that stand apart from the ports: merchants/merchant.hpp
# beside merchants.hpp, rails/claims.hpp beside rail.hpp and payout.hpp, store/tx.hpp and
# store/errors.hpp beside store.hpp, http/client_message.hpp beside client.hpp.
ASIO_WITHOUT_WAITING = {
    "src/api/caller.cpp": "asks the clock, which also waits",
    "src/api/merchant_of.cpp": "asks the clock, which also waits",
    "src/backoffice/routes.cpp": "puts together routes whose handlers wait",
    "src/app/gateway_options.cpp": "fills the options of classes whose members wait",
    "src/backoffice/checks.cpp": "reads the table, whose handlers wait",
    "src/backoffice/lists/proposals.cpp": "reads the table, whose handlers wait",
    "src/backoffice/openapi.cpp": "reads the table, whose handlers wait",
    "src/backoffice/proposed_call.cpp": "reads the table, whose handlers wait",
    "src/backoffice/use_cases.cpp": "names handlers that wait",
    "src/http/exchange.cpp": "members of a class whose others wait",
    "src/http/pool.cpp": "keeps connections, whose members wait",
    "src/rails/daraja/daraja.cpp": "members of a class whose others wait",
    "src/rails/daraja/payouts.cpp": "members of a class whose others wait",
    "src/rails/daraja/reversal.cpp": "members of a class whose others wait",
    "src/window/prompt.cpp": "works on the desk, whose members wait",
    "src/withdrawals/take.cpp": "asks the rail, whose other members wait",
}

# The only files of src/ that write to the terminal themselves; each with its reason.
PRINTERS = {
    "src/process/terminal.cpp": "makes others' text safe before it prints it",
    "src/process/child_process.cpp": "hands a log file to another process as its output",
    "src/base/result.cpp": "says where the program broke, in words of its own, and aborts",
    "src/ops/logging.cpp": "writes lines that log_line.cpp made safe",
}

# Folders of src/ with more files than this (tests and folders inside them counted) have a README.
FILES_WITHOUT_README = 10

# Where pages for people are written in C++; who writes tags there, and who takes the bytes out of a
# Markup.
PAGES = re.compile(r"src/(?:window|shop)/|simulator/\w*_page\.cpp$")
TAG_WRITER = "src/window/markup.cpp"
HTML_SENDER = "src/window/page.cpp"

CODE_FOLDERS = ("src", "simulator", "bench", "tests")
CPP = (".cpp", ".hpp")
TEXT = CPP + (".c", ".h", ".py", ".sh", ".sql", ".cmake", ".txt", ".md", ".toml", ".json", ".yml",
              ".yaml", ".php", ".js", ".ts", ".tsx", ".html", ".css", "")
LINES_MAX = 500
SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__", "lango-data", ".cache"}
SKIPPED_PATHS = {"third_party/sqlite/amalgamation"}
MEASURE = "// lint: measure"

WAITS = re.compile(r"\bco_(?:await|return|yield)\b|asio")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
FLOAT = re.compile(r"\b(?:float|double)\b")
CLOCK = re.compile(
    r"\b(?:system_clock::now|steady_clock::now|high_resolution_clock|random_device|sleep_for|"
    r"this_thread::sleep_until|gettimeofday|clock_gettime|usleep|nanosleep)\b|\brand\s*\(|"
    r"\btime\s*\(\s*(?:nullptr|NULL|0)\s*\)")
PRINT = re.compile(
    r"\bstd::(?:cout|cerr|clog|wcout|wcerr|print|println|puts|putchar|fputs|fwrite)\b|"
    r"\b(?:fmt::print|v?f?printf|puts|putchar|fputs|perror)\s*\(|"
    r"\b(?:STDOUT_FILENO|STDERR_FILENO|stdout|stderr)\b|"
    r"#\s*include\s*<(?:iostream|print|syncstream)>")
LITERAL = re.compile(r'R?"')
TAG = re.compile(r"<(?:[A-Za-z/!]|$)")
HTML_BYTES = re.compile(r"\.html\(\)")
# Spelled in halves, so that this file keeps the rule too.
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
# What is spawned so is waited for by nobody, and nobody hears why it failed.
DETACHED = re.compile(r"\bdetached\b")
JUNK_DRAWER = re.compile(r"^(?:utils?|helpers?|common|misc)$")
GLOB = re.compile(r"\bfile\s*\(\s*GLOB", re.IGNORECASE)


def text_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def files_of(root):
    """Every file of the project, relative, sorted; nothing that is built or fetched."""
    found = []
    for folder, folders, names in os.walk(root):
        relative = os.path.relpath(folder, root).replace(os.sep, "/")
        relative = "" if relative == "." else relative + "/"
        folders[:] = [f for f in folders
                      if f not in SKIPPED_FOLDERS and relative + f not in SKIPPED_PATHS]
        found += [relative + name for name in names]
    return sorted(found)


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'
    r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'", re.DOTALL)


def without_comments_and_texts(text):
    """The same lines with comments and literals blanked, so that rules see code alone."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return TOKEN.sub(blank, text)


def folder_of(path):
    """The node of the include graph that a file belongs to; None outside the graph."""
    parts = path.split("/")
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else None
    return parts[0] if parts[0] in CODE_FOLDERS else None


def check_edges_have_no_cycle(edges):
    """One line of the cycle in the declared edges, or None."""
    done, open_ = set(), []

    def visit(node):
        if node in open_:
            return " -> ".join(open_[open_.index(node):] + [node])
        if node in done or edges.get(node) is ALL:
            return None
        open_.append(node)
        for other in sorted(edges.get(node, ())):
            cycle = visit(other)
            if cycle:
                return cycle
        open_.pop()
        done.add(node)
        return None

    for node in edges:
        cycle = visit(node)
        if cycle:
            return cycle
    return None


def check_includes(path, lines):
    folder = folder_of(path)
    if folder is None:
        return
    if folder not in EDGES:
        yield Finding(path, 1, "include-graph",
                      f"folder {folder} is not declared: add what it may include to EDGES in "
                      "tests/lint/lint.py and to ARCHITECTURE.md")
        return
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        kind, name = match.groups()
        if name.startswith("boost/beast") and not path.startswith("src/http/"):
            yield Finding(path, number, "beast",
                          "Beast stays inside src/http/ (it makes a file take 5 s to 12 s to "
                          "compile): use http::Request, http::Response or http::Client")
        if kind != '"':
            continue
        if ".." in name.split("/"):
            yield Finding(path, number, "include-graph",
                          f'"{name}": write the path from src/ or from the repository root')
            continue
        other = name.split("/")[0]
        if "/" not in name or other == folder or other not in EDGES:
            continue
        allowed = EDGES[folder]
        if allowed is not ALL and other not in allowed:
            names = ", ".join(sorted(allowed)) or "nothing"
            yield Finding(path, number, "include-graph",
                          f"{folder} may not include {other} (it may include: {names}): move the "
                          "piece that both need downwards, or pass it in from app")


class Includes:
    """What each file includes: [(line, name)], and which of ours a quoted name means."""

    def __init__(self, root, files):
        self.root = root
        self.ours = set(files)
        self.of = {}

    def read(self, path):
        if path not in self.of:
            matches = ((number, INCLUDE.match(line)) for number, line
                       in enumerate(text_of(self.root, path).split("\n"), 1))
            self.of[path] = [(number, match.group(2)) for number, match in matches if match]
        return self.of[path]

    def ours_named(self, name):
        return next((p for p in (f"src/{name}", name) if p in self.ours), None)

    def way_to_asio(self, path):
        """(line, [the headers from there on]) of the shortest way through our headers, or None."""
        ways = [(number, [name]) for number, name in self.read(path) if self.ours_named(name)]
        seen = set()
        while ways:
            number, way = ways.pop(0)
            if way[-1].startswith("boost/asio"):
                return number, way
            header = self.ours_named(way[-1])
            if header and header not in seen:
                seen.add(header)
                ways += [(number, way + [name]) for _, name in self.read(header)]
        return None


def check_asio(path, text, includes):
    if not path.startswith("src/") or path.endswith("_test.cpp"):
        return
    if WAITS.search(without_comments_and_texts(text)):
        return
    found = includes.way_to_asio(path)
    excused = path in ASIO_WITHOUT_WAITING
    if found and not excused:
        number, way = found
        yield Finding(path, number, "asio",
                      f"parses Asio and needs it not, by {' > '.join(way)}: include the header that "
                      "has the values alone, or declare the class (ASIO_WITHOUT_WAITING in "
                      "tests/lint/lint.py says which there are)")
    if excused and not found:
        yield Finding(path, 1, "asio", "does not parse Asio any more: strike it out of "
                      "ASIO_WITHOUT_WAITING in tests/lint/lint.py")


def tests_alone(files, includes):
    """Headers of src/ that no source of the program comes to."""
    reached, waiting = set(), [path for path in files if path.startswith("src/")
                               and path.endswith(".cpp") and not path.endswith("_test.cpp")]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [p for p in (includes.ours_named(name) for _, name in includes.read(path)) if p]
    return {path for path in files if path.endswith(".hpp") and path not in reached}


def check_sql(path, text):
    for number, part in sql_words.numbers(text):
        yield Finding(path, number, "sql-number",
                      f"`{part.strip()}` in a statement: bind the enumerator, or, where the plan or a "
                      f"law needs it in the text, put in its word ({sql_words.WORDS})")


def check_words(root, files):
    if sql_words.WORDS in files:
        sources = (text_of(root, path) for path in files
                   if path.startswith("src/") and path.endswith(CPP))
        for number, name in sql_words.untied(text_of(root, sql_words.WORDS), sources):
            yield Finding(sql_words.WORDS, number, "sql-number",
                          f"{name} is tied to no enumerator: add static_assert(store::spells({name}, "
                          "...)) beside the enum")


def check_code(path, text):
    raw = text.split("\n")
    code = without_comments_and_texts(text).split("\n")
    product = path.startswith(("src/", "simulator/"))
    timed = product or path.startswith("tests/")
    # A test prints to whoever runs it.
    printed = path.startswith("src/") and not path.endswith(("_test.cpp", "_fixture.hpp"))
    for number, line in enumerate(code, 1):
        if product and FLOAT.search(line) and MEASURE not in raw[number - 1]:
            yield Finding(path, number, "float",
                          "amounts and rates are base::Money and base::Decimal; a measurement "
                          f"for people (a metric) is marked `{MEASURE}`")
        match = PRINT.search(line)
        if match and printed and path not in PRINTERS:
            yield Finding(path, number, "print",
                          f"`{match.group(0).strip()}`: print with say or complain "
                          "(process/terminal.hpp), which make others' text safe. A file that must "
                          "write itself is named in PRINTERS in tests/lint/lint.py, with why")
        if printed and DETACHED.search(line) and not path.startswith("src/runtime/"):
            yield Finding(path, number, "detached",
                          "spawn it in a runtime::TaskGroup, which counts it, tells what escapes from "
                          "it and can be waited for")
        match = CLOCK.search(line)
        if timed and match and path not in CLOCKS_AND_CHANCE:
            yield Finding(path, number, "clock",
                          f"`{match.group(0).strip()}`: take `now`, base::Clock or base::Random "
                          "as a parameter; a wait is an Asio timer. A file that must ask the "
                          "machine is named in CLOCKS_AND_CHANCE in tests/lint/lint.py, with why")


def check_markup(path, text):
    """HTML is a Markup (window/markup.hpp), which no text becomes unescaped; never a std::string."""
    if not PAGES.match(path) or path.endswith(("_test.cpp", "_fixture.hpp")):
        return
    before = ""  # the code before a literal, and before those that it is one with
    end = 0
    for match in TOKEN.finditer(text):
        between, end = text[end:match.start()], match.end()
        if between.strip():
            before = between.rstrip()
        token = match.group(0)
        if not LITERAL.match(token):
            continue
        number = text[:match.start()].count("\n") + 1
        body = token.split("(", 1)[1].rsplit(")", 1)[0] if token[0] == "R" else token[1:-1]
        if TAG.search(body) and not before.endswith("Markup{") and path != TAG_WRITER:
            yield Finding(path, number, "markup",
                          f"{token[:40]}: HTML is a Markup, never a std::string: element(), or "
                          'Markup{"..."} for what is written out (window/markup.hpp)')
        if "text/html" in body and path != HTML_SENDER:
            yield Finding(path, number, "markup",
                          "a page leaves by draw() (window/page.hpp), which takes Markups alone")
    for number, line in enumerate(without_comments_and_texts(text).split("\n"), 1):
        if HTML_BYTES.search(line) and path != HTML_SENDER:
            yield Finding(path, number, "markup",
                          "a Markup's bytes are taken out of it in window/page.cpp alone: hand on "
                          "the Markup")


def check_listed(root, path, listings):
    """A source file that no CMakeLists.txt names is not built, and nobody notices."""
    folder = os.path.dirname(path)
    while folder:
        listing = f"{folder}/CMakeLists.txt"
        if os.path.exists(os.path.join(root, listing)):
            if listing not in listings:
                text = re.sub(r"#[^\n]*", "", text_of(root, listing))
                listings[listing] = set(re.split(r'[\s()"]+', text))
            if path[len(folder) + 1:] in listings[listing]:
                return
        folder = os.path.dirname(folder)
    yield Finding(path, 1, "unlisted",
                  "no CMakeLists.txt above it names this file: add it to the SOURCES of its target")


def check_readmes(files):
    counts = Counter(p.split("/")[1] for p in files if p.startswith("src/") and p.count("/") > 1)
    for folder, count in sorted(counts.items()):
        readme = f"src/{folder}/README.md"
        if count > FILES_WITHOUT_README and readme not in files:
            yield Finding(readme, 1, "readme",
                          f"src/{folder} has {count} files and no README: one screen with what it "
                          "is for, its states or a drawing, where to begin, what must not be broken")


def check_tree(root):
    findings = []
    cycle = check_edges_have_no_cycle(EDGES)
    if cycle:
        findings.append(Finding("tests/lint/lint.py", 1, "include-graph",
                                f"EDGES has a cycle: {cycle}: one of these arrows has to go"))
    files = files_of(root)
    listings = {}
    includes = Includes(root, files)
    tree = references.Tree(files, lambda path: text_of(root, path))
    findings += references.check_index(tree)
    findings += check_readmes(files)
    of_tests = tests_alone(files, includes)
    findings += check_words(root, files)
    findings += checks.findings(files, lambda path: text_of(root, path), without_comments_and_texts)
    for folder in sorted({f for path in files for f in path.split("/")[:-1]}):
        if JUNK_DRAWER.match(folder):
            findings.append(Finding(folder, 1, "junk-drawer",
                                    "name the folder after the thing of the domain it holds"))
    for path in files:
        name = os.path.basename(path)
        stem, extension = os.path.splitext(name)
        if JUNK_DRAWER.match(re.sub(r"_test$", "", stem)):
            findings.append(Finding(path, 1, "junk-drawer",
                                    "name the file after what it does, one operation a file"))
        if extension not in TEXT:
            continue
        text = text_of(root, path)
        lines = text.split("\n")
        findings += references.check_references(tree, path, text)
        findings += references.check_record(path, text)
        if name != "LICENSE":
            for number, line in enumerate(lines, 1):
                match = UNFINISHED.search(line)
                if match:
                    findings.append(Finding(path, number, "unfinished",
                                            f"{match.group(0)}: finish it or open an issue; "
                                            "the code says what is"))
        in_code = path.split("/")[0] in CODE_FOLDERS
        if in_code and extension in CPP + (".c", ".h", ".py", ".sql", ".php", ".sh"):
            count = text.count("\n")
            if count > LINES_MAX:
                findings.append(Finding(path, count, "long",
                                        f"{count} lines, {LINES_MAX} at most: split it by "
                                        "operation (aim at 100)"))
        if (name == "CMakeLists.txt" or extension == ".cmake") and GLOB.search(text):
            number = text[:GLOB.search(text).start()].count("\n") + 1
            findings.append(Finding(path, number, "glob",
                                    "name the source files one by one: a glob builds what was "
                                    "forgotten and misses what was added"))
        if extension in CPP and in_code:
            findings += check_includes(path, lines)
            findings += check_code(path, text)
            findings += check_markup(path, text)
            if path.startswith("src/") and not path.endswith("_test.cpp") and path not in of_tests:
                findings += check_sql(path, text)
        if extension == ".cpp" and in_code:
            findings += check_listed(root, path, listings)
            findings += check_asio(path, text, includes)
    return findings


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    root = arguments[0] if arguments else os.path.dirname(os.path.dirname(here))
    findings = check_tree(root)
    for finding in findings:
        print(f"{finding.path}:{finding.line}: [{finding.rule}] {finding.message}")
    print(f"lint: {len(findings)} findings" if findings else "lint: nothing found")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

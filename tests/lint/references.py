"""Follows what comments and documents cite: files, their sections, decisions, paths of the tree.

    daraja.md 3.5; daraja.md 7.2, 13    a document, a numbered heading, a row of its table
    merchant-api 5.3; (decisions, Money); the page, Payment creation
                                        docs/protocol, by short names
    decision 0027; (0027)               a record of docs/decisions
    `deposits/take.cpp`; [text](path)   in documents: files and folders of the tree
    // take.hpp; // deposits/take.hpp    in C++: a file of that name
"""

import os
import posixpath
import re
from collections import namedtuple

Finding = namedtuple("Finding", "path line rule message")

PAGE = "docs/protocol/merchant-api.md"
DECISIONS = "docs/protocol/decisions.md"
RECORDS = "docs/decisions/"
INDEX = RECORDS + "README.md"
# Samples of bad references, and bytes that are no text of ours.
SKIPPED = ("tests/lint/", "tests/fuzz/corpus/", "tests/vectors/", "third_party/", "LICENSE")
# Words of documents that look like a path of the tree and are none.
ELSEWHERE = ("build/", "/", "http", "safaricom/")

# A citation may go on in the next line of a comment.
GAP = r"(?:[ ]|\n[ \t]*(?://|#|--|\*)?[ \t]*)"
NUMBER = r"\d+(?:\.\d+)?(?![\w%.]*\w)"
NUMBERS = rf"(?:{GAP}{NUMBER}(?:(?:,|{GAP}to|{GAP}and){GAP}{NUMBER})*)?"
DOCUMENT = re.compile(rf"(?<![\w./-])([\w./-]*[\w-]\.md)\b(?!\w)({NUMBERS})")
SHORT = re.compile(rf"\bmerchant-api({GAP}{NUMBER}(?:,{GAP}{NUMBER})*)")
OWN = re.compile(rf"[(;]{GAP}?decisions,{GAP}([A-Z][A-Za-z ]*)")
OF_PAGE = re.compile(rf"\bthe page,{GAP}([A-Z][A-Za-z ]*)")
RECORD = re.compile(rf"\bdecisions?(?:{GAP}|/)(\d{{4}})\b((?:(?:,|{GAP}and|{GAP}to){GAP}\d{{4}}\b)*)"
                    r"|\((00\d\d)\)|\[(00\d\d)\]\(")
BARE_RECORD = re.compile(r"(?<![\w.#])(00\d\d)(?![\w.])")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TICKED_PATH = re.compile(r"`([\w.-]+/[\w./-]*)`")
SOURCE = (".cpp", ".hpp", ".py", ".ts", ".mjs", ".md", ".sql", ".cmake", ".json", ".php")
NAMED_SOURCE = re.compile(r"(?<![\w./<])((?:[\w-]+/)*[\w-]+\.(?:hpp|cpp|py|sql|ts|cmake))\b")
STATUS = re.compile(r"# (\d{4}): .+\n\n\*(\d{4}-\d\d-\d\d), (?:in force|superseded by \d{4})"
                    r"[^*\n]*\*\n")
HEADING = re.compile(r"^#+[ ]+(.*)$", re.MULTILINE)


class Tree:
    """The files there are, and what the documents among them have for headings."""

    def __init__(self, files, read):
        self.files = set(files)
        self.folders = {p[:n] for p in files for n in range(len(p)) if p[n] == "/"}
        self.read = read
        self.records = {m.group(1) for p in files
                        if (m := re.match(RECORDS + r"(\d{4})-[\w-]+\.md$", p))}
        self.sources = {p[n:] for p in files for n in range(len(p)) if n == 0 or p[n - 1] == "/"}
        self._parts = {}

    def document(self, name, path):
        """The file that a document's name means in `path`, or None."""
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        for candidate in (near, posixpath.normpath(name.lstrip("/")), "docs/" + name):
            if candidate in self.files:
                return candidate
        named = [p for p in self.files if p.startswith("docs/") and p.endswith("/" + name)]
        return named[0] if "/" not in name and len(named) == 1 else None

    def is_path(self, name, path):
        """Whether a path of the tree is written so: from the root, src/, docs/ or beside `path`."""
        name = name.rstrip("/")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return any(c in self.files or c in self.folders
                   for c in (near, name, "src/" + name, "docs/" + name))

    def has_source(self, name):
        """Whether a file's path ends so."""
        return name in self.sources

    def parts(self, document):
        """{number or title of a heading: its text up to the next heading}"""
        if document not in self._parts:
            found = {}
            pieces = HEADING.split(self.read(document))
            for title, text in zip(pieces[1::2], pieces[2::2]):
                match = re.match(r"(\d+(?:\.\d+)?)\.?[ ]+(.*)", title)
                if match:
                    found[match.group(1)] = text
                    title = match.group(2)
                found[title.strip().lower()] = text
            self._parts[document] = found
        return self._parts[document]


def _numbers(tree, document, numbers):
    """What is wrong with the numbers behind a document's name, or None."""
    numbers = re.findall(r"\d+(?:\.\d+)?", numbers)
    parts = tree.parts(document)
    for place, number in enumerate(numbers):
        row = place > 0 and re.search(rf"^\|[ ]*{number}[ ]*\|", parts.get(numbers[0], ""),
                                      re.MULTILINE)
        if number not in parts and not row:
            return f"{document} has no section {number}"
    return None


def _title(tree, document, title):
    """A heading may be cited by its first words."""
    title = title.strip().lower()
    if any(heading.startswith(title) for heading in tree.parts(document) if title):
        return None
    # "the page, Withdrawal request and more": the words after the heading are the sentence's.
    if any(title.startswith(heading + " ") for heading in tree.parts(document)):
        return None
    return f"{document} has no heading \"{title}\""


def _cited(tree, path, text):
    """(place in the text, what is wrong) of each citation that leads nowhere."""
    for match in DOCUMENT.finditer(text):
        document = tree.document(match.group(1), path)
        wrong = f"there is no document {match.group(1)}" if document is None else \
            _numbers(tree, document, match.group(2))
        if wrong:
            yield match.start(), wrong
    named = [(SHORT, PAGE, _numbers), (OWN, DECISIONS, _title), (OF_PAGE, PAGE, _title)]
    for pattern, document, check in named:
        for match in pattern.finditer(text):
            wrong = check(tree, document, match.group(1)) if document in tree.files else \
                f"there is no {document}"
            if wrong:
                yield match.start(), wrong
    of_records = re.match(RECORDS + r"\d{4}-", path)
    for match in (BARE_RECORD if of_records else RECORD).finditer(text):
        for record in re.findall(r"\d{4}", match.group(0)):
            if record not in tree.records:
                yield match.start(), f"there is no decision {record}"


def _paths(tree, path, text):
    """Links of a document, and the files it names between backticks."""
    for match in LINK.finditer(text):
        target = match.group(1).split("#")[0]
        if target and not re.match(r"\w+:", target) and not tree.is_path(target, path):
            yield match.start(), f"there is no {target} to link to"
    for match in TICKED_PATH.finditer(text):
        name = match.group(1)
        if name.endswith(SOURCE) and not name.startswith(ELSEWHERE) and not tree.is_path(name, path):
            yield match.start(), f"there is no file {name}"


def _sources(tree, text):
    """The files that comments of C++ name."""
    place = 0
    for line in text.split("\n"):
        comment = line.find("//")
        for match in NAMED_SOURCE.finditer(line, comment) if comment >= 0 else ():
            if not tree.has_source(match.group(1)):
                yield place, f"there is no file {match.group(1)}"
        place += len(line) + 1


def check_references(tree, path, text):
    if path.startswith(SKIPPED):
        return
    found = list(_cited(tree, path, text))
    if path.endswith(".md"):
        found += _paths(tree, path, text)
    if path.endswith((".cpp", ".hpp")):
        found += _sources(tree, text)
    for place, wrong in sorted(found):
        yield Finding(path, text.count("\n", 0, place) + 1, "reference",
                      f"{wrong}: cite what is there (docs/protocol/README.md says how)")


def check_index(tree):
    """The index of decisions names every record, with the date that the record has."""
    dates = {path[len(RECORDS):][:4]: _date(tree.read(path))
             for path in tree.files if re.match(RECORDS + r"\d{4}-[\w-]+\.md$", path)}
    row = r"^\|[ ]*\[(\d{4})\]\(\d{4}-[\w-]+\.md\)[ ]*\|[ ]*(\d{4}-\d\d-\d\d)[ ]*\|"
    rows = dict(re.findall(row, tree.read(INDEX), re.MULTILINE)) if INDEX in tree.files else {}
    for record, date in sorted(dates.items()):
        if rows.get(record) != (date or rows.get(record, "none")):
            yield Finding(INDEX, 1, "decision-index",
                          f"does not name {record} of {date}: give it a row with its date, title "
                          "and status")


def _date(text):
    match = STATUS.match(text)
    return match.group(2) if match else None


def check_record(path, text):
    """A record says below its title of when it is and whether it stands."""
    match = re.match(RECORDS + r"(\d{4})-", path)
    if not match:
        return
    status = STATUS.match(text)
    if not status or status.group(1) != match.group(1):
        yield Finding(path, 3, "decision-status",
                      "begin with `# NNNN: title`, an empty line, and `*YYYY-MM-DD, in force*` or "
                      "`*YYYY-MM-DD, superseded by NNNN*`")

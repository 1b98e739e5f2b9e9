#!/usr/bin/env python3
"""Finds every SQL statement of the program twice, and writes both lists as C++.

    statements.py ROOT OUT LIBRARY... -- SOURCE...

In the LIBRARies (NAME=ARCHIVE): a statement is a text in an object's constant data that begins with
one of statement_verbs (store::Sql takes no other beginning), and every text of the program stands
there whole, whatever literals, macros and templates it was put together from. In the SOURCEs and the
headers of ours that they include: the literals themselves. What the second has and the first has not,
or the other way round, one of the two has missed (statements_test.cpp). Statements that tables of
columns make (src/store/columns.hpp) are told with MADE where the table's columns stand.
"""

import os
import re
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lint"))
import cpp_texts  # noqa: E402

VERBS = r"(?:SELECT|INSERT|UPDATE|DELETE|WITH)"
STATEMENT = re.compile(VERBS + r"\s")
MADE = "{columns}"
COLUMNS = "store/columns.hpp"  # its literals are parts of those
# Which table of columns a source means by a name, and what it has made of it.
TABLE = re.compile(r"\busing (\w+) =\s*(?:store::Table<\s*[\w:]+, \"(\w+)\"|RowsOf<)")
ROWS_OF = re.compile(r"\busing RowsOf =\s*store::Table<\s*[\w:]+, \"(\w+)\"")
USED = re.compile(r"\b(\w+)::(select<|insert<|insert\(|update\()")


def told(source):
    """The source with literals in place of what it has made of tables of columns."""
    of = ROWS_OF.search(source)
    tables = {name: table or of.group(1) for name, table in TABLE.findall(source)}

    def literal(match):
        name, use = match.groups()
        if name not in tables:
            return match.group(0)
        if use == "select<":
            return f'"SELECT {MADE} "'
        if use == "update(":
            return f'"UPDATE {tables[name]} SET {MADE} WHERE {MADE} = ?1" ('
        into = f"INSERT INTO {tables[name]} ({MADE}) VALUES ({MADE})"
        return f'"{into}" (' if use == "insert(" else f'"{into} "'

    def others(match):
        return match.group(0).replace("#", MADE)

    changed = USED.sub(literal, source)
    return re.sub(r'"SELECT # FROM', others, changed) if tables else changed


def members_of(archive):
    """The object files in an archive of ar."""
    with open(archive, "rb") as file:
        data = file.read()
    if not data.startswith(b"!<arch>\n"):
        raise SystemExit(f"{archive} is no archive (a thin one?)")
    at = 8
    while at + 60 <= len(data):
        name = data[at:at + 16].rstrip()
        size = int(data[at + 48:at + 58])
        if name not in (b"/", b"//", b"/SYM64/"):
            yield data[at + 60:at + 60 + size]
        at += 60 + size + size % 2


def constants_of(elf):
    """The bytes of each section that is loaded and is no code."""
    if elf[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("an object that is no 64-bit little-endian ELF")
    table, = struct.unpack_from("<Q", elf, 0x28)
    size, count = struct.unpack_from("<HH", elf, 0x3A)
    if count == 0:  # too many for the header: the first section tells
        count, = struct.unpack_from("<Q", elf, table + 32)
    for number in range(count):
        kind, flags, _, offset, length = struct.unpack_from("<IQQQQ", elf, table + number * size + 4)
        if kind == 1 and flags & 2 and not flags & 4:
            yield elf[offset:offset + length]


def compiled(libraries):
    """{(library, text)}"""
    found = set()
    for library in libraries:
        name, archive = library.split("=", 1)
        for member in members_of(archive):
            for section in constants_of(member):
                for text in section.split(b"\0"):
                    if re.match(VERBS.encode() + rb"\s", text):
                        found.add((name, text.decode()))
    return found


def written(root, sources):
    """[(path:line, text)]"""
    texts, seen = [], set()

    def source_of(name):
        path = os.path.join(root, "src", name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
            return file.read()

    waiting = [os.path.relpath(source, os.path.join(root, "src")) for source in sources]
    while waiting:
        name = waiting.pop()
        source = None if name in seen else source_of(name)
        seen.add(name)
        if source is None or name == COLUMNS:
            continue
        waiting += cpp_texts.INCLUDE.findall(source)
        macros = cpp_texts.macros_of_headers(source, source_of)
        for text in cpp_texts.read(told(source), macros):
            if STATEMENT.match(text.value) and not text.of_macro:
                texts.append((f"src/{name}:{text.line}", text.value))
    return sorted(texts)


def main(arguments):
    root, out = arguments[:2]
    split = arguments.index("--")
    found = compiled(arguments[2:split])
    texts = written(root, arguments[split + 1:])
    lines = [f'    {{"{library}", R"sql({text})sql"}},' for library, text in sorted(found)]
    told = [f'    {{"{place}", R"sql({text})sql"}},' for place, text in texts]
    with open(out, "w", encoding="utf-8") as file:
        file.write("// Made by statements.py.\n#include <array>\n\n"
                   '#include "tests/statements/statements.hpp"\n\n'
                   "namespace lango::statements {\n\nnamespace {\n\n"
                   f"constexpr std::array<Compiled, {len(lines)}> all_compiled{{{{\n"
                   + "\n".join(lines) + "\n}};\n"
                   f"constexpr std::array<Written, {len(told)}> all_written{{{{\n"
                   + "\n".join(told) + "\n}};\n\n}  // namespace\n\n"
                   "std::span<const Compiled> compiled() { return all_compiled; }\n"
                   "std::span<const Written> written() { return all_written; }\n"
                   "\n"
                   "}  // namespace lango::statements\n")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""The folders of src/ and their arrows, as the includes have them: the picture in ARCHITECTURE.md.

    tests/lint/picture.py [--write]

Each line is a folder and those that it knows directly; what it also knows by way of one of these is
left out. A folder stands above all that it knows. --write puts the picture into ARCHITECTURE.md;
without it, exit code 1 says that another one stands there. Tests and fixtures do not count.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BEGIN = "<!-- made by tests/lint/picture.py -->\n```text\n"
END = "```\n<!-- end -->"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def is_product(name):
    return name.endswith((".cpp", ".hpp")) and not re.search(r"_(?:test|fixture|kit)\.|^(?:test_|conformance|by_hand|rich_day)", name)


def arrows(root):
    """Folder: the folders that its sources and headers include."""
    source = os.path.join(root, "src")
    folders = sorted(f for f in os.listdir(source) if os.path.isdir(os.path.join(source, f)))
    found = {folder: set() for folder in folders}
    for folder in folders:
        for where, _, names in os.walk(os.path.join(source, folder)):
            for name in filter(is_product, names):
                with open(os.path.join(where, name), encoding="utf-8") as file:
                    for included in INCLUDE.findall(file.read()):
                        other = included.split("/")[0]
                        if other in found and other != folder:
                            found[folder].add(other)
    return found


def reach(found, folder):
    seen, ways = set(), list(found[folder])
    while ways:
        other = ways.pop()
        if other not in seen:
            seen.add(other)
            ways += found[other]
    return seen


def picture(root=ROOT):
    found = arrows(root)
    known = {folder: reach(found, folder) for folder in found}
    direct = {folder: sorted(other for other in found[folder]
                             if not any(other in known[via] for via in found[folder] if via != other))
              for folder in found}
    height = {}

    def level(folder):
        if folder not in height:
            height[folder] = 1 + max((level(other) for other in found[folder]), default=-1)
        return height[folder]

    order = sorted(found, key=lambda folder: (-level(folder), folder))
    width = max(map(len, order))
    return "".join(f"{folder:<{width}} → {' '.join(direct[folder])}".rstrip(" →") + "\n" for folder in order)


def main(arguments):
    path = os.path.join(ROOT, "ARCHITECTURE.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    if text[begin:end] == picture():
        return 0
    if "--write" not in arguments:
        print("ARCHITECTURE.md shows other arrows than the includes: tests/lint/picture.py --write")
        return 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[:begin] + picture() + text[end:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The texts of C++ sources, as the compiler joins them: adjacent literals, raw strings, and macros
whose bodies are texts.

Not read: texts that templates make, or a program while it runs.
"""

import re
from collections import namedtuple

# `of_macro`: what a #define stands for; it is a text of the program only where the macro is used.
Text = namedtuple("Text", "line value of_macro")
HOLE = "\x1a"  # in place of a macro of which no text is known

TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|"
    r'R"(?P<mark>[^(\s]*)\((?P<raw>.*?)\)(?P=mark)"|'
    r'"(?P<plain>(?:\\.|[^"\\\n])*)"|'
    r"(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*')|"
    r"(?P<define>^[ \t]*\#[ \t]*define[ \t]+(?P<name>\w+)(?P<body>(?:\\\n|[^\n])*))|"
    r"(?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)|"
    r"(?P<word>[A-Za-z_]\w*)|"
    r"(?P<space>\s+|\\\n)|(?P<other>.)", re.DOTALL | re.MULTILINE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def unescaped(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match.group(1), match.group(1)), text)


def read(source, macros):
    """The texts of one source, in order. A word in capitals beside a literal is a macro: `macros` has
    its text, or it becomes a HOLE. Adds the source's own macros to `macros`."""
    found, parts, line = [], [], 1

    def end():
        # Unknown words at the ends are code: only what stands between texts must be one itself.
        while parts and parts[0][0] is None:
            parts.pop(0)
        while parts and parts[-1][0] is None:
            parts.pop()
        if parts:
            value = "".join(HOLE if text is None else text for text, _ in parts)
            found.append(Text(parts[0][1], value, False))
        parts.clear()

    for match in TOKEN.finditer(source):
        if match.group("raw") is not None:
            parts.append((match.group("raw"), line))
        elif match.group("plain") is not None:
            parts.append((unescaped(match.group("plain")), line))
        elif match.group("word"):
            if match.group("word").isupper():
                parts.append((macros.get(match.group("word")), line))
            else:
                end()
        elif match.group("define"):
            end()
            body = match.group("body").replace("\\\n", " \n")
            inner = read(body, macros)
            if not body.startswith("(") and len(inner) == 1:
                macros[match.group("name")] = inner[0].value
                found.append(Text(line, inner[0].value, True))
        elif not (match.group("comment") or match.group("space")):
            end()
        line += match.group(0).count("\n")
    end()
    return found


def macros_of_headers(source, source_of, seen=None, macros=None):
    """The text macros of the headers that a source includes, and they. `source_of`: a header's name
    to its source, None for one that is not ours. A header is read once, with what those before it
    have."""
    macros, seen = {} if macros is None else macros, set() if seen is None else seen
    for name in INCLUDE.findall(source):
        if name in seen:
            continue
        seen.add(name)
        header = source_of(name)
        if header is not None:
            macros_of_headers(header, source_of, seen, macros)
            read(header, macros)
    return macros

"""Numbers for enumerators in SQL: which a literal of a source has, and which of the words that stand
for them (src/store/words.hpp) no static_assert ties to an enumerator."""

import re

import cpp_texts

WORDS = "src/store/words.hpp"
COLUMN = r"\b(?:state|kind|flags|outcome|reason|what|method)\b"
COMPARED = r"(?:=|<>|!=|<=|>=|<|>|&|\|)"
# Behind a column: the end of MAX(...), or of COALESCE(MIN(...), 0).
CLOSED = r"[)\s]*(?:,\s*0\s*\)\s*)?"
NUMBER = r"(?<![?\w.])\d+\b"
RULES = (
    re.compile(COLUMN + CLOSED + COMPARED + r"\s*\(?\s*(?:" + NUMBER + ")"),
    re.compile(COLUMN + r"[)\s]*\b(?:NOT\s+)?IN\s*\((?:[^()]*?,)?\s*" + NUMBER),
    re.compile(COLUMN + r"[)\s]*\b(?:NOT\s+)?BETWEEN\s+(?:\S+\s+AND\s+)?" + NUMBER),
)
CASE = re.compile(r"(?P<told>" + COLUMN + r"\s*" + COMPARED + r"\s*)?\bCASE\b"
                  r"(?P<of>\s+(?:\w+\.)?" + COLUMN + r")?(?P<body>.*?)\bEND\b", re.DOTALL)
DEFINED = re.compile(r"^#define (LANGO_\w+) \"", re.MULTILINE)
TIED = re.compile(r"\bspells\(\s*(LANGO_\w+)")


def number_in(text):
    """The part of a text that has a number for an enumerator; None when none has."""
    for rule in RULES:
        match = rule.search(text)
        if match:
            return match.group(0)
    for match in CASE.finditer(text):
        words = (["WHEN"] if match.group("of") else []) + (
            ["THEN", "ELSE"] if match.group("told") else [])
        for word in words:
            number = re.search(word + r"\s+" + NUMBER, match.group("body"))
            if number:
                return number.group(0)
    return None


def numbers(source):
    """[(line, part)] of the texts of a source that have such numbers."""
    # A macro stands for itself: where it is defined its text is looked at.
    found = ((text.line, number_in(text.value)) for text in cpp_texts.read(source, Unknown()))
    return [(line, part) for line, part in found if part]


class Unknown(dict):
    """Macros that all stay unknown."""

    def __setitem__(self, name, text):
        pass


def untied(words, sources):
    """[(line, name)] of the words that no source ties to an enumerator."""
    tied = {name for source in sources for name in TIED.findall(source)}
    return [(words[:match.start()].count("\n") + 1, match.group(1))
            for match in DEFINED.finditer(words) if match.group(1) not in tied]

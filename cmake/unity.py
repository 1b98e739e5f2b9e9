"""Puts the sources of one target together, several to a compilation: what a compiler does with Asio
and the standard library is then done once for all of them (docs/decisions/0021-build.md).

    python3 cmake/unity.py ROOT OUT TOGETHER SOURCE...

ROOT and the SOURCEs' paths below it; OUT: the folder for 0.cpp, 1.cpp, ...; TOGETHER: at most so many
sources in one. Prints the names of the files written, one a line. Two sources do not stand in one file
when one has a name for something of its own (in an anonymous namespace, by `using` or #define) that
the other uses bare (calls, if it is a function), has too, or gets from a header that the first does not
include. The files name
each source as our code names headers, so that every checkout has the same ones and ccache knows them
again.
"""
import os
import pathlib
import re
import sys

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'
    r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'", re.DOTALL)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", re.MULTILINE)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
BARE = re.compile(r"(?<![\w.>:])[A-Za-z_]\w*")
USED = re.compile(r"\busing\s+(?:typename\s+)?([\w:]*::(\w+))\s*;")
USED_ENUM = re.compile(r"\busing\s+enum\s+([\w:]*?(\w+))\s*;")
ENUM = re.compile(r"\benum\s+(?:class|struct)\s+(\w+)[^{;]*\{([^}]*)\}")
CALLED = re.compile(r"(?<![\w.>:])([A-Za-z_]\w*)\s*[({]")
NAMESPACE = re.compile(r"\bnamespace\s*([\w:]*)\s*$")
# The first of these that fits says what a declaration at the level of a namespace is called.
DECLARED = (re.compile(r"^(?:class|struct|union|enum(?:\s+class)?|namespace)\s+(\w+)"),
            re.compile(r"^using\s+(?:typename\s+)?(?:\w*::)*(\w+)"),
            re.compile(r"^[^=({]*?(\w+)\s*(?:\(|=|\{|\[|$)"))
ATTRIBUTE = re.compile(r"\[\[.*?\]\]|^\s*template\s*<[^{;]*?>\s*(?=class|struct|[\w:])", re.DOTALL)


def declared(head):
    """The name that a declaration introduces, a function's with "()" behind it."""
    head = ATTRIBUTE.sub(" ", head).strip()
    if re.match(r"using\s+(?:namespace|enum)\b", head):
        return ""
    for pattern in DECLARED:
        match = pattern.match(head)
        if match:
            return match.group(1) + ("()" if match.group(0).endswith("(") else "")
    return ""


def names_of(code):
    """(what a source declares for itself alone, what it declares for all), as far as its braces tell."""
    own_names, names, scopes, head = set(), set(), [], ""
    for part in re.finditer(r"[{};]|[^{};]+", code):
        text = part.group(0)
        at_namespace = all(scope != "other" for scope in scopes)
        if text in "{;" and at_namespace and head.strip():
            opened = NAMESPACE.search(head) if text == "{" else None
            # A type alias or a static outside of an anonymous namespace is as much its own.
            own = "anonymous" in scopes or re.match(r"\s*(?:using\b|static\b|namespace\s+\w+\s*=)", head)
            if not opened:
                (own_names if own else names).add(declared(head))
        if text == "{":
            opened = NAMESPACE.search(head) if at_namespace else None
            scopes.append(("named" if opened.group(1) else "anonymous") if opened else "other")
        elif text == "}" and scopes:
            scopes.pop()
        head = "" if text in "{};" else head + text
    # TEST(...), STATIC_ASSERT(...): no name that another could say.
    return tuple({name for name in found if name and not name.isupper()} for found in (own_names, names))


def plain(names):
    return {name.removesuffix("()") for name in names}


def enums_of(body):
    """The enumerators of each enumeration."""
    return {name: {part.split("=")[0].strip() for part in parts.split(",")} - {""}
            for name, parts in ENUM.findall(body)}


class Header:
    """What a header of ours declares in a namespace, those that it includes too."""
    known = {}

    def __init__(self, root, path):
        text = (root / path).read_text(encoding="utf-8")
        body = DIRECTIVE.sub("", TOKEN.sub(" ", text))
        own, names = names_of(body)
        self.names = own | names
        self.enums = enums_of(body)
        self.includes = included(root, text)

    @classmethod
    def through(cls, root, paths):
        """(their names, their enumerations), those of what they include too."""
        names, enums, seen, ahead = set(), {}, set(), list(paths)
        while ahead:
            path = ahead.pop()
            if path not in seen:
                seen.add(path)
                header = cls.known[path] = cls.known.get(path) or cls(root, path)
                names |= header.names
                enums.update(header.enums)
                ahead += header.includes
        return names, enums


def included(root, text):
    """The headers of ours that a text includes; what is generated is not there."""
    places = (place for name in INCLUDE.findall(text) for place in (f"src/{name}", name))
    return [place for place in places if (root / place).exists()]


class Source:
    def __init__(self, root, path):
        text = (root / path).read_text(encoding="utf-8")
        code = TOKEN.sub(" ", text)
        body = DIRECTIVE.sub("", code)
        self.path = path
        own, _ = names_of(body)
        self.own = set(MACRO.findall(code)) | plain(own)
        self.functions = {name.removesuffix("()") for name in own if name.endswith("()")}
        # `using testing::Not;` in two sources says the same twice.
        self.used = {name: whole for whole, name in USED.findall(body)}
        # Not what stands behind a dot, an arrow or two colons: that is looked up elsewhere.
        self.bare = set(BARE.findall(body))
        self.called = set(CALLED.findall(body))
        given, enums = Header.through(root, included(root, text))
        self.given = plain(given)
        # The enumerators that it lets in are in the way of who calls something of that name.
        for whole, name in USED_ENUM.findall(body):
            for enumerator in {**enums, **enums_of(body)}.get(name, ()):
                self.own.add(enumerator)
                self.functions.add(enumerator)
                self.used[enumerator] = whole

    def bears(self, other):
        return not (self.hides_from(other) or other.hides_from(self))

    def hides_from(self, other):
        own = {name for name in self.own
               if name not in self.used or self.used[name] != other.used.get(name)}
        return bool(own & (other.own | (other.given - self.given)) or
                    (own - self.functions) & other.bare or own & self.functions & other.called)


def named(path):
    return path.removeprefix("src/")


def batches(sources, together):
    """The sources in few lists: the first that bears it takes the next, those with most to hide first."""
    found = []
    for source in sorted(sources, key=lambda source: -len(source.own)):
        for batch in found:
            if len(batch) < together and all(source.bears(other) for other in batch):
                batch.append(source)
                break
        else:
            found.append([source])
    return found


def main(arguments):
    root, out, together = pathlib.Path(arguments[0]), pathlib.Path(arguments[1]), int(arguments[2])
    out.mkdir(parents=True, exist_ok=True)
    found = batches([Source(root, path) for path in arguments[3:]], together)
    for number, batch in enumerate(found):
        text = "".join(f'#include "{named(source.path)}"\n' for source in batch)
        path = out / f"{number}.cpp"
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Which sources cmake/unity.py lets stand together in one compilation."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "cmake"))
import unity  # noqa: E402


class Unity(unittest.TestCase):
    def batches(self, together=12, headers=None, **sources):
        """The batches of these sources of src/x: "ab c" for two files, one of a.cpp and b.cpp."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "src/x").mkdir(parents=True)
            for name, text in {**(headers or {}), **{f"{n}.cpp": t for n, t in sources.items()}}.items():
                (root / "src/x" / name).write_text(text)
            with contextlib.redirect_stdout(io.StringIO()) as said:
                unity.main([folder, str(root / "out"), str(together), *(f"src/x/{name}.cpp" for name in sources)])
            files = [pathlib.Path(line).read_text() for line in said.getvalue().split()]
            for text in files:
                self.assertRegex(text, r'\A(#include "x/\w[.]cpp"\n)+\Z')
            return " ".join(sorted("".join(sorted(line.split("/")[1][0] for line in text.splitlines())) for text in files))

    def test_strangers_stand_together_up_to_the_limit(self):
        sources = {name: f"namespace n {{ int {name}1() {{ return 0; }} }}\n" for name in "abcde"}
        self.assertEqual(self.batches(**sources), "abcde")
        self.assertEqual(self.batches(together=2, **sources), "ab cd e")

    def test_one_name_for_something_of_ones_own_keeps_two_apart(self):
        for own in ("namespace { int mine() { return 0; } }", "namespace { constexpr int mine = 1; }",
                    "namespace { struct mine { int a; }; }", "using mine = int;", "namespace mine = std::chrono;",
                    "static int mine() { return 0; }", "#define mine 1",
                    "namespace { template <class T>\nbool mine(T t) { return t; } }",
                    "namespace { [[nodiscard]] std::array<int, 3> mine(int (*f)()) { return {}; } }"):
            with self.subTest(own):
                self.assertEqual(self.batches(a=f"namespace n {{\n{own}\n}}\n", b=f"namespace n {{\n{own}\n}}\n"), "a b")

    def test_a_name_used_bare_is_not_hidden_by_anothers_own(self):
        own = "namespace n { namespace { int mine = 1; } }\n"
        self.assertEqual(self.batches(a=own, b="int f() { int mine = 2; return mine; }\n"), "a b")
        self.assertEqual(self.batches(a=own, b="// mine\nint f(T t) { return t.mine + t->mine + T::mine; }\n"), "ab")
        self.assertEqual(self.batches(a=own, b='auto text = "mine";\n'), "ab")
        # A function is hidden by a variable, and takes only what is called.
        function = "namespace n { namespace { int mine() { return 1; } } }\n"
        self.assertEqual(self.batches(a=function, b="int f() { int mine = 2; return mine; }\n"), "ab")
        self.assertEqual(self.batches(a=function, b="int f() { return mine(2); }\n"), "a b")

    def test_what_two_use_of_one_namespace_keeps_none_apart(self):
        for used in ("using testing::Not;", "using namespace testing;", "using enum Color;"):
            with self.subTest(used):
                text = f"enum class Color {{ red }};\nnamespace n {{\nnamespace {{\n{used}\n}}\n}}\n"
                self.assertEqual(self.batches(headers={"color.hpp": "enum class Color { red };\n"},
                                              a='#include "x/color.hpp"\n' + text[text.index("namespace n"):],
                                              b='#include "x/color.hpp"\n' + text[text.index("namespace n"):]), "ab")
        self.assertEqual(self.batches(a="namespace n { using testing::Not; }\n", b="namespace n { using other::Not; }\n"),
                         "a b")

    def test_an_enumerator_let_in_hides_what_another_calls(self):
        headers = {"color.hpp": "enum class Color : int { red = 1, green };\n"}
        lets_in = '#include "x/color.hpp"\nnamespace n { using enum Color; }\n'
        self.assertEqual(self.batches(headers=headers, a=lets_in, b="int f() { return green(2); }\n"), "a b")
        self.assertEqual(self.batches(headers=headers, a=lets_in, b="int f() { return green; }\n"), "ab")

    def test_an_own_name_is_kept_from_what_anothers_headers_declare(self):
        headers = {"near.hpp": '#pragma once\n#include "x/far.hpp"\n',
                   "far.hpp": "#pragma once\nnamespace n { void mine(int); }\n"}
        own = "namespace n { namespace { int mine() { return 1; } } }\n"
        self.assertEqual(self.batches(headers=headers, a='#include "x/near.hpp"\n', b=own), "a b")
        # Who includes it himself lives with it.
        self.assertEqual(self.batches(headers=headers, a='#include "x/near.hpp"\n', b='#include "x/far.hpp"\n' + own), "ab")

    def test_the_names_of_tests_are_nobodys(self):
        self.assertEqual(self.batches(a="namespace { TEST(A, IsGood) { f(); } }\n",
                                      b="namespace { TEST(B, IsGood) { g(); } }\n"), "ab")


if __name__ == "__main__":
    unittest.main()

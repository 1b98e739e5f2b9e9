#!/usr/bin/env python3
"""Shows each rule of lint.py firing on a bad sample, and silent on a good one."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lint  # noqa: E402

GOOD = {
    "src/ledger/CMakeLists.txt": "lango_library(ledger\n    SOURCES book.cpp\n    DEPS lango::base)\n",
    "src/ledger/book.hpp": '#pragma once\n#include <string>\n\n#include "base/money.hpp"\n',
    "src/ledger/book.cpp": '#include "ledger/book.hpp"\n// Never a double.\n'
                           'const char* text = "double";\nlong thousand = 1\'000;\n',
}


class Lint(unittest.TestCase):
    def findings(self, **files):
        """What lint says of the good tree with these files in it ('/' is spelled as given)."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **files.pop("tree")}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            return lint.check_tree(root)

    def fires(self, rule, path, text, line=1, **more):
        tree = {path: text, **more.get("tree", {})}
        found = [f for f in self.findings(tree=tree) if f.rule != "unlisted" or rule == "unlisted"]
        self.assertEqual([(f.rule, f.path, f.line) for f in found], [(rule, path, line)])

    def rules(self, tree):
        return [f.rule for f in self.findings(tree=tree) if f.rule != "unlisted"]

    def passes(self, path, text):
        self.assertEqual(self.rules({path: text}), [])

    def test_a_good_tree_has_no_findings(self):
        self.assertEqual(self.findings(tree={}), [])

    def test_what_is_spawned_and_forgotten(self):
        line = "asio::co_spawn(executor, work(), asio::detached);\n"
        self.fires("detached", "src/deposits/worker.cpp", line)
        for path in ("src/runtime/task_group.cpp", "src/deposits/worker_test.cpp",
                     "src/deposits/deposits_fixture.hpp", "simulator/life.cpp"):
            self.passes(path, line)

    def test_an_undeclared_arrow_between_folders(self):
        self.fires("include-graph", "src/base/money.cpp", '#include "ledger/book.hpp"\n')
        self.fires("include-graph", "simulator/life.cpp", '\n#include "deposits/x.hpp"\n', line=2)
        self.passes("src/app/core.cpp", '#include "deposits/x.hpp"\n')

    def test_a_folder_nobody_declared(self):
        self.fires("include-graph", "src/novelty/x.cpp", "int x;\n")

    def test_an_include_that_climbs(self):
        self.fires("include-graph", "src/ledger/x.cpp", '#include "../app/core.hpp"\n')

    def test_a_cycle_of_declared_arrows(self):
        self.assertIsNone(lint.check_edges_have_no_cycle(lint.EDGES))
        cycle = lint.check_edges_have_no_cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
        self.assertEqual(cycle, "a -> b -> c -> a")

    def test_printing_past_the_safe_printer(self):
        for line in ("std::cout << name;\n", "std::cerr << name;\n", 'fmt::print("{}", name);\n',
                     'std::printf("%s", name);\n', "puts(name);\n", "#include <iostream>\n",
                     "::write(STDOUT_FILENO, name, 1);\n", "std::fputs(name, out);\n"):
            self.fires("print", "src/cli/novelty.cpp", line)
            self.fires("print", "src/ops/x.cpp", line)
            self.passes("src/cli/novelty_test.cpp", line)
        self.passes("src/process/terminal.cpp", "#include <iostream>\n")
        self.passes("src/cli/novelty.cpp", 'say << "std::cout"; std::snprintf(a, 1, b);\n')

    def test_html_that_is_no_markup(self):
        for line in ('std::string out = "<p>" + name;\n', 'out += "</p>";\n', 'out = "<" + tag;\n',
                     'auto out = R"(a <b class="x">)" + name;\n', 'return {"<p>"};\n',
                     'join("plain", "<!doctype html>");\n', 'Markup{"<p>"}, f("<p>");\n',
                     'response.content_type = "text/html";\n', "bytes = markup.html();\n"):
            with self.subTest(line):
                self.fires("markup", "src/window/screen_novelty.cpp", line)
                self.fires("markup", "src/shop/novelty.cpp", line)
                self.fires("markup", "simulator/novelty_page.cpp", line)
                self.passes("src/window/screen_novelty_test.cpp", line)
                self.passes("src/http/novelty.cpp", line)
        self.fires("markup", "src/window/x.cpp", 'Markup{"<p>"};\n\nf("<p>");\n', line=3)
        for fine in ('Markup{"<p>"}\n;', 'return Markup{\n    "<p>"\n    "</p>"};\n', "// <p>\n",
                     '#include "window/markup.hpp"\n', 'element("p", {}, "a < b");\n'):
            self.passes("src/window/screen_novelty.cpp", fine)
        self.passes("src/window/markup.cpp", 'html("<");\n')

    def test_a_number_for_an_enumerator_in_sql(self):
        for sql in ("SELECT id FROM deposits WHERE state = 6", "SELECT 1 WHERE (w.flags & 2) <> 0",
                    "SELECT 1 WHERE d.state NOT IN (?1, 3)", "SELECT 1 WHERE kind BETWEEN ?1 AND 4",
                    "UPDATE t SET state = CASE WHEN ?1 THEN 2 ELSE state END",
                    "SELECT CASE kind WHEN 2 THEN 'a' END", "SELECT 1 HAVING MAX(a.outcome) > 6",
                    "SELECT 1 HAVING COALESCE(MIN(a.outcome), 0) = 1"):
            line = f'tx.run("{sql}");\n'
            self.fires("sql-number", "src/ledger/x.cpp", line)
            self.passes("src/ledger/x_test.cpp", line)
        self.fires("sql-number", "src/ledger/x.cpp",
                   'int a;\ntx.run("SELECT 1 WHERE "\n       "state = " "2");\n', line=2)
        self.fires("sql-number", "src/ledger/x.cpp", '#define LANGO_PAID "state = 6"\n')
        self.passes("src/ledger/x.cpp", 'tx.run("SELECT 1 WHERE state = " LANGO_PAID " AND n = 1");\n'
                                        'tx.run("SELECT kind, 1 WHERE state = ?1 AND tries > 7 "\n'
                                        '       "AND (flags & " LANGO_LATE ") <> 0");\n')

    def test_a_number_in_a_header_of_tests_alone(self):
        header = 'const char* paid = "SELECT 1 WHERE state = 6";\n'
        tree = {"src/ledger/x.hpp": header, "src/ledger/x_test.cpp": '#include "ledger/x.hpp"\n'}
        self.assertEqual(self.rules(tree), [])
        tree["src/ledger/x.cpp"] = '#include "ledger/x.hpp"\n'
        self.assertEqual(self.rules(tree), ["sql-number"])

    def test_a_word_that_no_enumerator_is_tied_to(self):
        words = '#define LANGO_A "1"\n#define LANGO_B "2"\n'
        self.fires("sql-number", "src/store/words.hpp", words, line=2, tree={
            "src/ledger/state.hpp": "static_assert(store::spells(LANGO_A, State::a));\n"})

    def test_floating_point(self):
        self.fires("float", "src/ledger/x.cpp", "int a;\ndouble rate = 0;\n", line=2)
        self.fires("float", "simulator/x.cpp", "static_cast<float>(amount);\n")
        self.passes("src/ops/x.cpp", "double seconds = 0;  // lint: measure\n")
        self.passes("src/ops/y.cpp", '/* double\n float */ auto t = R"(double)";\n')
        self.passes("bench/x.cpp", "double rate = 0;\n")

    def test_clocks_chance_and_sleep(self):
        for call in ("std::chrono::system_clock::now()", "std::chrono::steady_clock::now()",
                     "std::random_device{}()", "rand()", "std::this_thread::sleep_for(1s)",
                     "gettimeofday(&t, nullptr)", "time(nullptr)"):
            with self.subTest(call):
                self.fires("clock", "src/ledger/x.cpp", f"auto x = {call};\n")
                self.passes("src/base/system_clock.cpp", f"auto x = {call};\n")
        self.passes("src/ledger/x.cpp", "auto x = clock.now(); operand(1); valid_time(0);\n")

    def test_beast_outside_http(self):
        self.fires("beast", "src/api/x.cpp", "#include <boost/beast/http.hpp>\n")
        self.passes("src/http/x.cpp", "#include <boost/beast/http.hpp>\n")

    def test_a_source_that_parses_asio_and_never_waits(self):
        ports = {"src/store/store.hpp": '#pragma once\n#include <boost/asio/awaitable.hpp>\n'
                                        '#include "store/tx.hpp"\n',
                 "src/store/tx.hpp": "#pragma once\n#include <array>\n",
                 "src/store/near.hpp": '#pragma once\n#include "store/store.hpp"\n'}
        self.fires("asio", "src/ledger/x.cpp", '#include <array>\n#include "store/near.hpp"\n'
                   '// co_await\nauto text = "asio";\n', line=2, tree=ports)
        for fine in ('#include "store/tx.hpp"\n', '#include "store/near.hpp"\nco_return 1;\n',
                     '#include "store/near.hpp"\nasio::any_io_executor executor;\n'):
            self.assertEqual(self.rules({**ports, "src/ledger/x.cpp": fine}), [])
        # Tests may; whoever is excused must need it.
        self.assertEqual(self.rules({**ports, "src/ledger/x_test.cpp": '#include "store/near.hpp"\n'}), [])
        self.assertEqual(self.rules({**ports, "src/withdrawals/take.cpp": '#include "store/near.hpp"\n'}), [])
        self.fires("asio", "src/withdrawals/take.cpp", '#include "store/tx.hpp"\n', tree=ports)

    DOCUMENTS = {
        "docs/protocol/daraja.md": "# Daraja\n\n## 5. Payouts\n\n### 5.2 Credential\n\n"
                                   "| no. | what |\n|---|---|\n| 14 | locks |\n\n## 6. More\n",
        "docs/protocol/merchant-api.md": "# Page\n\n## 5. Out\n\n### 5.1 Withdrawal request\n",
        "docs/protocol/decisions.md": "# Ours\n\n## Money\n",
        "docs/decisions/README.md": "| [0009](0009-x.md) | 2026-11-23 | x | in force |\n",
        "docs/decisions/0009-x.md": "# 0009: x\n\n*2026-11-23, in force (see 0009)*\n",
    }

    def test_what_is_cited_is_there(self):
        for text in ("// daraja.md 5.2: so.\n", "// (daraja.md 5,\n// 5.2). And 12 more.\n",
                     "// daraja.md 5.2, 14: a row.\n", "// docs/protocol/daraja.md\n",
                     "// protocol/daraja.md 5 to 6\n", "// (merchant-api 5.1)\n",
                     "// (the page, Withdrawal request; merchant-api 5)\n", "int x;  // the page, too\n",
                     "// (decisions, Money)\n", "// (decisions, Money: so)\n", "// decision 0009\n",
                     "// docs/decisions/0009\n", "// (0009)\n", 'auto x = hashlib.md5(y);\n'):
            with self.subTest(text):
                self.assertEqual(self.rules({**self.DOCUMENTS, "src/ledger/x.hpp": text}), [])

    def test_what_is_cited_and_is_not_there(self):
        for text in ("// \n// nowhere.md\n", "// \n// ../shared/daraja.md\n", "// \n// daraja.md 5.3\n",
                     "// \n// daraja.md 5.2, 15\n", "// \n// (daraja.md\n// 7.1)\n",
                     "// \n// merchant-api 5.3\n", "// \n// (the page, Refunds)\n",
                     "// \n// (decisions, Colours)\n", "// \n// decision 0010\n",
                     "// \n// decisions 0009 and 0010\n", "// \n// docs/decisions/0010\n",
                     "// \n// (0010)\n"):
            with self.subTest(text):
                self.fires("reference", "src/ledger/x.hpp", text, line=2, tree=self.DOCUMENTS)

    def test_sources_that_comments_name(self):
        self.passes("src/ledger/x.hpp", "// book.hpp, ledger/book.cpp and (book.cpp).\n#include <gone.hpp>\n")
        for bad in ("// gone.hpp\n", "int x;  // as in api/book.hpp: so\n"):
            with self.subTest(bad):
                self.fires("reference", "src/ledger/x.hpp", bad)

    def test_links_and_paths_of_documents(self):
        good = "[a](../src/ledger) [b](https://x.example/y) [c](#d) `ledger/book.hpp` `build/x.cpp` `a/b`\n"
        self.assertEqual(self.rules({**self.DOCUMENTS, "docs/x.md": good}), [])
        for bad in ("[a](gone/)\n", "`ledger/gone.hpp`\n", "[0010](decisions/0010-y.md)\n"):
            with self.subTest(bad):
                found = self.rules({**self.DOCUMENTS, "docs/x.md": bad})
                self.assertEqual(set(found), {"reference"})

    def test_decisions_have_date_and_status_and_stand_in_the_index(self):
        second = "docs/decisions/0010-y.md"
        row = self.DOCUMENTS["docs/decisions/README.md"] + \
            "| [0010](0010-y.md) | 2026-11-25 | y | superseded by 0009 |\n"
        indexed = {**self.DOCUMENTS, "docs/decisions/README.md": row}
        good = "# 0010: y\n\n*2026-11-25, superseded by 0009*\n"
        self.assertEqual(self.rules({**indexed, second: good}), [])
        self.assertEqual(self.rules({**self.DOCUMENTS, second: good}), ["decision-index"])
        other_day = good.replace("25", "24")
        self.assertEqual(self.rules({**indexed, second: other_day}), ["decision-index"])
        for bad in ("# 0010: y\n\nNo status.\n", good.replace("0010", "0009"),
                    good.replace("superseded by 0009", "in vogue")):
            with self.subTest(bad):
                self.fires("decision-status", second, bad, line=3, tree=indexed)

    def test_a_folder_of_many_files_has_a_readme(self):
        many = {f"src/ledger/x{n}.hpp": "#pragma once\n" for n in range(8)}
        self.assertEqual(self.rules(many), ["readme"])
        self.assertEqual(self.rules({**many, "src/ledger/README.md": "# ledger\n"}), [])
        few = dict(list(many.items())[1:])
        self.assertEqual(self.rules(few), [])

    def test_checks_where_money_is(self):
        bare = "#pragma once\n" + "int x();\n" * 249
        self.assertEqual(self.rules({"src/ledger/x.hpp": bare}), ["checks"])
        self.assertEqual(self.rules({"src/base/x.hpp": bare}), [])
        one = "LANGO_CHECK(a, \"b\");\n"
        self.assertEqual(self.rules({"src/ledger/x.hpp": bare + one}), ["checks"])
        self.assertEqual(self.rules({"src/ledger/x.hpp": bare + one * 2}), [])
        self.assertEqual(self.rules({"src/ledger/x.hpp": bare + "// " + one * 2}), ["checks"],
                         "one stands in a comment")
        statics = "static_assert(a);\n"
        self.assertEqual(self.rules({"src/ledger/x.hpp": bare + statics * 9}), ["checks"])

    def test_nothing_ends_the_process_where_money_is(self):
        for bad in ("LANGO_ASSERT(x);", "std::abort();", "assertion_failed(x, y);"):
            with self.subTest(bad):
                self.fires("ends-the-process", "src/deposits/x.hpp", f"#pragma once\n{bad}\n", line=2)
        self.passes("src/base/x.hpp", "#pragma once\nLANGO_ASSERT(x);\n")

    def test_unfinished_work(self):
        for word in ("TO" "DO", "FIX" "ME", "XX" "X"):
            with self.subTest(word):
                self.fires("unfinished", "docs/x.md", f"later\n{word}: later\n", line=2)
        self.passes("tools/x.sh", "mktemp /tmp/lango.XXXX" "XX\n")

    def test_junk_drawers(self):
        for stem in ("utils", "helpers", "common", "misc"):
            with self.subTest(stem):
                self.fires("junk-drawer", f"src/base/{stem}.hpp", "#pragma once\n")

    def test_long_files(self):
        self.fires("long", "src/base/x.hpp", "\n" * 501, line=501)
        self.passes("src/base/x.hpp", "\n" * 500)

    def test_globbed_sources(self):
        self.fires("glob", "simulator/CMakeLists.txt", "\nfile( GLOB sources *.cpp)\n", line=2)
        self.fires("glob", "cmake/x.cmake", "file(GLOB_RECURSE sources *.cpp)\n")

    def test_a_source_file_that_nothing_builds(self):
        self.fires("unlisted", "src/ledger/forgotten.cpp", "int x;\n")
        # Named only as part of another name, or in a comment: not named.
        self.fires("unlisted", "src/ledger/ok.cpp", "int x;\n",
                   tree={"src/ledger/CMakeLists.txt": "x(SOURCES book.cpp book_ok.cpp) # ok.cpp\n"})


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants violations in a small tree and expects each to be found, and nothing to be found in the clean tree."""
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import include_rules  # noqa: E402
import source_rules  # noqa: E402

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
CLEAN = {
    include_rules.DESCRIPTION: "".join(f"| `{room}` | its job |\n" for room in sorted(include_rules.places())),
    "core/CMakeLists.txt": "# SPDX-License-Identifier: GPL-3.0-or-later\nadd_library(x foundation/a.cpp engine/e.cpp)\n",
    "core/foundation/a.cpp": SPDX + '#include "core/foundation/a.h"\n#include <string>\n',
    "core/foundation/platform/process.h": SPDX + "#include <unistd.h>\n",
    "core/engine/e.cpp": SPDX + '#include "core/store/s.h"\n#include <QTimer>\n#include <QByteArrayView>\n'
                         "void end()\n{\n    process->kill(9);\n    child.signal(a);\n    m_stream.pipe();\n}\n"
                         "Task<int> f(int a)\n{\n    // co_await in a comment; (co_await x) ? 1 : 2\n"
                         "    [[maybe_unused]] auto unused = co_await g(a);\n    const auto value = co_await g(a, h([&a] { return a; }));\n    co_await wait();\n"
                         "    m_x = co_await i(\"co_await\");\n    if (value)\n        co_await wait();\n"
                         "    auto task = [](int b) -> Task<int> {\n        const auto c = co_await g(b);\n"
                         "        co_return c;\n    };\n    names[value] = 3;\n    co_return value;\n}\n"
                         "void r(const QJsonObject& object)\n{\n    use(object[\"x\"_L1].toInt());\n}\n",
    "core/domain/gpu/numbers.h": SPDX + "struct C {\n    double usdPerHour = 0;\n    int count = 0;\n};\n"
                             "inline std::string f(const C& c)\n{\n    std::snprintf(t, n, \"%d %5s %f%%\" + 0, c.count);\n".replace("%f%%", "%%f")
                             + "    return std::to_string(c.count) + QLocale::c().toString(1) + m_names.tolower();\n}\n",
    "ui/home/page.h": SPDX + '#include "ui/common/card.h"\n#include "core/service/service.h"\n#include <QWidget>\n',
    "run": "#!/usr/bin/env bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nset -e\n[ -e x ] || exit 1\n",
}
PLANTED = {
    "foundation includes engine": ("layers", "core/foundation/b.h", SPDX + '#include "core/engine/e.h"\n'),
    "domain includes store": ("layers", "core/domain/gpu/b.h", SPDX + '#include "core/store/s.h"\n'),
    "practice includes providers": ("layers", "core/practice/b.h", SPDX + '#include "core/providers/provider.h"\n'),
    "engine includes service": ("layers", "core/engine/b.h", SPDX + '#include "core/service/s.h"\n'),
    "core includes ui": ("layers", "core/api/b.h", SPDX + '#include "ui/theme/theme.h"\n'),
    "worker includes domain": ("layers", "worker/b.h", SPDX + '#include "core/domain/d.h"\n'),
    "screen includes screen": ("layers", "ui/home/b.h", SPDX + '#include "ui/settings/page.h"\n'),
    "window includes engine": ("layers", "ui/home/b.h", SPDX + '#include "core/engine/engine.h"\n'),
    "command line includes ui": ("layers", "cli/b.h", SPDX + '#include "ui/common/card.h"\n'),
    "room includes a higher one": ("rooms", "core/practice/world/b.h", SPDX + '#include "core/practice/queue/job_queue.h"\n'),
    "room includes its neighbour": ("rooms", "core/domain/gpu/b.h", SPDX + '#include "core/domain/money/cost.h"\n'),
    "room includes the folder's top": ("rooms", "core/practice/wire/b.h", SPDX + '#include "core/practice/server.h"\n'),
    "foundation's top includes a room": ("rooms", "core/foundation/b.h", SPDX + '#include "core/foundation/logs/log_store.h"\n'),
    "unknown room": ("rooms", "core/practice/elsewhere/b.h", SPDX),
    "unknown room of a folder without": ("rooms", "core/api/elsewhere/b.h", SPDX),
    "unknown folder": ("rooms", "ui/elsewhere/b.h", SPDX + '#include "core/service/s.h"\n'),
    "Qt in foundation": ("no-qt", "core/foundation/b.h", SPDX + "#include <QString>\n"),
    "Qt module in worker": ("no-qt", "worker/b.h", SPDX + "#include <QtCore/QString>\n"),
    "widgets in core": ("no-gui", "core/service/b.h", SPDX + "#include <QtWidgets/QWidget>\n"),
    "image in cli": ("no-gui", "cli/b.h", SPDX + "#include <QImage>\n"),
    "POSIX outside platform": ("platform", "core/base/b.h", SPDX + "#include <sys/stat.h>\n"),
    "Win32 outside platform": ("platform", "worker/b.h", SPDX + "#include <windows.h>\n"),
    "signals outside platform": ("platform", "cli/b.h", SPDX + "#include <csignal>\n"),
    "a directory's entries outside platform": ("platform", "core/practice/wire/b.h", SPDX + "#include <dirent.h>\n"),
    "POSIX in a test of every system": ("platform", "tests/unit/b.h", SPDX + "#include <unistd.h>\n"),
    "a POSIX time": ("platform", "core/practice/wire/b.h", SPDX + "void f()\n{\n    gmtime_r(&a, &b);\n}\n"),
    "a variable of the process": ("platform", "core/base/b.h", SPDX + 'void f()\n{\n    ::setenv("A", "b", 1);\n}\n'),
    "a signal sent": ("platform", "worker/b.h", SPDX + "void f(int id)\n{\n    kill(id, 9);\n}\n"),
    "a signal ignored": ("platform", "app/visgatectl/b.h", SPDX + "void f()\n{\n    std::signal(SIGPIPE, SIG_IGN);\n}\n"),
    "a process's number": ("platform", "core/net/b.h", SPDX + "int f()\n{\n    return getpid();\n}\n"),
    "a child by fork": ("platform", "tests/contract/b.h", SPDX + "void f()\n{\n    const auto id = fork();\n}\n"),
    "a Unix socket's address": ("platform", "core/foundation/http/b.h", SPDX + "sockaddr_un address;\n"),
    "a socket's number": ("platform", "core/foundation/http/b.h", SPDX + "int f(S& s)\n{\n    return s.native_handle();\n}\n"),
    "await in a condition": ("co-await", "core/engine/b.h", SPDX + "T f() {\n if (co_await g()) {\n }\n}\n"),
    "await in a ternary": ("co-await", "core/engine/b.h", SPDX + "T f() {\n auto x = a ? co_await g() : 1;\n}\n"),
    "await before a ternary": ("co-await", "core/engine/b.h", SPDX + "T f() {\n auto x = co_await g() ? 2 : 1;\n}\n"),
    "await in braces": ("co-await", "core/engine/b.h", SPDX + "T f() {\n auto x = S{co_await g()};\n}\n"),
    "await in an argument": ("co-await", "core/engine/b.h", SPDX + "T f() {\n h(1, co_await g());\n}\n"),
    "await returned": ("co-await", "core/engine/b.h", SPDX + "T f() {\n co_return co_await g();\n}\n"),
    "two awaits": ("co-await", "core/engine/b.h", SPDX + "T f() {\n auto x = co_await g(co_await h());\n}\n"),
    "closure awaited with": ("co-await", "core/engine/b.h", SPDX + "T f() {\n auto x = co_await g([this, a] { return h(a); }, 1);\n}\n"),
    "capturing coroutine": ("lambda-coroutine", "core/engine/b.h",
                            SPDX + "void f() {\n auto t = [this, x]() -> Task<> {\n co_await g();\n };\n}\n"),
    "capturing coroutine, nested": ("lambda-coroutine", "core/engine/b.h",
                                    SPDX + "void f() {\n run([] { return [&](int a) -> Task<> { co_return; }; });\n}\n"),
    "a member returned by a coroutine": ("co-return", "core/engine/b.h", SPDX + "T f() {\n if (a)\n  co_return m_known.offers;\n}\n"),
    "then with a context": ("then-context", "core/api/b.h", SPDX + "void f() {\n g().then(&service, h);\n}\n"),
    "JSON compiled again": ("json", "worker/b.h", SPDX + "#include <nlohmann/json.hpp>\n"),
    "a double by to_string": ("locale", "app/b.h", SPDX + "void f(double speed)\n{\n    g(std::to_string(speed));\n}\n"),
    "a header's double by to_string": ("locale", "core/engine/b.h", SPDX + "S f(const C& c)\n{\n    return std::to_string(c.usdPerHour);\n}\n"),
    "a quotient by to_string": ("locale", "worker/b.h", SPDX + "S f(int ms)\n{\n    return std::to_string(ms / 1000.0);\n}\n"),
    "printf of a float": ("locale", "core/practice/b.h", SPDX + 'void f(double a)\n{\n    std::snprintf(t, n, "%s %.2f", "x", a);\n}\n'),
    "asprintf of a float": ("locale", "cli/b.h", SPDX + 'QString f(double a)\n{\n    return QString::asprintf("%g", a);\n}\n'),
    "strtod": ("locale", "tests/support/b.h", SPDX + "double f(const char* t)\n{\n    return std::strtod(t, nullptr);\n}\n"),
    "stod": ("locale", "core/net/b.h", SPDX + "double f(const S& t)\n{\n    return std::stod(t);\n}\n"),
    "sscanf": ("locale", "worker/b.h", SPDX + 'void f(const char* t)\n{\n    sscanf(t, "%lf", &a);\n}\n'),
    "a string stream": ("locale", "core/practice/b.h", SPDX + "S f(double a)\n{\n    std::ostringstream out;\n    out << a;\n    return out.str();\n}\n"),
    "tolower": ("locale", "core/foundation/b.h", SPDX + "char f(char c)\n{\n    return char(std::tolower(c));\n}\n"),
    "isalpha": ("locale", "worker/b.h", SPDX + "bool f(char c)\n{\n    return isalpha(c) != 0;\n}\n"),
    "strcasecmp": ("locale", "core/foundation/b.h", SPDX + "bool f(P a, P b)\n{\n    return strcasecmp(a, b) == 0;\n}\n"),
    "another locale for all": ("locale", "app/b.h", SPDX + 'void f()\n{\n    std::setlocale(LC_ALL, "C");\n}\n'),
    "a QLocale on a wire": ("locale", "core/net/b.h", SPDX + "QString f(double a)\n{\n    return QLocale().toString(a);\n}\n"),
    "an error's sum as programs write it": ("locale", "ui/home/b.h", SPDX + "QString f(const Error& e)\n{\n    return describe(e).message;\n}\n"),
    "an argument in the user's format": ("locale", "cli/b.h", SPDX + 'QString f(double a)\n{\n    return u"%L1"_s.arg(a);\n}\n'),
    "a log line without its words": ("log-words", "core/engine/b.h", SPDX + 'void f()\n{\n    note(u"info"_s,\n        u"Nobody knows %1"_s.arg(a.join(u", "_s)));\n}\n'),
    "a JSON member read that inserts": ("json-read", "core/engine/b.h", SPDX +
                                        'void f(QJsonObject output) {\n auto a = output["artifacts"_L1].toArray();\n}\n'),
    "a JSON member read of a reply": ("json-read", "core/engine/b.h", SPDX +
                                      'void f() {\n auto reply = g();\n h(reply->body["x"_L1].isNull());\n}\n'),
    "a JSON member read in the worker": ("json-read", "worker/b.h", SPDX +
                                         'void f(json& body) {\n auto a = body["x"].get<int>();\n}\n'),
    "a key twice": ("json-twice", "core/service/b.h", SPDX +
                    'QJsonObject f() {\n return {{u"a"_s, 1}, {u"b"_s, g({{u"a"_s, 2}})},\n  {u"a"_s, 3}};\n}\n'),
    "a picture of any format": ("picture", "ui/home/b.h", SPDX + "QImage f(const QString& path) {\n return QImage(path);\n}\n"),
    "a model that draws nothing": ("name", "ui/item_models/b.h", SPDX + "class EndpointListModel final : public QAbstractListModel {\n};\n"),
    "a test's own in the product": ("name", "core/engine/b.h", SPDX + "auto p = std::make_unique<ProbedProvider>(q);\n"),
    "no licence line": ("spdx", "core/base/b.h", "#pragma once\n"),
    "a source nobody builds": ("not-built", "core/base/b.cpp", SPDX),
    "or true": ("forgiving", "test", "#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nmake |" "| true\n"),
    "or colon": ("forgiving", ".ci/run", "#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nmake |" "| :\n"),
    "or exit 0": ("forgiving", "bench", "#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nx |" "| exit 0\n"),
    "semicolon true": ("forgiving", "bench", "#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nx; tr" "ue\n"),
    "errors off": ("forgiving", "test", "#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\nset +" "e\n"),
    "a registry": ("forbidden", "docs/b.md", "see https://py" "pi.org/simple\n"),
    "a path of one machine": ("forbidden", "docs/b.md", "see /wo" "rk/shared\n"),
    "unfinished": ("unfinished", "core/base/b.h", SPDX + "// TO" "DO later\n"),
}


def plant(root, files):
    for name, text in files.items():
        path = Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class SourceRules(unittest.TestCase):
    def test_clean_tree_has_no_violation(self):
        with tempfile.TemporaryDirectory() as root:
            plant(root, CLEAN)
            self.assertEqual(source_rules.check(root), [])

    def test_each_planted_violation_is_found(self):
        for case, (rule, name, text) in PLANTED.items():
            with self.subTest(case), tempfile.TemporaryDirectory() as root:
                plant(root, CLEAN)
                plant(root, {name: text})
                found = source_rules.check(root)
                self.assertTrue(found, case)
                for line in found:
                    self.assertIn(f"[{rule}]", line)
                    self.assertTrue(line.startswith(name), line)

    def test_a_room_with_too_many_files_is_found(self):
        for files, expected in ((include_rules.MOST_FILES, 0), (include_rules.MOST_FILES + 1, 1)):
            with self.subTest(files), tempfile.TemporaryDirectory() as root:
                plant(root, {include_rules.DESCRIPTION: CLEAN[include_rules.DESCRIPTION],
                             **{f"core/practice/world/{number}.h": SPDX for number in range(files)}})
                self.assertEqual([line.split("[")[1].split("]")[0] for line in source_rules.check(root)], ["room-size"] * expected)

    def test_a_room_that_is_not_described_or_is_gone_is_found(self):
        line = "| `core/practice/world` | its job |\n"
        described = CLEAN[include_rules.DESCRIPTION]
        for text, room in ((described.replace(line, ""), "core/practice/world/a.h"),
                           (described + "| `core/practice/attic` | forgotten |\n", include_rules.DESCRIPTION)):
            with self.subTest(room), tempfile.TemporaryDirectory() as root:
                plant(root, {include_rules.DESCRIPTION: text, "core/practice/world/a.h": SPDX})
                found = source_rules.check(root)
                self.assertEqual([(line.split(":")[0], line.split("[")[1].split("]")[0]) for line in found], [(room, "rooms")])

    def test_a_walk_through_a_file_that_is_gone_is_found(self):
        text = CLEAN[include_rules.DESCRIPTION] + "`core/practice/world/a.h`, then `core/practice/world/gone.cpp`, as any `core/ROOM/SUBJECT.h`\n"
        with tempfile.TemporaryDirectory() as root:
            plant(root, {include_rules.DESCRIPTION: text, "core/practice/world/a.h": SPDX})
            found = source_rules.check(root)
        self.assertEqual([line.split("] ")[1] for line in found], ["there is no core/practice/world/gone.cpp"])

    def test_a_cycle_between_rooms_is_found(self):
        self.assertEqual(include_rules.cycle({"world": {"hub"}, "hub": {"storage"}, "storage": set()}), [])
        self.assertEqual(include_rules.cycle({"fleet": {"queue"}, "queue": {"world"}, "world": {"fleet"}}),
                         ["fleet", "queue", "world", "fleet"])
        self.assertEqual(list(include_rules.check_tables()), [])
        table = include_rules.ROOMS["core/practice"]
        with unittest.mock.patch.dict(table, {"world": "fleet"}):
            found = list(include_rules.check_tables())
        self.assertEqual([rule for _, _, rule, _ in found], ["room-cycle"])


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules a compiler does not check: who may include whom, coroutines, platform calls, locales, licences, honest scripts.

    /usr/bin/python3 tests/lint/source_rules.py [ROOT]

prints one line a violation, FILE:LINE: [rule] what, and exits with 1 when there is one.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import data_rules  # noqa: E402
import include_rules  # noqa: E402
import locale_rules  # noqa: E402
import log_words_rule  # noqa: E402
import name_rules  # noqa: E402
import platform_rules  # noqa: E402
from cpp_text import lambdas, line_of, matching, without_comments_and_strings  # noqa: E402

NO_QT = ("core/foundation/", "core/practice/", "worker/")
NO_GUI = ("core/", "cli/", "app/visgatectl")
SOURCE_ROOTS = ("app", "cli", "core", "ui", "worker", "tests")
TEXT_ROOTS = (*SOURCE_ROOTS, "cmake", "packaging", "resources", "translations", "docs", ".ci")
TOP_FILES = ("run", "test", "bench", "CMakeLists.txt", "CMakePresets.json", "README.md", "CONTRIBUTING.md")

_GUI_MODULES = re.compile(r"Qt(Gui|Widgets|Charts|Svg|SvgWidgets|OpenGL|PrintSupport)/")
_GUI_CLASSES = re.compile(
    r"Q(Widget|Application|GuiApplication|Pixmap|Image\w*|Icon|Painter\w*|Color|Font\w*|Palette|Screen|Window|Clipboard|"
    r"Cursor|Brush|Pen|Region|Bitmap|KeySequence|Shortcut|Action|Validator|StandardItemModel|TextDocument|TextCursor|"
    r"MainWindow|Dialog\w*|MessageBox|PushButton|ToolButton|Label|LineEdit|\w*Layout|(List|Tree|Table|Graphics|Column|Chart|AbstractItem)View|\w*Delegate|Menu\w*|Style\w*|"
    r"SystemTrayIcon|Chart\w*|Svg\w*|DesktopServices)$")
_JSON = "core/foundation/json/json_value.h"
_FORGIVING = [
    (re.compile(r"\|\|\s*(/bin/)?(true|:)(\s|;|$|\))"), "an error is thrown away"),
    (re.compile(r"\|\|\s*(exit|return)\s+0\b"), "an error ends as success"),
    (re.compile(r";\s*(true|:|exit 0)\s*$"), "the last word is always success"),
    (re.compile(r"\bset\s+\+e\b|\bset\s+\+o\s+errexit\b"), "errors are switched off"),
    (re.compile(r"^\s*trap\s+['\"]?['\"]?\s+ERR\b"), "errors are trapped away"),
    (re.compile(r"continue-on-error|allow[_-]failure"), "a failure is allowed"),
]
_SCRIPTS = ("run", "test", "bench", ".ci/", "packaging/packages/install.sh", "tests/support/with_session")
# Spelled in pieces, so that this file does not hold the words it forbids.
_FORBIDDEN = [re.compile(p) for p in (
    r"(?<![\w.])/(" "work|far" r"m)/[a-z]", "pypi" r"\.org|python" r"hosted\.org", "registry\\.npm" "js|npm" r"js\.com",
    "crates" r"\.io", "proxy\\.go" r"lang\.org", "rubygems" r"\.org", "deb\\.deb" r"ian\.org|snapshot\.deb" r"ian\.org")]
_THEN_CONTEXT = re.compile(r"\.\s*then\(\s*(&|this\b)")
_UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def _files(root, folders):
    for name in folders:
        top = root / name
        if top.is_file():
            yield top
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            if path.is_file() and "__pycache__" not in path.parts and ".cache" not in path.parts:
                yield path


def check_includes(name, text):
    folder = include_rules.folder_of(name)
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        quote, target = match.groups()
        if not name.startswith("tests/"):
            if quote == '"' and target.split("/")[0] in ("app", "cli", "core", "ui", "worker", "tests"):
                yield from include_rules.check(number, name, target)
            if name.startswith(NO_QT) and re.match(r"(Qt\w*/|Q[A-Z])", target):
                yield number, "no-qt", f"{folder} is plain C++ and may not include {target}"
            if name.startswith(NO_GUI) and (_GUI_MODULES.match(target) or _GUI_CLASSES.match(target)):
                yield number, "no-gui", f"{folder} may not include {target}: it must run without Qt Gui"
            if target == "nlohmann/json.hpp" and name != _JSON:
                yield number, "json", f"{_JSON} has it compiled once; include that one"


def check_coroutines(code):
    statement = re.compile(
        r"^\s*(?:\[\[\w+\]\]\s*)?(?:(?:\w+\s*:\s*)?(?:(?:const\s+)?(?:auto|[\w:]+(?:<[^;]*>)?)[\s&*]+(?:\w+|\[[\w\s,]*\])\s*=\s*"
        r"|\w[\w.>\-\[\]]*\s*=\s*)?)$")
    awaited = []
    for match in re.finditer(r"\bco_await\b", code):
        line = line_of(code, match.start())
        before = re.split(r"[;{}]", code[:match.start()])[-1]
        before = re.sub(r"^\s*(else|do)\b", "", before)
        control = re.match(r"\s*(if|for|while)\s*(?:constexpr\s*)?\(", before)
        if control:  # if (x) co_await y; is a statement of its own once the condition is closed
            closed = matching(before, before.index("("))
            before = before[closed + 1:] if closed < len(before) else "("
        if not statement.match(before):
            yield line, "co-await", "co_await must stand alone: auto x = co_await f(...);"
            continue
        depth = 0
        for at in range(match.end(), len(code)):
            if code[at] in "([{":
                depth += 1
            elif code[at] in ")]}":
                depth -= 1
            if depth < 0 or depth == 0 and code[at] in ",?":
                yield line, "co-await", "co_await must stand alone: auto x = co_await f(...);"
                break
            if depth == 0 and code[at] == ";":
                awaited.append((match.end(), at))
                if re.search(r"\bco_await\b", code[match.end():at]):
                    yield line, "co-await", "one co_await a statement"
                break
    found = list(lambdas(code))
    for offset, capture, begin, end in found:
        holds = any(not re.fullmatch(r"&.*|this", part.strip()) for part in capture.split(",")) and capture != ""
        if holds and any(start < offset < stop for start, stop in awaited):
            yield line_of(code, offset), "co-await", "GCC 12 ends what a closure has captured twice: give it a name first"
        body = list(code[begin:end])
        for _, _, inner_begin, inner_end in found:
            if begin < inner_begin and inner_end <= end:
                body[inner_begin - begin:inner_end - begin] = " " * (inner_end - inner_begin)
        if capture and re.search(r"\bco_(await|return|yield)\b", "".join(body)):
            yield line_of(code, offset), "lambda-coroutine", f"a coroutine lambda may capture nothing ([{capture}])"
    for match in re.finditer(r"\bco_return\s+\*?m_\w+(?:(?:\.|->)\w+)*\s*;", code):
        yield line_of(code, match.start()), "co-return", "QCoro moves out of what is returned: return a copy, T(m_x)"


def check_text(name, text):
    first = text.splitlines()[:3]
    suffix = Path(name).suffix
    has_comments = suffix in (".cpp", ".h", ".py", ".sh", ".cmake") or Path(name).name == "CMakeLists.txt" \
        or text.startswith("#!")
    if has_comments and not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in first):
        yield 1, "spdx", "the SPDX line is missing"
    script = name in _SCRIPTS or name.startswith(tuple(s for s in _SCRIPTS if s.endswith("/")))
    for number, line in enumerate(text.splitlines(), 1):
        if script and not line.lstrip().startswith("#"):
            for pattern, why in _FORGIVING:
                if pattern.search(line):
                    yield number, "forgiving", f"{why}: {line.strip()}"
        if suffix in (".cpp", ".h") and _THEN_CONTEXT.search(line):
            yield number, "then-context", "QFuture::then(context, ...) of Qt 6.4 must not outlive its context: whenDone()"
        for pattern in _FORBIDDEN:
            if pattern.search(line):
                yield number, "forbidden", f"not a word for this project: {pattern.search(line).group(0)}"
        if suffix in (".cpp", ".h", ".py", ".sh", ".cmake", ".txt", ".md") and _UNFINISHED.search(line):
            yield number, "unfinished", line.strip()


def check_sources_listed(root):
    """Each .cpp on disk stands in a CMakeLists.txt of its folder or one above it."""
    listed = {}
    for path in _files(root, SOURCE_ROOTS):
        if path.name == "CMakeLists.txt":
            text = "\n".join(line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
            listed[path.parent] = set(re.findall(r"[\w./+-]+\.cpp", text))
    for path in _files(root, SOURCE_ROOTS):
        if path.suffix != ".cpp":
            continue
        above = [parent for parent in path.parents if parent in listed]
        if not any(path.relative_to(parent).as_posix() in listed[parent] for parent in above):
            yield path.relative_to(root).as_posix(), 1, "not-built", "no CMakeLists.txt names this source"


def check(root):
    """Every violation under root as 'FILE:LINE: [rule] what'."""
    root = Path(root)
    found = []
    words = root / log_words_rule.WORDS
    forms = log_words_rule.known_forms(words.read_text(encoding="utf-8")) if words.exists() else set()
    names = locale_rules.Names(path.read_text(encoding="utf-8") for path in _files(root, SOURCE_ROOTS) if path.suffix == ".h")
    for path in _files(root, (*TEXT_ROOTS, *TOP_FILES)):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or weights
        problems = list(check_text(name, text))
        if path.suffix in (".cpp", ".h"):
            code = without_comments_and_strings(text)
            problems += [*check_includes(name, text), *check_coroutines(code), *locale_rules.check(name, text, names),
                         *log_words_rule.check(name, text, forms), *data_rules.check(name, text, code), *name_rules.check(name, code),
                         *platform_rules.check(name, text, code)]
        found += [f"{name}:{number}: [{rule}] {what}" for number, rule, what in problems]
    sources = [path.relative_to(root).as_posix() for path in _files(root, SOURCE_ROOTS)]
    rooms = (root / include_rules.DESCRIPTION).read_text(encoding="utf-8")
    found += [f"{name}:{number}: [{rule}] {what}" for name, number, rule, what in
              [*check_sources_listed(root), *include_rules.check_rooms(sources, rooms), *include_rules.check_tables(),
               *include_rules.check_description(root, rooms)]]
    return found


if __name__ == "__main__":
    violations = check(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    print("\n".join(violations) if violations else "source rules: no violation")
    sys.exit(1 if violations else 0)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for what comes from outside: reading a JSON document changes nothing in it, a picture is opened by one decoder."""
import re

from cpp_text import line_of

# A member read by its name: object["x"_L1].toString(), reply->output["x"_L1].isNull(), document["x"].get<int>().
_MEMBER_READ = re.compile(
    r'\b(\w+)(?:\)|\.\w+|->\w+)*\[(?:QLatin1String\(|QStringLiteral\(|u)?"[^"\n]*"(?:_L1|_s|\))?\]\s*'
    r"\.\s*(?:to|is)[A-Z_]\w*\(|\b(\w+)(?:\)|\.\w+|->\w+)*\[\"[^\"\n]*\"\]\s*\.\s*(?:get\b|is_|value\()")


def _member_reads(text):
    """operator[] of a JSON object that may be changed puts the member in when it is absent: what only looked makes
    "absent" into "null". Read through a const name, or with value() and find()."""
    for match in _MEMBER_READ.finditer(text):
        name = match.group(1) or match.group(2)
        declared = None
        for declared in re.finditer(
                rf"(\bconst\s+)?(?:\b(?:auto|[\w:]+(?:<[\w:<>]+>)?)(?:\s+const)?[&*\s]+(?:const\s+)?)\b{name}\b\s*(?:[=,)({{:;]|$)",
                text[:match.start()], re.M):
            if re.match(r"(return|co_return|else|case|new|delete|co_await|co_yield)\b", declared.group(0)):
                declared = None
        if declared and not declared.group(1):
            yield line_of(text, match.start()), "json-read", \
                f"{name} is not const: its operator[] inserts what it does not find; use value(), find() or a const name"


_PICTURES = "ui/common/picture_file.cpp"
_GUESSES_FORMAT = re.compile(r"\bQImageReader\b|\bQMovie\b|\b(?:fromData|loadFromData)\s*\(|\bQ(?:Image|Pixmap)\s*\(\s*\w*[pP]ath\w*\s*\)")


def _pictures(name, code):
    """Qt tries every decoder it has on a file, SVG with its references to local files among them."""
    if name.startswith(("ui/", "app/", "cli/", "core/")) and name != _PICTURES:
        for match in _GUESSES_FORMAT.finditer(code):
            yield line_of(code, match.start()), "picture", f"pictures are read in {_PICTURES}, by a fixed decoder"


_BRACE_OR_TEXT = re.compile(r'//[^\n]*|[{}]|u?"(?:\\.|[^"\\\n])*"')


def _doubled_keys(text):
    """Of {{"key", a}, {"key", b}} the second wins without a word."""
    lists = []  # of each open brace: the keys of the pairs right inside, or None where it is no list of pairs
    for match in _BRACE_OR_TEXT.finditer(text):
        token = match.group(0)
        if token == "{":
            lists.append({} if re.match(r"\{\s*\{", text[match.start():match.start() + 40]) else None)
        elif token == "}":
            if lists:
                lists.pop()
        elif len(lists) > 1 and lists[-2] is not None and text[:match.start()].endswith("{") \
                and re.match(r"(_s|_L1)?\s*,", text[match.end():match.end() + 40]):
            if token in lists[-2]:
                yield line_of(text, match.start()), "json-twice", f"{token} is written twice; the second wins"
            lists[-2][token] = True


def check(name, text, code):
    """Violations as (line, rule, what); `code` is the text without comments and strings."""
    yield from _member_reads(text)
    yield from _pictures(name, code)
    if not name.startswith("tests/"):
        yield from _doubled_keys(text)

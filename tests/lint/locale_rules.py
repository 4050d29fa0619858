# SPDX-License-Identifier: GPL-3.0-or-later
"""What a locale must not touch: numbers on wires, in files and in arguments, and the folding of case.

On a Turkish or German desktop the C library writes 0.5 as "0,5" and reads "0.5" as 0; Turkish folds I and i differently.
"""
import re

from cpp_text import line_of, matching, without_comments, without_comments_and_strings

ROOTS = ("app/", "cli/", "core/", "ui/", "worker/", "tests/support/")
# Figures for people's eyes are the window's; the rest writes what programs read.
_FORMAT = "ui/common/format."
NO_QLOCALE = ("app/", "cli/", "core/", "worker/")

_BANNED = [
    (re.compile(r"\b(strto(d|f|ld)(_l)?|ato[f]|sto(d|f|ld)|w?csto(d|f|ld))\s*\("), "reads a number as the locale writes it: use std::from_chars"),
    (re.compile(r"\b\w?scanf\s*\("), "reads numbers as the locale writes them: use std::from_chars"),
    (re.compile(r"\b[io]?stringstream\b"), "writes and reads as a locale does: use decimal() and std::from_chars"),
    (re.compile(r"\bsetlocale\s*\(|\bstd::locale\b|\bimbue\s*\(|\buselocale\s*\(|\bQLocale::setDefault\b"), "changes the locale under everybody else"),
    (re.compile(r"(?<![\w.>:])(std::|::)?(tolower|toupper|isalpha|isalnum|islower|isupper|isspace|isprint|ispunct|iswalpha|"
                r"towlower|towupper)\s*\("), "depends on the locale: compare bytes, or use QString"),
    (re.compile(r"\bstrn?casecmp\s*\(|\bstrcoll\s*\(|\bto_(lower|upper)(_copy)?\s*\(|\biequals\s*\(|\bstd::regex\b"),
     "depends on the locale: compare bytes, or use QString"),
]
_PRINTF = re.compile(r"\b(v?(f|s|sn|d|as)?printf|asprintf|vasprintf)\s*\(")
_FLOAT_FORMAT = re.compile(r"%[-+ #0]*(\d+|\*)?(\.(\d+|\*)?)?[lL]?[fFeEgGaA]")
_TO_STRING = re.compile(r"\bstd::to_w?string\s*\(")
_FLOAT_LITERAL = re.compile(r"(?<![\w.])(\d+\.\d*|\.\d+|\d+[eE]-?\d+)")
_FLOAT_CAST = re.compile(r"\b(double|float)\b")
_DECLARED = r"\b{}\s*[&*]?\s+[&*]?(\w+)\b"
_FLOATS = re.compile(_DECLARED.format("(?:double|float)"))
_WHOLES = re.compile(_DECLARED.format(r"(?:(?:std::)?u?int\d*(?:_t)?|q?u?int64|long|short|unsigned|(?:std::)?s?size_t|qsizetype)"))


class Names:
    """Which members and functions of the headers are floating, and which are not, for calls of std::to_string."""

    def __init__(self, headers):
        self.floats, self.wholes = set(), set()
        for text in headers:
            code = without_comments_and_strings(text)
            self.floats |= set(_FLOATS.findall(code))
            self.wholes |= set(_WHOLES.findall(code))

    def is_float(self, argument, code):
        """Whether what is handed over is a floating number, by its form or by the declaration of its name."""
        if _FLOAT_LITERAL.search(argument) or _FLOAT_CAST.search(argument):
            return "static_cast<int" not in argument and "static_cast<long" not in argument
        name = re.search(r"(\w+)\s*(\(.*\))?\s*$", argument, re.DOTALL)
        if not name:
            return False
        name = name.group(1)
        if name in _FLOATS.findall(code):
            return name not in _WHOLES.findall(code)
        return name in self.floats and name not in self.wholes and name not in _WHOLES.findall(code)


def check(name, text, names):
    """Yields (line, rule, what) for one source."""
    if not name.startswith(ROOTS):
        return
    code = without_comments_and_strings(text)
    for pattern, why in _BANNED:
        for match in pattern.finditer(code):
            yield line_of(code, match.start()), "locale", f"{match.group(0).strip(' (')} {why}"
    for match in _TO_STRING.finditer(code):
        argument = code[match.end():matching(code, match.end() - 1)]
        if names.is_float(argument, code):
            yield line_of(code, match.start()), "locale", f"std::to_string({argument}) writes a comma in half of the world: use decimal()"
    spoken = without_comments(text)
    for match in _PRINTF.finditer(spoken):
        arguments = spoken[match.end():matching(spoken, match.end() - 1)]
        if _FLOAT_FORMAT.search(arguments.replace("%%", "")):
            yield line_of(spoken, match.start()), "locale", f"{match.group(1)} writes numbers as the locale does: use decimal()"
    if name.startswith(NO_QLOCALE):
        # Which language somebody speaks may be asked for.
        for match in re.finditer(r"\bQLocale\b(?!::c\(\)|>|::system\(\)\.language\(\)|::Turkish\b)", code):
            if "#include" not in code[code.rfind("\n", 0, match.start()) + 1:match.start()]:
                yield line_of(code, match.start()), "locale", "only QLocale::c() outside the window"
        for match in re.finditer(r"%L\d", spoken):
            yield line_of(spoken, match.start()), "locale", f"{match.group(0)} writes as the locale does"
    if name.startswith("ui/") and not name.startswith(_FORMAT):
        for match in re.finditer(r"(?<![.\w])(?<!->)describe\s*\(", code):
            yield line_of(code, match.start()), "locale", "an error's sums are the user's: Format::describe()"

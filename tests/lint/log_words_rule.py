# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine writes into a deployment's log is known to core/domain/errors/log_words.cpp, which says it in the user's language."""
import re

from cpp_text import line_of, matching, without_comments

WORDS = "core/domain/errors/log_words.cpp"
_LITERAL = re.compile(r'u"((?:[^"\\]|\\.)*)"_s')
_LEVELS = ("info", "warning", "error", "debug")


def known_forms(text):
    return set(re.findall(r'QT_TRANSLATE_NOOP\("Log",\s*"((?:[^"\\]|\\.)*)"\)', text))


def check(name, text, forms):
    """Yields (line, rule, what) for each sentence of a note() of the engine that has no form."""
    if not name.startswith("core/engine/") or forms is None:
        return
    code = without_comments(text)
    for match in re.finditer(r"(?<![\w.>:])note\(", code):
        arguments = code[match.end():matching(code, match.end() - 1)]
        # Adjacent literals are one.
        arguments = re.sub(r'"_s\s*u?"|"\s*u?"(?=[^,)]*"_s)', "", arguments)
        for sentence in _LITERAL.findall(arguments):
            if re.search(r"[A-Za-z]{2}", sentence) and sentence not in _LEVELS and sentence not in forms:
                yield line_of(code, match.start()), "log-words", f"{WORDS} does not know {sentence!r}"

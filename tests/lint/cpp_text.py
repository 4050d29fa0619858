# SPDX-License-Identifier: GPL-3.0-or-later
"""Just enough understanding of C++ text for the source rules: no strings, no comments, matching brackets."""
import re

_TOKENS = re.compile(
    r'R"(?P<delimiter>[^()\\ ]{0,16})\(.*?\)(?P=delimiter)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"
    r"|//[^\n]*"
    r"|/\*.*?\*/", re.DOTALL)
_CLOSES = {"(": ")", "{": "}", "[": "]"}


def without_comments(text):
    """The same text with the same line numbers, where comments are gone."""
    return _TOKENS.sub(lambda match: " " + "\n" * match.group(0).count("\n") if match.group(0).startswith("/")
                       else match.group(0), text)


def without_comments_and_strings(text):
    """The same text with the same line numbers, where comments are gone and literals are empty."""
    def blank(match):
        token = match.group(0)
        lines = "\n" * token.count("\n")
        if token.startswith("/"):
            return " " + lines
        return ('""' if '"' in token[:20] else "' '") + lines
    return _TOKENS.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def matching(text, offset):
    """The offset of the bracket that closes the one at offset; the end of the text when nothing does."""
    opens, closes, depth = text[offset], _CLOSES[text[offset]], 0
    for at in range(offset, len(text)):
        if text[at] == opens:
            depth += 1
        elif text[at] == closes:
            depth -= 1
            if depth == 0:
                return at
    return len(text)


def lambdas(text):
    """Yields (offset, capture, body begin, body end) of each lambda with a body; nested ones too."""
    for match in re.finditer(r"\[", text):
        before = text[:match.start()].rstrip()
        if before and (before[-1] in "])" or before[-1] == "[" or re.search(r"\w$", before)
                       and not re.search(r"\b(return|co_return|co_await|co_yield|case|else|do)$", before)):
            continue  # a subscript or an attribute
        end = matching(text, match.start())
        capture = text[match.start() + 1:end]
        if capture.startswith("["):
            continue
        at = end + 1
        while at < len(text) and text[at].isspace():
            at += 1
        if at < len(text) and text[at] == "(":
            at = matching(text, at) + 1
        tail = re.compile(r"\s*(?:(?:mutable|noexcept|constexpr)\s*)*(?:->\s*[^;{}]*?)?\s*\{").match(text, at)
        if tail:
            begin = tail.end() - 1
            yield match.start(), capture.strip(), begin, matching(text, begin)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The user guides: what they show and link to is there, both have the same chapters, and the words that they say stand in
the window stand in its translations; the commands that they name are there. By their convention **bold** is a name in the window (a button, a field, a badge) and
*italic* a sentence that Visgate says; neither is used for anything else."""
import re
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "translations/visgate_tr.ts"
GUIDES = {"en": ROOT / "docs/en/guide.md", "tr": ROOT / "docs/tr/kilavuz.md"}
MOST_LINES = 450
NOT_IN_THE_WINDOW = ("Cli", "Log", "Help")
# Names that no translation has: they are the same in every language.
SAME_EVERYWHERE = {"Runpod"}
FEWEST_LETTERS = 4  # outside of its placeholders; with fewer a pattern fits anything

_CODE = re.compile(r"```.*?```|`[^`\n]*`|<!--.*?-->", re.S)
_BULLET = re.compile(r"^\s*\* ", re.M)
_BOLD = re.compile(r"\*\*(?P<words>[^*\s](?:[^*]*[^*\s])?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*(?P<words>[^*\s](?:[^*]*[^*\s])?)\*(?!\*)")
_LINK = re.compile(r"(?P<image>!?)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_PLACEHOLDER = re.compile(r"%(?:n|L?\d)")


def _prose(text):
    return _BULLET.sub("", _CODE.sub("", text))


def words_of_the_window(text):
    """What the guide says stands in the window, as it is written there."""
    prose = _prose(text)
    found = [match.group("words") for pattern in (_BOLD, _ITALIC) for match in pattern.finditer(prose)]
    return [" ".join(words.split()) for words in found]


def links(text):
    """Each (whether it is an image, target)."""
    return [(bool(match.group("image")), match.group("target")) for match in _LINK.finditer(_CODE.sub("", text))]


def commands(text):
    """Each (command, its options): of a table's cell that begins with the program's name all, elsewhere those that do."""
    program = "visgatectl "
    for line in text.splitlines():
        cell = line.split("|")[1].strip() if line.startswith("| `visgatectl ") else ""
        for span in _SPAN.findall(cell or line):
            if not cell and not span.startswith(program):
                continue
            words = span.removeprefix(program).split()
            named = []
            for word in words:
                if not re.fullmatch(r"[a-z][a-z-]*", word):
                    break
                named.append(word)
            yield " ".join(named), [word.removeprefix("--") for word in words if word.startswith("--")]


def chapters(text):
    return re.findall(r"^## (.+)$", _CODE.sub("", text), re.M)


def anchor(heading):
    """As web pages of Markdown files name a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def sentences(catalogue, language):
    """Every text of the window in that language; of the plural ones each form."""
    for context in ElementTree.fromstring(catalogue).iter("context"):
        if context.findtext("name") in NOT_IN_THE_WINDOW:
            continue
        for message in context.iter("message"):
            source = message.findtext("source")
            if language == "en":
                # Of its two plural forms the source has both: "%n step(s)".
                yield from {source, source.replace("(s)", ""), source.replace("(s)", "s")}
                continue
            translation = message.find("translation")
            forms = [form.text for form in translation.iter("numerusform")]
            yield from forms or [translation.text]


class Catalogue:
    """What the window can say; placeholders stand for any text."""

    def __init__(self, texts):
        texts = {" ".join((text or "").split()) for text in texts}
        self._plain = texts | SAME_EVERYWHERE
        self._patterns = []
        for text in texts:
            parts = _PLACEHOLDER.split(text)
            if len(parts) > 1 and sum(map(str.isalpha, "".join(parts))) >= FEWEST_LETTERS:
                self._patterns.append(re.compile(".+".join(map(re.escape, parts))))

    def has(self, words):
        return words in self._plain or any(pattern.fullmatch(words) for pattern in self._patterns)


class Guides(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = {language: path.read_text(encoding="utf-8") for language, path in GUIDES.items()}
        catalogue = WORDS.read_text(encoding="utf-8")
        cls.catalogues = {language: Catalogue(sentences(catalogue, language)) for language in GUIDES}

    def test_what_they_say_stands_in_the_window_stands_there(self):
        for language, text in self.texts.items():
            said = words_of_the_window(text)
            self.assertGreater(len(said), 100, language)
            unknown = sorted({words for words in said if not self.catalogues[language].has(words)})
            self.assertEqual(unknown, [], f"{GUIDES[language].name}: not among the words of the window")

    def test_each_link_and_image_leads_somewhere(self):
        for language, text in self.texts.items():
            anchors = {anchor(heading) for heading in chapters(text)}
            for _, target in links(text):
                path, _, heading = target.partition("#")
                if not path:
                    self.assertIn(heading, anchors, f"{GUIDES[language].name}: no such chapter")
                elif "://" not in path:
                    self.assertTrue((GUIDES[language].parent / path).is_file(), f"{GUIDES[language].name}: {target}")

    def test_the_commands_that_they_name_are_there(self):
        source = "".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("cli/**/*.cpp"), *ROOT.glob("cli/**/*.h")])
        literals = set(re.findall(r'"([a-z][a-z -]*)"', source))
        for language, text in self.texts.items():
            named = list(commands(text))
            self.assertGreater(len(named), 30, language)
            for command, options in named:
                # The last word may be an argument: "keys set runpod".
                self.assertTrue({command, command.rpartition(" ")[0]} & literals, f"{language}: {command}")
                for option in options:
                    self.assertIn(option, literals, f"{language}: {command}")

    def test_each_shows_the_same_pictures_in_its_own_language(self):
        shown = {}
        for language, text in self.texts.items():
            files = [target for image, target in links(text) if image]
            self.assertTrue(files)
            for file in files:
                self.assertTrue(file.endswith(f"-{language}.png"), f"{GUIDES[language].name}: {file}")
            shown[language] = [file.removesuffix(f"-{language}.png") for file in files]
        self.assertEqual(shown["en"], shown["tr"])

    def test_both_have_the_same_chapters(self):
        numbers = {language: [re.match(r"\d+", heading) for heading in chapters(text)] for language, text in self.texts.items()}
        for language, found in numbers.items():
            self.assertTrue(all(found), f"{GUIDES[language].name}: a chapter without its number")
            self.assertEqual([int(number.group()) for number in found], list(range(1, len(found) + 1)))
        self.assertEqual(len(numbers["en"]), len(numbers["tr"]))

    def test_they_are_found_from_the_first_page_and_short(self):
        for language, text in self.texts.items():
            self.assertLessEqual(len(text.splitlines()), MOST_LINES, language)
            for page in ("README.md", "docs/README.md"):
                targets = [((ROOT / page).parent / target).resolve() for _, target in
                           links((ROOT / page).read_text(encoding="utf-8")) if "://" not in target]
                self.assertIn(GUIDES[language], targets, page)


class Planted(unittest.TestCase):
    CATALOGUE = """<TS><context><name>Rail</name>
        <message><source>Home</source><translation>Ana sayfa</translation></message>
        <message><source>Deploy – about %1</source><translation>Kur – yaklaşık %1</translation></message>
        <message><source>%1 GB</source><translation>%1 GB</translation></message>
        <message numerus="yes"><source>%n step(s)</source><translation><numerusform>%n adım</numerusform></translation></message>
        </context><context><name>Cli</name><message><source>Target</source><translation>Hedef</translation></message></context></TS>"""

    def test_words_are_known_with_what_stands_in_their_places(self):
        english = Catalogue(sentences(self.CATALOGUE, "en"))
        turkish = Catalogue(sentences(self.CATALOGUE, "tr"))
        for words in ("Home", "Deploy – about $0.02", "1 step", "4 steps"):
            self.assertTrue(english.has(words), words)
        for words in ("Homes", "home", "Ana sayfa", "Deploy", "Deploy – about ", "3 GB", "Target", "Anything at all"):
            self.assertFalse(english.has(words), words)
        self.assertTrue(turkish.has("Ana sayfa") and turkish.has("4 adım") and turkish.has("Kur – yaklaşık 0,02 $"))
        self.assertFalse(turkish.has("Home") or turkish.has("Hedef"))

    def test_bold_and_italic_are_found_and_nothing_else(self):
        text = "# *x*\n* one **Home**, `**code**`\n* *It says\n  so.* and 2 * 3\n\n| **A b** | *c* |\n```\n**block**\n```\n"
        self.assertEqual(words_of_the_window(text), ["Home", "A b", "x", "It says so.", "c"])

    def test_commands_are_found(self):
        text = "run `visgatectl doctor` or `./run ctl`\n| `visgatectl jobs run ID \"a\" --seed 7`, `keys set hf` | `not --one` |\n"
        self.assertEqual(list(commands(text)), [("doctor", []), ("jobs run", ["seed"]), ("keys set hf", [])])

    def test_links_and_anchors(self):
        text = "[a](b.md) ![c](d.png) `[e](f)` [g](#1-h)\n## 1. İlk adım, bu\n"
        self.assertEqual(links(text), [(False, "b.md"), (True, "d.png"), (False, "#1-h")])
        self.assertEqual([anchor(heading) for heading in ("1. What it is, here", "12. Ne tutar")], ["1-what-it-is-here", "12-ne-tutar"])
        self.assertEqual(chapters(text), ["1. İlk adım, bu"])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window from outside, as assistive technology does: start, Practise, Deploy, the picture.

    journey.py BIN_FOLDER

In English and in Turkish it counts the presses (at most three, and nothing typed), looks at the picture on the screen
(not blank), reads the demo label, and holds the Turkish tree against the English one: no sentence may stand in both.
Needs what tests/support/with_session provides: a display, a session bus, accessibility switched on.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyatspi

PATIENCE_SECONDS = 180
MOST_PRESSES = 3
# Proper names, ids, units and the language names themselves are the same in every language.
SAME_IN_BOTH = re.compile(r"[Vv]isgate|SDXL|NVIDIA|RTX|Runpod|Hugging|Stable|FLUX|Studio|Model|GPU|English|Türkçe|[0-9$×./%]")
WORDS = {
    "en": {"practise": "Practise", "deploy": "Deploy", "picture": "Picture:", "demo": "demo model (shapes)"},
    "tr": {"practise": "Alıştırma yap", "deploy": "Çalıştır", "picture": "Resim:", "demo": "demo model (şekiller)"},
}


def skip(reason):
    print(reason)
    sys.exit(77)


def wait_for(find, what):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = find()
        if found:
            return found
        time.sleep(0.1)  # between two looks at a tree that another process changes
    raise AssertionError(f"never seen: {what}")


def application(pid):
    for app in pyatspi.Registry.getDesktop(0):
        try:
            if app and app.get_process_id() == pid:
                return app
        except Exception:  # an application that is going away
            continue
    return None


def visible(root):
    """Every accessible that is on the screen now."""
    pending = [root]
    while pending:
        node = pending.pop()
        try:
            if node is None or (node is not root and not node.getState().contains(pyatspi.STATE_SHOWING)):
                continue
            yield node
            pending += [node.getChildAtIndex(i) for i in range(node.childCount)]
        except Exception:  # it went away between two questions
            continue


class Journey:
    def __init__(self, folder, language, data):
        self.words = WORDS[language]
        self.presses = 0
        data.mkdir(mode=0o700)
        (data / "window.ini").write_text(f"[General]\nlanguage={language}\n", encoding="utf-8")
        self.process = subprocess.Popen([folder / "visgate"], env={**os.environ, "VISGATE_DATA_DIR": str(data)})
        self.app = wait_for(lambda: application(self.process.pid), "the application")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=60)

    def named(self, start, role=None):
        for node in visible(self.app):
            if (node.name or "").startswith(start) and (role is None or node.getRole() == role):
                return node
        return None

    def press(self, start):
        def ready():
            button = self.named(start, pyatspi.ROLE_PUSH_BUTTON)
            return button if button and button.getState().contains(pyatspi.STATE_SENSITIVE) else None
        button = wait_for(ready, f"a button {start!r} that can be pressed")
        button.queryAction().doAction(0)
        self.presses += 1

    def texts(self):
        return {node.name for node in visible(self.app) if node.name and re.search(r"[A-Za-z]{3}", node.name)}

    def run(self):
        seen = set()
        wait_for(lambda: self.named(self.words["practise"]), "Home")
        seen |= self.texts()
        self.press(self.words["practise"])
        wait_for(lambda: self.named(self.words["deploy"] + " –", pyatspi.ROLE_PUSH_BUTTON), "a price on the button")
        seen |= self.texts()
        self.press(self.words["deploy"] + " –")
        picture = wait_for(lambda: self.named(self.words["picture"]), "the picture")
        assert wait_for(lambda: self.named(self.words["demo"]), "the demo label")
        seen |= self.texts()
        assert self.presses <= MOST_PRESSES, f"{self.presses} presses"
        return seen, picture


def colours_in(picture, folder):
    """How many colours the picture shows on the screen."""
    box = picture.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    shot = folder / "picture.png"
    subprocess.run(["import", "-window", "root", "-crop", f"{box.width}x{box.height}+{box.x}+{box.y}", shot], check=True)
    counted = subprocess.run(["identify", "-format", "%k", shot], check=True, stdout=subprocess.PIPE, text=True)
    return int(counted.stdout)


def main():
    folder = Path(sys.argv[1]).resolve()
    if not (folder / "visgate").exists():
        skip("the window is not built")
    seen = {}
    with tempfile.TemporaryDirectory() as scratch:
        for language in WORDS:
            journey = Journey(folder, language, Path(scratch) / language)
            try:
                seen[language], picture = journey.run()
                colours = colours_in(picture, Path(scratch))
                assert colours > 50, f"the picture shows {colours} colours"
                print(f"{language}: {journey.presses} presses, 0 typed, {colours} colours in the picture")
            finally:
                journey.close()
    left = sorted(text for text in seen["en"] & seen["tr"] if not SAME_IN_BOTH.search(text))
    assert not left, f"English in the Turkish window: {left}"
    print(f"{len(seen['tr'])} Turkish texts, none of them English")


if __name__ == "__main__":
    main()

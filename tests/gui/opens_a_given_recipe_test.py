# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's program with a recipe's file, as a desktop and a shell give it: its sheet opens, filled in. The file's path has
spaces and letters beyond ASCII, and is relative to where the program starts."""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyatspi

PROGRAM = Path(os.environ["VISGATE_BIN"]) / "visgate"
if not PROGRAM.exists():
    print("the window is not built")
    sys.exit(77)
WATCHDOG_S = 120
PROMPT = "iki kırmızı daire"
RECIPE = ('{"visgate_recipe":1,"name":"Daireler","model":{"id":"stabilityai/sd-turbo"},"task":"text_to_image",'
          f'"prompts":[{{"prompt":"{PROMPT}","seed":5}}]}}')


def texts(node):
    """What the program shows or lets one edit, as a screen reader is told."""
    pending = [node]
    while pending:
        node = pending.pop()
        try:
            yield node.name
            pending += [node.getChildAtIndex(index) for index in range(node.childCount)]
            yield node.queryText().getText(0, -1)
        except Exception:  # one that has no text, or that went while it was asked
            continue


def shown(pid):
    for program in pyatspi.Registry.getDesktop(0):
        try:
            if program and program.get_process_id() == pid:
                return list(texts(program))
        except Exception:  # one that is going away
            continue
    return []


with tempfile.TemporaryDirectory() as folder:
    place = Path(folder, "dağ tarifleri 1")
    place.mkdir()
    (place / "iki ğ daire.visgate").write_text(RECIPE, encoding="utf-8")
    here = {**os.environ, "VISGATE_DATA_DIR": str(Path(folder, "veri ğ")), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8"}
    window = subprocess.Popen([PROGRAM, "iki ğ daire.visgate"], cwd=place, env=here, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + WATCHDOG_S
        seen = []
        while PROMPT not in seen:
            assert window.poll() is None, window.returncode
            assert time.monotonic() < end, seen
            time.sleep(0.2)
            seen = shown(window.pid)
        assert any("“Daireler”" in (text or "") for text in seen), seen
    finally:
        window.terminate()
        window.wait(WATCHDOG_S)
print("the sheet is open, filled in")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The same chain by the window: brings its tests (RealModelWindow, tests/gui/window/real_model_test.cpp) what they need, which is
this Python with torch and diffusers, a hub with a tiny model, and a public image."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path(os.environ["VISGATE_BIN"])
MODELS = pathlib.Path(os.environ["VISGATE_TINY_MODELS"])
PASSED = ("LD_LIBRARY_PATH", "OMP_NUM_THREADS")
PATIENCE = 1500


class Window(unittest.TestCase):
    def test_draws_with_a_real_model(self):
        with tempfile.TemporaryDirectory(prefix="visgate ğ ") as folder:
            hub, image = pathlib.Path(folder, "hub"), pathlib.Path(folder, "image")
            (hub / "me").mkdir(parents=True)
            (hub / "me/tiny").symlink_to(MODELS / "stable_diffusion")
            variables = {"PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin", "VISGATE_ALLOW_CPU": "1"}
            variables.update({name: value for name, value in os.environ.items() if name in PASSED or name.startswith(("PIP_", "SSL_"))})
            pathlib.Path(f"{image}.environment").write_text("".join(f"export {name}='{value}'\n" for name, value in variables.items()))
            environment = {**os.environ, "VISGATE_REAL_PYTHON": sys.executable, "VISGATE_HUB_FILES": str(hub),
                           "VISGATE_PUBLIC_IMAGE": str(image), "QT_QPA_PLATFORM": "xcb"}
            done = subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1600x1200x24", BIN / "gui_tests", "--gtest_filter=RealModelWindow.*"],
                                  env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  errors="replace", timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout[-8000:])
        self.assertIn("[  PASSED  ] 2 tests", done.stdout)


if __name__ == "__main__":
    unittest.main()

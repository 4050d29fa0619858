# SPDX-License-Identifier: GPL-3.0-or-later
"""What a country's habits could break, once more on desktops that have them: 0,5 for a half, other letters for I and i, "25,00 $".
The journey group does the same with what a newcomer types."""
import shutil

import ctest_group
from results import Result

LOCALES = ("tr_TR.UTF-8", "de_DE.UTF-8")
COMMAND_LINE = r"^engine/(.*/)?Cli"
# The window from outside and from inside, wherever it writes or reads a figure.
WINDOW = r"^gui/(atspi_journey|(.*/)?(Endpoint|Home|Journey|Language|Models|Spend|StorageCardOnScreen|Studio|Translation)\.)"


def run(options):
    for locale in LOCALES:
        if shutil.which("localedef") is None:
            yield Result(f"locale/{locale}", "skipped", "localedef is missing, so the locale cannot be made")
            continue
        yield from ctest_group.run("asan", "engine", options, locale=locale, only=COMMAND_LINE)
        yield from ctest_group.run("asan", "gui", options, locale=locale, only=WINDOW)

# SPDX-License-Identifier: GPL-3.0-or-later
import sys

from visgate_diffusers.parent import main

sys.exit(main())

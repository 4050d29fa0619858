# SPDX-License-Identifier: GPL-3.0-or-later
from visgate_bootstrap.start import main

if __name__ == "__main__":  # the provider's SDK starts processes that import this again
    main()

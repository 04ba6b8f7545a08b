"""`python -m kantoor`: the same as the console script."""

import sys

from kantoor.shell.cli import main

sys.exit(main())

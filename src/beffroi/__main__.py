"""`python -m beffroi`: the same as the command `beffroi`.

In: the process's arguments. Out: its exit status.
"""

import sys

from beffroi.cli import main

if __name__ == "__main__":
    sys.exit(main())

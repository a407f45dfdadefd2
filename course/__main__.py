"""`python -m course`: what students type."""

import sys

from course.commands.line import main

if __name__ == "__main__":
    sys.exit(main())

"""The wire's tests know what a node looks like: their strategies serve here too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "wire"))

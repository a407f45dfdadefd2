"""All attacks on the sandbox: small functions that return what they got hold of.

`sandbox_host.py` runs them in a worker.
"""

import sandbox_harming
import sandbox_reaching
import sandbox_reading
import sandbox_sharing
from sandbox_ground import ATTACKS, DEADLY, FOR_NAMESPACES, FOR_ROOT, Ground

__all__ = ["ATTACKS", "DEADLY", "FOR_NAMESPACES", "FOR_ROOT", "Ground"]
assert all(
    (sandbox_harming, sandbox_reaching, sandbox_reading, sandbox_sharing)
)  # they fill the list

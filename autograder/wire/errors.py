"""What can go wrong on the wire. Both are expected: a student may do anything to it."""


class WireError(Exception):
    """A frame or a value breaks the rules: too large, too deep, malformed or forged."""


class WireClosed(Exception):  # noqa: N818 # the end of a worker is no error of ours
    """The other side is gone."""

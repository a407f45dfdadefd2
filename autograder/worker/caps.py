"""How much output is kept, in bytes of UTF-8; both sides hold to it.

The course's own notebooks show 0.3 MB each, in 32 pieces, and no cell more than 0.11 MB: what is
kept is seven times as much. A class of a hundred then fits into the memory of what shows it.
"""

CELL = 2**20
NOTEBOOK = 2 * 2**20
PIECES = 2000
# what each piece takes besides its text
PIECE = 100
# a cell's outputs as they travel: in JSON a byte of text may take six
FRAME = 6 * (CELL + PIECES * PIECE) + 2**20
CUT = "\n… The output was cut here: a notebook keeps 1 MB of a cell and 2 MB in all.\n"


def size_of(text: str) -> int:
    """Bytes of a text; half a surrogate pair counts as it would if it could be written."""
    return len(text.encode("utf-8", "surrogatepass"))


def shortened(text: str, size: int) -> str:
    """As much of a text as fits into `size` bytes, no character halved."""
    # a character takes a byte or more: what is certainly too long is not encoded
    size = max(size, 0)
    data = text[: size + 1].encode("utf-8", "surrogatepass")
    end = min(size, len(data))
    # back to where a character begins
    while end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end].decode("utf-8", "surrogatepass")

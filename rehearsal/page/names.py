"""Names inside the page's own sentences: what turns the writing round in a name turns nothing around it."""

import re
import unicodedata

_OPEN, _CLOSE = "\u2068", "\u2069"
_FORMATTING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_FROM_THE_RIGHT = {"R", "AL", "AN"}


def isolated(name: str) -> str:
    """The name for a sentence: kept apart where it holds anything written from the right, without marks of direction.

    ``dom.js`` does the same in the browser.
    """
    plain = _FORMATTING.sub("", name)
    turns = plain != name or any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in plain)
    return f"{_OPEN}{plain}{_CLOSE}" if turns else plain

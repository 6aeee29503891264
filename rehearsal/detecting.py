"""Entities the server finds in a text by itself: commands, names, addresses."""

import re

from rehearsal.refusals import Json
from rehearsal.rich_text import utf16_length

PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")),
    ("url", re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)»]")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}")),
)
SIGNS = re.compile(r"[/@]")


def detected(text: str, known: list[Json]) -> list[Json]:
    """``known`` entities and those found outside of them, in the order of the text."""
    if not SIGNS.search(text):
        return known
    taken = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in {"text_link", "code", "pre"}]
    found: list[Json] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(match.group())
            if all(end <= start or begin >= stop for start, stop in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted(known + found, key=lambda entity: (entity["offset"], -entity["length"]))

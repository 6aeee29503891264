"""How a message with files goes: one file with the words under it, or albums first and the words after them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from domain.button import Keyboard
from domain.outbox import OutFile, Outgoing

CAPTION_LIMIT = 1000
"""Characters of the words under a file, as a messenger counts them: an emoji is two."""
AT_ONCE = 10
"""Files of one album."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sending: a text, a file with a text, or an album (which carries neither words nor buttons)."""

    files: tuple[OutFile, ...]
    text: str = ""
    buttons: Keyboard = ()


def pieces(message: Outgoing) -> list[Piece]:
    """In the order in which they go. The words and the buttons are in the last one."""
    files = sorted(message.files, key=lambda one: not one.is_photo)
    if len(files) <= 1 and (not files or _fits_caption(message.text)):
        return [Piece(tuple(files), message.text, message.buttons)]
    if message.text:
        return [*_albums(files), Piece((), message.text, message.buttons)]
    if message.buttons:
        return [*_albums(files[:-1]), Piece((files[-1],), "", message.buttons)]
    return _albums(files)


def left(message: Outgoing) -> list[Piece]:
    """The pieces that an earlier attempt has not brought."""
    found, came = pieces(message), len(message.beside)
    while came > 0 and len(found) > 1:
        came -= len(found.pop(0).files)
    return found


def count(message: Outgoing) -> int:
    """How many messages it is for the messenger's limits."""
    if message.removes:
        return len(message.removes)
    return 1 if message.edits else sum(max(len(one.files), 1) for one in left(message))


def _albums(files: Sequence[OutFile]) -> list[Piece]:
    """Photos and documents never in one album."""
    kinds = [[one for one in files if one.is_photo], [one for one in files if not one.is_photo]]
    return [Piece(tuple(kind[place : place + AT_ONCE])) for kind in kinds for place in range(0, len(kind), AT_ONCE)]


def _fits_caption(text: str) -> bool:
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2 <= CAPTION_LIMIT

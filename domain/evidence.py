"""What shows that something was done: files, a link, a text, the number and date of an order."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from domain.refusal import Refusal
from domain.registry import tidy
from domain.roadmap import ItemKind

TEXT_LIMIT = 2000
LINK_LIMIT = 500
NUMBER_LIMIT = 60
MOST_PIECES = 30
"""Of one confirmation."""
FILE_LIMIT = 20 * 1024 * 1024
"""Bytes that both messengers hand over (messengers.md)."""


class EvidenceKind(StrEnum):
    """What it is."""

    FILE = "file"
    LINK = "link"
    TEXT = "text"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class FileContent:
    """What was looked at and laid into the folder of files: ``path`` is within it, ``mime`` what the content is."""

    sha256: str
    size: int
    mime: str
    path: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent, as the messenger tells of it; ``name`` is put in order, ``size`` in bytes or unknown.

    ``source`` is the message it came with: the same message again brings nothing new.
    """

    messenger: str
    remote_id: str
    source: str
    name: str
    size: int | None = None
    is_photo: bool = False
    caption: str = ""

    @property
    def is_too_big(self) -> bool:
        """Whether the messenger gives it to nobody."""
        return (self.size or 0) > FILE_LIMIT


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it is kept: once, whoever sent it.

    ``size`` is in bytes, ``mime`` what its content is, ``path`` within the folder of files.
    """

    id: int
    sha256: str
    size: int
    mime: str
    path: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece. ``text`` is the link, the words or the number of an order, of a file its caption.

    ``day`` is the order's date, ``name`` the file's. ``file`` is ``None`` where the messenger has not handed it over
    yet: ``remote_id`` is how the ``messenger`` it came through knows it. ``added_at`` is UTC.
    """

    id: int
    kind: EvidenceKind
    text: str = ""
    day: date | None = None
    name: str = ""
    file: KeptFile | None = None
    remote_id: str = ""
    is_photo: bool = False
    added_at: datetime | None = None
    messenger: str = ""


_WITHOUT = frozenset({ItemKind.SURVEY, ItemKind.GROUP})
"""Kinds of items that are confirmed by a word alone."""


def wants_evidence(kind: ItemKind) -> bool:
    """Whether a confirmation must hold something."""
    return kind not in _WITHOUT


def link_of(text: str) -> str:
    """A link as it was typed. Raises ``Refusal`` for what is not an address of a page."""
    link = text.strip()
    if not re.match("https?://", link, re.IGNORECASE):
        link = f"https://{link}"
    if len(link) > LINK_LIMIT or " " in link or not link.isprintable() or not _is_at_a_site(link):
        raise Refusal("evidence.no-link")
    return link


_HOST = re.compile(r"([\w-]+\.)+([^\W\d_]{2,}|xn--[\w-]+)", re.IGNORECASE)
"""A site's name: not a date, not the last word of a sentence with its full stop."""


def _is_at_a_site(link: str) -> bool:
    """Whether a browser would open a site by it; one with an «@» is a letter's address or hides where it leads."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    return "@" not in parts.netloc and port != 0 and _HOST.fullmatch(parts.hostname or "") is not None


_LINK = re.compile(r"https?://\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:ru|рф|su|com|org|net)(?:/\S*)?", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether somebody typed an address and nothing else."""
    return _LINK.fullmatch(text.strip()) is not None


def words_of(text: str) -> str:
    """A text as it was typed. Raises ``Refusal`` for nothing, and for too much."""
    words = "\n".join(line for raw in text.splitlines() if (line := tidy(raw)))
    if not words:
        raise Refusal("evidence.no-text")
    if len(words) > TEXT_LIMIT:
        raise Refusal("evidence.long-text", limit=TEXT_LIMIT)
    return words


def short_caption(text: str) -> str:
    """What was written under a file, in order; too much of it is cut, for the file is what matters."""
    return "\n".join(line for raw in text.splitlines() if (line := tidy(raw)))[:TEXT_LIMIT]


_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_name(raw: str, fallback: str = "файл") -> str:
    """A file's name that is safe to keep and to show: one line, no folders, no control characters, 120 at most."""
    name = tidy(_FORBIDDEN.sub(" ", raw.replace("\\", "/").rsplit("/", 1)[-1])).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and 0 < len(ending) <= 5:
        return f"{stem[: 120 - len(ending) - 1].rstrip() or fallback}.{ending}"
    return name[:120] or fallback

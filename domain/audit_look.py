"""Looking at the audit: which rows, and how they read with the names of today in place of ids."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from domain.audit import ABOUT, BY_CLOCK, BY_STRANGERS, PEOPLE_IN_ABOUT, Deed, Entry, fits
from domain.audit_topic import Topic, topic_of
from domain.registry import called, name_key


class Span(IntEnum):
    """How many local days back, today included; ``EVER`` is everything."""

    EVER = 0
    TODAY = 1
    WEEK = 7
    MONTH = 30

    def since(self, today: date, zone: ZoneInfo) -> datetime | None:
        """The instant (UTC) from which deeds are looked at."""
        if self is Span.EVER:
            return None
        first = today - timedelta(days=self - 1)
        return datetime.combine(first, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which rows are looked at: those by or about one person, or by the operator; of one topic; of the last days."""

    person_id: int | None = None
    by_operator: bool = False
    topic: Topic | None = None
    span: Span = Span.EVER

    @property
    def is_everything(self) -> bool:
        """Whether no row is left out."""
        return self == Narrowing()


@dataclass(frozen=True, slots=True)
class Labels:
    """How what the rows name by ids and codes is called now. An item is its number and the year of its roadmap."""

    people: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    roadmaps: Mapping[int, int] = field(default_factory=dict)
    schools: Mapping[int, str] = field(default_factory=dict)
    municipalities: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    risks: Mapping[int, str] = field(default_factory=dict)
    surveys: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A row as people read it. ``who`` is empty for the operator, for a stranger and for the bot itself; ``about`` has
    every one of ``ABOUT``, empty where the row does not tell it."""

    id: int
    at: datetime
    who: str
    deed: Deed
    about: Mapping[str, str | int | date]

    @property
    def by_stranger(self) -> bool:
        """Whether somebody did it whom the project did not know."""
        return not self.who and self.deed in BY_STRANGERS

    @property
    def by_clock(self) -> bool:
        """Whether the bot did it itself."""
        return not self.who and self.deed in BY_CLOCK

    @property
    def topic(self) -> Topic:
        """What the deed is about."""
        return topic_of(self.deed)


_DAYS = frozenset({"day", "since", "until"})


def told(entry: Entry, labels: Labels) -> Told:
    """A row with names in place of ids, as they are called at the time of looking."""
    about: dict[str, str | int | date] = dict.fromkeys(ABOUT, "")
    for key, value in entry.about.items():
        if value is not None:
            about[key] = _shown(key, value, labels)
    item = entry.about.get("item")
    if isinstance(item, int) and len(labels.roadmaps) > 1 and item in labels.items:
        about["year"] = labels.items[item][1]
    who = "" if entry.person_id is None else called(labels.people.get(entry.person_id, ""), entry.person_id)
    return Told(entry.id, entry.at, who, entry.deed, about)


def _shown(key: str, value: int | str, labels: Labels) -> str | int | date:
    if isinstance(value, str):
        return _word(key, value, labels)
    if key in PEOPLE_IN_ABOUT:
        return called(labels.people.get(value, ""), value)
    match key:
        case "item":
            return labels.items.get(value, ("", 0))[0]
        case "roadmap":
            return labels.roadmaps.get(value, "")
        case "school":
            return labels.schools.get(value, "")
        case "municipality":
            return labels.municipalities.get(value, "")
        case "group":
            return labels.groups.get(value, "")
        case "risk":
            return labels.risks.get(value, "")
        case "survey":
            return labels.surveys.get(value, "")
    return value


def _word(key: str, value: str, labels: Labels) -> str | date:
    """Nothing for a word of an older version that is not known any more."""
    if not fits(key, value):
        return ""
    match key:
        case "channel":
            return labels.channels.get(value, value)
        case "organisation":
            return labels.organisations.get(value, "")
    return date.fromisoformat(value) if key in _DAYS else value


_NUMBER = re.compile(r"(?:участник\s*)?(?:№\s*)?([0-9]{1,18})")


def typed_person(text: str) -> tuple[str, int | None]:
    """Of whom a coordinator asks: a part of the name as a key, and the number where it is one («участник № 7»)."""
    key = name_key(text)
    found = _NUMBER.fullmatch(key)
    return key, int(found[1]) if found else None

"""«Я из школы …»: somebody whom nobody gave a code asks to be let in, and a coordinator decides."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from domain.people import Account, Role
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, Registered, Registry, name_key, tidy

REQUEST_LIFE = timedelta(days=30)
"""After that a request that nobody answered is closed, and what was kept of the person is gone."""
MOST_REQUESTS = 3
REQUESTS_WINDOW = timedelta(hours=24)
"""So many requests may come from one account within that time; what is closed is forgotten after it."""
TOLD_EVERY = timedelta(hours=1)
"""Coordinators are told of requests no oftener than that."""
REASON_LIMIT = 300
"""Characters of the reason of a refusal."""
MOST_LIKELY = 3
"""People of the registry who are offered as the one who asks."""
_ALIKE = 75
_INITIAL = 90
_IN_NAMES = frozenset(" -.'’ʼ(),")


class RequestState(StrEnum):
    """The life of a request: waiting → approved | refused | withdrawn | expired | came-in (by a code meanwhile)."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CAME_IN = "came-in"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of themselves, and the consent under which they say it (``agreed_at`` is UTC)."""

    account: Account
    school_id: int
    name: str
    position: str
    consent_version: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A kept request. Once it is closed the name and the position in it are empty. Instants are UTC."""

    id: int
    asked: Asked
    asked_at: datetime
    state: RequestState = RequestState.WAITING
    decided_by: int | None = None
    person_id: int | None = None


def full_name(typed: str) -> str:
    """A person's name as it was typed, put in order. Raises ``Refusal`` for what cannot be a name and a surname."""
    name = tidy(unicodedata.normalize("NFC", typed))
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    fits = all(letter.isalpha() or letter in _IN_NAMES for letter in name)
    if len(words) < 2 or not fits or len(name) > NAME_LIMIT:
        raise Refusal("join_request.bad-name")
    return name


def position_of(typed: str) -> str:
    """As what a person works, put in order. Raises ``Refusal`` for what is too long."""
    position = tidy(unicodedata.normalize("NFC", typed))
    if len(position) > NAME_LIMIT:
        raise Refusal("join_request.long-position", limit=NAME_LIMIT)
    return position


def likely(asked: Asked, registry: Registry) -> list[Registered]:
    """People of the registry who may be the one who asks: of that school first, then the most alike.

    Nobody who has come in already, and no coordinator: their door is a code. At that school one word may differ (a
    surname changes); elsewhere every word must be alike, or all the namesakes of a region would be offered.
    """
    found = []
    for person in registry.people:
        is_there = any(duty.school_id == asked.school_id for duty in person.duties)
        score = _likeness(asked.name, person.name, strictly=not is_there)
        if score >= _ALIKE and may_be_claimed(person):
            found.append((not is_there, -score, person.id, person))
    return [person for *_, person in sorted(found, key=lambda one: one[:3])[:MOST_LIKELY]]


def may_be_claimed(person: Registered) -> bool:
    """Whether a request can be answered with «this is them»."""
    return not person.has_come and all(duty.role is not Role.COORDINATOR for duty in person.duties)


def _likeness(one: str, other: str, *, strictly: bool) -> float:
    """0–100 over the words of the shorter name, whatever their order; the worst of them where ``strictly``."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if len(shorter) < 2:
        return 0
    scores = []
    for word in shorter:
        best = max(longer, key=lambda candidate: _word_likeness(word, candidate))
        longer.remove(best)
        scores.append(_word_likeness(word, best))
    return min(scores) if strictly else sum(scores) / len(scores)


def _words(name: str) -> list[str]:
    return name_key(name).replace(".", " ").split()


def _word_likeness(one: str, other: str) -> float:
    if 1 in (len(one), len(other)):
        return _INITIAL if one[:1] == other[:1] else 0
    return fuzz.ratio(one, other)


def tell_at(now: datetime, last: Iterable[datetime]) -> datetime:
    """When coordinators may be told next, given when they were."""
    return max([now, *(moment + TOLD_EVERY for moment in last)])

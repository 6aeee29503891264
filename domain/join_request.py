"""«Я из школы …»: somebody whom nobody gave a code asks to be let in, and a coordinator decides."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.consent import VERSION
from domain.likeness import alike_words, same_person
from domain.people import Account, Role
from domain.refusal import Refusal
from domain.registry import NAME_LIMIT, Registered, Registry, tidy

REQUEST_LIFE = timedelta(days=30)
"""After that a request that nobody answered is closed, and what was kept of the person is gone."""
FORM_LIFE = timedelta(hours=24)
"""So long somebody who agreed may take to send the request; after that they are asked for the consent anew."""
MOST_REQUESTS = 3
REQUESTS_WINDOW = timedelta(hours=24)
"""So many requests may come from one account within that time; what is closed is forgotten after it."""
TOLD_EVERY = timedelta(hours=1)
"""Coordinators are told of requests no oftener than that."""
REASON_LIMIT = 300
"""Characters of the reason of a refusal."""
MOST_LIKELY = 3
"""People of the registry who are shown as the one who may ask."""
_ENOUGH_WORDS = 2
"""Of a name in common at the same school: a surname changes."""
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

    school_id: int
    name: str
    position: str
    consent_version: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A kept request. Once it is closed the name and the position in it are empty. Instants are UTC."""

    id: int
    account: Account
    asked: Asked
    asked_at: datetime
    state: RequestState = RequestState.WAITING
    decided_by: int | None = None
    person_id: int | None = None


def consent_holds(version: str, agreed_at: datetime, now: datetime) -> bool:
    """Whether what was agreed to before asking is the present consent, and was agreed to lately."""
    return version == VERSION and now - FORM_LIFE < agreed_at <= now


def full_name(typed: str) -> str:
    """A person's name as it was typed, put in order. Raises ``Refusal`` for what cannot be a name and a surname."""
    name = _short(typed, NAME_LIMIT)
    words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
    if len(words) < 2 or not all(letter.isalpha() or letter in _IN_NAMES for letter in name):
        raise Refusal("join_request.bad-name")
    return name


def position_of(typed: str) -> str:
    """As what a person works, put in order. Raises ``Refusal`` for what is too long."""
    return _short(typed, NAME_LIMIT)


def reason_of(typed: str) -> str:
    """Why a request is refused, put in order. Raises ``Refusal`` for what is too long."""
    return _short(typed, REASON_LIMIT)


def _short(typed: str, limit: int) -> str:
    line = tidy(unicodedata.normalize("NFC", typed))
    if len(line) > limit:
        raise Refusal("join_request.too-long", limit=limit)
    return line


def likely(asked: Asked, registry: Registry) -> list[Registered]:
    """People of the registry who may be the one who asks: of that school first, then those of the very name.

    At that school two words in common are enough; elsewhere every word must be alike, or all the namesakes of a region
    would be shown. Among them may be people who have come in already: then the one who asks is somebody else, or has
    another account.
    """
    found = []
    for person in registry.people:
        is_there = any(duty.school_id == asked.school_id for duty in person.duties)
        is_same = same_person(asked.name, person.name)
        if is_same or (is_there and alike_words(asked.name, person.name) >= _ENOUGH_WORDS):
            found.append((not is_there, not is_same, person))
    return [person for *_, person in sorted(found, key=lambda one: one[:2])[:MOST_LIKELY]]


def may_be_claimed(person: Registered) -> bool:
    """Whether a request can be answered with «this is them». Whoever has come in, and a coordinator, need a code."""
    return not person.has_come and all(duty.role is not Role.COORDINATOR for duty in person.duties)


def tell_at(now: datetime, last: datetime | None) -> datetime:
    """When coordinators may be told next, given when they were."""
    return now if last is None else max(now, last + TOLD_EVERY)

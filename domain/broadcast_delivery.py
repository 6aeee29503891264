"""What an announcement owes to each, what became of it in words of a closed list, and who is to be phoned. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.broadcast import Delivery
from domain.contact import Contact, Phonebook
from domain.outbox import FailureKind, OutboxState, Refused
from domain.people import Role
from domain.registry import Registered, Registry, name_key
from domain.survey_count import Silence
from domain.survey_waiting import besides


class Owed(StrEnum):
    """What is still to be put into the outbox for somebody: the message, other words where it has come (and in what
    waits), a reminder, both of these, its deletion."""

    SEND = "send"
    EDIT = "edit"
    NUDGE = "nudge"
    EDIT_NUDGE = "edit-nudge"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Removal:
    """How deleting goes: with how many recipients it is still to be tried, with how many the messenger refused it."""

    going: int = 0
    stayed: int = 0


class Why(StrEnum):
    """Why it did not arrive."""

    NOT_COME = "not-come"
    NOT_AGREED = "not-agreed"
    BLOCKED = "blocked"
    GONE = "gone"
    NO_GROUP = "no-group"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    FAULT = "fault"
    FILE = "file"


_SILENCES = {
    Silence.NOT_COME: Why.NOT_COME,
    Silence.NOT_AGREED: Why.NOT_AGREED,
    Silence.BLOCKED: Why.BLOCKED,
    Silence.GONE: Why.GONE,
}


def why(one: Delivery) -> Why | None:
    """The reason; ``None`` for what has arrived or is on the way."""
    if not one.has_failed:
        return None
    if one.state in (None, OutboxState.WITHDRAWN):
        return Why.WITHDRAWN if one.addressee.silence is None else _SILENCES[one.addressee.silence]
    if one.state is OutboxState.EXPIRED:
        return Why.LATE
    is_group = one.addressee.group_id is not None
    if one.reason == FailureKind.BLOCKED:
        return Why.NO_GROUP if is_group else Why.BLOCKED
    if one.reason == FailureKind.GONE:
        return Why.NO_GROUP if is_group else Why.GONE
    return Why.FILE if one.reason in (Refused.FILE_TOO_BIG, Refused.WRONG_FILE) else Why.FAULT


@dataclass(frozen=True, slots=True)
class ToPhone:
    """Somebody who did not get it, or has not acknowledged it (then ``why`` is ``None``); ``contacts`` are to be phoned
    besides themselves."""

    name: str
    position: str
    home: str
    school: str
    roles: tuple[Role, ...]
    why: Why | None
    contacts: tuple[Contact, ...]


def to_phone(deliveries: Collection[Delivery], registry: Registry, book: Phonebook, *, asks_ack: bool) -> list[ToPhone]:
    """They, by places and names; of a group nobody."""
    people = {one.id: one for one in registry.people}
    found = [
        _to_phone(one, people.get(one.addressee.person_id or 0), registry, book)
        for one in deliveries
        if one.addressee.person_id is not None and (one.has_failed or _is_unread(one, asks_ack=asks_ack))
    ]
    return sorted(found, key=lambda one: (name_key(one.home), name_key(one.school), name_key(one.name)))


def _is_unread(one: Delivery, *, asks_ack: bool) -> bool:
    return asks_ack and one.has_arrived and one.acked_at is None


def _to_phone(one: Delivery, person: Registered | None, registry: Registry, book: Phonebook) -> ToPhone:
    duties = () if person is None else person.duties
    schools = [school for duty in duties if (school := registry.school(duty.school_id)) is not None]
    homes = {school.municipality_id for school in schools} | {duty.municipality_id for duty in duties}
    names = [home.name for home in registry.municipalities if home.id in homes]
    return ToPhone(
        one.addressee.name,
        "" if person is None else person.position,
        "; ".join(names),
        "; ".join(school.name for school in schools),
        tuple(sorted({duty.role for duty in duties}, key=list(Role).index)),
        why(one),
        () if person is None else besides(person, duties, book),
    )

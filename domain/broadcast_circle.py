"""Whom an announcement goes to, as it is pressed and typed; never beyond what its author reaches. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from domain.access import Reach
from domain.broadcast import Circle
from domain.likeness import people_meant
from domain.refusal import Refusal
from domain.registry import Registered, Registry, name_key, tidy
from domain.survey import PARTICIPANTS, Audience

MOST_LINES = 300
"""Names of one list."""


def within(registry: Registry, seen: Reach) -> Registry:
    """The registry as far as somebody reaches it: nothing else can be chosen, or is shown."""
    if seen.everything:
        return registry
    schools = tuple(seen.among(registry.schools))
    known, homes = {one.id for one in schools}, seen.municipalities
    people = tuple(
        one
        for one in registry.people
        if any(duty.school_id in known or duty.municipality_id in homes for duty in one.duties)
    )
    return Registry(tuple(one for one in registry.municipalities if one.id in homes), (), schools, people)


def by_audience(circle: Circle, audience: Audience) -> Circle:
    """These people, whatever they have done."""
    return replace(circle, audience=audience, item_id=None, survey_id=None)


def in_places(circle: Circle, audience: Audience) -> Circle:
    """The same in other places; all participants of them where nobody was chosen yet."""
    if not (audience.roles or audience.people or circle.is_by_state):
        audience = replace(audience, roles=PARTICIPANTS)
    return replace(circle, audience=audience)


def who_has_not_done(circle: Circle, item_id: int) -> Circle:
    """«Кто не сделал п. …», in the places that were chosen."""
    return replace(circle, audience=_without_people(circle.audience), item_id=item_id, survey_id=None)


def who_has_not_answered(circle: Circle, survey_id: int) -> Circle:
    """«Кто не ответил на опрос …», in the places that were chosen."""
    return replace(circle, audience=_without_people(circle.audience), item_id=None, survey_id=survey_id)


def _without_people(audience: Audience) -> Audience:
    return replace(audience, roles=frozenset(), people=frozenset())


def with_group(circle: Circle, group_id: int, known: Collection[int], *, on: bool) -> Circle:
    """A group told or not. Raises ``Refusal`` for one that is not there."""
    if on and group_id not in known:
        raise Refusal("broadcast_audience.gone")
    return replace(circle, groups=circle.groups | {group_id} if on else circle.groups - {group_id})


# --- A list of names --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """What became of a list of names: ``found`` are meant for sure, ``several`` is what may be more than one (or is
    written another way) with whom it may be, ``unknown`` what is nobody."""

    found: tuple[Registered, ...]
    several: tuple[tuple[str, tuple[Registered, ...]], ...]
    unknown: tuple[str, ...]


def named(text: str, registry: Registry) -> Named:
    """Whom a list means, a name on each line. Raises ``Refusal`` for too long a list."""
    lines = list(dict.fromkeys(line for raw in text.splitlines() if (line := tidy(raw.strip(" ,;.•—-")))))
    if len(lines) > MOST_LINES:
        raise Refusal("broadcast_audience.long-list", limit=MOST_LINES, count=len(lines))
    exact: dict[str, list[Registered]] = {}
    for person in registry.people:
        if person.name and person.duties:
            exact.setdefault(name_key(person.name), []).append(person)
    found: dict[int, Registered] = {}
    several, unknown = [], []
    for line in lines:
        same = exact.get(name_key(line), [])
        if len(same) == 1:
            found[same[0].id] = same[0]
        elif like := same or _like(line, registry):
            several.append((line, like))
        else:
            unknown.append(line)
    return Named(tuple(found.values()), tuple((line, tuple(like)) for line, like in several), tuple(unknown))


def _like(line: str, registry: Registry) -> list[Registered]:
    return [one for one in people_meant(line, registry) if one.duties] if name_key(line) else []


def with_people(circle: Circle, people: Iterable[Registered]) -> Circle:
    """These as well, by their names."""
    audience = replace(circle.audience, people=circle.audience.people | {one.id for one in people})
    return by_audience(circle, audience)

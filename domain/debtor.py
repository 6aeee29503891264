"""Who owes an item: every school, every municipality, every curator, or its executors together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.notice import address
from domain.people import Duty, Role
from domain.registry import Registry, called
from domain.roadmap import Item, OwedBy, Roadmap


@dataclass(frozen=True, slots=True, order=True)
class Debtor:
    """One of the party that owes an item. ``id`` is a school's, a municipality's or (of a curator) a person's; the
    executors owe together and have the id 0."""

    party: OwedBy
    id: int = 0


def debtors(item: Item, registry: Registry, exempt: Collection[Debtor] = ()) -> list[Debtor]:
    """Everybody who owes an item, in the order of names: the denominator of its indicator (domain.md, «Indicators»).

    Those to whom it does not apply are left out.
    """
    return [one for one in _party(item.owed_by, registry) if one not in exempt]


def everybody(party: OwedBy, registry: Registry) -> list[Debtor]:
    """Every one of a party, in the order of names, whatever applies to them."""
    return list(_party(party, registry))


def _party(party: OwedBy, registry: Registry) -> Iterable[Debtor]:
    match party:
        case OwedBy.SCHOOL:
            return [Debtor(party, one.id) for one in registry.schools]
        case OwedBy.MUNICIPALITY:
            home = {one.municipality_id for one in registry.schools}
            return [Debtor(party, one.id) for one in registry.municipalities if one.id in home]
        case OwedBy.CURATOR:
            return [Debtor(party, one.id) for one in registry.holders(Role.CURATOR)]
    return [Debtor(OwedBy.EXECUTORS)]


def acts_for(duties: Iterable[Duty], person_id: int, item: Item, roadmap: Roadmap) -> list[Debtor]:
    """For whom a person may confirm an item: by their own duties and by those of people they stand in for."""
    found = {debtor for duty in duties if (debtor := _through(duty, person_id, item, roadmap)) is not None}
    return sorted(found)


def speaks_for(duties: Iterable[Duty], person_id: int) -> frozenset[Debtor]:
    """Everybody for whom a person may confirm anything at all; which item of theirs is for ``acts_for`` to say."""
    found = {Debtor(OwedBy.EXECUTORS)}
    for duty in duties:
        if duty.role is Role.SCHOOL and duty.school_id is not None:
            found.add(Debtor(OwedBy.SCHOOL, duty.school_id))
        if duty.role is Role.MUNICIPAL and duty.municipality_id is not None:
            found.add(Debtor(OwedBy.MUNICIPALITY, duty.municipality_id))
        if duty.role is Role.CURATOR:
            found.add(Debtor(OwedBy.CURATOR, duty.instead_of or person_id))
    return frozenset(found)


def _through(duty: Duty, person_id: int, item: Item, roadmap: Roadmap) -> Debtor | None:
    match item.owed_by, duty.role:
        case OwedBy.SCHOOL, Role.SCHOOL if duty.school_id is not None:
            return Debtor(OwedBy.SCHOOL, duty.school_id)
        case OwedBy.MUNICIPALITY, Role.MUNICIPAL if duty.municipality_id is not None:
            return Debtor(OwedBy.MUNICIPALITY, duty.municipality_id)
        case OwedBy.CURATOR, Role.CURATOR:
            return Debtor(OwedBy.CURATOR, duty.instead_of or person_id)
        case OwedBy.EXECUTORS, _ if duty.address in _executors(item, roadmap):
            return Debtor(OwedBy.EXECUTORS)
    return None


def _executors(item: Item, roadmap: Roadmap) -> set[str]:
    return {address(one) for one in roadmap.executors if one.id in item.executors}


def name_of(debtor: Debtor, registry: Registry) -> str:
    """How a debtor is called now; empty for the executors and for whoever is not there any more."""
    match debtor.party:
        case OwedBy.SCHOOL:
            school = registry.school(debtor.id)
            return school.name if school else ""
        case OwedBy.MUNICIPALITY:
            municipality = registry.municipality(debtor.id)
            return municipality.name if municipality else ""
        case OwedBy.CURATOR:
            person = registry.person(debtor.id)
            return called(person.name, person.id) if person else ""
    return ""

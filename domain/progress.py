"""How far the confirmations are: what somebody still has to do about an item, and what waits for others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.completion import CompletionState, is_confirmed
from domain.debtor import Debtor, acts_for
from domain.notice import carried_besides, effective, window
from domain.people import Duty
from domain.roadmap import KeptItem, Roadmap, ThresholdKind
from domain.survey import Party, Respondent, schools_of


class Standing(StrEnum):
    """Whose turn it is by the confirmations of those whom a person acts for."""

    OPEN = "open"
    RETURNED = "returned"
    REVIEW = "review"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """Item id → debtor → the state of what they say of it; item id → to whom it does not apply; item id → debtor → the
    local days on which they held something of it; item id → its survey."""

    states: Mapping[int, Mapping[Debtor, CompletionState]] = field(default_factory=dict)
    exempt: Mapping[int, Collection[Debtor]] = field(default_factory=dict)
    held: Mapping[int, Mapping[Debtor, Sequence[date]]] = field(default_factory=dict)
    surveys: Mapping[int, "Surveyed"] = field(default_factory=dict)

    def standing(self, item_id: int, debtors: Iterable[Debtor]) -> Standing:
        """What is left of an item for these debtors together; nothing where none of them owes it."""
        said, exempt = self.states.get(item_id, {}), self.exempt.get(item_id, ())
        states = {said.get(one, CompletionState.DRAFT) for one in debtors if one not in exempt}
        states.discard(CompletionState.ACCEPTED)
        if not states:
            return Standing.DONE
        if CompletionState.RETURNED in states:
            return Standing.RETURNED
        return Standing.REVIEW if states == {CompletionState.SENT} else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Surveyed:
    """That an item is done by answering a survey: who has still to (of those whom the survey asks). One that has not
    begun asks nobody yet."""

    survey_id: int
    has_begun: bool
    waiting: frozenset[Respondent] = frozenset()


NOTHING_YET = Progress()


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in an item: ``standing`` is ``None`` for who only carries it out and confirms nothing.

    ``besides`` is whether the item rests on them by other duties too: then nothing they confirmed takes it from them.
    ``survey_id`` is of the survey that waits for their answer.
    """

    standing: Standing | None = None
    besides: bool = True
    survey_id: int | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left for them but to wait."""
        return self.standing in (Standing.REVIEW, Standing.DONE) and not self.besides

    @property
    def may_confirm(self) -> bool:
        """Whether it is their turn to confirm."""
        return self.standing in (Standing.OPEN, Standing.RETURNED)


NO_PART = Part()


def has_held(
    kept: KeptItem, roadmap: Roadmap, duties: Collection[Duty], person_id: int, missing: Collection[Debtor]
) -> bool:
    """Whether what is told of each time was held by all for whom somebody acts, and nothing else of it rests on them:
    ``missing`` are those who have not held it often enough."""
    debtors = acts_for(duties, person_id, kept.item, roadmap)
    if is_confirmed(kept.item) or not debtors or any(one in missing for one in debtors):
        return False
    return not _carries(kept, roadmap, duties)


def part_of(
    kept: KeptItem, roadmap: Roadmap, duties: Collection[Duty], person_id: int, progress: Progress = NOTHING_YET
) -> Part:
    """What an item asks of whoever has these duties: nothing of those to whom it does not apply, nor, where each holds
    something for itself, of those who have held enough."""
    debtors = acts_for(duties, person_id, kept.item, roadmap)
    surveyed = progress.surveys.get(kept.id)
    if surveyed is not None:
        return _by_survey(surveyed, duties, person_id, besides=_carries(kept, roadmap, duties) or not debtors)
    if not debtors:
        return NO_PART
    besides = _carries(kept, roadmap, duties)
    if is_confirmed(kept.item):
        return Part(progress.standing(kept.id, debtors), besides)
    exempt = progress.exempt.get(kept.id, ())
    left = [one for one in debtors if one not in exempt and not _has_held(one, kept, roadmap.year, progress)]
    return NO_PART if left else Part(Standing.DONE, besides)


def _carries(kept: KeptItem, roadmap: Roadmap, duties: Collection[Duty]) -> bool:
    return bool(carried_besides(kept.item, roadmap) & {duty.address for duty in duties})


def _by_survey(surveyed: Surveyed, duties: Collection[Duty], person_id: int, *, besides: bool) -> Part:
    """Whoever has answered, or is not asked, has nothing more to do of the item; nobody confirms it."""
    mine = [Respondent(Party.PERSON, person_id), *(Respondent(Party.SCHOOL, one) for one in schools_of(duties))]
    if not surveyed.has_begun:
        return NO_PART
    if surveyed.waiting & {*mine}:
        return Part(survey_id=surveyed.survey_id)
    return Part(Standing.DONE, besides)


def _has_held(debtor: Debtor, kept: KeptItem, year: int, progress: Progress) -> bool:
    threshold = kept.item.threshold
    if threshold is None or threshold.kind is not ThresholdKind.PER_MUNICIPALITY:
        return False
    start, end = window(effective(kept.item), year)
    days = progress.held.get(kept.id, {}).get(debtor, ())
    return sum(start <= day <= end for day in days) >= (threshold.target or 1)

"""Who decides on a confirmation, by the roadmap's data: never whoever sent it, while somebody else can."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from domain.access import Reach, Right, reach_of
from domain.completion import COMMENT_LIMIT, Completion, Round, Step
from domain.debtor import Debtor
from domain.evidence import wants_evidence
from domain.notice import COORDINATOR, address
from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Registry, tidy
from domain.roadmap import Item, OwedBy, ReviewedBy, Roadmap

_SHORTEST = 3
"""Letters and digits of a comment from which somebody learns what to do."""

MAY_REVIEW: Mapping[OwedBy, tuple[ReviewedBy, ...]] = {
    OwedBy.EXECUTORS: (ReviewedBy.COORDINATOR,),
    OwedBy.SCHOOL: tuple(ReviewedBy),
    OwedBy.MUNICIPALITY: (ReviewedBy.COORDINATOR, ReviewedBy.ORGANISER),
    OwedBy.CURATOR: (ReviewedBy.COORDINATOR, ReviewedBy.ORGANISER),
}
"""Whom the data may name: executors do not review themselves, and only schools are of a municipality or a curator."""


def reviewers(item: Item, roadmap: Roadmap) -> frozenset[str]:
    """The addresses of those who review an item: ``role:coordinator``, ``organiser:department``, ``role:curator`` …

    Where the data names nobody (or nobody it may), these are the coordinator and the organisers who are executors; of
    what executors owe, and where nobody would be left, the coordinator.
    """
    allowed = MAY_REVIEW[item.owed_by]
    named = [one for one in item.reviewed_by if one in allowed]
    default = [one for one in (ReviewedBy.COORDINATOR, ReviewedBy.ORGANISER) if one in allowed]
    found = {known for one in named or default for known in _addresses(one, item, roadmap)}
    return frozenset(found or {COORDINATOR})


def _addresses(party: ReviewedBy, item: Item, roadmap: Roadmap) -> list[str]:
    if party is not ReviewedBy.ORGANISER:
        return [f"role:{party}"]
    return [address(one) for one in roadmap.executors if one.id in item.executors and one.role == Role.ORGANISER]


class Panel:
    """Everybody who can act, found by what they review; made once for many confirmations."""

    def __init__(self, people: Mapping[int, Iterable[Duty]], registry: Registry) -> None:
        """``people`` are those who can act, with everything that rests on them."""
        self._schools = {school.id: school for school in registry.schools}
        self._at: dict[str, list[tuple[int, Reach]]] = defaultdict(list)
        for who, duties in people.items():
            for duty in duties:
                self._at[duty.address].append((who, reach_of([duty], Right.REVIEW)))

    def named(self, debtor: Debtor, item: Item, roadmap: Roadmap) -> set[int]:
        """Those whom the data names, and whose right reaches that debtor."""
        school = self._schools.get(debtor.id) if debtor.party is OwedBy.SCHOOL else None
        return {
            who
            for known in reviewers(item, roadmap)
            for who, reach in self._at.get(known, ())
            if reach.everything or (school is not None and reach.covers(school))
        }

    def deciders(self, completion: Completion, item: Item, roadmap: Roadmap) -> set[int]:
        """Whose turn it is.

        Those whom the data names, but for the author; where there is nobody, the coordinators but for the author; where
        there is nobody either, the author: a project with one coordinator goes on, and the history says who decided.
        """
        named = self.named(completion.debtor, item, roadmap)
        leading = {who for who, _ in self._at.get(COORDINATOR, ())}
        others = [one - {completion.sent_by} for one in (named, leading)]
        return next((one for one in (*others, named, leading) if one), set())


def sent_times(rounds: Sequence[Round]) -> int:
    """How often it was sent: tells what a reviewer has seen from what was sent since."""
    return sum(one.step is Step.SENT for one in rounds)


def is_plain(completion: Completion, item: Item) -> bool:
    """Whether it may be accepted together with others: what is confirmed by a word alone, and what schools sent for
    the first time. Whatever was returned before is looked at by itself."""
    if any(one.step in (Step.RETURNED, Step.REOPENED) for one in completion.rounds):
        return False
    return not wants_evidence(item.kind) or item.owed_by is OwedBy.SCHOOL


def closes(item: Item) -> bool:
    """Whether accepting what was confirmed closes the item: what executors owe together, unless it is counted."""
    return item.owed_by is OwedBy.EXECUTORS and item.threshold is None


def comment_of(typed: str) -> str:
    """Why something is returned, line by line, put in order. Raises ``Refusal`` for too little and for too much."""
    comment = "\n".join(line for raw in typed.splitlines() if (line := tidy(raw)))
    if sum(letter.isalnum() for letter in comment) < _SHORTEST:
        raise Refusal("review.no-comment")
    if len(comment) > COMMENT_LIMIT:
        raise Refusal("review.long-comment", limit=COMMENT_LIMIT)
    return comment

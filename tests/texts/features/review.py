"""Values for «Проверить»."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.review_card import Alike, ReviewCard, ReviewQueue
from domain.completion import Completion, CompletionState, Round, Step
from domain.debtor import Debtor
from domain.evidence import Evidence, EvidenceKind
from domain.roadmap import KeptItem, OwedBy
from handlers.review import LENGTH, SHOWN

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 4, 17, 6, tzinfo=UTC)
TODAY = date(2022, 4, 17)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """A confirmation with everything and with nothing, in every state, of items with and without a deadline."""
    for kept in (mood.items[0], mood.items[-3], *(one for one in mood.items if one.item.deadline_text == "")):
        for state in (CompletionState.SENT, CompletionState.RETURNED, CompletionState.ACCEPTED):
            card = _card(kept, mood, state)
            plain = replace(card, who="", home="", people={}, completion=_bare(card.completion))
            yield from (_of(name, one, mood) for one in (card, plain))


def _card(kept: KeptItem, mood: "Mood", state: CompletionState) -> ReviewCard:
    steps = (*[Step.SENT, Step.RETURNED] * 2, Step.SENT, Step.WITHDRAWN, Step.SENT, Step.REOPENED, Step.ACCEPTED)
    rounds = tuple(Round(step, NOW, 1, mood.text[:1000] if step is Step.RETURNED else "") for step in steps)
    debtor = Debtor(OwedBy.SCHOOL, 1)
    completion = Completion(1, kept.id, debtor, state, NOW, _pieces(mood), rounds, NOW, 1, NOW, 1)
    return ReviewCard(kept, mood.roadmap, completion, ZONE, TODAY, mood.line, mood.line, {1: mood.line})


def _bare(completion: Completion) -> Completion:
    return replace(completion, evidence=(), rounds=(Round(Step.SENT, NOW, None),), sent_by=None, decided_by=None)


def _pieces(mood: "Mood") -> tuple[Evidence, ...]:
    one = Evidence(1, EvidenceKind.TEXT, mood.text)
    order = replace(one, kind=EvidenceKind.ORDER, text=mood.line[:60])
    file = replace(one, kind=EvidenceKind.FILE, name=mood.line[:120])
    kinds = (one, file, replace(one, kind=EvidenceKind.LINK, text=mood.text[:500]), replace(order, day=TODAY), order)
    return (*kinds, replace(file, is_photo=True, text=""), *[one] * 30)


def _of(name: str, card: ReviewCard, mood: "Mood") -> dict[str, Any]:
    pieces, full = card.completion.evidence, bool(card.completion.evidence)
    queue = ReviewQueue(999, 999, card, 1, 2, 60) if full else None
    return {
        "card": card,
        "found": Alike(card.kept, (card,) * 60 if full else ()) if name == "alike" else queue,
        "cards": (card,) * 12 if full else (),
        "shown": pieces[:SHOWN],
        "more": 26 if full else 0,
        "length": LENGTH,
        "piece": _piece(name, mood),
        "pieces": [one for one in pieces if one.kind is not EvidenceKind.FILE][:3],
        "files": _files(name, card, mood),
        "parts": [mood.text[:700]],
        "rounds": card.completion.rounds[-8:] if full else (),
        "one": Round(Step.SENT, NOW, 1),
        "item": card.kept.item,
        "school": card.who,
        "comment": mood.text[:1000],
        "again": full,
        "accepted": full,
        "who": card.who,
        "count": 21,
        "limit": 1000,
        "total": 60 if full else 0,
        "page": 1,
        "pages": 5 if full else 1,
        "today": TODAY,
    }


def _piece(name: str, mood: "Mood") -> Evidence:
    kind = name.rpartition("-")[2]
    wanted = kind if kind in set(EvidenceKind) else EvidenceKind.TEXT
    return next(one for one in _pieces(mood) if one.kind == wanted)


def _files(name: str, card: ReviewCard, mood: "Mood") -> Any:
    many = 30 if card.completion.evidence else 0
    return [Evidence(1, EvidenceKind.FILE, name=mood.line[:120])] * max(1, many) if name == "files-lost" else many

"""Values for confirming: every state, with nothing attached and with as much as fits, in time and late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.draft import DraftView
from domain.completion import Completion, CompletionState, Round, Step
from domain.debtor import Debtor
from domain.notice import effective
from domain.roadmap import KeptItem, OwedBy
from handlers.completion import SHOWN
from tests.texts.features.evidence import a_batch, pieces

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
_IN_STATES = {
    "state-draft": (CompletionState.DRAFT,),
    "state-returned": (CompletionState.RETURNED,),
    "state-sent": (CompletionState.SENT,),
    "state-accepted": (CompletionState.ACCEPTED,),
}


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of some items; on a button a name is cut already."""
    shown, exempt = pieces(mood)[:SHOWN], mood.line if name == "not-asked" else ""
    for kept in (*mood.items[:3], mood.items[-1]):
        for state in _IN_STATES.get(name, tuple(CompletionState)):
            yield _common(mood, kept, state, exempt) | {
                "pieces": list(enumerate(shown, 1)),
                "more": 18,
                "batch": a_batch(mood),
                "wants": True,
                "name": mood.line[:40],
            }
            nothing = {"pieces": [], "more": 0, "batch": None, "wants": False, "name": "Школа"}
            yield _common(mood, kept, state, exempt) | nothing
            yield _common(mood, kept, state, mood.line) | nothing


def _common(mood: "Mood", kept: KeptItem, state: CompletionState, exempt: str) -> dict[str, Any]:
    rounds = (Round(Step.SENT, NOW, 1), Round(Step.RETURNED, NOW, 2, mood.text[:1000]))
    completion = Completion(1, kept.id, Debtor(OwedBy.SCHOOL, 1), state, NOW, (), rounds, NOW, 1, NOW, 2)
    view = DraftView(completion, kept, mood.roadmap, mood.line, date(2022, 3, 17), ZONE, frozenset(), exempt)
    return {
        "view": view if state is not CompletionState.DRAFT else replace(view, place=""),
        "item": kept.item,
        "deadline": effective(kept.item),
        "reviewers": ["региональный координатор", mood.line, mood.line],
        "state": state,
    }

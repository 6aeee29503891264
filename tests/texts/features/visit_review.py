"""Values for reviewing reports of visits."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.texts.features.visit_report import views

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every report; queues of none, of one and of many."""
    for view in views(mood):
        for waiting in (0, 1, 21):
            yield {
                "view": view,
                "one": view.one,
                "shown": [view.one] * min(waiting, 6),
                "total": waiting,
                "number": 2,
                "pages": 4 if waiting > 6 else 1,
                "waiting": waiting,
                "limit": 1000,
                "ours": bool(waiting),
            }

"""Values for «Не применимо»: nobody, one, and a page of the longest names and reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.exemption import Applied, Applying
from domain.debtor import Debtor
from domain.exemption import REASON_LIMIT
from domain.roadmap import OwedBy
from handlers.picking import label

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of every party, with a reason and without."""
    kept, reason = mood.items[0], mood.text[:REASON_LIMIT]
    one = {"item": kept.item, "name": label(mood.line) if name == "button-one" else mood.line, "pages": 10, "page": 9}
    for exempt in (False, True):
        for party in (OwedBy.SCHOOL, OwedBy.MUNICIPALITY, OwedBy.CURATOR):
            rows = [Applied(Debtor(party, number), mood.line, reason * exempt) for number in range(1, 7)]
            for size in (0, 1, 6):
                found = Applying(kept, mood.roadmap, party, tuple(rows[:size]))
                listed = {"found": found, "rows": rows[:size], "party": party}
                yield one | listed | {"reason": reason * exempt, "exempt": exempt}

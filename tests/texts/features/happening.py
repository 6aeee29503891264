"""Values for what was held: the form of every kind of item, the card with everything, lists of none and many."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from actions.happening import HeldList
from actions.happening_sight import HeldCard, HeldItem
from domain.evidence import LINK_LIMIT, Evidence, EvidenceKind
from domain.happening import TITLE_LIMIT, Happening, is_held
from tests.texts.features.indicator import TODAY, number_of

if TYPE_CHECKING:
    from tests.texts.values import Mood

AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
DAYS = (date(2022, 3, 9), date(2020, 12, 31))
"""Within the windows, and outside of all."""


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Everything at once, and nothing."""
    link = "https://" + mood.text[: LINK_LIMIT - 8]
    proof = (Evidence(1, EvidenceKind.FILE, name=mood.line),) * 20
    if name == "button-one":
        yield {"number": 999}
        return
    for kept in (one for one in mood.items if is_held(one.item)):
        held = HeldItem(kept, mood.roadmap, TODAY, number_of(kept), names={1: mood.line})
        common = {"held": held, "item": kept.item, "today": TODAY, "number": held.number, "span": held.span}
        for day, size in zip(DAYS, (0, 6), strict=True):
            whole = size > 0
            one = Happening(1, kept.id, day, mood.text[:TITLE_LIMIT], link * whole, 1, 1, AT, proof * whole)
            rows = [(number, one) for number in range(1, size + 1)]
            card = {"card": HeldCard(held, one, mood.line, is_own=True), "found": HeldList(held, (one,) * size)}
            screen = {"place": mood.line * whole, "one": one, "rows": rows, "page": 9, "pages": 10 * whole}
            yield common | card | screen | {"several": whole}

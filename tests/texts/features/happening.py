"""Values for what was held: every question of every kind, the summary with everything, lists of none and many."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from actions.happening import HeldCard, HeldItem, HeldList
from domain.evidence import LINK_LIMIT, Evidence, EvidenceKind, SentFile
from domain.happening import TITLE_LIMIT, Happening, HeldDraft, HeldFile, Question, is_held
from handlers.batch import Batch
from tests.texts.features.indicator import TODAY, number_of

if TYPE_CHECKING:
    from tests.texts.values import Mood

AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
DAYS = (date(2022, 3, 9), date(2020, 12, 31))
"""Within the windows, and outside of all."""


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Everything at once, and nothing."""
    link = "https://" + mood.text[: LINK_LIMIT - 8]
    remarks = ((mood.line, mood.text[:200]),) * 5
    batches = (None, Batch(total=10, kept=9, later=2, photos=3, remarks=remarks))
    files = tuple(HeldFile(SentFile("telegram", "a", f"1:{n}", mood.line)) for n in range(20))
    proof = (Evidence(1, EvidenceKind.FILE, name=mood.line),) * 20
    if name == "button-one":
        yield {"number": 999}
        return
    for kept in (one for one in mood.items if is_held(one.item)):
        held = HeldItem(kept, mood.roadmap, TODAY, number_of(kept), names={1: mood.line})
        common = {"held": held, "item": kept.item, "today": TODAY, "number": held.number, "limit": TITLE_LIMIT}
        for day, batch, size in zip(DAYS, batches, (0, 6), strict=True):
            whole = size > 0
            draft = HeldDraft(kept.id, 1, day, mood.line, link * whole, files * whole)
            one = Happening(1, kept.id, day, mood.text[:TITLE_LIMIT], link * whole, 1, 1, AT, proof * whole)
            rows = [(number, one) for number in range(1, size + 1)]
            screen = {"draft": draft, "place": mood.line * whole, "batch": batch, "one": one, "day": day}
            card = {"card": HeldCard(held, one, mood.line, is_own=True), "found": HeldList(held, (one,) * size)}
            for asked in Question:
                yield (
                    common
                    | screen
                    | card
                    | {"rows": rows, "page": 9, "pages": 10 * whole, "asked": asked, "several": whole}
                )

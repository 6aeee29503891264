"""Values for «Ответили»: told and not."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.told_number import NumberSheet
from domain.indicator_count import Told, counts_people
from tests.texts.features.indicator import TODAY, number_of

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every item that is counted in people."""
    for kept in (one for one in mood.items if counts_people(one.item)):
        for told in (Told(83, 92, TODAY), Told(100_000, 100_000, date(2021, 12, 1)), *((None,) * (name == "ask"))):
            sheet = NumberSheet(kept, TODAY, number_of(kept), told, 500)
            more = {"limit": 100_000, "done": 93, "of": 92}
            yield {"sheet": sheet, "item": kept.item, "number": sheet.number, "today": TODAY} | more

"""Values for «Кто не вошёл»: lists of every kind, empty, of one line and of a whole page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.coverage import CoverageView
from domain.coverage import Coverage, Gap, Missing
from handlers.paging import PAGE

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every list, short and long; the totals with nothing wanting and with everything."""
    gaps = [gap for gap in Gap if gap.is_of_people is (name == "people")]
    for count, opens in ((0, True), (1, False), (PAGE, True), (PAGE, False)):
        lines = tuple(Missing(place, mood.line, mood.line, mood.line, place // 2) for place in range(count))
        view = CoverageView(Coverage(count, count // 2, 21, 1, 0, dict.fromkeys(Gap, lines)), (mood.line,) * 5, opens)
        page = {"lines": lines, "count": 500, "page": 1, "pages": 84 if count > 1 else 1, "opens": opens}
        yield from ({"view": view, "gap": gap} | page for gap in gaps)
    yield {"view": CoverageView(Coverage(60, 60, 500, 500, 500)), "gap": gaps[0]} | page

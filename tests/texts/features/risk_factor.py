"""Values for the risks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.risk_factor import Profile
from domain.registry import School
from domain.risk_factor import RISK_LIMIT, RiskFactor
from handlers.picking import label

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """None, one, and so many that not all are shown."""
    risk = mood.text[:RISK_LIMIT]
    for count in (0, 1, 40):
        factors = tuple(RiskFactor(one, risk, has_ended=one % 2 == 0) for one in range(count))
        for ticks in (True, False):
            yield {
                "factors": factors,
                "profile": Profile(School(1, mood.line, 1), factors, frozenset(range(count)), ticks),
                "name": label(risk) if name == "button-tick" else risk,
                "limit": RISK_LIMIT,
                "on": ticks,
            }

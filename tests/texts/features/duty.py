"""Values for what a person is answerable for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from domain.people import Duty, Role
from tests.texts.features.person import called, duties

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each role; of a school's also who is not the responsible one."""
    place = mood.line[:40] if name.startswith("button-") else mood.line
    for duty, at in [*duties(place, 5), (Duty(Role.SCHOOL), place)]:
        yield {"duty": duty, "place": at, "name": called(mood), "total": 5 if duty.responsible else 0}

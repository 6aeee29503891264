"""«Ответили N»: told by the coordinator, counted at once, taken back."""

import pytest

from bot.core import Core
from domain.indicator_count import Told
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy, Threshold, ThresholdKind
from tests.people import SCHOOL, STRANGER, Look, SettableClock, a_roadmap, a_school, an_item, registered

ROWS = "SELECT item_id, done, of, day, told_by FROM told_number"
DEEDS = "SELECT deed, about FROM audit WHERE deed LIKE 'number-%' ORDER BY id"


@pytest.fixture
async def survey(core: Core, clock: SettableClock, marina: Member) -> int:
    """Item 1 is a survey of ten people in two schools; item 2 is none."""
    people = Threshold(ThresholdKind.SHARE, 90, "participants")
    item = an_item(1, "01.03 – 24.03.2022", threshold=people, owed_by=OwedBy.SCHOOL)
    await core.roadmaps.load(a_roadmap(item, an_item(2, "до 30 ноября")), now=clock())
    for name in ("Школа № 7", "Школа № 8"):
        school = await a_school(core, name)
        for number in range(5):
            await registered(core, f"{name} {number}", Duty(Role.SCHOOL, school), now=clock())
    return 1


async def test_it_is_of_all_participants_unless_told(
    core: Core, clock: SettableClock, marina: Member, survey: int, look: Look
) -> None:
    before = await core.told_numbers.look(survey, by=marina, now=clock())
    assert (before.told, before.participants, before.number.count.done) == (None, 10, 0)
    after = await core.told_numbers.tell(survey, "ответили 7", by=marina, now=clock())
    count = after.number.count
    assert (count.done, count.of, count.needed, count.lacking) == (7, 10, 9, 2)
    after = await core.told_numbers.tell(survey, "9 из 12", by=marina, now=clock())
    assert (after.told, after.number.count.needed) == (Told(9, 12, after.today), 11)
    assert look.rows(ROWS) == [(1, 9, 12, "2022-03-09", marina.person_id)]
    assert look.rows(DEEDS) == [
        ("number-told", '{"item": 1, "count": 7, "of": 10}'),
        ("number-told", '{"item": 1, "count": 9, "of": 12}'),
    ]


async def test_told_twice_is_told_once(
    core: Core, clock: SettableClock, marina: Member, survey: int, look: Look
) -> None:
    for _ in range(2):
        await core.told_numbers.tell(survey, "7", by=marina, now=clock())
    assert len(look.rows(DEEDS)) == 1


async def test_it_is_taken_back(core: Core, clock: SettableClock, marina: Member, survey: int, look: Look) -> None:
    await core.told_numbers.tell(survey, "7", by=marina, now=clock())
    for _ in range(2):
        after = await core.told_numbers.forget(survey, by=marina, now=clock())
        assert (after.told, after.number.count.done) == (None, 0)
    assert (look.rows(ROWS), [deed for deed, _ in look.rows(DEEDS)]) == ([], ["number-told", "number-forgotten"])


@pytest.mark.parametrize(
    ("item", "typed", "reason"),
    [
        (1, "много", "told_number.no-number"),
        (1, "11", "told_number.more-than-all"),
        (2, "5", "told_number.not-people"),
        (99, "5", "roadmap.unknown-item"),
    ],
)
async def test_what_cannot_be_is_refused(
    core: Core, clock: SettableClock, marina: Member, survey: int, look: Look, item: int, typed: str, reason: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await core.told_numbers.tell(item, typed, by=marina, now=clock())
    assert (caught.value.reason, look.rows(ROWS)) == (reason, [])


async def test_nobody_but_coordinators_may(core: Core, clock: SettableClock, survey: int, look: Look) -> None:
    for other in (STRANGER, SCHOOL):
        for attempt in (
            core.told_numbers.look(survey, by=other, now=clock()),
            core.told_numbers.tell(survey, "7", by=other, now=clock()),
            core.told_numbers.forget(survey, by=other, now=clock()),
        ):
            with pytest.raises(Refusal, match=r"access\.refused"):
                await attempt
    assert look.rows(ROWS) == []

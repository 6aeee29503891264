"""Item 20 (issue 5, «Must show»): eight schools on their way to Sunday, 20 March 2022, and what everybody hears of it.

Two are early, one is returned and mends it, one is on leave, one comes in only now, two are late.
"""

import re
from pathlib import Path

from tests.people import MOSCOW
from tests.stories import item_20_after as after
from tests.stories import item_20_before as before
from tests.stories.conftest import MORNING, played
from tests.stories.item_20 import BEFORE, Region, closes, plain


async def test_item_20_is_lived_through_by_eight_schools(tmp_path: Path) -> None:
    async with played("2022-03-04 18:00", tmp_path) as (play, stage):
        region = Region(play, stage)
        await closes(region.marina, BEFORE)
        await before.the_first_notice(region)
        await before.the_department_accepts(region)
        await before.one_is_returned(region)
        await before.a_week_before_it_is_mended(region)
        await before.on_monday_those_above_hear_of_the_week(region)
        await before.the_deputy_confirms_in_place_of_the_director(region)
        await before.the_last_working_day(region)
        await after.the_day_after(region)
        await after.what_the_region_sees_of_it(region)
        await after.all_that_waits_is_accepted_at_once(region)
        await after.the_third_working_day(region)
        await after.one_of_the_late_confirms(region)
        await after.the_seventh_working_day(region)
        await after.the_last_one_confirms(region)
        await after.it_can_be_closed(region)
        nobody_was_disturbed_or_named(region)


def nobody_was_disturbed_or_named(region: Region) -> None:
    """One message of the day at most, nothing at night; in the groups neither schools nor people."""
    cast, world = region.play.cast, region.play.world
    by_bot = [one for one in world.messages() if one.sender.is_bot and one.service is None]
    assert {one.at.astimezone(MOSCOW).hour for one in by_bot} <= set(range(8, 20))
    mornings = [(one.chat.id, one.at.date()) for one in by_bot if one.text.startswith(MORNING)]
    assert len(mornings) == len(set(mornings))
    in_groups = "\n".join(plain(one) for group in (cast.project, cast.vector) for one in region.play.said(group))
    secrets = [*cast.schools, *(person.last_name for person in cast.parts)]
    assert re.findall("|".join(map(re.escape, secrets)), in_groups) == []
    assert region.play.look.outbox("state NOT IN ('sent', 'withdrawn')") == []

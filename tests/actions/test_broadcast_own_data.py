"""What announcements keep of a person: told to them alone, and of whoever is erased a number is left."""

import pytest

from domain.broadcast import Timing
from domain.broadcast_delivery import Why
from domain.people import Member
from tests.actions.announcing import Press, a_press
from tests.actions.office import Office
from tests.actions.reviewed import BORIS, KIRA, MIRA, TATYANA
from tests.people import OLGA, Look

THANKS = "Благодарим: Ольга Лебедева, <b>Борис Первый</b>"


@pytest.fixture
async def desk(office: Office, marina: Member) -> Press:
    return await a_press(office, marina)


async def test_an_erased_person_gets_nothing_and_is_a_number_in_the_reports_and_in_the_words(
    desk: Press, look: Look
) -> None:
    core, region, clock = desk.region.core, desk.region, desk.region.clock
    number = f"участник № {region.olga.person_id}"
    read = await desk.drafts("Прочтите")
    await core.broadcast_keeping.switch(read, ack=True, by=desk.by, now=clock())
    await desk.launches(read)
    await desk.delivered()
    await core.broadcast_acks.acknowledge(read, by=region.olga, now=clock())
    waits, draft = await desk.drafts(THANKS), await desk.drafts(THANKS)
    await core.broadcast_keeping.time(waits, Timing.AT, clock.now.replace(hour=14), by=desk.by, now=clock())
    await desk.launches(waits)
    await core.own_data.erase(by=region.olga, now=clock())

    thanks = THANKS.replace(OLGA.name, number)
    assert dict(look.rows("SELECT id, text FROM broadcast"))[draft] == thanks
    assert look.rows("SELECT count(*) FROM broadcast WHERE text LIKE '%Лебедева%'") == [(0,)]
    assert look.rows("SELECT count(*) FROM outbox WHERE text LIKE '%Лебедева%'") == [(0,)]
    clock.now = clock.now.replace(hour=14, minute=1)
    came = dict(await desk.delivered())
    told = {who.account.account_id: came.get(who.account.account_id) for who in (BORIS, KIRA, MIRA, OLGA, TATYANA)}
    assert told == dict.fromkeys(told, thanks) | {OLGA.account.account_id: None}
    assert (await desk.outcomes(waits))[number] == Why.GONE
    assert (await desk.outcomes(read))[number] == "ok"
    page = await core.broadcast_reports.acks(read, by=desk.by, now=clock())
    assert page.found[-1].addressee.name == number


async def test_own_data_tell_of_what_was_written_and_acknowledged(desk: Press) -> None:
    core, region, now = desk.region.core, desk.region, desk.region.clock()
    one = await desk.drafts("Прочтите")
    await core.broadcast_keeping.switch(one, ack=True, by=desk.by, now=now)
    await desk.launches(one)
    await desk.delivered()
    await core.broadcast_acks.acknowledge(one, by=region.olga, now=now)
    hers, mine = [(await core.own_data.look(by=who, now=now)).traces for who in (region.olga, desk.by)]
    assert (hers.announcements, hers.acknowledged) == (0, 1)
    assert (mine.announcements, mine.acknowledged) == (1, 0)

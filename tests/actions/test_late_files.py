"""Copies that come later than their word, and what turns out not to be taken."""

from datetime import timedelta

import pytest

from actions.evidence import FileKeeper
from actions.late_files import LateFiles
from actions.outbox import Outbox
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.roadmap import ItemKind, OwedBy
from storage.files import FileFolder
from tests.actions.completing import Confirming
from tests.domain.files import PDF, PROGRAM
from tests.people import OLGA, Look, RecordingChannel, SettableClock, a_roadmap, a_school, an_item, enrolled

KEPT = "SELECT name, file_id, removed_at IS NOT NULL FROM evidence"


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Confirming:
    """A director whose messenger does not hand a file over."""
    item = an_item(1, "до 20 марта", executors=(), owed_by=OwedBy.SCHOOL, kind=ItemKind.MONITORING)
    await core.roadmaps.load(a_roadmap(item), now=clock())
    duty = Duty(Role.SCHOOL, await a_school(core), responsible=True)
    olga = Confirming(core, clock, await enrolled(core, OLGA, duty, now=clock()))
    await olga.gives((await olga.begins()).completion.id, None)
    return olga


@pytest.fixture
def late(core: Core, olga: Confirming, look: Look) -> LateFiles:
    keeper = FileKeeper(FileFolder(look.path.parent / "files"))
    return LateFiles(core.database, core.project, keeper, {"telegram": olga.source})


async def test_copy_is_fetched_as_soon_as_it_can_be_had(olga: Confirming, late: LateFiles, look: Look) -> None:
    assert (await late.fetch(now=olga.clock()), look.rows(KEPT)) == (0, [("Программа.pdf", None, 0)])
    olga.source.files["remote-1"] = PDF
    assert (await late.fetch(now=olga.clock()), await late.fetch(now=olga.clock())) == (1, 0)
    assert look.rows(KEPT) == [("Программа.pdf", 1, 0)]
    assert olga.source.asked == ["remote-1"] * 3


async def test_what_was_taken_away_is_not_fetched(core: Core, olga: Confirming, late: LateFiles) -> None:
    await core.completions.take_away(1, 1, by=olga.by, now=olga.clock())
    olga.source.files["remote-1"] = PDF
    assert await late.fetch(now=olga.clock()) == 0


async def test_messenger_is_asked_for_a_month_and_no_longer(olga: Confirming, late: LateFiles) -> None:
    olga.source.files["remote-1"] = PDF
    assert await late.fetch(now=olga.clock() + timedelta(days=31)) == 0
    assert await late.fetch(now=olga.clock() + timedelta(days=29)) == 1


async def test_program_that_comes_later_is_taken_away_and_its_sender_told(
    olga: Confirming, late: LateFiles, look: Look, outbox: Outbox, channel: RecordingChannel
) -> None:
    olga.source.files["remote-1"] = PROGRAM
    assert (await late.fetch(now=olga.clock()), await late.fetch(now=olga.clock())) == (0, 0)
    assert look.rows(KEPT) == [("Программа.pdf", None, 1)]
    await outbox.deliver()
    assert channel.texts(OLGA.account.account_id) == [
        (
            "⚠️ «Программа.pdf»: копию удалось скачать только сейчас, файл не подошёл: это программа, такие файлы не "
            "принимаются. Не сохранено: пришлите документ, фото или ссылку.\nОстальное сохранено. Пришлите другой файл."
        )
    ]
    assert [[one.text for one in row] for row in channel.sent[0].buttons] == [["Подтвердить"]]


async def test_file_of_a_messenger_that_is_gone_waits(core: Core, olga: Confirming, look: Look) -> None:
    keeper = FileKeeper(FileFolder(look.path.parent / "files"))
    assert await LateFiles(core.database, core.project, keeper, {}).fetch(now=olga.clock()) == 0

"""A deadline that moves: nothing stale is sent, and those who had heard of it are told once more."""

from datetime import date

import pytest

from actions.outbox import Outbox
from bot.core import Core
from domain.item_field import ItemField
from domain.outbox import Failure, FailureKind
from domain.people import Member
from domain.roadmap import KeptItem
from tests.people import (
    MARINA,
    PAVEL,
    PROJECT_CHAT,
    VECTOR_CHAT,
    Look,
    RecordingChannel,
    SettableClock,
    a_roadmap,
    an_item,
    bound,
    comes_in,
)

HERS = MARINA.account.account_id


class Office:
    """Item 1 «до 30 марта» and item 2 «после 29 апреля», both announced in «500+»; the coordinator is Марина."""

    def __init__(
        self, core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member
    ) -> None:
        self.core, self.outbox, self.channel, self.clock, self.marina = core, outbox, channel, clock, marina

    async def kept(self, number: int) -> KeptItem:
        (roadmap,) = await self.core.roadmaps.all()
        return next(one for one in roadmap.items if one.item.number == number)

    async def speak(self, moment: str) -> None:
        self.clock.set(moment)
        await self.core.notices.plan(self.clock())
        while await self.outbox.deliver():
            pass

    async def moves(
        self, text: str, why: str = "", *, number: int = 1, held_on: bool = False
    ) -> tuple[KeptItem, KeptItem]:
        """The item before and after."""
        field = ItemField.HELD_ON if held_on else ItemField.DEADLINE
        before = await self.kept(number)
        await self.core.roadmaps.correct(before.id, field, text, why=why, by=self.marina, now=self.clock())
        return before, await self.kept(number)

    async def news(self) -> dict[int, list[str]]:
        """What goes out now: chat → texts."""
        before = len(self.channel.sent)
        self.clock.advance(seconds=10)
        while await self.outbox.deliver():
            pass
        said: dict[int, list[str]] = {}
        for message in self.channel.sent[before:]:
            said.setdefault(message.chat.chat_id, []).append(message.text)
        return said

    def text(self, before: KeptItem, after: KeptItem, why: str = "", text_id: str = "notice.moved") -> str:
        return self.core.texts.html(text_id, before=before.item, after=after.item, why=why)


@pytest.fixture
async def office(core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock, marina: Member) -> Office:
    await core.roadmaps.load(a_roadmap(an_item(1, "до 30 марта"), an_item(2, "после 29 апреля")), now=clock())
    await bound(core, marina, clock())
    office = Office(core, outbox, channel, clock, marina)
    await office.speak("2022-03-10 12:00")
    return office


async def test_those_who_were_told_are_told_once_with_the_reason(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    before, after = await office.moves("до 6 апреля", "письмо № 7 <срочно>")
    text = office.text(before, after, "письмо № 7 <срочно>")
    assert await office.news() == {PROJECT_CHAT: [text], HERS: [text]}
    assert "&lt;срочно&gt;" in text
    assert await office.news() == {}


async def test_those_who_were_not_told_hear_nothing(office: Office) -> None:
    await office.moves("до 6 апреля")
    assert await office.news() == {}
    await office.speak("2022-03-23 09:00")  # item 1, moved, is 14 days ahead now
    await comes_in(office.core, PAVEL, office.clock())
    await office.moves("до 7 апреля")
    assert set(await office.news()) == {PROJECT_CHAT, HERS}


async def test_message_planned_and_not_sent_is_withdrawn_and_nobody_is_told_of_a_move(
    office: Office, look: Look
) -> None:
    office.clock.set("2022-03-16 09:00")
    await office.core.notices.plan(office.clock())
    await office.moves("до 6 апреля")
    assert await office.news() == {}
    assert {state for key, state in look.outbox("key LIKE 'day:2022-03-16:%'")} == {"withdrawn"}
    await office.speak("2022-03-16 09:05")
    assert await office.news() == {}


async def test_message_about_other_items_is_composed_anew_without_the_moved_one(office: Office) -> None:
    items = (an_item(1, "до 30 марта"), an_item(2, "после 29 апреля"), an_item(3, "до 30 марта"))
    await office.core.roadmaps.load(a_roadmap(*items), now=office.clock())
    office.clock.set("2022-03-16 09:00")
    await office.core.notices.plan(office.clock())
    await office.moves("до 6 апреля")
    await office.speak("2022-03-16 09:01")
    (text,) = office.channel.texts(PROJECT_CHAT)
    assert ("п. 1 " in text, "п. 3 " in text) == (False, True)


async def test_failed_message_told_nobody(office: Office) -> None:
    office.channel.will(PROJECT_CHAT, Failure(FailureKind.OURS))
    await office.speak("2022-03-16 09:00")
    before, after = await office.moves("до 6 апреля")
    assert await office.news() == {HERS: [office.text(before, after)]}


async def test_notices_follow_the_new_deadline(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    await office.moves("до 6 апреля")
    await office.news()
    await office.speak("2022-03-29 09:00")
    await office.speak("2022-03-30 09:00")
    said = office.channel.texts(PROJECT_CHAT)[2:]
    assert len(said) == 1  # 30 March is seven days ahead; 29 March was the day before the old deadline
    assert "до 6 апреля" in said[0]


async def test_same_deadline_in_other_words_is_no_news(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    await office.moves("до 30.03.2022")
    assert await office.news() == {}


async def test_deadline_moved_by_a_file_is_told_too(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    before = await office.kept(1)
    file = a_roadmap(an_item(1, "до 6 апреля"), an_item(2, "после 29 апреля"))
    await office.core.roadmaps.load(file, now=office.clock())
    why = office.core.texts.plain("roadmap.why-file")
    text = office.text(before, await office.kept(1), why)
    assert await office.news() == {PROJECT_CHAT: [text], HERS: [text]}


async def test_move_in_the_night_is_told_in_the_morning(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    office.clock.set("2022-03-16 22:00")
    await office.moves("до 6 апреля")
    assert await office.news() == {}
    office.clock.set("2022-03-17 07:59:40")
    assert await office.news() == {}
    assert set(await office.news()) == {PROJECT_CHAT, HERS}


async def test_unbound_group_is_not_told(office: Office) -> None:
    await office.speak("2022-03-16 09:00")
    (group,) = await office.core.groups.known()
    await office.core.groups.bind(group.id, None, by=office.marina, now=office.clock())
    await office.moves("до 6 апреля")
    assert set(await office.news()) == {HERS}


# --- «после …»: a date is chosen


async def test_chosen_date_is_announced_to_the_groups_of_the_item(office: Office) -> None:
    await bound(office.core, office.marina, office.clock(), "ВУ", chat_id=VECTOR_CHAT)
    await office.news()
    before, after = await office.moves("16 мая", "приказ № 9", number=2, held_on=True)
    assert after.item.held_on == date(2022, 5, 16)
    assert await office.news() == {PROJECT_CHAT: [office.text(before, after, "приказ № 9", "notice.date-chosen")]}


async def test_group_that_heard_the_chosen_date_hears_of_its_move(office: Office) -> None:
    await office.moves("16 мая", number=2, held_on=True)
    await office.news()
    before, after = await office.moves("18 мая", number=2, held_on=True)
    assert await office.news() == {PROJECT_CHAT: [office.text(before, after)]}


async def test_chosen_date_moved_in_the_same_night_ends_with_the_last_one(office: Office) -> None:
    office.clock.set("2022-03-16 22:00")
    await office.moves("16 мая", number=2, held_on=True)
    office.clock.advance(minutes=1)
    before, after = await office.moves("18 мая", number=2, held_on=True)
    office.clock.set("2022-03-17 08:00")
    assert (await office.news())[PROJECT_CHAT][-1] == office.text(before, after)


async def test_item_with_a_chosen_date_is_an_item_of_that_day(office: Office) -> None:
    await office.moves("16 мая", number=2, held_on=True)
    await office.news()
    for day in ("2022-05-06", "2022-05-13", "2022-05-16"):  # 9 May is off: seven days ahead is said on Friday the 6th
        before = len(office.channel.texts(PROJECT_CHAT))
        await office.speak(f"{day} 09:00")
        assert len(office.channel.texts(PROJECT_CHAT)) == before + 1, day

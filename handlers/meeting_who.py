"""«Кто придёт» of whoever leads a meeting, and «Напомнить не ответившим»."""

from aiogram import Router
from aiogram.types import CallbackQuery

from actions.meeting_who import MeetingWho, WhoComes
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting_who import WhoPart
from domain.people import Member
from handlers.meeting_screen import back_to_meeting
from handlers.paging import Row, on_page, turning
from handlers.presses.meeting_guest import NudgeGuests, WhoComesPage, WhoComesPart
from handlers.show import Screen, show
from texts import Texts

_NAMES = 12


def who_screen(texts: Texts, found: WhoComes, page: int, part: WhoPart | None = None) -> Screen:
    """A page of the names: of everybody, or of one part of them."""
    one = found.card.one
    every = [(each, person) for each in WhoPart if part in (None, each) for person in found.parts[each]]
    shown, number, pages = on_page(every, page, _NAMES)

    def turn(other: int) -> str:
        return press("mtwho", one.id, other) if part is None else press("mtpart", one.id, part, other)

    turns = turning(texts, len(every), page, turn, _NAMES)
    text = texts.html("meeting_who.list", found=found, one=one, shown=shown, page=number, pages=pages)
    rows = (_nudge(texts, found), *_parts(texts, found, part), turns)
    return Screen(text, (*(row for row in rows if row), back_to_meeting(texts, one.id)))


def _nudge(texts: Texts, found: WhoComes) -> Row:
    if not found.may_nudge:
        return ()
    count = len(found.parts[WhoPart.SILENT])
    return (Button(texts.plain("meeting_who.button-nudge", count=count), press("mtnudge", found.card.one.id)),)


def _parts(texts: Texts, found: WhoComes, part: WhoPart | None) -> tuple[Row, Row]:
    """The other parts in which there is anybody; from one of them back to all."""
    one = found.card.one.id
    buttons = [
        Button(texts.plain(f"meeting_who.button-{each}", count=len(found.parts[each])), press("mtpart", one, each, 0))
        for each in WhoPart
        if each is not part and found.parts[each]
    ]
    if part is not None:
        buttons.append(Button(texts.plain("meeting_who.button-all"), press("mtwho", one, 0)))
    return tuple(buttons[:3]), tuple(buttons[3:])


async def show_everybody(
    call: CallbackQuery,
    callback_data: WhoComesPage,
    member: Member,
    meeting_who: MeetingWho,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Кто придёт»."""
    found = await meeting_who.look(callback_data.id, by=member, now=clock())
    await show(call, who_screen(texts, found, callback_data.page))


async def show_part(
    call: CallbackQuery,
    callback_data: WhoComesPart,
    member: Member,
    meeting_who: MeetingWho,
    clock: Clock,
    texts: Texts,
) -> None:
    """One part of them."""
    found = await meeting_who.look(callback_data.id, by=member, now=clock())
    await show(call, who_screen(texts, found, callback_data.page, callback_data.part))


async def nudge(
    call: CallbackQuery, callback_data: NudgeGuests, member: Member, meeting_who: MeetingWho, clock: Clock, texts: Texts
) -> None:
    """«Напомнить не ответившим»."""
    nudged = await meeting_who.nudge(callback_data.id, by=member, now=clock())
    await show(call, who_screen(texts, nudged.found, 0), toast=texts.plain("meeting_who.nudged-toast", nudged=nudged))


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(show_everybody, WhoComesPage.filter())
    router.callback_query.register(show_part, WhoComesPart.filter())
    router.callback_query.register(nudge, NudgeGuests.filter())

"""«Мой календарь»: the secret link, stopping it, the same as a file; and «В календарь» of one meeting."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.calendar_feed import CalendarFeeds, OwnFeed
from actions.meeting_files import MeetingFiles
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.me import back_to_me
from handlers.presses.calendar import CalendarFile, GetFeed, MeetingCalendar, StopFeed
from handlers.presses.menu import Go
from handlers.show import Screen, send_file, show
from texts import Texts


def calendar_screen(texts: Texts, found: OwnFeed) -> Screen:
    """What there is, and what can be done about it."""
    get = Button(texts.plain(f"calendar.button-{'new' if found.since else 'get'}"), press("calnew"))
    stop = Button(texts.plain("calendar.button-stop"), press("calstop"))
    rows = ((get,) if found.is_offered else (), (stop,) if found.since else (), _as_file(texts), back_to_me(texts))
    return Screen(texts.html("calendar.screen", found=found), tuple(row for row in rows if row))


def _as_file(texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.plain("calendar.button-file"), press("calfile")),)


async def show_calendar(
    call: CallbackQuery, member: Member, calendar_feeds: CalendarFeeds, texts: Texts, state: FSMContext
) -> None:
    """«Мой календарь»."""
    found = await calendar_feeds.look(by=member)
    await state.clear()
    await show(call, calendar_screen(texts, found))


async def get_link(
    call: CallbackQuery, member: Member, calendar_feeds: CalendarFeeds, clock: Clock, texts: Texts
) -> None:
    """«Получить ссылку»: it is shown this once."""
    link = await calendar_feeds.make(by=member, now=clock())
    text = texts.html("calendar.made", link=link, quick=f"webcal://{link.partition('://')[2]}")
    back = (Button(texts.plain("calendar.button-mine"), press("go", "calendar")),)
    await show(call, Screen(text, (back, back_to_me(texts))))


async def stop_link(
    call: CallbackQuery, member: Member, calendar_feeds: CalendarFeeds, clock: Clock, texts: Texts
) -> None:
    """«Закрыть доступ»."""
    await calendar_feeds.stop(by=member, now=clock())
    found = await calendar_feeds.look(by=member)
    await show(call, calendar_screen(texts, found), toast=texts.plain("calendar.stopped-toast"))


async def send_own(
    call: CallbackQuery, member: Member, calendar_feeds: CalendarFeeds, clock: Clock, texts: Texts
) -> None:
    """«Скачать файлом»."""
    content = await calendar_feeds.file(by=member, now=clock())
    await send_file(call, texts.plain("calendar.own-file"), content, texts.html("calendar.own-caption"))
    await call.answer(texts.plain("calendar.sent-toast"))


async def send_meeting(
    call: CallbackQuery,
    callback_data: MeetingCalendar,
    member: Member,
    meeting_files: MeetingFiles,
    clock: Clock,
    texts: Texts,
) -> None:
    """«В календарь» of a meeting."""
    made = await meeting_files.calendar(callback_data.id, by=member, now=clock())
    caption = texts.html("calendar.meeting-caption", cancelled=made.cancelled)
    await send_file(call, texts.plain("calendar.meeting-file"), made.content, caption)
    await call.answer(texts.plain("calendar.sent-toast"))


def setup(router: Router) -> None:
    """Private screens of everybody."""
    router.callback_query.register(show_calendar, Go.filter(F.section == "calendar"))
    router.callback_query.register(get_link, GetFeed.filter())
    router.callback_query.register(stop_link, StopFeed.filter())
    router.callback_query.register(send_own, CalendarFile.filter())
    router.callback_query.register(send_meeting, MeetingCalendar.filter())

"""«Отметка участников» of whoever leads a meeting, and checking in at it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_arrival import Arrival, MeetingArrivals
from actions.meeting_door import DoorView, MeetingDoor
from actions.meeting_paper import MeetingPapers
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.meeting_door import DoorFor
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.meeting_screen import back_to_meeting
from handlers.presses.meeting_door import (
    AttendanceFile,
    CheckIn,
    ChooseSpan,
    OpenDoor,
    RefreshDoor,
    ShowCode,
    ShutDoor,
    UnlockDoor,
)
from handlers.show import Screen, send_file, send_pictures, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts


def back_to_door(texts: Texts, meeting_id: int) -> tuple[Button, ...]:
    return (Button(texts.plain("meeting_door.button-back"), press("mtdoor", meeting_id)),)


def file_button(texts: Texts, meeting_id: int) -> Button:
    """«Список участников (Word)»."""
    return Button(texts.plain("meeting_door.button-file"), press("mtdfile", meeting_id))


def door_screen(texts: Texts, view: DoorView) -> Screen:
    """The code in large, how many have come, what can be opened."""
    one = view.card.one
    text = texts.html("meeting_door.screen", view=view, card=view.card, one=one)
    rows = [*_doors(texts, view), (Button(texts.plain("meeting_door.button-list"), press("mtdlist", one.id, 0)),)]
    return Screen(text, (*rows, (file_button(texts, one.id),), back_to_meeting(texts, one.id)))


def _doors(texts: Texts, view: DoorView) -> Keyboard:
    one = view.card.one.id
    refresh = Button(texts.plain("meeting_door.button-refresh"), press("mtdnow", one))
    if view.is_open:
        shut = (refresh, Button(texts.plain("meeting_door.button-shut"), press("mtdshut", one)))
        large = (Button(texts.plain("meeting_door.button-large"), press("mtdbig", one)),)
        return (shut, large) if view.card.one.code else (shut,)
    if not view.may_open:
        return ((refresh,),)
    code = Button(texts.plain("meeting_door.button-code"), press("mtdhow", one, "code"))
    button = Button(texts.plain("meeting_door.button-button"), press("mtdhow", one, "button"))
    return ((code, button), (refresh,))


async def open_screen(
    call: CallbackQuery,
    callback_data: OpenDoor,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отметка участников»."""
    view = await meeting_door.look(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, door_screen(texts, view))


async def refresh(
    call: CallbackQuery,
    callback_data: RefreshDoor,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Обновить»."""
    view = await meeting_door.look(callback_data.id, by=member, now=clock())
    toast = texts.plain("meeting_door.refreshed-toast", now=view.card.now, zone=view.card.zone)
    await show(call, door_screen(texts, view), toast=toast)


async def ask_span(
    call: CallbackQuery,
    callback_data: ChooseSpan,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """«По коду», «По кнопке»: for how long."""
    one, how = callback_data.id, callback_data.how
    await meeting_door.may_open(one, by=member, now=clock())
    spans = [
        Button(texts.plain(f"meeting_door.button-span-{span}"), press("mtdgo", one, how, span)) for span in DoorFor
    ]
    rows = (tuple(spans[:2]), tuple(spans[2:]), back_to_door(texts, one))
    await show(call, Screen(texts.html("meeting_door.ask-span", how=how), rows))


async def unlock(
    call: CallbackQuery,
    callback_data: UnlockDoor,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """The door opens."""
    view = await meeting_door.open(callback_data.id, callback_data.how, callback_data.span, by=member, now=clock())
    await show(call, door_screen(texts, view), toast=texts.plain("meeting_door.opened-toast"))


async def shut(
    call: CallbackQuery,
    callback_data: ShutDoor,
    member: Member,
    meeting_door: MeetingDoor,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Закрыть отметку»."""
    view = await meeting_door.shut(callback_data.id, by=member, now=clock())
    await show(call, door_screen(texts, view), toast=texts.plain("meeting_door.shut-toast"))


async def send_list(
    call: CallbackQuery,
    callback_data: AttendanceFile,
    member: Member,
    meeting_papers: MeetingPapers,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Список участников (Word)»."""
    made = await meeting_papers.attendance(callback_data.id, by=member, now=clock())
    await send_file(call, made.name, made.content, texts.html("meeting_door.file-caption", paper=made.paper))
    await call.answer(texts.plain("meeting_door.file-toast"))


async def send_code(
    call: CallbackQuery,
    callback_data: ShowCode,
    member: Member,
    meeting_papers: MeetingPapers,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Код на экран»: a picture to be shown to the whole room."""
    one, picture = await meeting_papers.code(callback_data.id, by=member, now=clock())
    caption = texts.html("meeting_door.code-caption", one=one, zone=meeting_papers.zone)
    await send_pictures(call, [(f"{one.code}.png", picture)], caption)
    await call.answer(texts.plain("meeting_door.code-toast"))


# --- Whoever comes ----------------------------------------------------------------------------------------------------


async def check_in(
    call: CallbackQuery,
    callback_data: CheckIn,
    member: Member,
    meeting_arrivals: MeetingArrivals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Я на встрече»; where a code is shown there, it is asked for."""
    arrival = await meeting_arrivals.press(callback_data.id, by=member, now=clock())
    if arrival.at is None:
        await state.set_state(Awaiting.meeting_code)
        await state.set_data({"meeting": callback_data.id})
        await show(call, Screen(texts.html("meeting_door.ask-code", one=arrival.one), (never_mind(texts),)))
        return
    await state.clear()
    await show(call, arrived_screen(texts, arrival, meeting_arrivals), toast=texts.plain("meeting_door.arrived-toast"))


async def typed_code(
    message: Message, member: Member, meeting_arrivals: MeetingArrivals, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The code that was asked for."""
    meeting_id = int((await state.get_data())["meeting"])
    arrival = await meeting_arrivals.typed(meeting_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, arrived_screen(texts, arrival, meeting_arrivals))


def arrived_screen(texts: Texts, arrival: Arrival, arrivals: MeetingArrivals) -> Screen:
    """That somebody is there."""
    more = Button(texts.plain("meeting.button-open"), press("mtmy", arrival.one.id))
    text = texts.html("meeting_door.arrived", arrival=arrival, one=arrival.one, zone=arrivals.zone)
    return Screen(text, ((more,), back_to_menu(texts)))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(open_screen, OpenDoor.filter())
    router.callback_query.register(refresh, RefreshDoor.filter())
    router.callback_query.register(ask_span, ChooseSpan.filter())
    router.callback_query.register(unlock, UnlockDoor.filter())
    router.callback_query.register(shut, ShutDoor.filter())
    router.callback_query.register(send_list, AttendanceFile.filter())
    router.callback_query.register(send_code, ShowCode.filter())
    router.callback_query.register(check_in, CheckIn.filter())
    router.message.register(typed_code, Awaiting.meeting_code, is_answer)

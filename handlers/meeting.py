"""«Встречи» of whoever holds them: the list, one of them, «Удалить черновик», «Отменить встречу»."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_keeping import ListedMeeting, MeetingKeeping
from actions.meeting_moves import MeetingMoves
from domain.button import Button, press
from domain.clock import Clock
from domain.meeting import MeetingState
from domain.people import Member
from domain.refusal import Refusal
from handlers.awaiting import Awaiting
from handlers.meeting_screen import back_to_meeting, meeting_screen
from handlers.paging import on_page, paged
from handlers.picking import label
from handlers.presses.meeting import CancelMeeting, DeleteMeeting, MeetingsPage, OpenMeeting
from handlers.presses.menu import Go
from handlers.show import Screen, show
from handlers.start import back_to_menu
from handlers.where import is_answer
from texts import Texts

_LISTED = 5


def list_screen(texts: Texts, keeping: MeetingKeeping, found: list[ListedMeeting], page: int) -> Screen:
    """Drafts first, then the latest; by whom where it is somebody else's."""
    shown, number, pages = on_page(found, page, _LISTED)
    rows = [(Button(_title(texts, keeping, each), press("mt", each.one.id)),) for each in found]
    turned = paged(texts, rows, page, lambda other: press("mts", other), _LISTED)
    new = (Button(texts.plain("meeting.button-new"), press("mtitems", 0, 0)),)
    text = texts.html("meeting.list", listed=shown, page=number, pages=pages, zone=keeping.zone)
    own = Button(texts.plain("meeting_guest.button-invited"), press("go", "my-meetings"))
    return Screen(text, (new, *turned, (own, *back_to_menu(texts))))


def _title(texts: Texts, keeping: MeetingKeeping, each: ListedMeeting) -> str:
    return label(texts.plain("meeting.button-one", one=each.one, zone=keeping.zone))


async def show_list(
    call: CallbackQuery, member: Member, meeting_keeping: MeetingKeeping, texts: Texts, state: FSMContext
) -> None:
    """«Встречи»."""
    found = await meeting_keeping.all(by=member)
    await state.clear()
    await show(call, list_screen(texts, meeting_keeping, found, 0))


async def turn_list(
    call: CallbackQuery, callback_data: MeetingsPage, member: Member, meeting_keeping: MeetingKeeping, texts: Texts
) -> None:
    """Another page."""
    found = await meeting_keeping.all(by=member)
    await show(call, list_screen(texts, meeting_keeping, found, callback_data.page))


async def open_one(
    call: CallbackQuery,
    callback_data: OpenMeeting,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """One of them."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, meeting_screen(texts, card))


async def delete(
    call: CallbackQuery,
    callback_data: DeleteMeeting,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Удалить черновик», asked first."""
    await state.clear()
    if not callback_data.sure:
        card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
        if card.one.state is not MeetingState.DRAFT:
            raise Refusal("meeting.called-already")
        sure = (Button(texts.plain("meeting.button-delete-sure"), press("mtdel", card.one.id, 1)),)
        text = texts.html("meeting.ask-delete", one=card.one)
        await show(call, Screen(text, (sure, back_to_meeting(texts, card.one.id))))
        return
    await meeting_keeping.delete(callback_data.id, by=member, now=clock())
    found = await meeting_keeping.all(by=member)
    await show(call, list_screen(texts, meeting_keeping, found, 0), toast=texts.plain("meeting.deleted-toast"))


async def ask_cancel(
    call: CallbackQuery,
    callback_data: CancelMeeting,
    member: Member,
    meeting_keeping: MeetingKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отменить встречу»: why is asked."""
    card = await meeting_keeping.card(callback_data.id, by=member, now=clock())
    if not card.one.is_ahead:
        raise Refusal("meeting.over")
    await state.set_state(Awaiting.meeting_cancel)
    await state.set_data({"meeting": card.one.id})
    text = texts.html("meeting.ask-cancel", card=card, one=card.one)
    await show(call, Screen(text, (back_to_meeting(texts, card.one.id),)))


async def cancel(
    message: Message, member: Member, meeting_moves: MeetingMoves, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The reason, typed."""
    meeting_id = int((await state.get_data())["meeting"])
    card = await meeting_moves.cancel(meeting_id, message.text or "", by=member, now=clock())
    await state.clear()
    done, screen = texts.html("meeting.cancelled-toast", card=card), meeting_screen(texts, card)
    await show(message, Screen(f"{done}\n\n{screen.text}", screen.buttons))


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(show_list, Go.filter(F.section == "meetings"))
    router.callback_query.register(turn_list, MeetingsPage.filter())
    router.callback_query.register(open_one, OpenMeeting.filter())
    router.callback_query.register(delete, DeleteMeeting.filter())
    router.callback_query.register(ask_cancel, CancelMeeting.filter())
    router.message.register(cancel, Awaiting.meeting_cancel, is_answer)

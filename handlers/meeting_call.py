"""«Кого пригласить», «Посмотреть приглашение» and «Пригласить»."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.broadcast_keeping import BroadcastKeeping
from actions.meeting_calling import Invitation, MeetingCalling
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from handlers.broadcast_audience import audience_screen
from handlers.broadcast_launch import arrives
from handlers.meeting_screen import back_to_meeting, meeting_screen
from handlers.presses.meeting import CallMeeting, ChooseGuests, PreviewInvitation
from handlers.show import Screen, send_private, show
from texts import Texts


async def choose(
    call: CallbackQuery,
    callback_data: ChooseGuests,
    member: Member,
    meeting_calling: MeetingCalling,
    broadcast_keeping: BroadcastKeeping,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Кого пригласить»: the audience of the invitation, as of any announcement."""
    draft = await meeting_calling.prepare(callback_data.id, by=member, now=clock())
    card = await broadcast_keeping.draft(draft, by=member, now=clock())
    await state.clear()
    await show(call, audience_screen(texts, card))


async def look(
    call: CallbackQuery,
    callback_data: PreviewInvitation,
    bot: Bot,
    member: Member,
    meeting_calling: MeetingCalling,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Посмотреть приглашение»: as it will come to whoever is first in the list."""
    found = await meeting_calling.preview(callback_data.id, by=member, now=clock())
    await arrives(bot, found.preview.outgoing)
    await send_private(call, preview_screen(texts, found))
    await call.answer()


def preview_screen(texts: Texts, found: Invitation) -> Screen:
    """What is above, to how many; and the button that calls them."""
    card, draft = found.card, found.preview.card
    one, count = card.one.id, len(draft.addressees)
    said = {"draft": draft, "preview": found.preview, "chooses": found.chooses, "known": found.known}
    text = texts.html("meeting.preview", card=card, one=card.one, **said)
    go = (Button(texts.plain("meeting.button-go", count=count), press("mtgo", one)),)
    chosen = texts.plain("broadcast_new.button-names", count=len(draft.reached))
    names = () if found.known else ((Button(chosen, press("bcnames", draft.one.id, 0, 0)),),)
    return Screen(text, (go, *names, back_to_meeting(texts, one)))


async def send(
    call: CallbackQuery,
    callback_data: CallMeeting,
    member: Member,
    meeting_calling: MeetingCalling,
    clock: Clock,
    texts: Texts,
) -> None:
    """«Пригласить N»."""
    card, launched = await meeting_calling.call(callback_data.id, by=member, now=clock())
    toast = texts.plain("meeting.called-toast", launched=launched, card=card)
    await show(call, meeting_screen(texts, card), toast=toast)


def setup(router: Router) -> None:
    """Private screens of whoever holds meetings."""
    router.callback_query.register(choose, ChooseGuests.filter())
    router.callback_query.register(look, PreviewInvitation.filter())
    router.callback_query.register(send, CallMeeting.filter())

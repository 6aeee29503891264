"""The last router: every dead button and every message nobody understood gets an answer."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.meeting_arrival import MeetingArrivals
from actions.tasks import Tasks
from domain.clock import Clock
from domain.people import Member
from handlers.album import is_rest_of_album, said_already
from handlers.home import show_home
from handlers.meeting_door import arrived_screen
from handlers.show import Screen, show
from texts import Texts


async def dead_button(call: CallbackQuery, texts: Texts) -> None:
    """A button of an older version, or forged data."""
    await call.answer(texts.plain("menu.dead-button"), show_alert=True)


async def not_understood(
    message: Message,
    member: Member,
    tasks: Tasks,
    meeting_arrivals: MeetingArrivals,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A message that nothing was waiting for; while an answer is awaited, say which kind. Four digits may be the code
    that is shown at a meeting."""
    if await state.get_state() is not None:
        await show(message, Screen(texts.html("menu.text-please")))
        return
    arrival = await meeting_arrivals.unasked(message.text or "", by=member, now=clock())
    if arrival is not None:
        await show(message, arrived_screen(texts, arrival, meeting_arrivals))
        return
    await show_home(message, member, tasks, clock, texts, before=texts.html("menu.not-understood"))


def private(router: Router) -> None:
    """In a person's own chat."""
    router.callback_query.register(dead_button)
    router.message.register(said_already, is_rest_of_album)
    router.message.register(not_understood)


def in_group() -> Router:
    """In a group only buttons are answered: free text there is not for the bot."""
    router = Router(name="fallback-in-group")
    router.callback_query.register(dead_button)
    return router

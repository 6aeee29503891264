"""«Провели семинар», «Обновили раздел», «Провели мероприятие»: into the form, whose screens are the engine's."""

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from actions.form import Forms
from actions.happening import Happenings
from domain.clock import Clock
from domain.people import Member
from handlers.completion import in_own_chat
from handlers.form import await_answer
from handlers.form_screen import page_screen
from handlers.presses.happening import Held
from handlers.show import send_beside
from texts import Texts


async def begin(
    call: CallbackQuery,
    callback_data: Held,
    bot: Bot,
    member: Member,
    happenings: Happenings,
    forms: Forms,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """The first question, or where it was left: a message of its own; what it was pressed under stays."""
    ref = await happenings.begin(callback_data.id, by=member, now=clock())
    page = await forms.open(ref, by=member, now=clock())
    if await send_beside(call, page_screen(texts, page), texts):
        await await_answer(in_own_chat(state, call, bot), ref)


def setup(router: Router) -> None:
    """Private screens of whoever carries such items out."""
    router.callback_query.register(begin, Held.filter())

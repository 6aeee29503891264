"""«Ответили»: the coordinator tells how many participants answered."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.told_number import NumberSheet, ToldNumbers
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.presses.told_number import ForgetNumber, TellNumber
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts


def _screen(texts: Texts, sheet: NumberSheet, name: str, *buttons: tuple[Button, ...]) -> Screen:
    text = texts.html(f"told_number.{name}", sheet=sheet, item=sheet.kept.item, number=sheet.number, today=sheet.today)
    return Screen(text, buttons)


def _forget(texts: Texts, sheet: NumberSheet) -> Keyboard:
    if sheet.told is None:
        return ()
    return ((Button(texts.plain("told_number.button-forget"), press("nonumber", sheet.kept.id)),),)


def _back(texts: Texts, sheet: NumberSheet) -> tuple[Button, ...]:
    return (Button(texts.plain("item.button-card"), press("item", sheet.kept.id)), *back_to_menu(texts))


async def ask(
    call: CallbackQuery,
    callback_data: TellNumber,
    member: Member,
    told_numbers: ToldNumbers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Ответили»."""
    sheet = await told_numbers.look(callback_data.id, by=member, now=clock())
    await state.set_state(Awaiting.told_number)
    await state.set_data({"item": callback_data.id})
    await show(call, _screen(texts, sheet, "ask", *_forget(texts, sheet), never_mind(texts)))


async def typed(
    message: Message, member: Member, told_numbers: ToldNumbers, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """How many, and of how many."""
    item_id = int((await state.get_data())["item"])
    sheet = await told_numbers.tell(item_id, message.text or "", by=member, now=clock())
    await state.clear()
    await show(message, _screen(texts, sheet, "told", _back(texts, sheet)))


async def forget(
    call: CallbackQuery,
    callback_data: ForgetNumber,
    member: Member,
    told_numbers: ToldNumbers,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Убрать число»."""
    sheet = await told_numbers.forget(callback_data.id, by=member, now=clock())
    await state.clear()
    await show(call, _screen(texts, sheet, "forgotten", _back(texts, sheet)))


def setup(router: Router) -> None:
    """Private screens of the coordinator."""
    router.callback_query.register(ask, TellNumber.filter())
    router.callback_query.register(forget, ForgetNumber.filter())
    router.message.register(typed, Awaiting.told_number, is_answer)

"""Coming in, the menu, and the polite line for strangers."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from actions.invite import Invites
from actions.people import People
from actions.tasks import Tasks
from domain.access import Right, may
from domain.button import Button, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.people import Member, Role
from handlers.album import is_rest_of_album, said_already
from handlers.home import show_home
from handlers.presses.menu import Cancel, Go
from handlers.show import Screen, show
from handlers.where import from_stranger, in_private, is_code
from texts import Texts


def back_to_menu(texts: Texts) -> tuple[Button, ...]:
    """The last row of most screens."""
    return (Button(texts.plain("menu.button-back"), press("go", "menu")),)


def never_mind(texts: Texts) -> tuple[Button, ...]:
    """The last row of every question: nothing is asked any more."""
    return (Button(texts.plain("menu.button-cancel"), Cancel().pack()),)


async def start(
    message: Message,
    command: CommandObject,
    member: Member,
    invites: Invites,
    tasks: Tasks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """``/start`` alone or with a code from a link."""
    await state.clear()
    if command.args:
        await _come_in(message, command.args, member, invites, tasks, clock, texts)
    else:
        await _begin(message, member, tasks, clock, texts)


async def typed_code(
    message: Message, member: Member, invites: Invites, tasks: Tasks, clock: Clock, texts: Texts
) -> None:
    """The same code typed by hand."""
    await _come_in(message, message.text or "", member, invites, tasks, clock, texts)


async def _come_in(
    message: Message, code: str, member: Member, invites: Invites, tasks: Tasks, clock: Clock, texts: Texts
) -> None:
    """Whoever was registered by name learns under which, before anything is agreed to."""
    member = await invites.accept(code, member.account, now=clock())
    taken = texts.html("people.code-taken", name=member.name) if member.name else ""
    await _begin(message, member, tasks, clock, texts, taken=taken)


async def _begin(
    message: Message, member: Member, tasks: Tasks, clock: Clock, texts: Texts, *, taken: str = ""
) -> None:
    """What a person begins with: the polite line, the consent, or the home screen."""
    if member.is_stranger:
        await show(message, stranger(texts))
    elif member.has_agreed:
        await show_home(message, member, tasks, clock, texts)
    else:
        screen = consent_screen(texts)
        await show(message, Screen(f"{taken}\n\n{screen.text}".strip(), screen.buttons))


def consent_screen(texts: Texts) -> Screen:
    """The text with its version, and both answers."""
    buttons = (
        (Button(texts.plain("consent.button-agree"), press("consent", 1, VERSION)),),
        (Button(texts.plain("consent.button-decline"), press("consent", 0, VERSION)),),
        (Button(texts.plain("own_data.button-me"), press("go", "me")),),
    )
    return Screen(texts.html("consent.text", version=VERSION), buttons)


def stranger(texts: Texts) -> Screen:
    """The one line that a stranger gets, and the way in for whoever is of a school."""
    ask = (Button(texts.plain("join_request.button-begin"), press("join", 0)),)
    return Screen(texts.html("people.stranger"), (ask,))


async def show_menu(
    event: Message | CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """``/menu`` and «В меню»."""
    await state.clear()
    await show_home(event, member, tasks, clock, texts)


async def show_help(event: Message | CallbackQuery, member: Member, texts: Texts) -> None:
    """``/help`` and «Помощь»: the sections that the person has."""
    coordinator, region = Role.COORDINATOR in member.roles, may(member, Right.SEE_REGION)
    text = texts.html("menu.help", coordinator=coordinator, region=region)
    await show(event, Screen(text, (back_to_menu(texts),)))


async def cancel(
    call: CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отмена»: nothing is awaited any more."""
    await state.clear()
    await show_home(call, member, tasks, clock, texts, toast=texts.plain("menu.cancelled"))


async def stranger_wrote(message: Message, texts: Texts) -> None:
    """Anything from nobody of the project."""
    await show(message, stranger(texts))


async def stranger_pressed(call: CallbackQuery, texts: Texts) -> None:
    """A button that reached nobody of the project."""
    await call.answer(texts.plain("people.stranger-toast"), show_alert=True)


async def blocked_or_back(event: ChatMemberUpdated, people: People, clock: Clock, member: Member) -> None:
    """A person blocked the bot or let it write again."""
    if event.new_chat_member.status == "kicked":
        await people.blocked(member.account, now=clock())
    else:
        await people.unblocked(member.account)


def setup() -> Router:
    """Before every other private router: strangers stop here."""
    router = Router(name="start")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    router.my_chat_member.register(blocked_or_back, in_private)
    router.message.register(start, CommandStart())
    router.message.register(typed_code, is_code, StateFilter(None))
    router.message.register(said_already, from_stranger, is_rest_of_album)
    router.message.register(stranger_wrote, from_stranger)
    router.callback_query.register(stranger_pressed, from_stranger)
    return router


def members(router: Router) -> None:
    """The menu, help and giving a question up: behind the gate of the consent."""
    router.message.register(show_menu, Command("menu"))
    router.message.register(show_help, Command("help"))
    router.callback_query.register(show_menu, Go.filter(F.section == "menu"))
    router.callback_query.register(show_help, Go.filter(F.section == "help"))
    router.callback_query.register(cancel, Cancel.filter())

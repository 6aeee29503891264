"""«Я из школы …»: a stranger asks to be let in. The consent comes first; nothing is kept of them before it."""

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.invite import Invites
from actions.join_request import JoinRequests
from actions.tasks import Tasks
from domain.button import Button, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.people import Member
from handlers import join_form
from handlers.album import is_rest_of_album, said_already
from handlers.home import show_home
from handlers.join_form import IN_FORM, open_form, waiting_screen
from handlers.presses.join_request import Join, JoinConsent, JoinPlace, JoinSchool, JoinSend, JoinSkip, JoinWithdraw
from handlers.presses.menu import Cancel
from handlers.show import Screen, show
from handlers.start import consent_screen, stranger, typed_code
from handlers.where import from_stranger, in_private, is_code, is_no_command
from texts import Texts

LINK = "school"
"""The code of the deep link under the group's button: ``https://t.me/<bot>?start=school``."""
_KINDS = (Join, JoinConsent, JoinPlace, JoinSchool, JoinSkip, JoinSend, JoinWithdraw)


async def from_member(event: Message | CallbackQuery, member: Member) -> bool:
    """Somebody of the project already."""
    return not await from_stranger(event, member)


async def has_asked(_event: Message | CallbackQuery, member: Member, join_requests: JoinRequests) -> bool:
    """A stranger whose request waits for its answer."""
    return await join_requests.mine(by=member) is not None


async def is_no_code(message: Message) -> bool:
    """Neither a code nor a link with one: those let in whoever has them."""
    return not (message.text or "").startswith("/start ") and not await is_code(message)


async def already_in(
    event: Message | CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A member needs no request."""
    await state.clear()
    if member.has_agreed:
        await show_home(event, member, tasks, clock, texts, before=texts.html("join_request.already"))
    else:
        await show(event, consent_screen(texts))


async def begin(
    event: Message | CallbackQuery, member: Member, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """The request that waits, or else the consent: after the link from a group, and where the form is not open."""
    await state.clear()
    waiting = await join_requests.mine(by=member)
    if waiting is not None:
        await show(event, waiting_screen(texts, waiting))
        return
    buttons = (
        (Button(texts.plain("consent.button-agree"), press("joinok", 1)),),
        (Button(texts.plain("consent.button-decline"), press("joinok", 0)),),
    )
    text = texts.html("join_request.before-consent") + "\n\n" + texts.html("consent.text", version=VERSION)
    await show(event, Screen(text, buttons))


async def consent(
    call: CallbackQuery,
    callback_data: JoinConsent,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Согласен»: the form begins. «Не согласен»: nothing was kept."""
    await state.clear()
    if callback_data.given:
        await open_form(call, join_requests, clock, texts, state)
        return
    again = (Button(texts.plain("consent.button-agree"), press("joinok", 1)),)
    await show(call, Screen(texts.html("join_request.declined"), (again,)))


async def withdraw(
    call: CallbackQuery, member: Member, join_requests: JoinRequests, clock: Clock, texts: Texts
) -> None:
    """«Отозвать заявку»."""
    await join_requests.withdraw(by=member, now=clock())
    again = (Button(texts.plain("join_request.button-again"), press("join", 0)),)
    await show(call, Screen(texts.html("join_request.withdrawn"), (again,)))


async def code_instead(
    message: Message,
    member: Member,
    invites: Invites,
    tasks: Tasks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A code in the middle of the form: it lets in at once."""
    await typed_code(message, member, invites, tasks, clock, texts)
    await state.clear()


async def cancel(call: CallbackQuery, texts: Texts, state: FSMContext) -> None:
    """«Отмена»: what was written so far is forgotten."""
    await state.clear()
    await show(call, stranger(texts), toast=texts.plain("menu.cancelled"))


def setup() -> Router:
    """Before the polite line for strangers; a member is only told that a request is not needed."""
    router = Router(name="join-request")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    router.message.register(already_in, _by_link(), from_member)
    for kind in _KINDS:
        router.callback_query.register(already_in, kind.filter(), from_member)
    router.include_router(_strangers())
    return router


def _strangers() -> Router:
    """A request that waits comes before everything, the consent before the form."""
    router = Router(name="join-strangers")
    router.message.filter(from_stranger)
    router.callback_query.filter(from_stranger)
    router.callback_query.register(withdraw, JoinWithdraw.filter(), has_asked)
    for kind in _KINDS:
        router.callback_query.register(begin, kind.filter(), has_asked)
    router.callback_query.register(consent, JoinConsent.filter())
    router.callback_query.register(cancel, Cancel.filter())
    router.message.register(begin, _by_link())
    router.message.register(said_already, is_rest_of_album)
    router.message.register(code_instead, IN_FORM, is_code)
    router.message.register(begin, is_no_code, has_asked)
    router.include_routers(join_form.setup(), _without_consent())
    return router


def _without_consent() -> Router:
    """Whatever belongs to the form, for whoever has not agreed, or has so long ago."""
    router = Router(name="join-consent")
    router.message.register(begin, IN_FORM, is_no_command)
    for kind in _KINDS:
        router.callback_query.register(begin, kind.filter())
    return router


def _by_link() -> CommandStart:
    return CommandStart(deep_link=True, magic=F.args == LINK)

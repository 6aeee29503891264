"""The home screen of every role: what rests on the person, and where they go from there."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.region import Regions, RegionView
from actions.tasks import TaskList, Tasks
from domain.access import Right, may, reach
from domain.agenda import Status
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.people import Member, Role
from handlers.presses.menu import Go
from handlers.show import Screen, show
from texts import Texts

Rows = tuple[tuple[str, ...], ...]

_COORDINATOR: Rows = (
    ("my-tasks", "put-off"),
    ("now", "month", "visits"),
    ("region", "people", "documents"),
    ("roadmap", "unclear", "meetings"),
    ("broadcasts", "surveys", "groups"),
    ("rules", "me", "help"),
)
_REGION: Rows = (
    ("my-tasks", "put-off"),
    ("region", "my-schools", "documents"),
    ("visits", "surveys", "broadcasts"),
    ("roadmap", "month", "meetings"),
    ("me", "help"),
)
_SCHOOLS: Rows = (
    ("my-tasks", "put-off"),
    ("my-schools", "documents"),
    ("visits", "my-meetings"),
    ("roadmap", "month"),
    ("me", "help"),
)
SECTIONS = (_COORDINATOR, _REGION, _SCHOOLS)
_MOST_ROWS = 8
"""Of a keyboard (messengers.md)."""


def home_screen(texts: Texts, member: Member, found: TaskList) -> Screen:
    """What is most pressing, and the sections of the person's roles."""
    work = {"review": found.to_review, "documents-waiting": found.documents, "requests": found.requests}
    visits = {"visit-approvals": found.schedules, "visit-reviews": found.reports}
    waiting = [row for counts in (work, visits) if (row := tuple(name for name, count in counts.items() if count))]
    first, sections = surveys_row(texts, found), _rows(member)
    room = _MOST_ROWS - len(first) - len(sections)  # what does not fit stands behind «Визиты»
    shown = tuple(_row(texts, member, row, found) for row in (*waiting[:room], *sections))
    return Screen(texts.html("home.screen", found=found), (*first, *shown))


def surveys_row(texts: Texts, found: TaskList) -> Keyboard:
    """«Пройти опрос»: the one that waits, or the list of them."""
    if not found.surveys:
        return ()
    data = press("survey-go", found.surveys[0].survey.id, 0) if len(found.surveys) == 1 else press("survey-my")
    return ((Button(texts.plain("survey.button-go", number=None), data),),)


def _rows(member: Member) -> Rows:
    if Role.COORDINATOR in member.roles:
        return _COORDINATOR
    return _REGION if may(member, Right.SEE_REGION) else _SCHOOLS


def _row(texts: Texts, member: Member, names: tuple[str, ...], found: TaskList) -> tuple[Button, ...]:
    return tuple(_button(texts, member, name) for name in names if name != "put-off" or found.tasks)


def _button(texts: Texts, member: Member, name: str) -> Button:
    match name:
        case "put-off":
            return Button(texts.plain("home.button-put-off"), press("putoff", 0))
        case "documents-waiting":
            return Button(texts.plain("home.button-documents-waiting"), press("docwait", 0))
        case "my-schools" if _has_one_school(member):
            return Button(texts.plain("home.button-my-school"), press("go", "my-schools"))
    return _section(texts, name)


def _has_one_school(member: Member) -> bool:
    seen = reach(member, Right.SEE_SCHOOL)
    return len(seen.schools) == 1 and not seen.municipalities and not seen.everything


async def show_home(
    event: Message | CallbackQuery,
    member: Member,
    tasks: Tasks,
    clock: Clock,
    texts: Texts,
    *,
    before: str = "",
    toast: str | None = None,
) -> None:
    """The home screen, with a sentence (HTML) above it where there is something to say first."""
    screen = home_screen(texts, member, await tasks.mine(by=member, now=clock()))
    text = f"{before}\n\n{screen.text}" if before else screen.text
    await show(event, Screen(text, screen.buttons), toast=toast)


def region_screen(texts: Texts, view: RegionView) -> Screen:
    """The items by state, the schools, and what can be opened."""
    counts = [(state, view.items[state]) for state in Status if view.items.get(state)]
    rows: Keyboard = (
        (_section(texts, "board"),),
        (_section(texts, "now"), Button(texts.plain("home.button-schools"), press("go", "my-schools"))),
        (_section(texts, "coverage"), _section(texts, "review")),
        (_section(texts, "menu"),),
    )
    return Screen(texts.html("home.region", view=view, counts=counts), rows)


def _section(texts: Texts, name: str) -> Button:
    return Button(texts.plain(f"home.button-{name}"), press("go", name))


async def show_region(
    event: Message | CallbackQuery, member: Member, regions: Regions, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Регион»."""
    await state.clear()
    await show(event, region_screen(texts, await regions.look(by=member, now=clock())))


def setup(router: Router) -> None:
    """Private screens."""
    router.callback_query.register(show_region, Go.filter(F.section == "region"))

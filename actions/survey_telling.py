"""Inside a transaction: what people are told of a survey beside the messages of the day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.survey_asking import Asking, SurveyLine, asking, line_of
from actions.survey_look import Looked
from domain.button import Button, Keyboard, press
from domain.form import NO, YES, QuestionKind
from domain.hours import EVENT_LIFE
from domain.indicator_count import needed_of
from domain.notice import groups
from domain.outbox import Draft
from domain.survey import Ask, Course, Survey
from storage import group as group_rows
from storage import outbox as outbox_rows
from storage import roadmap as roadmap_rows
from storage import survey as survey_rows
from storage.database import Transaction

_ROWS = 8


@dataclass(frozen=True, slots=True)
class Share:
    """How many have answered of everybody who should."""

    done: int
    of: int

    def is_enough(self, target: int | None) -> bool:
        """Whether the target (in percent) is reached; without one, whether everybody has answered."""
        return self.done >= (self.of if target is None else needed_of(self.of, target))

    @property
    def percent(self) -> int:
        """In whole percent, rounded down."""
        return self.done * 100 // self.of if self.of else 0


async def share_of(tx: Transaction, survey_id: int) -> Share:
    """As it is now; who left is in neither number."""
    there = [one for one in await survey_rows.parts(tx, survey_id) if one.left_on is None]
    return Share(sum(one.answered_on is not None for one in there), len(there))


async def tell_invited(tx: Transaction, project: Project, here: Looked, now: datetime) -> int:
    """Everybody who is asked and can be written to, at once; returns how many."""
    found = await asking(tx, project, now, here.survey.id)
    return await _tell(tx, project, found, lambda _: Ask.INVITE, now)


async def tell_reminded(tx: Transaction, project: Project, found: Asking, people: Iterable[int], now: datetime) -> int:
    """These people who have not answered; whoever was never invited is invited. Returns how many are written to."""
    wanted = frozenset(people)
    (asked,) = found.surveys
    never = {one for one in wanted if not asked.said.get(one, (0, 0))[0]}
    return await _tell(tx, project, found, lambda one: Ask.INVITE if one in never else Ask.REMIND, now, wanted)


async def _tell(
    tx: Transaction,
    project: Project,
    found: Asking,
    ask: Callable[[int], Ask],
    now: datetime,
    only: frozenset[int] | None = None,
) -> int:
    due, count = (await project.hours(tx)).awake(now), 0
    for asked in found.surveys:
        for person_id, bearer in found.people.items():
            mine = found.mine(person_id, asked)
            if not mine or (only is not None and person_id not in only):
                continue
            line = line_of(asked, mine, ask(person_id))
            text = project.texts.html("survey.asked", line=line, looked=asked.looked)
            key = f"survey:{asked.id}:{line.ask}:{person_id}:{now.isoformat()}"
            draft = Draft(key, bearer.recipient, text, due, due + EVENT_LIFE, buttons_of(project, line))
            outbox_id = await outbox_rows.put(tx, draft, now)
            if outbox_id is not None:
                await survey_rows.said(tx, outbox_id, asked.id, person_id, line.ask, asked.looked.today)
                count += 1
    return count


def buttons_of(project: Project, line: SurveyLine) -> Keyboard:
    """«Пройти опрос»; of a poll its answers themselves."""
    survey = line.looked.survey
    if survey.is_poll and (answers := _answers(project, survey, line.who)):
        return answers
    return ((enter_button(project, line),),)


def enter_button(project: Project, line: SurveyLine, number: int | None = None) -> Button:
    """«Пройти опрос», «Продолжить опрос»; with the number of its item where there are several."""
    name = "go-on" if line.is_begun else "go"
    text = project.texts.plain(f"survey.button-{name}", number=number)
    return Button(text, press("survey-go", line.looked.survey.id, line.who))


def _answers(project: Project, survey: Survey, who: int) -> Keyboard:
    question = survey.form.questions[0]
    match question.kind:
        case QuestionKind.YES_NO:
            options = [(one, project.texts.plain(f"form.button-{one}")) for one in (YES, NO)]
        case QuestionKind.ONE if len(question.options) <= _ROWS:
            options = [(one.id, one.text) for one in question.options]
        case _:
            return ()
    return tuple(
        (Button(text, press("fa", "survey", survey.id, who, question.id, option)),) for option, text in options
    )


async def tell_of_end(tx: Transaction, project: Project, here: Looked, now: datetime) -> None:
    """The coordinators, with the way to the results; the groups of its item hear the total, where there is enough."""
    survey, share = here.survey, await share_of(tx, here.survey.id)
    results = Button(project.texts.plain("survey.button-results"), press("svres", survey.id, 0))
    key = f"survey:{survey.id}:ended:{now.isoformat()}"
    await project.tell_coordinators(tx, key, "survey.ended", now, ((results,),), looked=here, share=share)
    found = None if survey.item_id is None else await roadmap_rows.get_item_of_roadmap(tx, survey.item_id)
    if found is None or here.course is not Course.CLOSED:
        return
    if not share.is_enough(here.target):
        return  # the next message of the day says that it is overdue, with the same total
    addresses = groups(found[0].item, found[1])
    theirs = [one.recipient for one in await group_rows.all_groups(tx) if one.recipient.addresses & addresses]
    await project.tell(tx, theirs, key, "survey.ended-in-group", now, looked=here, share=share)

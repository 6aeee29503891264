"""A quick poll: one question with the coordinator's own options. Pure."""

from dataclasses import replace

from domain.form import Form, Option, Question, QuestionKind
from domain.refusal import Refusal
from domain.registry import name_key
from domain.survey import Survey
from domain.survey_change import TITLE_LIMIT
from domain.toml_file import is_readable

QUESTION_LIMIT = 600
OPTION_LIMIT = 100
FEWEST_OPTIONS, MOST_OPTIONS = 2, 10
_QUESTION = "q"
"""The id of the only question."""


def poll_form(text: str) -> Form:
    """The form of a question as it was typed, with «да/нет» until there are options. Raises ``Refusal``."""
    question = "\n".join(line for part in text.splitlines() if (line := _seen(part)))
    if not any(one.isalnum() for one in question):
        raise Refusal("survey_poll.no-question")
    if len(question) > QUESTION_LIMIT:
        raise Refusal("survey_poll.long-question", limit=QUESTION_LIMIT, length=len(question))
    return Form(title_of(question), (Question(_QUESTION, question, QuestionKind.YES_NO),))


def title_of(question: str) -> str:
    """How a poll is called in lists: its question on one line, cut where it is long."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LIMIT else line[: TITLE_LIMIT - 1].rstrip() + "…"


def poll_options(text: str) -> tuple[Option, ...]:
    """The options as they were typed, one a line. Raises ``Refusal`` that says which line is wrong."""
    lines = [line for part in text.splitlines() if (line := _seen(part))]
    if not FEWEST_OPTIONS <= len(lines) <= MOST_OPTIONS:
        raise Refusal("survey_poll.how-many-options", least=FEWEST_OPTIONS, most=MOST_OPTIONS, count=len(lines))
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if len(line) > OPTION_LIMIT:
            raise Refusal("survey_poll.long-option", number=number, limit=OPTION_LIMIT, length=len(line))
        if name_key(line) in known:
            raise Refusal("survey_poll.same-option", option=line)
        known.add(name_key(line))
    return tuple(Option(str(number), line) for number, line in enumerate(lines, 1))


def with_question(survey: Survey, text: str) -> Survey:
    """The poll with another question and the same options."""
    form, old = poll_form(text), survey.form.questions[0]
    question = replace(old, text=form.questions[0].text)
    return replace(survey, title=form.title, form=replace(form, questions=(question,)))


def with_options(survey: Survey, options: tuple[Option, ...]) -> Survey:
    """The poll with these options; with none of its own it is «да/нет»."""
    kind = QuestionKind.ONE if options else QuestionKind.YES_NO
    question = replace(survey.form.questions[0], kind=kind, options=options)
    return replace(survey, form=replace(survey.form, questions=(question,)))


def _seen(line: str) -> str:
    """A line as everybody sees it: without signs that turn the text around; nothing where none of it is seen."""
    plain = " ".join("".join(one for one in line.replace("\t", " ") if is_readable(one)).split())
    return plain if any(one.isprintable() and not one.isspace() for one in plain) else ""

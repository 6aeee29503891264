"""How a survey looks to whoever keeps or watches it: its card, and a poll as it will arrive."""

from actions.survey_asking import SurveyLine
from actions.survey_card import SurveyCard
from domain.button import Button, Keyboard, press
from domain.form import QuestionKind
from domain.survey import Ask, Course
from domain.survey_change import stamp
from handlers.show import Screen
from handlers.start import back_to_menu
from texts import Texts

_RUNNING = (Course.OPEN, Course.GRACE)


def survey_screen(texts: Texts, card: SurveyCard) -> Screen:
    """The card; a poll that is not sent yet as it will arrive."""
    if card.survey.is_poll and card.survey.is_draft:
        return poll_screen(texts, card)
    return Screen(texts.html("survey_keeping.card", card=card, **facts(card)), _card_buttons(texts, card))


def facts(card: SurveyCard) -> dict[str, object]:
    """What most texts about a survey name."""
    return {"survey": card.survey, "looked": card.looked, "item": card.looked.item}


def back_to_survey(texts: Texts, survey_id: int) -> tuple[Button, ...]:
    """The last row of what is opened from a card."""
    return (Button(texts.plain("survey_keeping.button-card"), press("survey", survey_id)),)


def back_to_surveys(texts: Texts) -> tuple[Button, ...]:
    """The last row of a card."""
    return (Button(texts.plain("survey_keeping.button-list"), press("go", "surveys")), *back_to_menu(texts))


def _card_buttons(texts: Texts, card: SurveyCard) -> Keyboard:
    rows = (*_going_on(texts, card), *(_keeping(texts, card) if card.keeps else ()), back_to_surveys(texts))
    return tuple(row for row in rows if row)


def _going_on(texts: Texts, card: SurveyCard) -> Keyboard:
    """How it goes, for whoever sees it."""
    one, survey = card.survey.id, card.survey
    tried = Button(texts.plain("survey_keeping.button-try"), press("svtry", one))
    if survey.opened_at is None:
        return ((tried,),)
    live = Button(texts.plain("survey_keeping.button-live"), press("svlive", one))
    who = Button(texts.plain("survey_keeping.button-who"), press("svwho", one, 0))
    remind = Button(texts.plain("survey_keeping.button-remind"), press("svremind", one))
    results = Button(texts.plain("survey_keeping.button-results"), press("svres", one, 0))
    running = card.keeps and card.looked.course is Course.OPEN
    return ((live, who, *((remind,) if running else ())), (*((results,) if card.sees_results else ()), tried))


def _keeping(texts: Texts, card: SurveyCard) -> Keyboard:
    one, course = card.survey.id, card.looked.course

    def button(name: str, data: str) -> Button:
        return Button(texts.plain(f"survey_keeping.button-{name}"), data)

    change = button("change", press("svedit", one))
    whom = button("whom", press("svaud", one))
    form = button("form", press("svform", one))
    copied, cancel = button("copy", press("svcopy", one)), button("cancel", press("svcancel", one, 0))
    if course is Course.DRAFT:
        launch, delete = button("launch", press("svlaunch", one)), button("delete", press("svdelete", one, 0))
        return ((launch,), (change, form), (whom, copied), (delete,))
    match course:
        case Course.CANCELLED:
            return ((form, copied),)
        case Course.GRACE | Course.CLOSED:
            return ((button("reopen", press("svask", one, "closes")), change), (form, copied))
        case Course.OPEN:
            extend, close = button("extend", press("svask", one, "closes")), button("close", press("svclose", one, 0))
            return ((extend, close, cancel), (change, form), (whom, copied))
    return ((change, form), (whom, copied), (cancel,))


def poll_screen(texts: Texts, card: SurveyCard) -> Screen:
    """A poll exactly as it will arrive, whom it reaches, and what can be another one before it is sent."""
    survey, one = card.survey, card.survey.id
    question = survey.form.questions[0]
    asked = texts.html("survey.asked", looked=card.looked, line=SurveyLine(card.looked, Ask.INVITE))
    is_yes_no = question.kind is QuestionKind.YES_NO
    text = texts.html(
        "survey_poll.preview", card=card, asked=asked, question=question, is_yes_no=is_yes_no, **facts(card)
    )

    def button(name: str, data: str) -> Button:
        return Button(texts.plain(f"survey_poll.button-{name}"), data)

    anonymous = button("named" if survey.anonymous else "anonymous", _anonymous(card))
    ready = card.count and card.looked.window is not None and card.looked.window.closes >= card.looked.today
    rows = (
        (button("send", press("svgo", one, stamp(survey))),) if ready else (),
        (button("question", press("svpollq", one)), button("options", press("svpollo", one))),
        (button("whom", press("svaud", one)), anonymous),
        tuple(button(f"until-{days}", press("svpolld", one, days)) for days in (0, 1, 3)),
        (button("until", press("svask", one, "closes")), button("delete", press("svdelete", one, 0))),
        back_to_surveys(texts),
    )
    return Screen(text, tuple(row for row in rows if row))


def _anonymous(card: SurveyCard) -> str:
    return press("svswitch", card.survey.id, "anonymous", int(not card.survey.anonymous))

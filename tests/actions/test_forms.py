"""The engine of forms: lines, days at hand, what is sent while something else is asked, given answers, marks."""

from asyncio import TaskGroup
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.form_sheet import Page, Said
from bot.core import Core
from domain.evidence import SentFile
from domain.form import Form, FormFile, Place, Question
from domain.form_value import files_of
from domain.people import Member
from domain.refusal import Refusal
from tests.actions.trial import AGREED, MET, PHOTOS, REF, REMARKS, SEEN, WAS, WHERE, Trial, tries
from tests.people import Look, SettableClock

OGG = b"OggS\x00\x02" + b"\x00" * 22 + b"\x01\x13OpusHead"


class Files:
    """A messenger that hands over whatever is asked for."""

    async def fetch(self, remote_id: str) -> bytes | None:
        return b"%PDF-1.4 " + remote_id.encode()


class Voices:
    """A messenger that hands over a voice message."""

    async def fetch(self, remote_id: str) -> bytes | None:
        return OGG


@pytest.fixture
def trial(core: Core) -> Trial:
    return tries(core, Trial())


@pytest.fixture
def at(marina: Member, clock: SettableClock) -> dict[str, Any]:
    """Wednesday, 9 March 2022."""
    return {"by": marina, "now": clock()}


def of(trial: Trial, *questions: Question) -> None:
    trial.form = Form("Отчёт", questions)


def page_of(found: Page | Said) -> Page:
    assert isinstance(found, Page)
    return found


def asked_in(found: Page | Said) -> str | None:
    page = page_of(found)
    return None if page.question is None else page.question.id


def sent(number: int) -> SentFile:
    return SentFile("telegram", f"file-{number}", f"1:{number}", f"{number}.pdf", 100)


# --- Lines


async def test_one_message_answers_with_a_line_each_and_is_confirmed(
    core: Core, trial: Trial, at: dict[str, Any]
) -> None:
    of(trial, AGREED, SEEN)
    page = page_of(await core.forms.type(REF, "1. Совет до 15.04\n\n- Педсовет\n", **at))
    assert page.pending is not None
    assert (page.pending.value, page.answers) == (("Совет до 15.04", "Педсовет — 09.03"), {})
    assert asked_in(await core.forms.confirm(REF, "agreed", **at)) == "seen"
    assert (await core.forms.open(REF, **at)).answers == {"agreed": ("Совет до 15.04", "Педсовет — 09.03")}


async def test_entry_that_is_refused_undoes_the_whole_answer(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, AGREED)
    with pytest.raises(Refusal, match=r"form\.press-please"):
        await core.forms.type(REF, "Совет до 15.04\nерунда", **at)
    page = await core.forms.open(REF, **at)
    assert (page.pending, page.answers, trial.kept) == (None, {}, [])


async def test_text_is_kept_as_its_feature_wants_it_or_refused(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, replace(SEEN, id="agreed"), SEEN, REMARKS)
    page = page_of(await core.forms.type(REF, "Уроки", **at))
    assert (asked_in(page), page.answers) == ("seen", {"agreed": "Уроки — 09.03"})
    with pytest.raises(Refusal, match=r"form\.press-please"):
        await core.forms.type(REF, "ерунда", **at)
    assert asked_in(await core.forms.open(REF, **at)) == "seen"


async def test_none_in_a_word_is_skipped_without_being_confirmed(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, AGREED, SEEN)
    page = page_of(await core.forms.type(REF, "нет", **at))
    assert (asked_in(page), page.pending, page.answers, page.saved) == ("seen", None, {"agreed": None}, None)


async def test_text_that_is_to_be_echoed_counts_when_confirmed(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, replace(SEEN, echoed=True), REMARKS)
    assert page_of(await core.forms.type(REF, "Уроки", **at)).answers == {}
    assert page_of(await core.forms.confirm(REF, "seen", **at)).answers == {"seen": "Уроки"}


# --- Days at hand


async def test_day_at_hand_counts_at_once_and_another_is_typed_and_confirmed(
    core: Core, trial: Trial, at: dict[str, Any]
) -> None:
    of(trial, WAS, SEEN)
    page = page_of(await core.forms.press(REF, "was", "20220309", **at))
    assert (asked_in(page), page.answers) == ("seen", {"was": date(2022, 3, 9)})
    await core.forms.ask(REF, "was", **at)
    page = page_of(await core.forms.type(REF, "позавчера", **at))
    assert page.pending is not None
    assert (page.pending.value, page.answers["was"]) == (date(2022, 3, 7), date(2022, 3, 9))
    assert page_of(await core.forms.confirm(REF, "was", **at)).answers == {"was": date(2022, 3, 7)}
    with pytest.raises(Refusal, match=r"form\.no-option"):
        await core.forms.press(REF, "was", "20220301", **at)
    await core.forms.ask(REF, "was", **at)
    with pytest.raises(Refusal, match=r"form\.not-yet"):
        await core.forms.type(REF, "завтра", **at)


# --- What is sent while something else is asked


async def test_file_sent_at_another_question_is_kept_and_that_stays_asked(
    core: Core, trial: Trial, at: dict[str, Any], look: Look
) -> None:
    page = await core.forms.add_file(REF, sent(1), Files(), **at)
    assert (asked_in(page), page.value) == ("met", None)
    again = await core.forms.add_file(REF, sent(1), Files(), **at)
    assert again.answers == {"photos": (FormFile(1, "1.pdf", "1:1"),)}
    assert look.count("stored_file") == 1


async def test_voice_at_a_question_in_words_is_an_attachment(
    core: Core, trial: Trial, at: dict[str, Any], look: Look
) -> None:
    for question in (SEEN, REMARKS):
        of(trial, question, PHOTOS)
        voice = SentFile("telegram", "voice", f"1:{question.id}", "Голосовое сообщение", None)
        page = await core.forms.add_file(REF, voice, Voices(), **at)
        assert (asked_in(page), "photos" in page.answers) == (question.id, True)
    assert look.rows("SELECT mime FROM stored_file") == [("audio/ogg",)]


async def test_file_at_another_question_leaves_what_is_to_be_confirmed(
    core: Core, trial: Trial, at: dict[str, Any]
) -> None:
    of(trial, AGREED, PHOTOS)
    await core.forms.type(REF, "Совет", **at)
    page = await core.forms.add_file(REF, sent(1), Files(), **at)
    assert page.pending is not None
    page = page_of(await core.forms.confirm(REF, "agreed", **at))
    assert {*page.answers} == {"agreed", "photos"}


async def test_the_thirty_first_file_is_refused(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    trial.given = {"photos": tuple(FormFile(one, "a", f"2:{one}") for one in range(101, 130))}
    await core.forms.add_file(REF, sent(30), Files(), **at)
    with pytest.raises(Refusal, match=r"form\.too-many-files") as caught:
        await core.forms.add_file(REF, sent(31), Files(), **at)
    assert caught.value.details == {"limit": 30}
    assert len(files_of((await core.forms.open(REF, **at)).answers["photos"])) == 30


async def test_file_where_no_question_takes_it_is_refused(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, SEEN, replace(PHOTOS, anywhere=False), WHERE)
    with pytest.raises(Refusal, match=r"form\.no-file-please"):
        await core.forms.add_file(REF, sent(1), Files(), **at)
    of(trial, SEEN)
    with pytest.raises(Refusal, match=r"form\.no-location-please"):
        await core.forms.place(REF, 57, 41, **at)


async def test_place_is_kept_at_a_question_in_words_without_being_asked(
    core: Core, trial: Trial, at: dict[str, Any]
) -> None:
    of(trial, SEEN, WHERE, REMARKS)
    page = page_of(await core.forms.place(REF, 57.0, 40.97, **at))
    assert (asked_in(page), page.saved) == ("seen", (WHERE, Place(57.0, 40.97)))
    assert asked_in(await core.forms.type(REF, "Уроки", **at)) == "remarks"
    assert asked_in(await core.forms.back(REF, "remarks", **at)) == "seen"
    assert asked_in(await core.forms.ask(REF, "where", **at)) == "where"
    page = page_of(await core.forms.place(REF, 57.5, 40.97, **at))
    assert (asked_in(page), page.answers["where"]) == ("remarks", Place(57.5, 40.97))


async def test_what_is_never_asked_is_not_missing(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, replace(WHERE, required=True), MET)
    page = page_of(await core.forms.press(REF, "met", "head", **at))
    assert (asked_in(page), page.missing) == (None, [])
    assert isinstance(await core.forms.send(REF, **at), Said)


async def test_files_are_taken_at_the_summary_too(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, MET, PHOTOS)
    await core.forms.press(REF, "met", "head", **at)
    await core.forms.skip(REF, "photos", **at)
    page = await core.forms.add_file(REF, sent(1), Files(), **at)
    assert (asked_in(page), len(page.answers)) == (None, 2)
    assert page.answers["photos"] == (FormFile(1, "1.pdf", "1:1"),)


# --- Given answers


async def test_given_answers_stand_and_are_kept_with_the_first_one(
    core: Core, trial: Trial, at: dict[str, Any], look: Look
) -> None:
    of(trial, WAS, MET, SEEN)
    trial.given = {"was": date(2022, 3, 9)}
    page = await core.forms.open(REF, **at)
    assert (asked_in(page), page.answers, look.count("form_run")) == ("met", trial.given, 0)
    page = page_of(await core.forms.press(REF, "met", "head", **at))
    trial.given = {"was": date(2022, 3, 1), "seen": "позже"}
    assert (await core.forms.open(REF, **at)).answers == {"was": date(2022, 3, 9), "met": "head"}
    assert trial.kept == [({"was": date(2022, 3, 9)}, {"was": date(2022, 3, 9), "met": "head"})]


async def test_back_and_change_lead_to_a_given_answer(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, WAS, MET)
    trial.given = {"was": date(2022, 3, 9)}
    assert asked_in(await core.forms.back(REF, "met", **at)) == "was"
    assert asked_in(await core.forms.open(REF, **at)) == "was"
    await core.forms.press(REF, "was", "20220310", **at)
    await core.forms.drop(REF, **at)
    assert (await core.forms.open(REF, **at)).answers == trial.given


# --- What follows


async def test_refusal_of_what_was_answered_undoes_it(core: Core, trial: Trial, at: dict[str, Any], look: Look) -> None:
    of(trial, MET, WAS, PHOTOS)
    trial.forbidden = ("deputy", date(2022, 3, 7))
    with pytest.raises(Refusal):
        await core.forms.press(REF, "met", "deputy", **at)
    assert look.count("form_run") == 0
    await core.forms.press(REF, "met", "head", **at)
    await core.forms.type(REF, "понедельник", **at)
    with pytest.raises(Refusal):
        await core.forms.confirm(REF, "was", **at)
    page = await core.forms.open(REF, **at)
    assert page.pending is not None
    assert (page.pending.value, page.answers) == (date(2022, 3, 7), {"met": "head"})


async def test_what_was_before_is_told_with_every_change(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, MET, WAS)
    await core.forms.press(REF, "met", "head", **at)
    await core.forms.press(REF, "met", "deputy", **at)
    await core.forms.type(REF, "вчера", **at)
    await core.forms.confirm(REF, "was", **at)
    day = date(2022, 3, 8)
    assert trial.kept == [
        ({}, {"met": "head"}),
        ({"met": "head"}, {"met": "deputy"}),
        ({"met": "deputy"}, {"met": "deputy", "was": day}),
    ]


async def test_each_answer_is_marked_once_more_when_pressed_once_more(
    core: Core, trial: Trial, at: dict[str, Any]
) -> None:
    of(trial, MET, WAS, AGREED, SEEN)
    for _ in range(5):
        assert page_of(await core.forms.press(REF, "met", "head", **at)).saved == (MET, "head")
    await core.forms.type(REF, "вчера", **at)
    for _ in range(5):
        assert page_of(await core.forms.confirm(REF, "was", **at)).saved == (WAS, date(2022, 3, 8))
    assert page_of(await core.forms.skip(REF, "agreed", **at)).saved is None
    assert (await core.forms.open(REF, **at)).saved is None
    assert len(trial.kept) == 7


async def test_nothing_is_marked_where_the_form_does_not_want_it(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    trial.is_marked = False
    assert page_of(await core.forms.press(REF, "met", "head", **at)).saved is None


async def test_two_devices_at_once_are_one_run(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    of(trial, SEEN, WHERE, PHOTOS)
    async with TaskGroup() as together:
        together.create_task(core.forms.add_file(REF, sent(1), Files(), **at))
        together.create_task(core.forms.add_file(REF, sent(2), Files(), **at))
        together.create_task(core.forms.place(REF, 57.0, 41.0, **at))
        together.create_task(core.forms.type(REF, "Уроки", **at))
    page = await core.forms.open(REF, **at)
    assert {*page.answers} == {"seen", "where", "photos"}
    assert {one.source for one in files_of(page.answers["photos"])} == {"1:1", "1:2"}


async def test_the_whole_report_is_filled_in_and_sent(core: Core, trial: Trial, at: dict[str, Any]) -> None:
    await core.forms.press(REF, "met", "head", **at)
    await core.forms.press(REF, "was", "20220309", **at)
    await core.forms.type(REF, "Уроки", **at)
    await core.forms.type(REF, "Совет до 15.04", **at)
    await core.forms.confirm(REF, "agreed", **at)
    await core.forms.type(REF, "Нет замечаний", **at)
    await core.forms.add_file(REF, sent(1), Files(), **at)
    page = page_of(await core.forms.finish(REF, "photos", **at))
    assert (page.question, page.saved) == (None, (PHOTOS, (FormFile(1, "1.pdf", "1:1"),)))
    assert isinstance(await core.forms.send(REF, **at), Said)
    assert (await core.forms.open(REF, **at)).is_sent

"""Confirming: a draft with evidence, sending, taking back; who may, and until when."""

from datetime import date
from pathlib import Path

import pytest

from actions.completion import FileOutcome
from actions.draft import Choice, DraftView
from bot.core import Core
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind, SentFile
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import ItemKind, OwedBy, Threshold, ThresholdKind
from domain.task import WaitsFor
from storage import completion as completion_rows
from tests.actions.completing import Confirming
from tests.domain.files import DOCX, PDF, PNG, PROGRAM
from tests.people import MARINA, OLGA, STRANGER, Look, SettableClock, Somebody, a_roadmap, a_school, an_item, enrolled

ANNA = Somebody("Анна Соседова", Account("telegram", 500_000_055))
MONTHLY = Threshold(ThresholdKind.MONTHLY, 1)
ITEMS = (
    an_item(1, "до 20 марта", executors=(), owed_by=OwedBy.SCHOOL, kind=ItemKind.MONITORING),
    an_item(2, "10.03-24.03.2022", executors=(), owed_by=OwedBy.SCHOOL, kind=ItemKind.SURVEY),
    an_item(3, "до 20 марта"),
    an_item(4, "ежемесячно", executors=(), owed_by=OwedBy.SCHOOL, threshold=MONTHLY),
    an_item(5, "до 20 марта", executors=(), owed_by=OwedBy.CURATOR, kind=ItemKind.SCHEDULE),
    an_item(99, "до 30 ноября"),
)
STATES = "SELECT item_id, party, debtor_id, state FROM completion ORDER BY id"
PIECES = "SELECT kind, text, day, name, file_id FROM evidence WHERE removed_at IS NULL ORDER BY id"
DEEDS = "SELECT deed FROM audit WHERE deed LIKE 'evidence-%' OR deed LIKE 'confirmation-%' ORDER BY id"


@pytest.fixture
async def school(core: Core, clock: SettableClock, marina: Member) -> int:
    """The roadmap is loaded, there is a school."""
    await core.roadmaps.load(a_roadmap(*ITEMS), now=clock())
    return await a_school(core)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, school: int) -> Confirming:
    """Its director."""
    member = await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=clock())
    return Confirming(core, clock, member)


@pytest.fixture
async def anna(core: Core, clock: SettableClock, school: int) -> Confirming:
    """The director of another school."""
    member = await enrolled(core, ANNA, Duty(Role.SCHOOL, await a_school(core, "Школа № 8")), now=clock())
    return Confirming(core, clock, member)


def files(look: Look) -> list[Path]:
    """What lies in the folder of files."""
    folder = look.path.parent / "files"
    return sorted(path for path in folder.rglob("*") if path.is_file())


async def test_opening_begins_a_draft_once(olga: Confirming, look: Look, school: int) -> None:
    first, again = await olga.begins(), await olga.begins()
    assert first == again
    assert (first.place, first.completion.debtor) == ("Школа № 7", Debtor(OwedBy.SCHOOL, school))
    assert look.rows(STATES) == [(1, "school", school, "draft")]


async def test_every_kind_of_evidence_is_kept_in_its_order(core: Core, olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    by, now = olga.by, olga.clock()
    await core.completions.add_link(one, "школа.рф/программа", by=by, now=now)
    await core.completions.add_text(one, " Провели  собрание ", by=by, now=now)
    await core.completions.add_order(one, "№ 15-О от 1 марта", by=by, now=now)
    answer = await olga.gives(one, PDF)
    assert answer.outcome is FileOutcome.KEPT
    assert look.rows(PIECES) == [
        ("link", "https://школа.рф/программа", None, "", None),
        ("text", "Провели собрание", None, "", None),
        ("order", "15-О", "2022-03-01", "", None),
        ("file", "", None, "Программа.pdf", 1),
    ]
    assert answer.view is not None
    assert [piece.kind for piece in answer.view.completion.evidence] == ["link", "text", "order", "file"]
    assert [deed for (deed,) in look.rows(DEEDS)] == ["evidence-added"] * 4


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("https://школа.рф", EvidenceKind.LINK),
        ("№ 15 от 01.03.2022", EvidenceKind.ORDER),
        ("Провели 15 марта", EvidenceKind.TEXT),
    ],
)
async def test_what_was_typed_unasked_is_what_it_looks_like(
    core: Core, olga: Confirming, typed: str, kind: EvidenceKind
) -> None:
    one = (await olga.begins()).completion.id
    view = await core.completions.add_typed(one, typed, by=olga.by, now=olga.clock())
    assert [piece.kind for piece in view.completion.evidence] == [kind]


async def test_the_same_text_twice_is_there_once(core: Core, olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    for _ in range(2):
        await core.completions.add_link(one, "школа.рф", by=olga.by, now=olga.clock())
    assert len(look.rows(PIECES)) == 1


async def test_file_lies_on_the_disk_under_its_content(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    ((sha256, size, mime, path),) = look.rows("SELECT sha256, size, mime, path FROM stored_file")
    assert (size, mime, path) == (len(PDF), "application/pdf", f"{sha256[:2]}/{sha256[2:4]}/{sha256}")
    (kept,) = files(look)
    assert (kept, kept.read_bytes()) == (look.path.parent / "files" / path, PDF)


async def test_same_content_in_two_confirmations_is_stored_once(olga: Confirming, anna: Confirming, look: Look) -> None:
    mine, theirs = await olga.begins(), await anna.begins()
    first = await olga.gives(mine.completion.id, PDF)
    second = await anna.gives(theirs.completion.id, PDF, "Копия.pdf")
    assert (first.outcome, second.outcome) == (FileOutcome.KEPT, FileOutcome.KEPT)
    assert (len(files(look)), look.count("stored_file"), look.count("evidence")) == (1, 1, 2)


async def test_same_content_in_one_confirmation_is_not_attached_again(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    assert (await olga.gives(one, PDF, "Другое имя.pdf")).outcome is FileOutcome.AGAIN
    assert len(look.rows(PIECES)) == 1


async def test_same_message_delivered_twice_is_one_file(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    sent = SentFile("telegram", "remote-a", "1:77", "а.pdf", 5)
    assert (await olga.again(one, sent)).outcome is FileOutcome.LATER
    assert (await olga.again(one, sent)).outcome is FileOutcome.LATER
    assert len(look.rows(PIECES)) == 1


@pytest.mark.parametrize(
    ("content", "name", "size", "why"),
    [
        (None, "большой.pdf", 50 * 1024 * 1024, "big-file"),
        (b"", "пустой.pdf", None, "empty-file"),
        (PROGRAM, "план.pdf", None, "program"),
        (b"\x00\x01\x02", "план.pdf", None, "unknown-kind"),
    ],
)
async def test_bad_file_is_refused_and_nothing_of_it_is_kept(
    olga: Confirming, look: Look, content: bytes | None, name: str, size: int | None, why: str
) -> None:
    one = (await olga.begins()).completion.id
    answer = await olga.gives(one, content, name, size=size)
    assert (answer.outcome, answer.why and answer.why.reason) == (FileOutcome.REFUSED, f"evidence.{why}")
    assert answer.view is not None
    assert (look.rows(PIECES), files(look)) == ([], [])


async def test_too_big_and_empty_files_are_not_even_asked_for(olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, None, size=20 * 1024 * 1024 + 1)
    await olga.gives(one, None, size=0)
    assert olga.source.asked == []


async def test_file_that_is_larger_than_was_said_is_refused_too(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    olga.source.files["liar"] = PDF + b"\0" * 20 * 1024 * 1024
    answer = await olga.again(one, SentFile("telegram", "liar", "1:1", "а.pdf", 100))
    assert answer.why is not None
    assert (answer.why.reason, answer.why.details, files(look)) == ("evidence.big-file", {"limit": 20}, [])


async def test_album_of_ten_with_one_bad_file_keeps_nine(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    contents = [PROGRAM if place == 4 else PNG + bytes([place]) for place in range(10)]
    outcomes = [(await olga.gives(one, content, "")).outcome for content in contents]
    assert outcomes == [FileOutcome.REFUSED if place == 4 else FileOutcome.KEPT for place in range(10)]
    assert (len(look.rows(PIECES)), len(files(look))) == (9, 9)


async def test_file_that_is_not_handed_over_is_kept_by_its_id(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    assert (await olga.gives(one, None, size=100)).outcome is FileOutcome.LATER
    assert look.rows("SELECT name, remote_id, file_id FROM evidence") == [("Программа.pdf", "remote-1", None)]
    assert (await olga.sends(one))[0].completion.state is CompletionState.SENT


async def test_disk_that_takes_nothing_keeps_the_file_by_its_id(olga: Confirming, look: Look) -> None:
    (look.path.parent / "files").write_text("a file where the folder should be", encoding="utf-8")
    one = (await olga.begins()).completion.id
    assert (await olga.gives(one, PDF)).outcome is FileOutcome.LATER
    assert look.rows("SELECT remote_id, file_id FROM evidence") == [("remote-1", None)]


async def test_thirty_pieces_and_no_more(core: Core, olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    for number in range(30):
        await core.completions.add_text(one, f"Пункт {number}", by=olga.by, now=olga.clock())
    answer = await olga.gives(one, PDF)
    assert (answer.why and answer.why.reason, files(look)) == ("evidence.too-many", [])
    with pytest.raises(Refusal, match=r"evidence\.too-many"):
        await core.completions.add_link(one, "школа.рф", by=olga.by, now=olga.clock())


async def test_piece_is_taken_away_once_and_may_come_back(core: Core, olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    for _ in range(2):
        view = await core.completions.take_away(one, 1, by=olga.by, now=olga.clock())
        assert view.completion.evidence == ()
    assert [deed for (deed,) in look.rows(DEEDS)] == ["evidence-added", "evidence-taken-away"]
    assert (await olga.gives(one, PDF)).outcome is FileOutcome.KEPT


async def test_sent_twice_is_sent_once(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    first, again = await olga.sends(one), await olga.sends(one)
    assert (first[1], again[1]) == (True, False)
    assert look.rows("SELECT step FROM completion_step") == [("sent",)]
    assert look.rows(DEEDS)[-1] == ("confirmation-sent",)


async def test_nothing_attached_is_not_sent_where_a_document_is_wanted(olga: Confirming, look: Look) -> None:
    one = (await olga.begins()).completion.id
    with pytest.raises(Refusal, match=r"completion\.no-evidence"):
        await olga.sends(one)
    survey = (await olga.begins(2)).completion.id
    assert (await olga.sends(survey))[1]


async def test_sent_is_changed_only_when_it_was_taken_back(core: Core, olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    await olga.sends(one)
    answer = await olga.gives(one, DOCX, "а.docx")
    assert (answer.view, answer.why and answer.why.reason) == (None, "completion.sent-already")
    with pytest.raises(Refusal, match=r"completion\.sent-already"):
        await core.completions.take_away(one, 1, by=olga.by, now=olga.clock())
    for _ in range(2):
        view = await core.completions.withdraw(one, by=olga.by, now=olga.clock())
        assert view.completion.state is CompletionState.DRAFT
    assert (await olga.gives(one, DOCX, "а.docx")).outcome is FileOutcome.KEPT
    view, anew = await olga.sends(one)
    assert (anew, [one.step for one in view.completion.rounds]) == (True, [Step.SENT, Step.WITHDRAWN, Step.SENT])


async def decides(core: Core, completion_id: int, step: Step, state: CompletionState, clock: SettableClock) -> None:
    """A reviewer's word."""
    async with core.database.transaction() as tx:
        completion = await completion_rows.get(tx, completion_id)
        assert completion is not None
        await completion_rows.step(tx, completion, step, state, 1, clock(), "Нет подписи")


async def test_after_being_returned_twice_it_can_be_changed_and_sent(core: Core, olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    for number in range(2):
        await olga.sends(one)
        await decides(core, one, Step.RETURNED, CompletionState.RETURNED, olga.clock)
        view = await olga.begins()
        assert (view.completion.comment, view.is_open) == ("Нет подписи", True)
        assert (await olga.gives(one, PNG + bytes([number]), "")).outcome is FileOutcome.KEPT
    view, anew = await olga.sends(one)
    assert (anew, view.completion.state, len(view.completion.evidence)) == (True, CompletionState.SENT, 3)


async def test_accepted_is_never_changed(core: Core, olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    await olga.sends(one)
    await decides(core, one, Step.ACCEPTED, CompletionState.ACCEPTED, olga.clock)
    for doing in (
        core.completions.add_text(one, "ещё", by=olga.by, now=olga.clock()),
        core.completions.take_away(one, 1, by=olga.by, now=olga.clock()),
        core.completions.withdraw(one, by=olga.by, now=olga.clock()),
        olga.sends(one),
    ):
        with pytest.raises(Refusal, match=r"completion\.accepted-already"):
            await doing
    assert (await olga.begins()).completion.state is CompletionState.ACCEPTED


async def test_closed_item_takes_nothing_and_keeps_what_was_there(
    core: Core, olga: Confirming, anna: Confirming, marina: Member, look: Look
) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    await core.roadmaps.close(1, "", by=marina, now=olga.clock())
    answer = await olga.gives(one, DOCX, "а.docx")
    assert (answer.view, answer.why and answer.why.reason) == (None, "completion.item-closed")
    with pytest.raises(Refusal, match=r"completion\.item-closed"):
        await olga.sends(one)
    view = await olga.begins()
    assert (view.is_open, len(view.completion.evidence), len(files(look))) == (False, 1, 1)
    with pytest.raises(Refusal, match=r"completion\.item-closed"):
        await anna.begins()


async def test_another_school_s_confirmation_is_out_of_reach(
    core: Core, olga: Confirming, anna: Confirming, school: int, look: Look
) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    answer = await anna.gives(one, DOCX, "а.docx")
    assert (answer.view, answer.why and answer.why.reason, len(files(look))) == (None, "completion.not-yours", 1)
    assert anna.source.asked == []
    for doing in (
        core.completions.look(one, by=anna.by, now=anna.clock()),
        core.completions.add_text(one, "чужое", by=anna.by, now=anna.clock()),
        core.completions.take_away(one, 1, by=anna.by, now=anna.clock()),
        core.completions.withdraw(one, by=anna.by, now=anna.clock()),
        core.completions.begin(1, school, by=anna.by, now=anna.clock()),
        core.completions.begin(3, by=anna.by, now=anna.clock()),
        core.completions.look(999, by=anna.by, now=anna.clock()),
        anna.sends(one),
    ):
        with pytest.raises(Refusal, match=r"completion\.not-yours"):
            await doing


async def test_strangers_confirm_nothing(core: Core, olga: Confirming, look: Look) -> None:
    stranger = Confirming(core, olga.clock, STRANGER)
    one = (await olga.begins()).completion.id
    for doing in (
        stranger.begins(),
        stranger.sends(one),
        core.completions.add_link(one, "это не ссылка", by=STRANGER, now=olga.clock()),
        core.completions.add_order(one, "это не приказ", by=STRANGER, now=olga.clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await doing
    answer = await stranger.gives(one, PDF)
    assert (answer.why and answer.why.reason, look.count("evidence")) == ("access.refused", 0)


async def test_what_is_counted_or_does_not_apply_is_not_confirmed(
    core: Core, olga: Confirming, marina: Member, school: int
) -> None:
    with pytest.raises(Refusal, match=r"completion\.counted"):
        await olga.begins(4)
    one = (await olga.begins()).completion.id
    assert marina.person_id is not None
    async with core.database.transaction() as tx:
        debtor = Debtor(OwedBy.SCHOOL, school)
        await completion_rows.exempt(tx, 1, debtor, "Не участвует", marina.person_id, olga.clock())
    with pytest.raises(Refusal, match=r"completion\.exempt"):
        await olga.begins()
    with pytest.raises(Refusal, match=r"completion\.exempt"):
        await core.completions.add_text(one, "текст", by=olga.by, now=olga.clock())
    assert 1 not in [task.kept.id for task in (await core.tasks.mine(by=olga.by, now=olga.clock())).tasks]


async def test_executors_confirm_together(core: Core, olga: Confirming, marina: Member, look: Look) -> None:
    hers = Confirming(core, olga.clock, marina)
    view = await hers.begins(3)
    assert (view.place, view.completion.debtor) == ("", Debtor(OwedBy.EXECUTORS))
    await hers.gives(view.completion.id, PDF)
    await hers.sends(view.completion.id)
    assert look.rows(STATES) == [(3, "executors", 0, "sent")]


async def test_whoever_speaks_for_two_schools_chooses(core: Core, clock: SettableClock, school: int) -> None:
    other = await a_school(core, "Гимназия")
    both = await enrolled(core, OLGA, Duty(Role.SCHOOL, school), Duty(Role.SCHOOL, other), now=clock())
    choice = await core.completions.begin(1, by=both, now=clock())
    assert isinstance(choice, Choice)
    assert [(debtor.id, name) for debtor, name, _ in choice.debtors] == [(other, "Гимназия"), (school, "Школа № 7")]
    view = await core.completions.begin(1, school, by=both, now=clock())
    assert isinstance(view, DraftView)
    assert view.place == "Школа № 7"


async def test_deputy_goes_on_with_what_was_begun(
    core: Core, clock: SettableClock, olga: Confirming, marina: Member
) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    hers = Confirming(core, clock, marina)
    with pytest.raises(Refusal, match=r"completion\.not-yours"):
        await hers.begins()
    assert marina.person_id is not None
    assert olga.by.person_id is not None
    days = date(2022, 3, 10), date(2022, 3, 20)
    await core.leaves.arrange(olga.by.person_id, *days, marina.person_id, by=marina, now=clock())
    clock.set("2022-03-10 12:00")
    hers.by = await core.people.member(MARINA.account, now=clock())
    assert (await hers.begins()).completion.id == one
    assert (await hers.sends(one))[0].completion.sent_by == marina.person_id


async def test_heir_of_a_curator_goes_on_with_what_was_begun(
    core: Core, clock: SettableClock, marina: Member, school: int, look: Look
) -> None:
    schools = [school, await a_school(core, "Школа № 8")]
    former = await enrolled(core, OLGA, *(Duty(Role.CURATOR, one) for one in schools), now=clock())
    heir = await enrolled(core, ANNA, Duty(Role.SCHOOL, school), now=clock())
    hers = Confirming(core, clock, former)
    one = (await hers.begins(5)).completion.id
    await hers.gives(one, PDF)
    assert former.person_id is not None
    assert heir.person_id is not None
    first, last = (await core.persons.card(former.person_id, by=marina, now=clock())).duties
    for duty, debtor in ((first, former.person_id), (last, heir.person_id)):
        await core.replacements.replace(former.person_id, heir.person_id, duty_id=duty, by=marina, now=clock())
        assert look.rows(STATES) == [(5, "curator", debtor, "draft")]
    anna = Confirming(core, clock, await core.people.member(ANNA.account, now=clock()))
    assert (await anna.sends(one))[1]


@pytest.mark.parametrize(("has_others", "debtor"), [(False, "heir"), (True, "former")])
async def test_what_is_settled_for_a_curator_is_settled_for_whoever_takes_their_schools_alone(
    core: Core, clock: SettableClock, marina: Member, school: int, look: Look, has_others: bool, debtor: str
) -> None:
    former = await enrolled(core, OLGA, Duty(Role.CURATOR, school), now=clock())
    others = (Duty(Role.CURATOR, await a_school(core, "Школа № 8")),) if has_others else ()
    heir = await enrolled(core, ANNA, *others, now=clock())
    assert marina.person_id is not None
    assert former.person_id is not None
    assert heir.person_id is not None
    whom = Debtor(OwedBy.CURATOR, former.person_id)
    async with core.database.transaction() as tx:
        draft = await completion_rows.begin(tx, 5, whom, clock())
        await completion_rows.step(tx, draft, Step.ACCEPTED, CompletionState.ACCEPTED, marina.person_id, clock())
        await completion_rows.exempt(tx, 3, whom, "Школа на ремонте", marina.person_id, clock())
    await core.replacements.replace(former.person_id, heir.person_id, by=marina, now=clock())
    now = {"heir": heir.person_id, "former": former.person_id}[debtor]
    assert look.rows("SELECT debtor_id FROM completion") == [(now,)]
    assert look.rows("SELECT debtor_id, reason FROM exemption") == [(now, "Школа на ремонте")]


@pytest.mark.parametrize(
    ("moment", "late"),
    [("2022-03-20 23:59:59", False), ("2022-03-21 00:00:00", True)],
)
async def test_last_second_of_the_deadline_is_in_time_and_the_next_one_is_late(
    olga: Confirming, moment: str, late: bool
) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    olga.clock.set(moment)
    view, anew = await olga.sends(one)
    assert (anew, view.is_late) == (True, late)


async def test_correction_after_the_deadline_does_not_make_it_late(core: Core, olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)
    await olga.sends(one)
    await decides(core, one, Step.RETURNED, CompletionState.RETURNED, olga.clock)
    olga.clock.set("2022-03-25 10:00")
    view, _ = await olga.sends(one)
    assert not view.is_late


async def test_task_waits_for_its_review_and_goes_when_accepted(core: Core, olga: Confirming) -> None:
    one = (await olga.begins()).completion.id
    await olga.gives(one, PDF)

    async def turns() -> dict[int, WaitsFor]:
        found = await core.tasks.mine(by=olga.by, now=olga.clock())
        return {task.kept.item.number: task.waits_for for task in found.tasks}

    assert (await turns())[1] is WaitsFor.YOU
    await olga.sends(one)
    assert (await turns())[1] is WaitsFor.REVIEW
    await decides(core, one, Step.RETURNED, CompletionState.RETURNED, olga.clock)
    assert (await turns())[1] is WaitsFor.RETURNED
    await olga.sends(one)
    await decides(core, one, Step.ACCEPTED, CompletionState.ACCEPTED, olga.clock)
    assert 1 not in await turns()

"""Whatever people press and type, whenever: presses are answered, nights are quiet, nothing leaks, nothing fails."""

import asyncio
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rehearsal.spec import Spec
from tests.handlers.opening import a_world, found_spec, opened, people
from tests.stories.walk import Forges, Moves, Presses, Says, Step, Waits, Walk, errors_heard

EXAMPLES, STEPS = 15, 25
STRANGERS = ("olga", "igor")

COMMANDS = (
    "/start", "/menu", "/now", "/month", "/roadmap", "/unclear", "/groups", "/rules", "/help", "/bind", "/x", "/tasks",
    "/people",
)  # fmt: skip
ANSWERS = (
    "10–31 марта", "до 20 апреля", "31 февраля", "в течение года", "после 15 мая", "письмо № 5", "14, 7", "0", "61",
    "09:30", "20:00", "8 марта", "нет", "<b>&amp;", "AAAA-BBBB-CCCC", "/start AAAA-BBBB-CCCC-DDDD", "ы" * 4096,
)  # fmt: skip

texts = st.sampled_from(COMMANDS) | st.sampled_from(ANSWERS) | st.text(min_size=1, max_size=40)
FORGED = (
    "go:now", "item:16", "item:99999", "close:16", "closed:16", "edit:16", "field:16:deadline", "group:1", "bind:1:ВУ",
    "unbind:1", "leave:1", "rule:morning", "unrule:morning", "day:1", "noday:20220308", "later:20220310",
    "until:20220310:tomorrow", "until:20220310:never", "carry:1:2023", "right:16:title", "more:1", "more:99999",
    "v1:gone", "-", "go:people", "go:requests", "go:audit", "go:me", "person:2", "school:1", "code:2", "uncode:2",
    "remove:2", "removed:2", "joinok:1", "joinplace:1:0", "joinschool:1", "joinsend", "request:1", "letin:1:0",
    "turned:1", "awayok:0:20220401:20220410:2", "awayover:1", "unconsent", "consent:0", "consent:1", "eraseme:1",
    "swap:2:0:1", "found:0", "regfile:list", "cards:0:0", "print:0:0:9", "mypaused:20220401", "callin:1",
)  # fmt: skip
DEADLINES = ("10–31 марта", "до 20 апреля", "15 мая", "после 15 мая", "в течение года", "31 февраля")

somebody = st.sampled_from(("marina", "marina", "marina", *STRANGERS))
picks = st.integers(0, 12) | st.integers(0, 400)
minutes = st.sampled_from((1, 7, 61, 240, 700, 1440, 2900, 7 * 1440))
presses = st.builds(Presses, somebody, picks)
steps = st.one_of(
    presses,
    presses,
    st.builds(Forges, somebody, st.sampled_from(FORGED)),
    st.builds(Says, somebody, texts.filter(str.strip), st.booleans()),
    st.builds(Moves, st.integers(15, 18), st.sampled_from(DEADLINES)),
    st.builds(Waits, minutes),
    st.builds(Waits, minutes),
)


@pytest.fixture(scope="module")
def peopled_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The shipped roadmap and its coordinators."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("walks") / "peopled.db"))
    asyncio.run(people(path))
    return path


@pytest.fixture(scope="module")
def spec() -> Spec | None:
    return found_spec()


@pytest.mark.timeout(120)
@given(walk=st.lists(steps, min_size=STEPS, max_size=STEPS))
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate]
)  # shrinking takes minutes, and a walk of 25 steps reads well as it is
def test_whatever_people_do_the_bot_keeps_its_promises(walk: list[Step], peopled_file: Path, spec: Spec | None) -> None:
    with TemporaryDirectory(dir=peopled_file.parent) as folder, errors_heard() as errors:
        asyncio.run(walked(walk, Path(shutil.copy(peopled_file, folder)), spec))
    assert errors == []


async def walked(steps: list[Step], file: Path, spec: Spec | None) -> None:
    """One walk from the beginning, by people who have all pressed «Start» and share the group."""
    async with opened(a_world(spec), file) as desk:
        for person in (desk.marina, desk.pavel, desk.olga, desk.igor):
            person.starts()
        await desk.settle()
        strangers = [desk.olga, desk.igor]
        walk = Walk(desk, await desk.group("500+", "500+", *strangers), strangers)
        for step in steps:
            await walk.take(step)
        walk.check()

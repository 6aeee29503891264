"""Reading a file against the registry. By a file the registry only grows: an empty cell erases nothing, duties are not
taken away, and whoever is not in the file stays."""

from collections.abc import Iterable, Iterator, Mapping

from domain.people import Duty, Role
from domain.registry import Organisation, Registered, Registry, called
from domain.registry_file import FileRow, Lexicon, Said, Sheet, spelled
from domain.registry_file_people import Bearer, Bearers, WantedDuty
from domain.registry_file_places import Place, Places
from domain.registry_file_plan import Kind, Outcome, PersonWork, Plan, Work
from domain.registry_file_questions import Answers, OpenQuestionError, Question, WrongRowError, wrong
from domain.registry_file_rows import PersonRow, SchoolRow, person_row, school_row


def plan(
    rows: Iterable[FileRow],
    registry: Registry,
    organisations: Iterable[Organisation],
    lexicon: Lexicon,
    answers: Mapping[str, bool],
) -> Plan:
    """What loading the rows would do. Seconds for thousands of them: a thread's work."""
    in_order = sorted(rows, key=lambda row: row.sheet is not Sheet.SCHOOLS)
    return _Planning(in_order, registry, organisations, lexicon, Answers(answers)).plan()


class _Planning:
    """One reading, schools first."""

    def __init__(
        self,
        rows: list[FileRow],
        registry: Registry,
        organisations: Iterable[Organisation],
        lexicon: Lexicon,
        answers: Answers,
    ) -> None:
        self._rows = rows
        self._registry = registry
        self._lexicon = lexicon
        self._places = Places(registry, organisations, answers)
        self._bearers = Bearers(registry, (row for row in rows if row.sheet is Sheet.PEOPLE), answers)
        self._questions: dict[str, Question] = {}
        self._led: dict[Place, tuple[Bearer, int]] = {}

    def plan(self) -> Plan:
        outcomes = tuple(self._outcome(row) for row in self._rows)
        met = self._bearers.met
        here = {bearer.known.id for bearer in met if bearer.known is not None}
        works = (_work(bearer) for bearer in met)
        return Plan(
            outcomes,
            tuple(self._questions.values()),
            Work(
                tuple(self._places.new_homes),
                tuple(self._places.new_schools),
                self._places.respelled,
                tuple(work for work in works if not work.is_nothing),
                self._places.addresses,
            ),
            absent=tuple(one for one in self._registry.people if one.name and one.id not in here),
            left=tuple(_left(met)),
        )

    def _outcome(self, row: FileRow) -> Outcome:
        try:
            if row.sheet is Sheet.SCHOOLS:
                return self._school(row, school_row(row))
            return self._person(row, person_row(row, self._lexicon))
        except WrongRowError as error:
            return Outcome(row, Kind.WRONG, error.said)
        except OpenQuestionError as error:
            asked = error.question
            self._questions.setdefault(asked.id, asked)
            return Outcome(row, Kind.DOUBTFUL, (Said("like", {"name": asked.other}),))

    def _school(self, row: FileRow, read: SchoolRow) -> Outcome:
        home = self._places.home(read.municipality, row, new=True)
        said = []
        if self._places.made_by(row, home.key):
            said.append(Said("municipality-added", {"name": home.name}))
        if not read.school:
            return Outcome(row, Kind.ADDED if said else Kind.SAME, tuple(said))
        school = self._places.school(home, read.school, row, new=True)
        if self._places.made_by(row, home.key, school.key):
            said.append(Said("school-added", {"name": school.name}))
        better = self._places.respelled.get(school.id or 0)
        if better is not None:
            said.append(Said("renamed", {"before": school.name, "after": better}))
        if read.address and self._places.addressed(school, read.address, row):
            said.append(Said("address", {"before": self._places.address_before(school), "after": read.address}))
        if not said:
            return Outcome(row, Kind.SAME)
        return Outcome(row, Kind.CHANGED if school.id is not None else Kind.ADDED, tuple(said))

    def _person(self, row: FileRow, read: PersonRow) -> Outcome:
        duty = self._duty(row, read)
        bearer = self._bearers.of(row, read.name, duty)
        self._refuse_contradictions(row, read, bearer, duty)
        first = bearer.row == row.number and bearer.known is None and not bearer.duties
        said = [Said("person-added")] if first else []
        said += _named(bearer, read.name)
        said += _position(bearer, read.position, row.number)
        said += self._given(bearer, duty, read.responsible, row.number) if duty is not None else []
        if not said or said[0].what == "twice":
            return Outcome(row, Kind.SAME, tuple(said))
        return Outcome(row, Kind.CHANGED if bearer.known is not None else Kind.ADDED, tuple(said))

    def _duty(self, row: FileRow, read: PersonRow) -> WantedDuty | None:
        match read.role:
            case None:
                return None
            case Role.COORDINATOR:
                return WantedDuty(read.role)
            case Role.MUNICIPAL:
                return WantedDuty(read.role, home=self._places.home(read.municipality, row, new=False))
            case Role.ORGANISER:
                return WantedDuty(read.role, organisation=self._places.organisation(read.place))
        if not read.municipality:
            return WantedDuty(read.role, school=self._places.school_anywhere(read.place))
        home = self._places.home(read.municipality, row, new=False)
        return WantedDuty(read.role, school=self._places.school(home, read.place, row, new=False))

    def _refuse_contradictions(self, row: FileRow, read: PersonRow, bearer: Bearer, duty: WantedDuty | None) -> None:
        """One position for a person, one responsible in a school."""
        if read.position and bearer.position and bearer.position != read.position:
            raise wrong("position-differs", position=bearer.position, row=bearer.position_row)
        if read.responsible and duty is not None and duty.school is not None:
            led_by, at = self._led.setdefault(duty.school, (bearer, row.number))
            if led_by is not bearer:
                raise wrong("two-responsible", school=duty.place, row=at)

    def _given(self, bearer: Bearer, duty: WantedDuty, responsible: bool | None, row: int) -> list[Said]:
        held, before = bearer.held(duty), bearer.duties.setdefault(duty, row)
        is_led = bearer.responsible.get(duty, held is not None and held.responsible)
        said = []
        if held is None and before == row:
            said.append(Said("duty-given", {"role": duty.role, "place": duty.place}))
        if responsible is not None and responsible is not is_led:
            bearer.responsible[duty] = responsible
            instead = self._led_now(duty.school) if responsible else ""
            what = "responsible" if responsible else "responsible-no-more"
            said.append(Said(what, {"place": duty.place, "instead": instead}))
        return said or ([Said("twice", {"row": before})] if before != row else [])

    def _led_now(self, school: Place | None) -> str:
        """Who of a school is asked first now, by name."""
        if school is None or school.id is None:
            return ""
        led = Duty(Role.SCHOOL, school_id=school.id, responsible=True)
        return next((called(one.name, one.id) for one in self._registry.people if led in one.duties), "")


def _named(bearer: Bearer, name: str) -> list[Said]:
    """A name that the file writes better than the registry."""
    before, better = bearer.name, spelled(bearer.name, name)
    bearer.name = better
    if bearer.known is None or before == better:
        return []
    return [Said("renamed", {"before": before, "after": better})]


def _position(bearer: Bearer, position: str, row: int) -> list[Said]:
    if not position or bearer.position:
        return []
    bearer.position, bearer.position_row = position, row
    if bearer.known is None or bearer.known.position == position:
        return []
    return [Said("position", {"before": bearer.known.position, "after": position})]


def _work(bearer: Bearer) -> PersonWork:
    known = bearer.known
    new = tuple(duty for duty in bearer.duties if bearer.held(duty) is None)
    if known is None:
        return PersonWork(None, bearer.name, bearer.position, new, bearer.responsible)
    name = bearer.name if bearer.name != known.name else ""
    position = bearer.position if bearer.position != known.position else ""
    return PersonWork(known, name, position, new, bearer.responsible)


def _left(met: Iterable[Bearer]) -> Iterator[tuple[Registered, Duty]]:
    """Duties that a person of the file keeps though it does not name them."""
    for bearer in met:
        if bearer.known is not None:
            named = [bearer.held(duty) for duty in bearer.duties]
            yield from ((bearer.known, duty) for duty in bearer.known.duties if duty not in named)

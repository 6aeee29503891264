"""Tables of wordings that are refused, by reason: impossible, reversed, ambiguous or simply not understood."""

import tomllib
from pathlib import Path

import pytest

from domain.deadline import DeadlineError, DeadlineReason, parse_deadline

YEAR = 2022
TEXTS = Path(__file__).parents[2] / "texts" / "ru" / "deadline.toml"

REFUSED = {
    DeadlineReason.IMPOSSIBLE_DATE: [
        "31 апреля",
        "29 февраля 2022",
        "29 февраля",
        "0 марта",
        "32.01.2022",
        "15.13.2022",
        "00.00.2022",
        "до 18.00",
        "до 31.06",
        "31-2 апреля",
        "с 25 по 31 июня",
        "10.03 – 31.04.2022",
        "ежемесячно до 31 ноября",
    ],
    DeadlineReason.IMPOSSIBLE_PART: ["V квартал", "5 квартал", "0 квартал", "4-я декада мая", "III полугодие"],
    DeadlineReason.IMPOSSIBLE_YEAR: ["15.03.1922", "15 марта 2202", "1999 год", "март 0022", "2100/2101 учебный год"],
    DeadlineReason.SCHOOL_YEAR: ["2022/2024 учебный год", "2022/22 уч. год", "март – май 2022-2024 учебного года"],
    DeadlineReason.LOST_DAY: [
        "марта 2022 г.",
        "июня",
        "в июня",
        "15 марта – апреля 2022",
        "марта - 10 апреля",
        "с 15 марта по апреля",
        "ежемесячно, сентября",
        "марта по май",
    ],
    DeadlineReason.REVERSED: [
        "24.03 – 10.03.2022",
        "с 24 по 10 марта",
        "15 декабря – 20 января",
        "31.12 – 10.01.2023",
        "15.12.2022 – 20.01",
        "май-март",
        "IV-I кварталы",
        "2023-2022 годы",
    ],
    DeadlineReason.NO_END: ["с 1 сентября", "начиная с сентября 2022", "24.01.2022 –", "с III квартала"],
    DeadlineReason.AMBIGUOUS: [
        "до июня",
        "до мая 2022",
        "по июнь",
        "к маю",
        "до 2023 года",
        "до I квартала",
        "после июня",
        "с марта до мая",
        "не ранее 1 мая",
        "не раньше июня",
        "в начале мая",
        "до середины мая",
        "конец мая",
        "учебный год",
        "до конца учебного года",
        "август 2022/23 учебного года",
        "I полугодие 2022/23 учебного года",
        "15 марта – март",
        "март – 15 марта",
    ],
    DeadlineReason.RELATIVE: [
        "в течение месяца",
        "в течение 10 дней",
        "в течение пяти рабочих дней со дня получения",
        "в 10-дневный срок",
        "через 2 недели",
        "до 1 апреля текущего года",
        "незамедлительно",
    ],
    DeadlineReason.SEVERAL: [
        "1, 15 марта",
        "10 и 24 марта",
        "март и апрель",
        "I, III кварталы",
        "10.03-24.03.2022; 30.05-13.06.2022",
        "до 15 марта, далее ежемесячно",
        "ежемесячно, 15 марта",
    ],
    DeadlineReason.NOT_UNDERSTOOD: [
        "скоро",
        "– 01.02.2022",
        "в период – 01.02.2022",
        ".03.12",
        ", 24 марта",
        "3-я мая",
        "ежемесячно – октябрь",
        "осень 2022",
        "летом",
        "2022",
        "20 марта 22",
        "20.03.202",
        "03.2022",
        "01-03.2022",
        "10-2023 годы",
        "10 - 24",
        "15 числа",
        "ежемесячно до 5 числа",
        "ежемесячно 15 марта",
        "ежемесячно после 15 марта",
        "февраль ежемесячно март",
        "не чаще 1 раза в месяц",
        "0 раз в месяц",
        "по графику ФИОКО",
        "в 15 марта",
        "в течение 15 марта",
        "после 15 марта включительно",
        "15 марта включительно",
        "до 10-15 марта",
        "Ш квартал",
        "l квартал",
        "10\u00ad24 марта",
        "1\u00ad2 марта",
        "2О.03.2022",
        "года",
        "2022 марта",
        "до 15 марта если получится",
        "до 20.03.2022 " * 40,
    ],
}


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REFUSED.items() for text in texts])
def test_a_wording_is_refused_with_the_reason(reason: DeadlineReason, text: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(text, year=YEAR)

    assert caught.value.reason == reason


def test_every_reason_has_a_case_and_a_sentence() -> None:
    sentences = tomllib.loads(TEXTS.read_text(encoding="utf-8"))

    assert {f"deadline.{name}" for name in sentences} == set(DeadlineReason) == set(REFUSED)
    assert [name for name, sentence in sentences.items() if "«{{ fragment }}»" not in sentence] == []


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("до  31\u00a0Апреля 2022", "31 Апреля 2022"),
        ("10.03 – 31.04.2022", "31.04.2022"),
        ("31-2 апреля", "31 апреля"),
        ("до ИЮНЯ", "до ИЮНЯ"),
        ("15 декабря – 20 января", "15 декабря – 20 января"),
        ("V квартал", "V квартал"),
        ("2022 / 2024 уч. год", "2022 / 2024 уч. год"),
        ("когда-нибудь " * 30, ("когда-нибудь " * 30)[:79] + "…"),
    ],
)
def test_the_error_shows_the_piece_as_it_was_written(text: str, fragment: str) -> None:
    with pytest.raises(DeadlineError) as caught:
        parse_deadline(text, year=YEAR)

    assert caught.value.fragment == fragment
    assert str(caught.value) == f"{caught.value.reason}: «{fragment}»"


@pytest.mark.parametrize("year", [-1, 0, 1999, 2101, 10**9])
def test_a_roadmap_of_an_impossible_year_is_refused(year: int) -> None:
    with pytest.raises(DeadlineError, match=DeadlineReason.IMPOSSIBLE_YEAR):
        parse_deadline("до 20.03", year=year)

from __future__ import annotations

from typing import Any

import pytest
from rows_of import numbered, row

from reach.errors import InputError
from reach.media.populations import populations
from reach.media.row import Row


def people(*told: tuple[str, str | None, str, int]) -> list[Row]:
    rows = []
    for region, code, age, persons in told:
        data: dict[str, Any] = {"region": region, "age": age, "persons": persons}
        data |= {"source": "Sensus", "as_of": "2020"} | ({} if code is None else {"code": code})
        rows.append(row("universe", **data))
    return numbered(rows, "people.csv")


def covered(*told: tuple[str, float, float], **all_rows: object) -> list[Row]:
    same = {"definition": "4G outdoors", "unit": "persons", "source": "map"} | all_rows
    rows = [row("coverage", region=r, covered=c, denominator=d, **same) for r, c, d in told]
    return numbered(rows, "coverage.csv")


WEST = people(
    ("Bogor", "32.01", "0-17", 40),
    ("Bogor", "32.01", "18-59", 50),
    ("Bogor", "32.01", "60+", 10),
    ("Subang", "3213", "0-17", 20),
    ("Subang", "3213", "18+", 30),
    ("Serang", "3604", "0-17", 5),
    ("Serang", "3604", "18+", 7),
)


def test_persons_are_chosen_by_the_beginning_of_a_code_and_by_age() -> None:
    found = populations(WEST, region="32", age="18+").universe
    assert found.persons == {"Bogor": 60, "Subang": 30}
    assert (found.name, found.total, found.sources) == ("32, 18+", 90, ("Sensus, 2020",))
    assert populations(WEST, region="32.01", age="18-59").universe.persons == {"Bogor": 50}
    assert populations(WEST, region="Serang").universe.persons == {"Serang": 12}
    assert populations(WEST).universe.persons == {"Bogor": 100, "Subang": 50, "Serang": 12}
    assert populations(WEST).universe.name == "all regions, all ages"


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (people(("Bogor", None, "all", 3), ("Jumlah", None, "all", 3)), {}, 'people.csv:3 $.region: got "Jumlah", expected a region: this is the total'),
        (people(("A", None, "all", 3), ("B", None, "all", 4), ("Jabar", None, "all", 7)), {}, "people.csv:4 $.persons: got 7, expected a region: Jabar has as many as all others"),
        (people(("Jabar", "32", "all", 9), ("Bogor", "32.01", "all", 3)), {"region": "32"}, 'people.csv:3 $.code: got "32.01", expected regions that do not overlap: 3201 lies within 32'),
        (people(("Bandung", "3204", "all", 9), ("Bandung", "3273", "all", 3)), {}, 'people.csv:3 $.region: got "Bandung", expected another name: people.csv:2'),
        (people(("A", "3204", "all", 9), ("B", "3204", "all", 3)), {}, 'people.csv:3 $.code: got "3204", expected another code'),
        (people(("A", None, "all", 9), ("A", None, "all", 9)), {}, 'people.csv:3 $.age: got "all", expected ages that do not overlap'),
        (people(("A", None, "0-17", 9), ("A", None, "15+", 9)), {}, 'people.csv:3 $.age: got "15+", expected ages that do not overlap: people.csv:2'),
        (people(("A", None, "0-14", 9), ("A", None, "15-24", 9), ("A", None, "25+", 9)), {"age": "18+"}, 'people.csv:3 $.age: got "15-24", expected ages that end where 18+ does'),
        (people(("A", None, "18-39", 9), ("A", None, "50+", 9)), {"age": "18+"}, 'people.csv:3 $.age: got "50+", expected no gap: the ages from 40 to 49 are missing'),
        (people(("A", None, "18+", 9), ("B", None, "21+", 9)), {}, 'people.csv:3 $.age: got "21+", expected persons of age 18+ in B (A has them)'),
        (people(("A", None, "18+", 9), ("B", None, "0-17", 9)), {"age": "18+"}, "people.csv:3 $.persons: got 9, expected persons of age 18+ in B"),
        (people(("A", "32", "18+", 9)), {"region": "36"}, "people.csv $.code: got none, expected a region 36"),
        (people(("A", "32", "grown up", 9)), {}, 'people.csv:2 $.age: got "grown up", expected ages as 18+, 0-17 or all'),
    ],
)  # fmt: skip
def test_persons_who_would_count_twice_or_not_at_all_are_refused(
    rows: list[Row], options: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError) as refused:
        populations(rows, **options)
    assert len(refused.value.faults) == 1
    assert str(refused.value).startswith(said)


def test_regions_with_codes_of_one_kind_may_add_up_by_chance() -> None:
    rows = people(("A", "01", "all", 3), ("B", "02", "all", 4), ("C", "03", "all", 7))
    assert populations(rows).universe.total == 14


def test_coverage_is_a_share_of_each_region() -> None:
    rows = covered(("Bogor", 75, 100), ("Serang", 1, 2))
    found = populations(WEST, rows, region="32")
    assert found.universe.covered == {"Bogor": 0.75}
    assert [(each.code, each.params["names"]) for each in found.notices] == [
        ("coverage_missing", "Subang")
    ]


def test_a_share_of_villages_is_said_to_be_none_of_persons() -> None:
    rows = covered(("Bogor", 3, 4), ("Subang", 1, 1), unit="villages")
    (said,) = populations(WEST, rows, region="32").notices
    assert said.code == "coverage_unit"
    assert "share of villages" in said.message


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (covered(("Bogor", 1, 2)) + covered(("Subang", 1, 2), definition="4G indoors"), '$.definition: got "4G indoors", expected the definition of coverage.csv:2, 4G outdoors'),
        (covered(("Bogor", 1, 2)) + covered(("Subang", 1, 2), unit="area"), '$.unit: got "area"'),
        (covered(("Bogor", 1, 2)) + covered(("Subang", 1, 2), technology="2G"), '$.technology: got "2G"'),
        (covered(("Bogor", 1, 2), ("Bogor", 2, 2)), '$.region: got "Bogor", expected one row a region'),
        (covered(("Bogr", 1, 2)), '$.region: got "Bogr", expected a region of the universe: did you mean Bogor?'),
        (covered(("Bogor", 3, 2)), "$.covered: got 3, expected 0 to 2"),
    ],
)  # fmt: skip
def test_coverage_of_several_meanings_is_refused(rows: list[Row], said: str) -> None:
    with pytest.raises(InputError) as refused:
        populations(WEST, rows, region="32")
    assert len(refused.value.faults) == 1
    assert said in str(refused.value)

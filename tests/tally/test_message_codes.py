"""A message's code is one whole number that the engine and Python read alike."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reach.engine import connect
from reach.tally.coded import code_sql, decoded, sizes_of
from reach.vocabulary import Measures, Seen

MOST_ARMS = 60
LARGEST = 2**63 - 1


@settings(deadline=None)
@given(data=st.data(), timed=st.booleans())
def test_what_is_coded_is_decoded(data: st.DataObject, *, timed: bool) -> None:
    sizes = sizes_of(timed=timed)
    arm = data.draw(st.integers(0, MOST_ARMS - 1))
    facts = {name: data.draw(st.integers(0, size - 1)) for name, size in sizes.items()}
    columns = ", ".join(f"{fact}::INTEGER AS {name}" for name, fact in facts.items())
    with connect() as engine:
        found = engine.execute(
            f"SELECT {code_sql('arm', sizes)} FROM (SELECT {arm}::BIGINT AS arm, {columns})"
        ).fetchone()
    assert found is not None
    assert decoded(found[0], sizes) == (arm, facts)


def test_every_code_is_an_integer_of_the_engine() -> None:
    largest = MOST_ARMS - 1
    for size in sizes_of(timed=True).values():
        largest = largest * size + size - 1
    assert largest <= LARGEST


def test_no_fact_is_as_large_as_its_size() -> None:
    sizes = sizes_of(timed=True)
    assert sum(Seen) < sizes["bits"]
    assert sum(Measures) < sizes["measures"]

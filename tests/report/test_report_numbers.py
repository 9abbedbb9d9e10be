"""Numbers keep apart what differs and never claim nothing or all where it is neither."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reach.report.numbers import percent, percent_range, points, whole_percent

fractions = st.floats(1e-7, 1 - 1e-7)


@given(low=fractions, high=fractions)
def test_ends_that_differ_look_different(low: float, high: float) -> None:
    if abs(low - high) > 1e-8:
        left, right = percent_range(low, high, "en").split(" – ")
        assert left != right


@given(share=fractions)
def test_neither_nothing_nor_all(share: float) -> None:
    for text in (percent(share, "en"), whole_percent(share, "en")):
        assert 0 < float(text.removesuffix(" %")) < 100


@given(low=st.floats(-1, 1), high=st.floats(-1, 1))
def test_the_languages_differ_in_their_signs_alone(low: float, high: float) -> None:
    english, indonesian = (points(low, high, lang, " | ") for lang in ("en", "id"))
    assert english.replace(".", ",") == indonesian


@given(low=st.floats(1e-6, 1), high=st.floats(1e-6, 1))
def test_a_difference_above_zero_looks_so(low: float, high: float) -> None:
    assert all(float(end) > 0 for end in points(low, high, "en", " ").split())

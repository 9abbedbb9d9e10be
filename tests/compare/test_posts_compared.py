"""Posts compared: published values, laws, and a plain twin of the arithmetic."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.compare.posts.arms import POST_METRICS, PostSums, post_arms, rates_of, sums_of
from reach.compare.posts.result import compare_posts
from reach.compare.question import ComparePosts
from reach.errors import ConfigError, Fault, NotEstimableError
from reach.media.row import Row
from reach.stats.difference import difference_interval

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "facebook" / "insights.csv"
ASKED = ComparePosts("kind", ("engaged_per_reached",), None, None, {})
METRIC = POST_METRICS["engaged_per_reached"]


def moro() -> list[dict[str, str]]:
    """The file as any reader of CSV takes it, with the impossible rows."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read(), newline="")))


def plainly(kind: str, *, possible: bool) -> list[tuple[int, int]]:
    """Reached and engaged by post of a kind."""
    names = ("Lifetime Post Total Reach", "Lifetime Post Total Impressions", "Lifetime Engaged Users")  # fmt: skip
    found = [[int(row[name]) for name in names] for row in moro() if row["Type"] == kind]
    return [(reach, users) for reach, shown, users in found if not possible or reach <= shown]


def post(place: int = 2, /, **data: Any) -> Row:  # noqa: ANN401
    source = {name[1:]: data.pop(name) for name in list(data) if name.startswith("_")}
    return Row("post", {"platform": "facebook", **data}, f"posts.csv:{place}", **source)


def posts(kind: str, pairs: list[tuple[int, int]], start: int = 2) -> list[Row]:
    return [
        post(start + place, kind=kind, reach=n, engaged_accounts=y)
        for place, (n, y) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("kind", "rate", "standard_error"),
    [("Photo", 0.062335, 0.003846), ("Link", 0.018486, 0.001718)],
)
def test_published_before_the_impossible_rows_are_taken_out(
    kind: str, rate: float, standard_error: float
) -> None:
    pairs = plainly(kind, possible=False)
    [found] = rates_of(sums_of(pairs))
    assert round(found.estimate, 6) == rate
    # Published with the factor posts/(posts − 1); the recipe's, G*/(G* − 1), is larger.
    published = math.sqrt(found.variance_cr0 * len(pairs) / (len(pairs) - 1))
    assert round(published, 6) == standard_error
    assert found.variance is not None
    assert published < math.sqrt(found.variance) < 1.04 * published


def test_accounts_taken_as_independent_would_be_38_times_too_sure() -> None:
    pairs = plainly("Photo", possible=False)
    [found] = rates_of(sums_of(pairs))
    naive = math.sqrt(found.estimate * (1 - found.estimate) / found.denominator)
    published = math.sqrt(found.variance_cr0 * len(pairs) / (len(pairs) - 1))
    assert round(published / naive) == 38
    # The same ratio by the design effect, which the document tells.
    assert found.deff is not None
    assert round(math.sqrt(found.deff)) == 38


def test_a_plain_twin_says_the_same() -> None:
    for kind in ("Photo", "Status", "Link", "Video"):
        pairs = plainly(kind, possible=True)
        n, y = (sum(part) for part in zip(*pairs, strict=True))
        spread = sum((each_y - y / n * each_n) ** 2 for each_n, each_y in pairs)
        effective = n**2 / sum(each_n**2 for each_n, _ in pairs)
        [found] = rates_of(sums_of(pairs))
        assert found.estimate == pytest.approx(y / n, rel=1e-14)
        assert found.effective_clusters == pytest.approx(effective, rel=1e-12)
        assert found.variance == pytest.approx(
            spread / n**2 * effective / (effective - 1), rel=1e-10
        )


def test_newcombe_where_every_post_reached_one_account() -> None:
    a, b = [(1, 1)] * 56 + [(1, 0)] * 14, [(1, 1)] * 48 + [(1, 0)] * 32
    one, other = rates_of(sums_of(a), sums_of(b))
    found = difference_interval(one, one, other, other, 0.05, nu=math.inf)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert one.effective_trials == pytest.approx(70)


PAIRS = st.lists(
    st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
    max_size=40,
)


@given(PAIRS, PAIRS)
def test_sums_add_over_different_posts(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    assert sums_of(first) + sums_of(second) == sums_of(first + second)
    assert sums_of(reversed(first)) == sums_of(first)
    assert sums_of(first) + PostSums() == sums_of(first)


@given(PAIRS, PAIRS)
def test_the_rate_of_an_arm_hangs_on_its_own_posts_alone(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    alone, beside = rates_of(sums_of(first))[0], rates_of(sums_of(first), sums_of(second))[0]
    assert (alone.estimate, alone.variance) == (beside.estimate, beside.variance)
    assert min(y / n for n, y in first) - 1e-12 <= alone.estimate
    assert alone.estimate <= max(y / n for n, y in first) + 1e-12


@given(PAIRS)
def test_splitting_posts_into_their_accounts_is_the_naive_variance(
    pairs: list[tuple[int, int]],
) -> None:
    n, y = (sum(part) for part in zip(*pairs, strict=True))
    [split] = rates_of(PostSums(n, n, y, n, y, y))  # n posts that reached one account each
    assert split.estimate == y / n
    assert split.variance_cr0 == pytest.approx(y / n * (1 - y / n) / n, abs=1e-15)
    [whole] = rates_of(sums_of(pairs))
    assert whole.effective_clusters <= split.effective_clusters * (1 + 1e-12)
    if whole.effective_trials is not None and split.effective_trials is not None:
        assert whole.effective_trials <= split.effective_trials * (1 + 1e-12)


def test_numbers_beyond_64_bits_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="too large"):
        rates_of(sums_of([(10**15, 1), (1, 1)]))
    rows = posts("Photo", [(10**15, 1)] * 20) + posts("Link", [(10, 1)] * 20, 100)
    [pair] = compare_posts(rows, [], ASKED, 0.95)["comparisons"]
    assert pair["verdict"] == "not comparable"
    assert "too large" in pair["because"]


FAR = [(1000 + place, 300 + 7 * place % 40) for place in range(30)]
NEAR = [(1000 + place, 50 + 7 * place % 40) for place in range(30)]


def test_verdicts_family_and_interval_are_those_of_the_recipe() -> None:
    rows = [*posts("a", FAR), *posts("b", NEAR, 100), *posts("c", NEAR[:5], 200)]
    found = compare_posts(rows, [], ASKED, 0.95)
    assert found["family"] == 3
    verdicts = {(each["a"], each["b"]): each for each in found["comparisons"]}
    decided = verdicts["a", "b"]
    one, other = rates_of(sums_of(FAR), sums_of(NEAR))
    interval = difference_interval(one, one, other, other, 1 - 0.95, contrasts=3)
    assert (decided["low"], decided["high"]) == (interval.low, interval.high)
    assert decided["p_adjusted"] == min(1, 3 * interval.p_value)
    assert (decided["verdict"], decided["because"]) == ("better", None)
    few = verdicts["b", "c"]
    assert (few["verdict"], few["because"]) == ("undetermined", "too few posts")
    assert few["low"] is few["p_value"] is None
    assert few["effective_posts"][1] < 10


def test_a_margin_makes_arms_equivalent() -> None:
    rows = [*posts("a", NEAR), *posts("b", NEAR[::-1], 100)]
    asked = ComparePosts("kind", ASKED.metrics, None, None, {"engaged_per_reached": 0.05})
    [pair] = compare_posts(rows, [], asked, 0.95)["comparisons"]
    assert (pair["verdict"], pair["non_inferior"]) == ("equivalent", True)
    [pair] = compare_posts(rows, [], ASKED, 0.95)["comparisons"]
    assert (pair["verdict"], pair["because"]) == ("undetermined", "sampling")


def test_blanks_are_counted_and_never_zero() -> None:
    rows = [
        *posts("a", FAR),
        post(50, kind="a", reach=10_000),
        post(51, kind="a", engaged_accounts=4, likes=3),
        post(52, kind="b", reach=5),
        *posts("c", [(0, 0)] * 20, 60),
        post(90, reach=9, engaged_accounts=9),
    ]
    found = compare_posts(rows, [], ASKED, 0.95)
    assert found["blank"] == {"reach": 1, "engaged_accounts": 2, "kind": 1, "likes": len(rows) - 1}
    arms = {arm["arm"]: arm["rates"]["engaged_per_reached"] for arm in found["arms"]}
    assert list(arms) == ["a", "b", "c", "(none)"]
    assert arms["a"]["blank"] == {"reach": 1, "engaged_accounts": 1}
    assert arms["a"]["posts"] == len(FAR)
    assert arms["a"]["numerator"] == sum(y for _, y in FAR)
    assert arms["b"]["reason"]["code"] == "posts_not_measured"
    assert arms["c"]["reason"]["code"] == "nobody_reached"
    codes = {(each["a"], each["b"]): each["reason"]["code"] for each in found["comparisons"]}
    assert codes["a", "b"] == "posts_not_measured"
    assert codes["a", "c"] == "nobody_reached"
    assert not {name for pair in codes for name in pair if name == "(none)"}


def test_a_post_in_several_exports_counts_once() -> None:
    rows = posts("a", FAR) + posts("b", NEAR, 100)
    named = [Row("post", {**row.data, "post_id": row.place}, row.place) for row in rows]
    again = [
        Row("post", {**row.data, "reach": row.data["reach"] - 1}, f"old.csv:{place}")
        for place, row in enumerate(named)
    ]
    once, twice = (compare_posts(each, [], ASKED, 0.95) for each in (named, again + named))
    assert twice.pop("repeated") == len(rows)
    assert once.pop("repeated") == 0
    assert twice == once


def test_posts_of_staff_and_for_staff_are_not_mixed_in() -> None:
    rows = posts("a", FAR) + posts("b", NEAR, 100)
    other = [
        post(200, kind="a", reach=9, engaged_accounts=9, _shared_by_staff=True),
        post(201, kind="b", reach=9, engaged_accounts=9, _audience="internal"),
    ]
    found = compare_posts(rows + other, [], ASKED, 0.95)
    assert found["left_out"] == {"internal": 1, "staff": 1}
    plain = compare_posts(rows, [], ASKED, 0.95)
    assert (found["arms"], found["comparisons"]) == (plain["arms"], plain["comparisons"])
    shared = ComparePosts("shared_by", ASKED.metrics, None, None, {})
    found = compare_posts(rows + other, [], shared, 0.95)
    assert found["left_out"] == {"internal": 1, "staff": 0}
    assert [(arm["arm"], arm["posts"]) for arm in found["arms"]] == [("office", 60), ("staff", 1)]
    assert compare_posts([other[1]], [], ASKED, 0.95)["posts"] == 1  # nothing to be mixed with


def test_platforms_are_not_compared_nor_put_together() -> None:
    rows = posts("a", FAR) + posts("b", NEAR, 100)
    elsewhere = [Row("post", {**row.data, "platform": "instagram"}, row.place) for row in rows[30:]]
    [pair] = compare_posts(rows[:30] + elsewhere, [], ASKED, 0.95)["comparisons"]
    assert pair["verdict"] == "not comparable"
    assert pair["reason"] == {
        "code": "platforms_differ",
        "params": {"platforms": "facebook, instagram"},
    }


def test_an_arm_without_posts_is_told_with_those_that_there_are() -> None:
    asked = ComparePosts("kind", ASKED.metrics, None, "Foto", {})
    found = compare_posts(posts("Photo", FAR), [], asked, 0.95)
    [pair] = found["comparisons"]
    assert pair["because"] == "no post is of Foto; there are posts of Photo"
    assert [arm["arm"] for arm in found["arms"]] == ["Foto", "Photo"]


def test_too_many_arms_are_refused() -> None:
    rows = [post(place, kind=f"k{place}", reach=9, engaged_accounts=1) for place in range(2, 70)]
    with pytest.raises(ConfigError, match="at most 60"):
        compare_posts(rows, [], ASKED, 0.95)


def test_paid_and_unpaid() -> None:
    rows = [post(2, paid=True), post(3, paid=False), post(4)]
    asked = ComparePosts("paid", ASKED.metrics, None, None, {})
    assert [arm.name for arm in post_arms(rows, asked)] == ["paid", "unpaid", "(none)"]


def test_impossible_rows_stand_beside_and_decide_nothing() -> None:
    rows = posts("a", FAR) + posts("b", NEAR, 100)
    why = Fault("posts.csv:300", "$.reach", "99", "at most 5")
    odd = (post(300, kind="b", reach=10**6, impressions=5, engaged_accounts=10**6), why)
    found, plain = (compare_posts(rows, each, ASKED, 0.95) for each in ([odd], []))
    assert plain["with_impossible"] is None
    assert (found["arms"], found["comparisons"]) == (plain["arms"], plain["comparisons"])
    [row] = found["impossible"]
    assert (row["source"], row["line"], row["received"]) == ("posts.csv", 300, "99")
    [pair] = found["with_impossible"]["comparisons"]
    assert pair["because"] == "too few posts"  # one post holds nearly all that was reached
    over = (post(301, kind="b", reach=5, engaged_accounts=10**6), why)
    beside = compare_posts(rows, [over], ASKED, 0.95)["with_impossible"]
    assert beside["comparisons"][0]["verdict"] == "not comparable"
    rate = beside["arms"][1]["rates"]["engaged_per_reached"]
    assert "no proportion" in rate["not_estimable"]

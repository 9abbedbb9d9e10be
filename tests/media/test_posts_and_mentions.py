from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rows_of import codes, made, row

from reach.media.row import Row
from reach.vocabulary import Grade


def post(post_id: str, **more: object) -> Row:
    data = {"platform": "facebook", "account": "Humas", "post_id": post_id} | more
    return row("post", f"facebook.csv:{post_id}", **data)


def test_posts_have_bounds_in_accounts() -> None:
    rows = [post("2", reach=900, engaged_accounts=40), post("3", reach=500, engaged_accounts=60)]
    (one,) = made(*rows).exposures
    assert one.reached is not None
    assert one.engaged is not None
    assert (one.reached.low, one.reached.estimate, one.reached.high) == (900, None, 1400)
    assert (one.engaged.low, one.engaged.high) == (60, 100)
    assert (one.unit, one.grade, one.universe, one.sent) == ("accounts", Grade.PLATFORM, None, 2)


def test_followers_are_no_limit_and_no_reach() -> None:
    (one,) = made(post("2", reach=900, followers=100)).exposures
    assert one.reached is not None
    assert (one.reached.high, one.potential) == (900, 100)


def test_a_post_that_tells_no_engagement_may_have_engaged_all_it_reached() -> None:
    (one,) = made(post("2", reach=900, engaged_accounts=40), post("3", reach=500)).exposures
    assert one.engaged is not None
    assert (one.engaged.low, one.engaged.high) == (40, 540)
    (one,) = made(post("2", reach=900)).exposures
    assert one.engaged is None


def test_what_staff_shared_is_apart() -> None:
    rows = (
        post("2", reach=900),
        row("post", "f.csv:3", **post("3", reach=5).data, _shared_by_staff=True),
    )
    office, staff = made(*rows).exposures
    assert (office.shared_by_staff, office.reached and office.reached.high) == (False, 900)
    assert (staff.shared_by_staff, staff.reached and staff.reached.high) == (True, 5)


def test_posts_without_reach_are_not_measured() -> None:
    found = made(post("2", views=900), post("3", reach=5))
    told, silent = found.exposures
    assert (told.sent, silent.sent, silent.reached) == (1, 1, None)
    assert "impressions and views are times" in str(silent.not_measured)
    assert codes(found) == ["posts_without_reach"]


def test_a_post_in_two_exports_counts_once() -> None:
    found = made(post("2", reach=900), post("2", reach=950), post("3", reach=10))
    (one,) = found.exposures
    assert one.reached is not None
    assert (one.reached.low, one.reached.high, one.sent) == (950, 960, 2)
    assert codes(found) == ["posts_repeated"]


def test_mentions_are_potential() -> None:
    rows = [row("mention", f"m.csv:{n}", monitor="meltwater", outlet="X", potential_audience=n) for n in (2, 9)]  # fmt: skip
    found = made(*rows)
    (one,) = found.exposures
    assert (one.reached, one.potential, one.sent, one.grade) == (None, 9, 2, Grade.POTENTIAL)
    assert codes(found) == ["mentions_left_out"]


accounts = st.sets(st.integers(0, 20))


@given(st.lists(st.tuples(accounts, accounts, st.booleans()), min_size=1, max_size=5))
def test_the_bounds_hold_the_accounts_that_saw_or_acted(
    seen: list[tuple[set[int], set[int], bool]],
) -> None:
    rows = []
    for n, (saw, acts, tells) in enumerate(seen):
        engaged = {"engaged_accounts": len(saw & acts)} if tells else {}
        rows.append(post(str(n), reach=len(saw), **engaged))
    (one,) = made(*rows).exposures
    assert one.reached is not None
    assert one.reached.low <= len(set().union(*(saw for saw, _, _ in seen))) <= one.reached.high
    acted = len(set().union(*(saw & acts for saw, acts, _ in seen)))
    assert one.engaged is None or one.engaged.low <= acted <= one.engaged.high

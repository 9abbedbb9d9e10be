"""Facebook, as Meta Business Suite exports it: the office's page, and shares by its staff."""

from __future__ import annotations

from population import People, below
from table import Line, Tables, day

ACCOUNTS_A_PERSON = 1.08
_PAGE, _STAFF = "61571000000001", "61571000000077"
_BOOSTED = (3, 11, 19)
_BLANK = (6, 14, 21)
_POSTS, _SHARES = 24, 8
STAFF_ACCOUNTS = 17_900
"""Accounts that staff's own posts reached."""


def accounts(people: People) -> int:
    """Accounts that any post of the page reached."""
    return round(ACCOUNTS_A_PERSON * people.reached(people.chance["facebook", None]))


def write_posts(people: People, tables: Tables) -> None:
    """Write two tables, with one post that reached more accounts than it was shown."""
    everyone = accounts(people)
    lines = [_post(number, everyone) for number in range(_POSTS)]
    shown = int(str(lines[0]["Reach"]))
    impossible = {**lines[0], "Post ID": "122158000000009999", "Impressions": shown - 1}
    tables.write("facebook.csv", lines, [impossible])
    tables.write("facebook-staff.csv", [_share(number) for number in range(_SHARES)])


def _post(number: int, everyone: int) -> Line:
    mille = 20 + below("post", number, 60)
    if number in _BOOSTED:
        mille = 330 + below("boosted", number, 90)
    return _line(_PAGE, "Dinas Kesehatan", number, everyone * mille // 1000, number in _BLANK)


def _share(number: int) -> Line:
    mille = 120 + below("shared", number, 300)
    return _line(_STAFF, "Relawan Pegawai", 100 + number, STAFF_ACCOUNTS * mille // 1000)


def _line(page: str, name: str, number: int, reach: int, blank: bool = False) -> Line:  # noqa: FBT001, FBT002
    """A post; of a blank one Meta tells no reach."""
    post = f"1221580000000{number:05d}"
    year, month, on = day(number % 27).split("-")
    acts = [reach * each // 10_000 for each in (210, 24, 31, 95)]
    times = 110 + below("shown", number, 80)
    return {
        "Post ID": post,
        "Page ID": page,
        "Page name": name,
        "Publish time": f"{month}/{on}/{year} {6 + number % 12:02d}:15",
        "Permalink": f"https://www.facebook.com/{page}/posts/{post}",
        "Post type": ("Photos", "Reels", "Links")[number % 3],
        "Date": "Lifetime",
        "Impressions": None if blank else reach * times // 100,
        "Reach": None if blank else reach,
        **dict(zip(("Reactions", "Comments", "Shares", "Total clicks"), acts, strict=True)),
    }

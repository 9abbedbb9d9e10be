"""What is asked of a simulation, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil

from reach.errors import Fault, InputError
from reach.shown import shorten
from reach.simulate.delays import LONGEST_S
from reach.simulate.files import ENDINGS
from reach.simulate.messages import DAYS
from reach.simulate.population import MOST
from reach.simulate.profiles import DEFAULT, PROFILES

MOST_MESSAGES = 50
"""Messages to a person, on average, at most."""

MOST_BAD = 0.2

_LONGEST_HORIZON_DAYS = 30
_MOST_SEED = 2**63 - 1  # as in a config


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for; the same plan gives the same bytes.

    Attributes:
        seed: At least 0.
        people: Persons, 1 to 50 million.
        channels: Names of `PROFILES`, each once.
        messages_per_person: Messages of a channel to each of its people, on average, 1 to 50.
        bad_share: Bad records as a share of the others, 0 to 0.2.
        start: First day of the campaign.
        compress: ``none``, ``gzip`` or ``zstd``.
    """

    seed: int = 0
    people: int = 20_000
    channels: tuple[str, ...] = DEFAULT
    messages_per_person: float = 1.7
    bad_share: float = 0.001
    start: date = date(2026, 1, 5)
    compress: str = "none"

    @property
    def start_ms(self) -> int:
        """Midnight UTC of the first day, ms since 1970."""
        return round(datetime(*self.start.timetuple()[:3], tzinfo=UTC).timestamp()) * 1000

    @property
    def end(self) -> date:
        """Last day on which messages are sent."""
        return self.start + timedelta(days=DAYS - 1)

    @property
    def log_ends(self) -> str:
        """So late that nothing can be pending any more, as RFC 3339."""
        days = DAYS + max(ceil(LONGEST_S / 86_400), _LONGEST_HORIZON_DAYS) + 2
        return f"{self.start + timedelta(days=days)}T00:00:00Z"


def check(plan: Plan) -> None:
    """Refuse what can't be simulated.

    Raises:
        InputError: Something asked for can't be had; holds all such.
    """
    faults: list[Fault] = []

    def expect(good: bool, option: str, received: object, expected: str) -> None:  # noqa: FBT001
        if not good:
            faults.append(Fault(option, "$", shorten(received), expected))

    known = ", ".join(PROFILES)
    for name in plan.channels:
        expect(name in PROFILES, "--channels", name, f"names of {known}")
    twice = len(set(plan.channels)) < len(plan.channels)
    expect(not twice, "--channels", ",".join(plan.channels), "each channel once")
    expect(bool(plan.channels), "--channels", "", f"at least one of {known}")
    expect(0 <= plan.seed <= _MOST_SEED, "--seed", plan.seed, f"0 to {_MOST_SEED}")
    expect(1 <= plan.people <= MOST, "--people", plan.people, f"1 to {MOST:,} persons")
    mean = plan.messages_per_person
    expect(
        1 <= mean <= MOST_MESSAGES,
        "--messages-per-person",
        mean,
        f"a mean from 1 to {MOST_MESSAGES}",
    )
    expect(
        0 <= plan.bad_share <= MOST_BAD,
        "--bad-share",
        plan.bad_share,
        f"a share from 0 to {MOST_BAD}",
    )
    years = f"a day of the years {_FIRST_YEAR} to {_LAST_YEAR}"
    good_year = _FIRST_YEAR <= plan.start.year <= _LAST_YEAR
    expect(good_year, "--start", plan.start.isoformat(), years)
    expect(plan.compress in ENDINGS, "--compress", plan.compress, "one of " + ", ".join(ENDINGS))
    if faults:
        raise InputError(faults)


# Before, no provider logged; after, seconds since 1970 have more digits than readers expect.
_FIRST_YEAR, _LAST_YEAR = 2005, 2199

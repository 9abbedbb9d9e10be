"""How long it takes to put channels together: 27 regions, 8 channels, some kinds of knowledge.

python benchmarks/together.py
"""

from __future__ import annotations

import random
import time

from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.together.logged import hit
from reach.media.together.total import together
from reach.vocabulary import Grade

REGIONS, PERSONS, RUNS = 27, 1_000_000, 3


def around(share: float, wide: float) -> Share:
    """A share and its neighbourhood."""
    return Share(max(0.0, share - wide), share, min(1.0, share + wide))


def region(number: int, logged: int, media: int, surveyed: int) -> Region:
    """One region; of the measured channels so many have all their overlaps surveyed."""
    drawn = random.Random(number)  # noqa: S311 - made-up regions
    confirmed = {members: drawn.randrange(20_000) for members in range(1, 2**logged)}
    possible = {members: n + drawn.randrange(5_000) for members, n in confirmed.items()}
    logs = Logged(tuple(f"log {i}" for i in range(logged)), confirmed, possible)
    measured = {
        f"medium {i}": Measured(
            around(drawn.uniform(0.05, 0.5), 0.03), Grade.SURVEY, i % 2 == 0, (0.5, 0.3, 0.2)
        )
        for i in range(media)
    }
    shares = {name: hit(confirmed, 1 << i) / PERSONS for i, name in enumerate(logs.channels)}
    shares |= {name: found.share.estimate or 0.0 for name, found in measured.items()}
    names = list(shares)
    overlaps = {
        frozenset({a, b}): around(min(shares[a] * shares[b] * 1.1, shares[a], shares[b]), 0.01)
        for j, b in enumerate(names)
        for a in names[:j]
        if logged <= j < logged + surveyed
    }
    return Region(f"region {number}", PERSONS, 0.9, logs if logged else None, measured, overlaps)


print("| logged | measured | surveyed with all before them | rung | seconds |")
print("|---|---|---|---|---|")
for logged, media, surveyed in ((3, 5, 0), (0, 8, 0), (3, 5, 3), (3, 5, 5), (2, 6, 6), (0, 8, 8)):
    regions = [region(number, logged, media, surveyed) for number in range(REGIONS)]
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = together(regions)
        seconds.append(time.perf_counter() - start)
    print(f"| {logged} | {media} | {surveyed} | {found.total.rung.word} | {min(seconds):.2f} |")

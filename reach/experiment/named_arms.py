"""Arms that a config names, held against those that the same config says there can be.

Which arms a log has is known when it was read. But the periods that are compared stand in the
config, what was assigned stands in its shares, and sources that all have their channel set can
bring no other: a name beyond them is a slip of the pen, and told before hours of counting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reach.shown import word
from reach.tally.query import NO_VALUE, PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reach.experiment.document import Parts

    Wrong = tuple[Parts, object, str]

_MOST_TIMES = 1_000_000


def wrong_arms(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield where an arm is named that can't be, what stands there, and what was expected.

    Args:
        data: A config as plain data, valid or not.
    """
    compare = _mapping(data, "compare")
    shares = _mapping(_mapping(compare, "assignment"), "shares")
    if shares:
        expected = f"an arm of assignment.shares: {', '.join(map(word, shares))}"
        yield from _not_among(list(shares), expected, compared(compare))
    named = [*compared(compare), *((("assignment", "shares", arm), arm) for arm in shares)]
    if compare.get("by") == PERIOD:
        periods = list(_mapping(compare, "periods"))
        if periods:
            expected = f"a period of compare.periods: {', '.join(map(word, periods))}"
            yield from _not_among([*periods, NO_VALUE], expected, named)
        return
    by = compare.get("by", "channel")
    if (known := _set_by_all(data, by)) is not None:
        declared = _mapping(data, "channels") if by == "channel" else {}
        expected = f"a {by} that a source sets: {', '.join(map(word, known))}"
        yield from _not_among([*known, *declared], expected, named)


def wrong_campaigns(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield where a campaign is to be put together with others that no source can have."""
    compare = _mapping(data, "compare")
    campaigns = compare.get("campaigns")
    known = _set_by_all(data, "campaign")
    if known is not None and isinstance(campaigns, list):
        expected = f"a campaign that a source sets: {', '.join(map(word, known))}"
        named: list[tuple[Parts, object]]
        named = [(("campaigns", index), name) for index, name in enumerate(campaigns)]
        yield from _not_among(known, expected, named)


def wrong_assignment(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield what keeps a declared randomisation from being tested."""
    assignment = _mapping(_mapping(data, "compare"), "assignment")
    at: Parts = ("compare", "assignment")
    # Another key may be shares misspelt, which the schema tells of.
    if assignment.get("randomised") is True and set(assignment) <= {"randomised", "unit"}:
        expected = (
            "with it the planned share of each arm, as shares: {sms: 1, email: 1}, which the counts "
            "are tested against; else false"
        )
        yield (*at, "randomised"), True, expected
    shares = {
        arm: share
        for arm, share in _mapping(assignment, "shares").items()
        if isinstance(share, int | float) and not isinstance(share, bool) and share > 0
    }
    for arm, share in shares.items():
        if share * _MOST_TIMES < max(shares.values()):
            yield (*at, "shares", arm), share, "at least a millionth of the largest share"


def compared(compare: Mapping[str, Any]) -> list[tuple[Parts, object]]:
    """Arms named as baseline or in pairs, each with its place within what says so."""
    named: list[tuple[Parts, object]] = [(("baseline",), compare.get("baseline"))]
    pairs = compare.get("pairs")
    for index, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        for side, name in enumerate(pair if isinstance(pair, list) else ()):
            named.append((("pairs", index, side), name))
    return named


def _not_among(
    known: list[str], expected: str, named: list[tuple[Parts, object]]
) -> Iterator[Wrong]:
    for parts, name in named:
        if isinstance(name, str) and name not in known:
            yield ("compare", *parts), name, expected


def _set_by_all(data: Mapping[str, Any], attribute: object) -> list[str] | None:
    """The values of an attribute of messages, if every source says which it has.

    Region and segment may come from the people file, whatever a source sets.
    """
    sources = data.get("sources")
    if attribute not in ("channel", "variant", "campaign", "purpose"):
        return None
    found = []
    for source in sources if isinstance(sources, list) else ():
        constant = _mapping(_mapping(source, "map"), str(attribute)).get("const")
        value = _mapping(source, "set").get(str(attribute), constant)
        if not isinstance(value, str):
            return None
        found.append(value)
    return list(dict.fromkeys(found)) or None


def _mapping(data: object, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}

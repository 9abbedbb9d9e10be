"""A tally as a document that can be kept or passed on: whole numbers and words, and no person.

What is read back is what was written, to the last integer. A document of another version, or
of other axes, is refused: whoever kept it counts anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.outcomes.resolve import FLAGS
from reach.stats.gram import GramStratum
from reach.tally.axes import AXES
from reach.tally.count import Counted
from reach.tally.messages import LogEnd
from reach.tally.tally import Paid, Tally
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, TimingTally

if TYPE_CHECKING:
    from numpy.typing import NDArray

TALLY_SCHEMA = "reach.tally/3"
TIMING_SCHEMA = "reach.timing-tally/1"

_HISTOGRAMS = ("attempted_sets", "deliveries")
_BY_STRATUM = ("confirmed_sets", "possible_sets")


def tally_document(counted: Counted) -> dict[str, Any]:
    """A tally and what was noticed while counting, ready for JSON.

    Of each Gram matrix, which is symmetric, rows are written from the diagonal on. A set of
    arms is a sum of 2^position over ``arms``.
    """
    tally = counted.tally
    return {
        "schema": TALLY_SCHEMA,
        "by": tally.by,
        "arms": list(tally.arms),
        "axes": list(AXES),
        "strata": [
            {"stratum": list(name), **_gram_document(stratum)}
            for name, stratum in tally.strata.items()
        ],
        "counts": {arm: dict(counts) for arm, counts in tally.counts.items()},
        **{name: _pairs(getattr(tally, name)) for name in _HISTOGRAMS},
        **{
            name: [
                {"stratum": list(stratum), "sets": _pairs(sets)}
                for stratum, sets in getattr(tally, name).items()
            ]
            for name in _BY_STRATUM
        },
        "costs": {
            arm: {currency: [paid.messages, paid.micros] for currency, paid in costs.items()}
            for arm, costs in tally.costs.items()
        },
        "unpriced": {arm: dict(channels) for arm, channels in tally.unpriced.items()},
        "log_ends": {
            channel: {"at_us": end.at_us, "source": end.source}
            for channel, end in counted.log_ends.items()
        },
        "unmapped": counted.unmapped,
        "disagreements": dict(counted.disagreements),
    }


def counted_of(document: Mapping[str, Any]) -> Counted:
    """The tally that a document was made of.

    Raises:
        ValueError: The document is no tally of this version.
    """
    _require(document, TALLY_SCHEMA, AXES)
    try:
        arms = tuple(document["arms"])
        attempted, deliveries = (_histogram(document[name]) for name in _HISTOGRAMS)
        confirmed, possible = (
            {tuple(each["stratum"]): _histogram(each["sets"]) for each in document[name]}
            for name in _BY_STRATUM
        )
        tally = Tally(
            document["by"],
            arms,
            {
                tuple(each["stratum"]): _gram(each, len(arms) * len(AXES))
                for each in document["strata"]
            },
            _counts(document, arms, FLAGS),
            attempted,
            confirmed,
            possible,
            deliveries,
            {arm: _costs(costs) for arm, costs in document["costs"].items()},
            {arm: dict(channels) for arm, channels in document["unpriced"].items()},
        )
        log_ends = {
            channel: LogEnd(end["at_us"], end["source"])
            for channel, end in document["log_ends"].items()
        }
        return Counted(tally, log_ends, document["unmapped"], dict(document["disagreements"]))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged(TALLY_SCHEMA) from error


def timing_document(tally: TimingTally) -> dict[str, Any]:
    """A tally of how soon messages arrived, ready for JSON."""
    return {
        "schema": TIMING_SCHEMA,
        "by": tally.by,
        "arms": list(tally.arms),
        "axes": list(TIMING_AXES),
        "grams": {arm: _gram_document(gram) for arm, gram in tally.grams.items()},
        "counts": {arm: dict(counts) for arm, counts in tally.counts.items()},
        "receipts": {arm: _pairs(delays) for arm, delays in tally.receipts.items()},
        "reactions": {arm: _pairs(delays) for arm, delays in tally.reactions.items()},
    }


def timing_of(document: Mapping[str, Any]) -> TimingTally:
    """The tally of times that a document was made of.

    Raises:
        ValueError: The document is no such tally of this version.
    """
    _require(document, TIMING_SCHEMA, TIMING_AXES)
    try:
        arms = tuple(document["arms"])
        return TimingTally(
            document["by"],
            arms,
            {arm: _gram(document["grams"][arm], len(TIMING_AXES)) for arm in arms},
            _counts(document, arms, TIMING_COUNTS),
            *(
                {arm: _histogram(document[name][arm]) for arm in arms}
                for name in ("receipts", "reactions")
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged(TIMING_SCHEMA) from error


def _gram_document(stratum: GramStratum) -> dict[str, Any]:
    rows: list[list[int]] = stratum.gram.tolist()
    return {
        "recipients": stratum.recipients,
        "sums": stratum.sums.tolist(),
        "gram": [row[place:] for place, row in enumerate(rows)],
    }


def _gram(document: Mapping[str, Any], axes: int) -> GramStratum:
    sums = _integers(document["sums"])
    rows = document["gram"]
    if len(sums) != axes or [len(row) for row in rows] != list(range(axes, 0, -1)):
        raise TypeError("the axes are not those of the arms")
    gram = np.zeros((axes, axes), dtype=np.int64)
    for place, row in enumerate(rows):
        gram[place, place:] = gram[place:, place] = _integers(row)
    return GramStratum(sums, gram, document["recipients"])


def _integers(numbers: Sequence[int]) -> NDArray[np.int64]:
    if not all(type(number) is int for number in numbers):
        raise TypeError("not whole numbers")
    return np.array(numbers, dtype=np.int64)


def _counts(
    document: Mapping[str, Any], arms: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, int]]:
    # All of them and no others: a count that a version added is not zero, it is not known.
    if any(set(document["counts"][arm]) != set(names) for arm in arms):
        raise TypeError("other counts")
    return {arm: dict(document["counts"][arm]) for arm in arms}


def _costs(document: Mapping[str, Sequence[int]]) -> dict[str, Paid]:
    return {currency: Paid(messages, micros) for currency, (messages, micros) in document.items()}


def _pairs(histogram: Mapping[int, int]) -> list[list[int]]:
    return [[value, number] for value, number in histogram.items()]


def _histogram(pairs: Sequence[Sequence[int]]) -> dict[int, int]:
    return {value: number for value, number in pairs}  # noqa: C416  # refuses what are no pairs


def _require(document: Mapping[str, Any], schema: str, axes: Sequence[str]) -> None:
    found = document.get("schema") if isinstance(document, Mapping) else None
    if found != schema or document.get("axes") != list(axes):
        raise ValueError(f"got a document of {found!r}, expected {schema} with the axes of today")


def _damaged(schema: str) -> ValueError:
    return ValueError(f"the document says {schema}, and is damaged")

"""What a schema can't say of a config: that its parts agree with one another.

Each check reads plain data that may be wrong in other ways, takes what it understands and
leaves the rest to the schema, so that a user is told of all faults at once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reach.experiment.build import micros
from reach.experiment.config import DEFAULT_METRICS
from reach.experiment.media_checks import NOTHING, wrong_media
from reach.experiment.named_arms import wrong_arms, wrong_assignment, wrong_campaigns
from reach.experiment.post_checks import wrong_posts
from reach.experiment.times import duration_us, moment_us
from reach.explanations import Explanation
from reach.formats.registry import EVERY, wanted_instead
from reach.ingest.telephone import WITHOUT_NUMBERS
from reach.shown import json_path, shorten, word
from reach.tally.query import PERIOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reach.experiment.document import Parts

_DEAR = 1e12  # an amount beyond it is the schema's to refuse, decimals or not


def disagreements(data: dict[str, Any]) -> Iterator[Explanation]:
    """Yield all that is wrong with a config beyond its schema.

    Args:
        data: A config as plain data, valid or not.
    """
    for check in (
        _period,
        _periods,
        _campaigns,
        _standardise,
        _also,
        _log_ends,
        _country,
        _sources,
        _media,
        _channels,
        _titles,
        _pairs,
        _margin,
        _level,
        _arms,
    ):
        yield from check(data)


def _period(data: dict[str, Any]) -> Iterator[Explanation]:
    period = _mapping(data, "period")
    start, end = str(period.get("start")), str(period.get("end"))
    # Dates of one width sort as text.
    if all(_parses(date.fromisoformat, day) for day in (start, end)) and end < start:
        yield _wrong(("period", "end"), end, f"a day not before the start, {start}")


def _periods(data: dict[str, Any]) -> Iterator[Explanation]:
    """Periods are compared, and no day is in two of them."""
    compare = _mapping(data, "compare")
    at: Parts = ("compare", "periods")
    if compare.get("by") == PERIOD and "periods" not in compare:
        expected = "periods to compare, as {before: {start: …, end: …}, after: {start: …, end: …}}"
        by: Parts = ("compare", "by")
        yield Explanation(json_path(by), "period without periods", expected, by)
    for key in ("periods", "timezone"):
        if key in compare and compare.get("by") != PERIOD:
            expected = "by: period with it; or leave it out"
            yield Explanation(
                json_path((*at[:-1], key)), f"{key} without by: period", expected, (*at[:-1], key)
            )
    zone = compare.get("timezone")
    if isinstance(zone, str) and zone and not _parses(ZoneInfo, zone):
        yield _wrong(("compare", "timezone"), zone, "a time zone of the IANA list, as Asia/Jakarta")
    yield from _days(_mapping(compare, "periods"), at)


def _days(periods: dict[str, Any], at: Parts) -> Iterator[Explanation]:
    seen: list[tuple[str, str, str]] = []
    for name in periods:
        start, end = (str(_mapping(periods, name).get(key)) for key in ("start", "end"))
        if not all(_parses(date.fromisoformat, day) for day in (start, end)):
            continue
        if end < start:
            yield _wrong((*at, name, "end"), end, f"a day not before the start, {start}")
        for key, day in (("start", start), ("end", end)):
            if not "1000" < day < "3000":  # where times of events may lie
                yield _wrong((*at, name, key), day, "a day of the years 1000 to 2999")
        other = next((one for one, first, last in seen if first <= end and start <= last), None)
        if other is not None:
            expected = f"days that are not in {word(other)}"
            yield Explanation(json_path((*at, name)), f"{start} to {end}", expected, (*at, name))
        seen.append((name, start, end))


def _campaigns(data: dict[str, Any]) -> Iterator[Explanation]:
    """Campaigns that are compared with one another are not put together."""
    compare = _mapping(data, "compare")
    if "campaigns" in compare and compare.get("by") == "campaign":
        at: Parts = ("compare", "campaigns")
        expected = "another by, as channel; or leave it out"
        yield Explanation(json_path(at), "campaigns with by: campaign", expected, at)


def _standardise(data: dict[str, Any]) -> Iterator[Explanation]:
    """Within one region there is nothing to compare regions by."""
    compare = _mapping(data, "compare")
    by, standardise = compare.get("by"), compare.get("standardise")
    if isinstance(standardise, list) and isinstance(by, str) and by in standardise:
        at: Parts = ("compare", "standardise", standardise.index(by))
        yield _wrong(at, by, f"something else than {word(by)}, which is what is compared")


def _also(data: dict[str, Any]) -> Iterator[Explanation]:
    """An odds ratio over strata needs strata."""
    compare = _mapping(data, "compare")
    also, method = compare.get("also"), "mantel_haenszel"
    if isinstance(also, list) and method in also and not compare.get("standardise"):
        at: Parts = ("compare", "also", also.index(method))
        yield _wrong(at, method, "strata for it: name them in standardise, as [region]")


def _log_ends(data: dict[str, Any]) -> Iterator[Explanation]:
    moment = data.get("log_ends")
    if isinstance(moment, str) and not _parses(moment_us, moment):
        yield _wrong(
            ("log_ends",),
            moment,
            "an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00Z",
        )


def _country(data: dict[str, Any]) -> Iterator[Explanation]:
    country = data.get("country")
    if isinstance(country, str) and country in WITHOUT_NUMBERS:
        expected = "a country with telephone numbers of its own; or leave it out"
        yield _wrong(("country",), country, expected)


def _sources(data: dict[str, Any]) -> Iterator[Explanation]:
    sources = data.get("sources")
    for index, source in enumerate(sources if isinstance(sources, list) else ()):
        if not isinstance(source, dict):
            continue
        at: Parts = ("sources", index)
        form = source.get("format")
        if isinstance(form, str) and form not in EVERY:
            yield _wrong((*at, "format"), form, wanted_instead(form))
        constants = _mapping(source, "set")
        for other in ("fields", "map"):
            for key in _mapping(source, other):
                if key in constants:
                    expected = f"set.{word(key)} or {other}.{word(key)}, not both"
                    yield _wrong((*at, "set", key), constants[key], expected)
        of_map = _mapping(_mapping(source, "map"), "occurred_at")
        for place, holder in ((at, source), ((*at, "map", "occurred_at"), of_map)):
            zone = holder.get("timezone")
            if isinstance(zone, str) and zone and not _parses(ZoneInfo, zone):
                expected = "a time zone of the IANA list, as Asia/Jakarta"
                yield _wrong((*place, "timezone"), zone, expected)


def _media(data: dict[str, Any]) -> Iterator[Explanation]:
    for parts, received, expected in wrong_media(data):
        shown = "nothing" if received is NOTHING else shorten(received)
        yield Explanation(json_path(parts), shown, expected, parts)


def _channels(data: dict[str, Any]) -> Iterator[Explanation]:
    channels = _mapping(data, "channels")
    for name in channels:
        said = _mapping(channels, name)
        horizon = said.get("horizon")
        if isinstance(horizon, str) and horizon[:-1].isdecimal():
            try:
                duration_us(horizon)
            except ValueError as error:
                yield _wrong(("channels", name, "horizon"), horizon, str(error))
        amount = _mapping(said, "cost_per_message").get("amount")
        if isinstance(amount, int | float) and abs(amount) < _DEAR and micros(amount) % 1:
            at: Parts = ("channels", name, "cost_per_message", "amount")
            yield _wrong(at, amount, "at most 6 decimals")


def _titles(data: dict[str, Any]) -> Iterator[Explanation]:
    """Two channels of one title could not be told apart in a report."""
    channels = _mapping(data, "channels")
    seen: dict[tuple[str, str], str] = {}
    for name in channels:
        title = _mapping(channels, name).get("title")
        for lang in ("en", "id"):
            said = title.get(lang) if isinstance(title, dict) else title
            first = seen.setdefault((lang, said), name) if isinstance(said, str) else name
            if first != name:
                expected = f"another title than that of {word(first)}"
                yield _wrong(("channels", name, "title"), said, expected)
                break


def _pairs(data: dict[str, Any]) -> Iterator[Explanation]:
    pairs = _mapping(data, "compare").get("pairs")
    seen: dict[frozenset[str], int] = {}
    for index, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        if not isinstance(pair, list) or [type(name) for name in pair] != [str, str]:
            continue
        at: Parts = ("compare", "pairs", index)
        shown = f"[{', '.join(map(shorten, pair))}]"
        first = seen.setdefault(frozenset(pair), index)
        if pair[0] == pair[1]:
            yield Explanation(json_path(at), shown, "two different names", at)
        elif first != index:
            expected = f"each pair once; it is {json_path((*at[:-1], first))} already"
            yield Explanation(json_path(at), shown, expected, at)


def _margin(data: dict[str, Any]) -> Iterator[Explanation]:
    compare = _mapping(data, "compare")
    metrics = compare.get("metrics", list(DEFAULT_METRICS))
    if not isinstance(metrics, list):
        return
    for metric in _mapping(compare, "margin"):
        if metric not in metrics:
            listed = ", ".join(word(one) for one in metrics if isinstance(one, str))
            expected = f"a metric that is compared: {listed}"
            at: Parts = ("compare", "margin", metric)
            yield Explanation(json_path(at), f"a margin for {shorten(metric)}", expected, at)


def _level(data: dict[str, Any]) -> Iterator[Explanation]:
    """A level whose complement rounds to 1 is none."""
    level = _mapping(data, "compare").get("level")
    if isinstance(level, float) and level > 0 and 1 - level == 1:
        expected = "a fraction above 0 and up to 0.999999, as 0.95"
        yield _wrong(("compare", "level"), level, expected)


def _arms(data: dict[str, Any]) -> Iterator[Explanation]:
    """Arms, campaigns and shares that the rest of the config rules out, of messages and of posts."""
    for check in (wrong_arms, wrong_campaigns, wrong_assignment, wrong_posts):
        for parts, received, expected in check(data):
            yield _wrong(parts, received, expected)


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _parses(parse: Callable[[str], object], value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parse(value)
    except (ValueError, OSError, LookupError, OverflowError):
        return False
    return True


def _wrong(parts: Parts, received: object, expected: str) -> Explanation:
    return Explanation(json_path(parts), shorten(received), expected, parts)

"""A result as one tidy table for a spreadsheet: a row a number, safe to open.

Numbers keep the decimal point and 9 significant digits whatever the language, and fractions
stay fractions; every row says whether the data are simulated and final, so that a row copied
out of the file still does.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from reach.report.csv_also import also_rows
from reach.report.csv_campaigns import campaign_rows
from reach.report.csv_costs import cost_rows
from reach.report.csv_people import person_rows
from reach.report.csv_posts import post_rows
from reach.report.json_text import rounded
from reach.report.reading import (
    Part,
    Result,
    has_messages,
    is_estimated,
    point,
    shown_count,
    shown_receipts,
)
from reach.report.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

COLUMNS = (
    "experiment", "simulated", "final", "table", "arm", "other_arm", "metric", "quantity",
    "value", "low", "high", "numerator", "denominator", "unit", "grade", "level", "method",
    "verdict", "because", "source",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_OUTCOMES = (
    "attempted", "not_sent", "pending", "unknown", "failed", "delivered", "sent", "conflicts",
    "seen", "machine_only", "engaged", "suspects", "acted", "recipients",
    "delivered_recipients", "possible_recipients", "acted_recipients",
)  # fmt: skip
_QUANTITIES = {  # of a comparison, with their units
    "p_value": "probability",
    "p_adjusted": "probability",
    "tipping_point": "share of unknowns",
    "margin": "fraction",
    "non_inferior": None,
    "provisional": None,
    "causal": None,
}
_OF_TIMED = ("receipts", "undated", "open", "failed")
_BALANCE = {  # what was read, with the units
    "records": "records",
    "accepted": "records",
    "rejected": "records",
    "without_event": "records",
    "events": "events",
    "facts": "events",
    "repeats": "events",
}
_LINES = {"lines": "lines", "blank": "lines"}


def csv_text(result: Result) -> str:
    """The table with its headings; lines end with a newline alone.

    Args:
        result: What `reach compare` found, or whom `reach people` found reached.
    """
    if "channels" not in result:
        return _written(result, [person_rows, _balance, _warnings])
    return _written(
        result,
        [
            _whole,
            _arms,
            cost_rows,
            _comparisons,
            campaign_rows,
            also_rows,
            post_rows,
            _persons,
            _assignment,
            _balance,
            _warnings,
        ],
    )


def _persons(result: Result) -> Iterator[Part]:
    return person_rows(result["persons"]) if "persons" in result else iter(())


def _written(result: Result, tables: Sequence[Callable[[Result], Iterator[Part]]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    always = {key: result[key] for key in ("experiment", "simulated", "final") if key in result}
    for rows in tables:
        for row in rows(result):
            writer.writerow({key: _cell(value) for key, value in {**always, **row}.items()})
    return text.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401  (any JSON scalar)
    """One cell; a text that a spreadsheet would run as a formula gets an apostrophe.

    Examples:
        >>> _cell("=1+1"), _cell(" @x"), _cell(-0.25), _cell(None), _cell(True)
        ("'=1+1", "' @x", '-0.25', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(rounded(value))
    if isinstance(value, int):
        return str(value)
    text = str(value)
    guard = (
        "'" if text.lstrip().startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else ""
    )
    return guard + visible(text)


def _whole(result: Result) -> Iterator[Part]:
    units = {
        "recipients": "recipients",
        "recipients_in_several": "recipients",
        "pending": "messages",
        "family": "comparisons",
    }
    for quantity, unit in units.items():
        yield {"table": "result", "quantity": quantity, "value": result[quantity], "unit": unit}


def _arms(result: Result) -> Iterator[Part]:
    for arm in result["channels"]:
        named = {"arm": arm["channel"], "grade": arm["grade"]}
        for quantity in _OUTCOMES:
            count = shown_count(arm, quantity)
            unit = "recipients" if quantity.endswith("recipients") else "messages"
            why = "not measured" if count is None else None
            row = {"quantity": quantity, "value": count, "unit": unit, "because": why}
            yield {**named, "table": "outcomes", **row}
        for level in ("carrier", "device", "inferred"):
            count = shown_receipts(arm, level)
            why = "not measured" if count is None else None
            row = {"quantity": level, "value": count, "unit": "messages", "because": why}
            yield {**named, "table": "receipts", **row}
        covered = arm["receipt_coverage"]
        missing = "not measured" if has_messages(arm) else "no messages"
        why = missing if covered is None else None
        row = {"quantity": "receipt_coverage", "value": covered, "unit": "fraction", "because": why}
        yield {**named, "table": "receipts", **row}
        for metric, rate in sorted(arm["rates"].items()):
            for number in _rate(rate):
                yield {**named, "table": "rates", "metric": metric, **number}
        for found in _timing(arm.get("timing", {})):
            yield {**named, "table": "timing", **found}


def _rate(rate: Part) -> Iterator[Part]:
    if not is_estimated(rate):
        quantity, why = next(iter(rate.items()))
        yield {"quantity": quantity, "because": why}
        return
    told = {key: rate[key] for key in ("numerator", "denominator", "level", "method")}
    ends = {"value": point(rate), "low": rate["low"], "high": rate["high"]}
    yield {"quantity": "rate", **ends, **told, "unit": "fraction"}
    possible = {"low": rate["lower_bound"], "high": rate["upper_bound"]}
    yield {"quantity": "possible", **possible, "unit": "fraction"}
    whole_set = {"low": rate["set_low"], "high": rate["set_high"]}
    yield {"quantity": "identified_set", **whole_set, **told, "unit": "fraction"}
    yield {"quantity": "deff", "value": rate["deff"], "unit": "ratio"}
    clusters = rate["effective_clusters"]
    yield {"quantity": "effective_clusters", "value": clusters, "unit": "recipients"}


def _timing(timing: Part) -> Iterator[Part]:
    """How soon an arm's messages arrived, or why that can't be said."""
    if "within" not in timing:
        yield from ({"quantity": quantity, "because": why} for quantity, why in timing.items())
        return
    for quantity in ("sent", "untimed", "timed", *_OF_TIMED, "skewed"):
        yield {"quantity": quantity, "value": timing[quantity], "unit": "messages"}
    for within, share in sorted(timing["within"].items()):
        metric = f"delivered_within_{within}_per_sent"
        for number in _rate(share["rate"]):
            yield {"metric": metric, **number}
        for quantity in ("sent", "too_recent"):
            row = {"quantity": quantity, "value": share[quantity], "unit": "messages"}
            yield {"metric": metric, **row}
    for end in ("earliest", "latest"):
        value = timing["median"][f"{end}_s"]
        why = "not reached" if value is None else None
        yield {"quantity": f"median_{end}", "value": value, "unit": "seconds", "because": why}


def _comparisons(result: Result) -> Iterator[Part]:
    for pair in result["comparisons"]:
        named = {
            "table": "comparisons",
            "arm": pair["a"],
            "other_arm": pair["b"],
            "metric": pair["metric"],
            "verdict": pair["verdict"],
            "because": pair["because"],
        }
        told = {"level": pair["level"], "method": pair["method"], "unit": "fraction"}
        ends = {"value": pair["difference"], "low": pair["low"], "high": pair["high"]}
        yield {**named, "quantity": "difference", **ends, **told}
        for quantity, unit in (
            ("difference_bounds", "fraction"),
            ("tipping_range", "share of unknowns"),
        ):
            if pair[quantity] is not None:
                low, high = pair[quantity]
                yield {**named, "quantity": quantity, "low": low, "high": high, "unit": unit}
        for quantity, measure in _QUANTITIES.items():
            if pair.get(quantity) is not None:
                yield {**named, "quantity": quantity, "value": pair[quantity], "unit": measure}
        if pair.get("effective_clusters") is not None:
            least = min(pair["effective_clusters"])
            row = {"quantity": "least_effective_clusters", "value": least, "unit": "recipients"}
            yield {**named, **row}
        if pair["standardised"] is not None:
            crude = pair["standardised"]["crude"]
            low, high = crude["difference_bounds"]
            ends = {"value": crude["difference"], "low": low, "high": high, "unit": "fraction"}
            yield {**named, "quantity": "crude_difference", **ends}


def _assignment(result: Result) -> Iterator[Part]:
    assigned = result["assignment"]
    if assigned is None:
        return
    for quantity, unit in (("counts", assigned["unit"]), ("shares", "share")):
        for arm, value in sorted(assigned[quantity].items()):
            row = {"quantity": quantity, "value": value, "unit": unit}
            yield {"table": "assignment", "arm": arm, **row}
    for quantity in ("randomised", "chi2", "p_value", "passed"):
        row = {"quantity": quantity, "value": assigned[quantity], "because": assigned["why"]}
        yield {"table": "assignment", **row}


def _balance(result: Result) -> Iterator[Part]:
    balance = result["balance"]
    for kind, unit in _BALANCE.items():
        yield {"table": "balance", "quantity": kind, "value": balance[kind], "unit": unit}
    for source in balance["sources"]:
        named = {"source": source["source"], "method": source["format"]}
        for kind, unit in (_LINES | _BALANCE).items():
            if source[kind] is not None:  # only some formats have lines
                row = {"quantity": kind, "value": source[kind], "unit": unit}
                yield {"table": "balance_of_source", **row, **named}
    for each in result["rejections"]:
        row = {"quantity": "rejected", "value": each["count"], "unit": "records"}
        yield {"table": "rejections", **row, "because": each["file"], "source": each["source"]}


def _warnings(result: Result) -> Iterator[Part]:
    for warning in result["warnings"]:
        yield {"table": "warnings", "quantity": warning["code"], "because": warning["message"]}

"""Persons reached as rows of the tidy table: a row a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.reading import Part

_AUDIENCES = ("public", "internal")


def person_rows(persons: Part) -> Iterator[Part]:
    """What is known of persons: each channel, all together, comparisons, exposures, notices.

    ``arm`` is the channel; the audience, public or internal, is in the table's name.

    Args:
        persons: A document of persons, or that part of a comparison's result.
    """
    universe = persons["universe"]
    yield {
        "table": "universe",
        "quantity": "persons",
        "value": universe["persons"],
        "unit": "persons",
        "source": "; ".join(universe["sources"]),
    }
    for name in _AUDIENCES:
        if persons[name] is not None:
            for row in _audience(persons[name], universe["persons"]):
                yield {**row, "table": f"{name}_{row['table']}"}
    yield from _exposures(persons["exposures"])
    for each in persons["notices"]:
        yield {"table": "notices", "quantity": each["code"], "because": each["message"]}


def _audience(found: Part, everybody: int) -> Iterator[Part]:
    for each in found["channels"]:
        of = {"table": "channels", "arm": each["channel"], "grade": each["grade"]}
        yield {**of, "quantity": "reached", **_value(each["reached"])}
        for cost in each["costs"]:
            paid = {"unit": cost["currency"]}
            yield {**of, "quantity": "paid", "value": cost["total"], **paid}
            if cost["per_person"] is not None:
                told = cost["per_person"]
                yield {**of, "quantity": "cost_per_person", **_value(told), **paid}
    for each in found["unmeasured"]:
        yield {
            "table": "channels",
            "arm": each["channel"],
            "quantity": "not_measured",
            "because": each["because"],
        }
    yield from _together(found["together"], everybody)
    for pair in found["comparisons"]:
        yield {
            "table": "comparisons",
            "arm": pair["a"],
            "other_arm": pair["b"],
            "quantity": "difference",
            "value": pair["difference"],
            "low": pair["low"],
            "high": pair["high"],
            "denominator": everybody,
            "unit": "fraction",
            "grade": "/".join(pair["grades"]),
            "level": pair["level"],
            "method": pair["method"],
            "verdict": pair["verdict"],
            "because": pair["because"],
        }


def _together(found: Part, everybody: int) -> Iterator[Part]:
    resting = {"grade": found["grade"], "method": found["rung"]["name"], "denominator": everybody}
    yield {"table": "together", "quantity": "reached", **_value(found["reached"]), **resting}
    low, high = found["reached"]["bounds"]
    yield {
        "table": "together",
        "quantity": "reached_bounds",
        "low": low,
        "high": high,
        "unit": "persons",
    }
    for each in found["channels"]:
        of = {"table": "together", "arm": each["channel"], "grade": each["grade"]}
        for quantity in ("alone", "incremental", "cumulative"):
            yield {**of, "quantity": quantity, **_value(each[quantity])}
    for each in found["at_least"]:
        quantity = f"at_least_{each['channels']}_channels"
        yield {"table": "together", "quantity": quantity, **_value(each["reached"])}
    for each in found["contacts"] or ():
        quantity = f"at_least_{each['contacts']}_contacts"
        told = {"value": each["persons"], "unit": "persons"}
        yield {"table": "together", "quantity": quantity, **told}
    for each in found["regions"]:
        of = {"table": "regions", "arm": each["region"], "grade": each["grade"]}
        told = {**_value(each["reached"]), "denominator": each["persons"]}
        yield {**of, "quantity": "reached", "method": each["rung"]["name"], **told}


def _exposures(exposures: list[Part]) -> Iterator[Part]:
    for each in exposures:
        named = (each["channel"], each["vehicle"], each["region"])
        of = {
            "table": "exposures" if each["audience"] == "public" else "internal_exposures",
            "arm": " · ".join(name for name in named if name is not None),
            "grade": each["grade"],
            "method": each["method"],
            "source": "; ".join(each["rows"][:1]),
            "because": "shared by staff" if each["shared_by_staff"] else "",
        }
        if each["reached"] is None:
            yield {**of, "quantity": "not_measured", "because": each["not_measured"]}
        else:
            told = {**_value(each["reached"]), "unit": each["unit"]}
            yield {**of, "quantity": "reached", **told, "level": each["reached"]["level"]}
        if each["engaged"] is not None:
            yield {**of, "quantity": "engaged", **_value(each["engaged"]), "unit": each["unit"]}


def _value(told: Part) -> Part:
    return {
        "value": told["estimate"],
        "low": told["low"],
        "high": told["high"],
        "unit": "persons",
    }

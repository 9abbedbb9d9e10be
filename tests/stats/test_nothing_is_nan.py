"""At the borders of their domain functions answer with numbers, or say why they can't."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import traceback
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from boundary_inputs import BOUNDARIES

import reach.stats

# Where an answer is infinite by its definition, and says so in its docstring.
INFINITE = {
    "critical", "set_critical", "nu", "degrees_of_freedom", "effective_trials", "precision", "monotone.first_reached", "critical.margins",
}  # fmt: skip


def public() -> Iterator[str]:
    """Public functions of the room, and classes that judge what they are given."""
    for module in pkgutil.walk_packages(reach.stats.__path__, "reach.stats."):
        for name, each in vars(importlib.import_module(module.name)).items():
            own = getattr(each, "__module__", None) == module.name and not name.startswith("_")
            if own and (inspect.isfunction(each) or hasattr(each, "__post_init__")):
                yield f"{module.name.removeprefix('reach.stats.')}.{name}"


def test_no_function_is_forgotten() -> None:
    assert sorted(BOUNDARIES) == sorted(public())
    assert all(BOUNDARIES.values())


def lost(found: object, where: str) -> Iterator[str]:
    """The places of an answer that hold no number."""
    if dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            yield from lost(getattr(found, field.name), field.name)
    elif isinstance(found, dict | list | tuple):
        for each in found.values() if isinstance(found, dict) else found:
            yield from lost(each, where)
    elif isinstance(found, float | np.floating | np.ndarray):
        told = np.asarray(found, dtype=np.float64)
        if np.isnan(told).any() or (np.isinf(told).any() and where not in INFINITE):
            yield where
    elif found is not None and not callable(found):
        assert isinstance(found, bool | int | str | Fraction), where


def fault(call: Callable[[], object], name: str) -> str | None:
    """What is wrong with an answer, or None; empty if it is refused in words of ours."""
    try:
        found = call()
    except ValueError as error:
        raised_in = Path(traceback.extract_tb(error.__traceback__)[-1].filename)
        ours = Path(reach.stats.__file__).parent in raised_in.parents
        return "" if ours and str(error) else f"{error!r} from {raised_in}"
    places = list(lost(found, name))
    return f"{places} of {found}" if places else None


@pytest.mark.parametrize("name", BOUNDARIES)
def test_the_answer_is_a_number_or_an_error_of_ours(name: str) -> None:
    faults = {call: fault(call, name) for call in BOUNDARIES[name]}
    assert {call: said for call, said in faults.items() if said} == {}
    assert None in faults.values()  # something is answered

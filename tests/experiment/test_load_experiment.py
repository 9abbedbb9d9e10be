from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.compare.question import Assignment, Price
from reach.errors import ConfigError, Fault
from reach.experiment.compose import compose
from reach.experiment.config import Channel, Period, Source
from reach.experiment.load import load_experiment

DATA = Path(__file__).parents[1] / "data"
VALID = sorted((DATA / "valid" / "experiment").glob("*.yaml"))
INVALID = sorted((DATA / "invalid" / "experiment").glob("*.yaml"))
EXPECT = "# expect: "


def names(path: Path) -> str:
    return path.stem


def test_the_examples_are_there() -> None:
    assert len(VALID) >= 4
    assert len(INVALID) >= 20


@pytest.mark.parametrize("path", VALID, ids=names)
def test_valid(path: Path) -> None:
    assert load_experiment(path).folder == path.parent


@pytest.mark.parametrize("path", INVALID, ids=names)
def test_invalid_says_exactly_what_is_wrong(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]
    assert expected
    with pytest.raises(ConfigError) as raised:
        load_experiment(path)
    assert str(raised.value).splitlines() == [f"{path.name}:{said}" for said in expected]


def test_the_full_example_as_data() -> None:
    path = DATA / "valid" / "experiment" / "full.yaml"
    full = load_experiment(path)
    assert full.slug == "jabar-vaccination-demo"
    assert full.title["id"] == "Pengingat vaksinasi, Jawa Barat"
    assert full.period == Period(date(2026, 1, 5), date(2026, 2, 4))
    assert full.log_ends_us == 1_773_100_800_000_000
    assert full.country == "NO"
    assert full.sources[0] == Source("logs/sendgrid/*.json.gz", None, {}, {}, None, "full.yaml:8:5")
    assert full.sources[4].format is None
    assert full.sources[4].map is not None
    assert full.sources[4].map["delivered"]["equals"] == ["01", "1.0", "NO", "true", "2026-01-05"]
    assert full.sources[4].map["channel"]["values"] == {
        "1": "sms",
        "WA": "whatsapp",
        "NO": "none-of-them",
    }
    assert full.channels["sms"] == Channel(
        "sms", "direct", 5_400_000_000, Price(350_000_000, "IDR"), {"en": "SMS", "id": "SMS"}
    )
    assert full.channels["radio"].title == {"en": "Radio", "id": "Radio"}
    assert full.channels["email"].cost_per_message == Price(1, "USD")
    assert full.compare.assignment == Assignment(
        randomised=True, unit="person", shares={"sms": 1, "whatsapp": 1, "email": 0.5}
    )
    assert full.compare.pairs is None
    assert full.seed == 20_260_105
    hour = 3_600_000_000
    asked = {
        name: full.horizon_us(name)
        for name in ("sms", "radio", "email", "push", "whatsapp", "call")
    }
    assert asked == {
        "sms": 3 * hour // 2,
        "radio": None,
        "email": 72 * hour,
        "push": 28 * 24 * hour,
        "whatsapp": 30 * 24 * hour,
        "call": 72 * hour,
    }  # fmt: skip


def test_defaults() -> None:
    bare = load_experiment(DATA / "valid" / "experiment" / "minimal.yaml")
    assert bare.title == {"en": "m", "id": "m"}
    assert (bare.simulated, bare.period, bare.log_ends_us, bare.seed) == (False, None, None, 0)
    assert bare.compare.metrics == ("delivered_per_sent", "engaged_per_delivered")
    assert (bare.compare.by, bare.compare.level, bare.compare.coverage_threshold) == ("channel", 0.95, 0.8)  # fmt: skip
    pairs = load_experiment(DATA / "valid" / "experiment" / "pairs-and-shares.yaml")
    assert pairs.compare.pairs == (("a", "b"), ("c", "a"))


@pytest.mark.parametrize("said", [None, "table"])
def test_a_map_leaves_the_format_to_be_recognised(tmp_path: Path, said: str | None) -> None:
    form = f", format: {said}" if said else ""
    mapped = "map: {channel: {const: call}, person: phone}"
    text = f"experiment: m\nsources:\n  - {{path: calls.csv{form}, {mapped}}}\n"
    (tmp_path / "experiment.yaml").write_text(text, encoding="utf-8")
    (source,) = load_experiment(tmp_path).sources
    assert source.format == said
    assert source.map == {"channel": {"const": "call"}, "person": "phone"}


def test_a_folder_stands_for_its_config(tmp_path: Path) -> None:
    text = (DATA / "valid" / "experiment" / "minimal.yaml").read_text(encoding="utf-8")
    (tmp_path / "experiment.yaml").write_text(text, encoding="utf-8")
    assert load_experiment(tmp_path) == load_experiment(str(tmp_path / "experiment.yaml"))
    (tmp_path / "experiment.yaml").unlink()
    with pytest.raises(ConfigError, match="expected a folder with an experiment"):
        load_experiment(tmp_path)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = "{'yaml', 'jsonschema'} & set(sys.modules)"
    code = f"import sys, reach.experiment.load, reach.experiment.sources; assert not {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)


SEEDS = [path.read_text(encoding="utf-8") for path in (*VALID, *INVALID)]
SCRAPS = st.sampled_from(
    ["\t", "\n", " ", "-", ": ", "{", "}", "[", "]", "'", '"', "\\", "|", ">", "&a ", "*a", "!!", "!<", "!%ff", "%",
     "? ", "<<: ", "---", "...", "#", ",", "\\x", "\\ud800", "\x85", "\u2028", "\ufeff", "\x00", "\U0001f600",
     "null", "~", "-1", "1e999", "0x", ".nan", "[]", "{}", "true", "2026-13-01"]
) | st.text(max_size=3)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return text


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_whatever_the_text_only_a_config_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:  # fmt: skip
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    lines = 1 + sum(text.count(c) for c in "\n\r\x85\u2028\u2029")
    for fault in faults_of(file):
        line, column = map(int, fault.where.rsplit(":", 2)[1:])
        assert 1 <= line <= lines
        assert column >= 1
        assert str(fault).isprintable()


def faults_of(file: Path) -> list[Fault]:
    try:
        load_experiment(file)
    except ConfigError as error:
        return error.faults
    return []


@settings(max_examples=150, deadline=None)
@given(st.lists(SCRAPS, max_size=12).map("".join))
def test_scraps_of_yaml(text: str) -> None:
    with contextlib.suppress(ConfigError):
        compose(text, "experiment.yaml")

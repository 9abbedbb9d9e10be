"""The same plan, the same bytes: in pieces of any size, and compressed or not."""

from __future__ import annotations

import gzip
import tracemalloc
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
import zstandard

import reach.simulate.run as simulation
from reach.simulate.messages import sending
from reach.simulate.plan import Plan
from reach.simulate.population import Population
from reach.simulate.profiles import PROFILES
from reach.simulate.run import simulate
from reach.simulate.stream import pieces

FEW = Plan(seed=3, people=400, channels=tuple(PROFILES), bad_share=0.02)


def tree(out: Path) -> dict[str, str]:
    """All files but the Parquet ones, which hold the version of what wrote them."""
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".parquet"
    }


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("once")
    simulate(FEW, out)
    return out


def test_the_same_seed_gives_the_same_bytes(once: Path, tmp_path: Path) -> None:
    simulate(FEW, tmp_path / "again")
    assert tree(tmp_path / "again") == tree(once)


@pytest.mark.parametrize(
    ("channel", "digest"),
    [
        ("sms", "57dd975827bac319cab326a662f4df29afa4fae5b22c349f1bfd5e234b4c78a1"),
        ("newsletter", "5416f2b33706b40ddd2e7f3cded365f26a0db15af5825bfa2904e1930b6ddec7"),
    ],
)
def test_known_bytes(channel: str, digest: str, once: Path) -> None:
    """On every machine and with every version of numpy, until the simulation itself changes."""
    log = (once / f"logs/{channel}/{channel}-00001.ndjson").read_bytes()
    assert sha256(log).hexdigest() == digest


@pytest.mark.parametrize("chunk", [1, 97, 100_000])
def test_the_size_of_the_pieces_does_not_matter(chunk: int, once: Path, tmp_path: Path) -> None:
    plan = FEW if chunk > 1 else Plan(seed=3, people=60, channels=("email",), bad_share=0.2)
    simulate(plan, tmp_path / "pieces", chunk=chunk)
    if chunk == 1:
        simulate(plan, tmp_path / "whole")
    assert tree(tmp_path / "pieces") == tree(once if chunk > 1 else tmp_path / "whole")


def test_another_seed_gives_other_logs(once: Path, tmp_path: Path) -> None:
    simulate(Plan(seed=4, people=400, channels=tuple(PROFILES), bad_share=0.02), tmp_path / "other")
    mine, other = tree(once), tree(tmp_path / "other")
    assert mine.keys() == other.keys()
    assert not set(mine.items()) & set(other.items())


@pytest.mark.parametrize(("how", "ending"), [("gzip", ".gz"), ("zstd", ".zst")])
def test_compressed_logs_are_the_same_logs(
    how: str, ending: str, once: Path, tmp_path: Path
) -> None:
    plan = Plan(seed=3, people=400, channels=("sms",), bad_share=0.02, compress=how)
    simulate(plan, tmp_path / "packed")
    packed = (tmp_path / f"packed/logs/sms/sms-00001.ndjson{ending}").read_bytes()
    plain = (once / "logs/sms/sms-00001.ndjson").read_bytes()
    assert unpacked(packed) == plain
    simulate(plan, tmp_path / "again")
    assert tree(tmp_path / "again") == tree(tmp_path / "packed")


def unpacked(data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def test_a_large_channel_has_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "MESSAGES_A_FILE", 300)
    made = simulate(Plan(people=500, channels=("sms",)), tmp_path / "parts")
    assert made.files == 3
    assert len(list((tmp_path / "parts/truth/sms").iterdir())) == 3


def test_memory_is_that_of_a_few_pieces() -> None:
    sent = sending(PROFILES["newsletter"], Population(5_000_000, 1), 1_767_571_200_000, 1.7)
    log = pieces(sent, 0, sent.count, 0.001, chunk=2_000)
    for _ in islice(log, 15):  # until as many late records wait as ever will
        pass
    tracemalloc.start()
    for _ in islice(log, 2):
        pass
    before = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    for _ in islice(log, 10):
        pass
    after = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert after < 1.5 * before + 4_000_000

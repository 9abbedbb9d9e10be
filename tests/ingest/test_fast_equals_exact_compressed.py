"""Compressed files come to the same as plain ones; damaged ones to an error, never to less."""

from __future__ import annotations

import bz2
import gzip
import json
from typing import TYPE_CHECKING

import pytest
import zstandard
from hostile_records import GOOD, hostile_file

from reach.errors import InputError
from reach.formats.containers.compressed import compression

if TYPE_CHECKING:
    from collections.abc import Callable

    from drive import Driver

NDJSON = hostile_file(7, 200)
CSV = b"message_id,event,channel,recipient\n" + b"".join(
    b"m%d,sent,sms,+62%d\n" % (number, number) for number in range(2000)
)
LINES = b"".join(
    json.dumps(GOOD | {"message_id": f"m{number}"}).encode() + b"\n" for number in range(2000)
)


def _frames(content: bytes) -> bytes:
    """Several zstd frames, one with a checksum, one to be skipped, one that repeats a byte."""
    half = len(content) // 2
    plain = zstandard.ZstdCompressor()
    checked = zstandard.ZstdCompressor(write_checksum=True, write_content_size=False)
    skipped = b"\x52\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"
    return b"".join(
        [plain.compress(content[:half]), skipped, checked.compress(content[half:]),
         plain.compress(b"\n" * 30_000)]
    )  # fmt: skip


def _members(content: bytes) -> bytes:
    half = len(content) // 2
    return gzip.compress(content[:half]) + gzip.compress(content[half:])


def _streams(content: bytes) -> bytes:
    """Several bzip2 streams one after another, as packers write them that use several cores."""
    half = len(content) // 2
    return bz2.compress(content[:half]) + bz2.compress(b"") + bz2.compress(content[half:], 1)


CHECKED = zstandard.ZstdCompressor(write_checksum=True)
PACKERS = [
    gzip.compress, _members, zstandard.ZstdCompressor().compress, _frames, bz2.compress, _streams
]  # fmt: skip
NAMES = ["gzip", "members", "zstd", "frames", "bzip2", "streams"]


@pytest.mark.parametrize("pack", PACKERS, ids=NAMES)
@pytest.mark.parametrize("content", [NDJSON, CSV], ids=["ndjson", "csv"])
def test_compressed_files_come_to_the_same(
    driver: Driver, content: bytes, pack: Callable[[bytes], bytes]
) -> None:
    plain, packed = driver.folder / "plain.log", driver.folder / "packed.log"
    plain.write_bytes(content)
    packed.write_bytes(pack(content))
    one, other = driver.agrees(plain), driver.agrees(packed)
    counts = one.ingested.balance.counts()[:-2]
    assert counts == other.ingested.balance.counts()[:-2]
    assert [found["raw"] for found in one.rejections] == [
        found["raw"] for found in other.rejections
    ]


@pytest.mark.parametrize("pack", PACKERS, ids=NAMES)
@pytest.mark.parametrize("content", [LINES, CSV], ids=["ndjson", "csv"])
@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95, -1], ids=str)
def test_a_cut_file_is_an_error(
    driver: Driver, content: bytes, pack: Callable[[bytes], bytes], kept: float
) -> None:
    packed = pack(content)
    path = driver.folder / "cut.log"
    path.write_bytes(packed[: int(len(packed) * kept) if kept > 0 else int(kept)])
    with pytest.raises(InputError) as caught:
        driver.ingest(path)
    assert str(caught.value) == (
        "cut.log: got damaged compressed data (Compressed file ended before the end-of-stream "
        "marker was reached), expected a whole file; fetch it again"
    )


def test_no_zstd_file_may_be_cut_anywhere(driver: Driver) -> None:
    """Not even between two blocks, where nothing looks amiss."""
    packed = _frames(CSV[:400])
    whole = _frame_ends(packed)
    path = driver.folder / "cut.zst"
    for kept in range(4, len(packed)):
        path.write_bytes(packed[:kept])
        if kept in whole:
            assert compression(path) == "zstd"
        else:
            with pytest.raises(EOFError):
                compression(path)


def _frame_ends(packed: bytes) -> list[int]:
    starts = (b"\x28\xb5\x2f\xfd", b"\x52\x2a\x4d\x18")
    return [at for at in range(1, len(packed)) if packed[at : at + 4] in starts]


@pytest.mark.parametrize("content", [LINES, CSV], ids=["ndjson", "csv"])
def test_garbage_behind_gzip_is_an_error(driver: Driver, content: bytes) -> None:
    path = driver.folder / "garbage.gz"
    path.write_bytes(gzip.compress(content) + b"garbage")
    said = r"garbage.gz: got damaged compressed data \(Not a gzipped file \(b'ga'\)\), expected"
    with pytest.raises(InputError, match=said):
        driver.ingest(path)


def test_no_bzip2_file_may_be_cut_anywhere(driver: Driver) -> None:
    packed, whole = _streams(CSV[:400]), len(bz2.compress(CSV[:200]))
    path = driver.folder / "cut.bz2"
    ends = (whole, whole + len(bz2.compress(b"")))
    for kept in (*range(4, len(packed), 7), *ends):
        path.write_bytes(packed[:kept])
        if kept in ends:
            assert driver.ingest(path).ingested.balance.records
        else:
            with pytest.raises(InputError, match="damaged compressed data"):
                driver.ingest(path)


@pytest.mark.parametrize("content", [LINES, CSV], ids=["ndjson", "csv"])
def test_garbage_behind_bzip2_is_an_error(driver: Driver, content: bytes) -> None:
    path = driver.folder / "garbage.bz2"
    path.write_bytes(bz2.compress(content) + b"garbage")
    with pytest.raises(InputError, match=r"damaged compressed data \(Invalid data stream\)"):
        driver.ingest(path)


@pytest.mark.parametrize(
    "pack", [gzip.compress, CHECKED.compress, bz2.compress], ids=["gzip", "zstd", "bzip2"]
)
@pytest.mark.parametrize("content", [LINES, CSV], ids=["ndjson", "csv"])
def test_damage_in_the_middle_is_an_error(
    driver: Driver, content: bytes, pack: Callable[[bytes], bytes]
) -> None:
    packed = bytearray(pack(content))
    middle = len(packed) // 2
    packed[middle : middle + 40] = b"\xff" * 40
    path = driver.folder / "damaged.log"
    path.write_bytes(packed)
    with pytest.raises(InputError, match=r"damaged.log: got damaged compressed data \("):
        driver.ingest(path)

"""Text logs damaged as disks, editors and other programs damage them."""

from __future__ import annotations

import csv
import io
import random
import re

ODD = (
    b"", b" ", b"0", b"-1", b"99999999999999999999", b"x", b"\xff\xfe", b"\xc3", b"\xe2\x80\x99",
    b"\xf0\x9f\x93\xa3", b"\t", b'"', b"'", b"<>", b"=", b":", b",", b"null", b"2020-02-30",
    b"Siti <siti@example.org>", b"%(day)s", b"\\", b"(" * 40, b"." * 40,
)  # fmt: skip
"""Bytes that may stand where others belong; no line end among them."""

BROKEN = (
    b"   ",
    b"\xff",
    b"no log",
    b"{",
    b"[",
    b'{"a": 1}',
    b"(" * 3000,
    b"<" * 3000,
    b"a," * 3000,
)
"""Lines that are no records."""

_PART = re.compile(rb"[^\s,=:;<>()\[\]\"&|]+")


def mangled_line(line: bytes, chance: random.Random) -> bytes:
    """A line with one to three faults; still one line."""
    for _ in range(chance.randint(1, 3)):
        line = _mangle(line, chance)
    return line.replace(b"\n", b" ").replace(b"\r", b" ")


def _mangle(line: bytes, chance: random.Random) -> bytes:
    parts = list(_PART.finditer(line))
    kind = chance.random()
    if not parts or kind < 0.15:
        at = chance.randint(0, len(line))
        return line[:at] + chance.choice(ODD) + line[at:]
    part = chance.choice(parts)
    before, said, after = line[: part.start()], part[0], line[part.end() :]
    if kind < 0.25:
        return line[: part.end()]
    instead = (
        chance.choice(ODD),
        b"",
        said + said,
        said.swapcase(),
        said.upper(),
        chance.choice(parts)[0],
    )
    return before + chance.choice(instead) + after


def mangled_lines(lines: list[bytes], seed: int, count: int, *, head: int = 0) -> bytes:
    """A file of lines in their order: sound ones, damaged ones, repeats and what is no record.

    Args:
        lines: A sound file's lines.
        seed: Which damage.
        count: How many lines of it to take, from a place that chance decides.
        head: How many lines at the beginning stay as they are and where they are (a header).
    """
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    body = lines[head:]
    start = chance.randrange(max(1, len(body) - count + 1))
    found = list(lines[:head])
    for line in body[start : start + count]:
        kind = chance.random()
        if kind < 0.45:
            found.append(line)
        elif kind < 0.85:
            found.append(mangled_line(line, chance))
        elif kind < 0.9:
            found += [line, line]
        elif kind < 0.95:
            found.append(chance.choice(BROKEN))
    end = chance.choice((b"\n", b"\n", b"\r\n"))
    return end.join(found) + chance.choice((b"", end, end + end))


def mangled_bytes(sample: bytes, seed: int) -> bytes:
    """A file with up to five faults anywhere: cut, repeated, swapped or overwritten.

    No NUL is put in: near a file's beginning that makes it binary data, and no log at all.
    """
    chance = random.Random(seed)  # noqa: S311
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(sample))
        end = min(len(sample), at + chance.choice((0, 1, 7, 80, 2000)))
        kind = chance.random()
        if kind < 0.3:
            sample = sample[:at] + chance.choice(ODD) + sample[end:]
        elif kind < 0.5:
            sample = sample[:end] + sample[at:]
        elif kind < 0.6:
            sample = sample[:at]
        elif kind < 0.8:
            to = chance.randint(0, len(sample))
            sample = sample[:to] + sample[at:end] + sample[to:]
        else:
            sample = sample[:at] + bytes([chance.randrange(1, 256)]) + sample[at + 1 :]
    return sample


def mangled_cells(table: str, seed: int, count: int, words: list[str]) -> bytes:
    """A table whose rows are all of the right shape, and some of whose cells are not what they were.

    `mangled_lines` makes rows that are none; one of them, and the engine leaves the whole file
    to Python. Here it has to read the file itself.

    Args:
        table: A sound one.
        seed: Which damage.
        count: How many rows, each a copy of one of the table's.
        words: What may stand where other cells do.
    """
    chance = random.Random(seed)  # noqa: S311
    header, *rows = csv.reader(io.StringIO(table, newline=""))
    cells = [cell for row in rows for cell in row]
    odd = [each.decode("utf-8", "replace") for each in ODD if len(each) < 40]
    found = []
    for _ in range(count):
        row = list(chance.choice(rows))
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            place = chance.randrange(len(row))
            said = row[place]
            instead = (odd, words, cells, (said + said, said.swapcase(), f" {said} ", said[:-1]))
            row[place] = chance.choice(chance.choice(instead))
        found.append(row)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *found])
    return text.getvalue().encode()

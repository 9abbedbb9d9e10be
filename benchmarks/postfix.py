"""A mail log, read by reach and by pflogsumm: lines a second of each, in one run.

reach reads it from its bytes to the evidence of every message, on one core; pflogsumm, a
Perl script, prints its report. The log has the shape of a relay's: mail comes in, goes
through a filter on the same machine and in again, and on to other servers.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import random
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import DATA, Run, alternate, median, run, table, write_results

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = 1_000_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_START = 1_767_571_200  # Monday 5 January 2026, UTC
_GAP_S = 0.8
_INSTALL = (
    "pflogsumm is not there, so reach is measured alone. Install it with apt-get install pflogsumm; "
    "or apt-get download pflogsumm, dpkg -x its package, and name the script with --pflogsumm."
)
_RETRIES = (300.0, 900.0, 2700.0)
_FILTER = "127.0.0.1[127.0.0.1]:10024"


def log_of(lines: int) -> Path:
    """The log with about that many lines; written if it is not there."""
    path = DATA / "postfix" / f"{lines}.log"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        write_log(draft, lines)
        draft.rename(path)
    return path


def write_log(path: Path, lines: int) -> None:
    """Write the log: the same for the same number of lines."""
    chance = random.Random(lines)  # noqa: S311 -- a log is no secret
    numbers = itertools.count()
    written: list[tuple[float, int, str]] = []
    at = float(_START)
    while len(written) < lines:
        at += chance.expovariate(1 / _GAP_S)
        written += [(when, next(numbers), text) for when, text in _message(at, chance)]
    written.sort()
    with path.open("w", encoding="ascii") as file:
        for when, _, text in written[:lines]:
            file.write(f"{_stamp(when)} mx1 {text}\n")


def _stamp(at: float) -> str:
    told = time.gmtime(at)
    return f"{_MONTHS[told.tm_mon - 1]} {told.tm_mday:2} {time.strftime('%H:%M:%S', told)}"


def _message(at: float, chance: random.Random) -> Iterator[tuple[float, str]]:
    """The lines of one message: in, through the filter, in again, and out to its recipients."""
    first, second = _queue_id(chance), _queue_id(chance)
    sender = f"bulletin{chance.randrange(20)}@office.example.id"
    people = [
        f"person{chance.randrange(200_000)}@mail{int(chance.paretovariate(1)) % 400}.example.org"
        for _ in range(1 if chance.random() < 0.9 else chance.randrange(2, 6))
    ]
    size = chance.randrange(2_000, 90_000)
    yield from _taken_in(at, first, "web1.office.example.id[10.1.2.3]", sender, size, len(people))
    filtered = at + 0.1 + chance.expovariate(2)
    yield from _taken_in(filtered, second, "localhost[127.0.0.1]", sender, size + 500, len(people))
    for person in people:
        reply = f"250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as {second}"
        yield _delivery(filtered + 0.1, at, first, person, _FILTER, "2.0.0", f"sent ({reply})")
    yield filtered + 0.1, f"postfix/qmgr[812]: {first}: removed"
    last = filtered
    for person in people:
        for when, dsn, result in _tries(filtered + 0.2, person, chance):
            last = max(last, when)
            if when > filtered + 10:
                yield when - 1, _active(second, sender, size + 500, len(people))
            relay = f"{person.split('@')[1]}[192.0.2.{chance.randrange(1, 255)}]:25"
            yield _delivery(when, filtered, second, person, relay, dsn, result)
    yield last, f"postfix/qmgr[812]: {second}: removed"


def _taken_in(
    at: float, queue_id: str, client: str, sender: str, size: int, recipients: int
) -> Iterator[tuple[float, str]]:
    yield at, f"postfix/smtpd[2201]: connect from {client}"
    yield at, f"postfix/smtpd[2201]: {queue_id}: client={client}"
    yield at, f"postfix/cleanup[2207]: {queue_id}: message-id=<{queue_id}.{size}@office.example.id>"
    yield at, _active(queue_id, sender, size, recipients)
    counts = "ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5"
    yield at, f"postfix/smtpd[2201]: disconnect from {client} {counts}"


def _active(queue_id: str, sender: str, size: int, recipients: int) -> str:
    taken_up = f"from=<{sender}>, size={size}, nrcpt={recipients} (queue active)"
    return f"postfix/qmgr[812]: {queue_id}: {taken_up}"


def _tries(at: float, person: str, chance: random.Random) -> Iterator[tuple[float, str, str]]:
    """What became of one recipient's message, try after try."""
    host = person.split("@")[1]
    at += chance.expovariate(1)
    luck = chance.random()
    if luck > 0.93:
        for wait in _RETRIES[: chance.randrange(1, 4)]:
            said = f"host {host} said: 451 4.7.1 Try again later (in reply to RCPT TO command)"
            yield at, "4.7.1", f"deferred ({said})"
            at += wait
    if luck < 0.03:
        said = f"host {host} said: 550 5.1.1 <{person}>: unknown (in reply to RCPT TO command)"
        yield at, "5.1.1", f"bounced ({said})"
    else:
        told = chance.randrange(10**9)
        yield at, "2.0.0", f"sent (250 2.0.0 OK {told} az9-v6si5976496plb.190 - gsmtp)"


def _delivery(
    at: float, since: float, queue_id: str, person: str, relay: str, dsn: str, result: str
) -> tuple[float, str]:
    delay = f"{at - since:.2g}" if at - since < 10 else f"{at - since:.0f}"
    told = f"relay={relay}, delay={delay}, delays=0.05/0.01/0.2/0.1, dsn={dsn}, status={result}"
    return at, f"postfix/smtp[2301]: {queue_id}: to=<{person}>, {told}"


def _queue_id(chance: random.Random) -> str:
    return f"{chance.randrange(1_000_000):05X}{chance.randrange(0xE0000, 0xE1000):X}"


def ingest(path: Path) -> dict[str, int]:
    """One file from its bytes to evidence, on one core; the account of its records."""
    from reach.engine import Limits, connect
    from reach.formats.containers.head import peek
    from reach.formats.record import Log, Options
    from reach.formats.registry import recognise
    from reach.ingest.file import ingest_file
    from reach.ingest.identity import digest
    from reach.ingest.secret import define_macros

    options = Options(timezone="Asia/Jakarta", year=2026)
    with connect(Limits(threads=1)) as engine, tempfile.TemporaryDirectory() as spool:
        define_macros(engine, bytes(range(40)))
        head = peek(path, path.name, engine)
        log = Log(path, path.name, digest(path, path.name), head, options)
        as_format = recognise(log.name, head, options)
        done = ingest_file(engine, log, as_format, None, io.StringIO(), Path(spool))  # type: ignore[arg-type]
    return asdict(done.balance)


def measure_postfix(lines: int, rounds: int, pflogsumm: str | None) -> dict[str, Any]:
    """Measure both.

    Args:
        lines: Lines of the log.
        rounds: How often each runs, in turn; medians are told.
        pflogsumm: The script; None to measure reach alone.
    """
    log = log_of(lines)
    here = ("taskset", "-c", "0")
    commands = {"reach": (*here, sys.executable, __file__, "--ingest", str(log))}
    if pflogsumm is not None:
        commands["pflogsumm"] = (*here, "perl", pflogsumm, str(log))
    runs = alternate(
        {name: lambda command=command: run(command) for name, command in commands.items()}, rounds
    )
    medians = {name: median(each) for name, each in runs.items()}
    return {
        "lines": lines,
        "bytes": log.stat().st_size,
        "rounds": rounds,
        "balance": ingest(log),
        **{name: asdict(each) for name, each in medians.items()},
        "reach_per_pflogsumm": medians["reach"].wall_s / medians["pflogsumm"].wall_s
        if pflogsumm
        else None,
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in runs.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=_LINES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pflogsumm", help="where the script is, if not on the path")
    parser.add_argument("--ingest", type=Path, help="read this log, as a process of its own")
    asked = parser.parse_args()
    if asked.ingest is not None:
        print(json.dumps(ingest(asked.ingest)))
        return
    script = (
        asked.pflogsumm or shutil.which("pflogsumm") or shutil.which("pflogsumm", path="/usr/sbin")
    )
    if script is None:
        print(_INSTALL)
    found = measure_postfix(asked.lines, asked.rounds, script)
    ratio = found["reach_per_pflogsumm"]
    write_results("postfix", found, {f"reach_per_pflogsumm@{asked.lines}": ratio} if ratio else {})
    print(
        f"{asked.lines:,} lines, {found['bytes'] / 1e6:,.0f} MB; medians of {asked.rounds} runs\n"
    )
    rows = [
        _row(name, found[name], asked.lines) for name in ("reach", "pflogsumm") if name in found
    ]
    print(table(["", "seconds", "CPU seconds", "lines/s", "peak MiB"], rows))
    if script is not None:
        print(f"\nreach is {1 / found['reach_per_pflogsumm']:.1f} times as fast, on one core each")


def _row(name: str, took: dict[str, float], lines: int) -> list[str]:
    each = Run(**took)
    return [
        name,
        f"{each.wall_s:.2f}",
        f"{each.cpu_s:.2f}",
        f"{lines / each.wall_s:,.0f}",
        f"{each.peak_mib:,.0f}",
    ]


if __name__ == "__main__":
    main()

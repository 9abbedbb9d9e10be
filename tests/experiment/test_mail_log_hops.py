"""A message that goes through several servers of one's own is one message, whatever file says what."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from reach.engine import Limits
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run

FIRST, SECOND, THIRD = "A0320E00C3", "B1748A00D4", "4FqXzBz3rYzz1Wr"
SINCE = {"Jan  5": "07:00:0", "Jan 17": "06:59:5"}
"""By day, until when but for a second: in mid-span, and right before a span's border in Jakarta."""


def outcomes(folder: Path, hops: str = "") -> dict[str, Any]:
    """What became of the messages that the logs in a folder tell of."""
    config = (
        "experiment: mail\nlog_ends: 2026-03-01T00:00:00Z\n"
        f"sources: [{{path: logs, timezone: Asia/Jakarta, year: 2026{hops}}}]\n"
    )
    (folder / "experiment.yaml").write_text(config, encoding="utf-8")
    settings = Settings(None, Limits(threads=1), lambda name, size, done: None)  # noqa: ARG005
    result = run(load_experiment(folder), settings)
    assert result["balance"]["rejected"] == 0
    [arm] = result["channels"]
    counts: dict[str, Any] = arm["outcomes"]
    return {name: counts[name] for name in ("attempted", "sent", "delivered", "failed", "unknown")}


def line(at: str, queue_id: str, relay: str, result: str, delay: str = "1.2") -> str:
    dsn = "2.0.0" if result.startswith("sent") else "4.4.1"
    return (
        f"{at} mx postfix/smtp[1]: {queue_id}: to=<siti@example.org>, relay={relay}, "
        f"delay={delay}, delays=0/0/0/1.2, dsn={dsn}, status={result}\n"
    )


def way(day: str, gateway: str = "127.0.0.1[127.0.0.1]:10024") -> list[str]:
    """Through a filter to the next queue, from there to the next, and to the far server."""
    at = f"{day} {SINCE[day]}"
    last = f"{day} 07:00:08"
    return [
        line(f"{at}7", FIRST, gateway, f"sent (250 2.0.0 Ok: queued as {SECOND})"),
        line(f"{at}8", SECOND, gateway, f"sent (250 2.0.0 Ok: queued as {THIRD})"),
        line(last, THIRD, "mx.example.org[192.0.2.1]:25", "sent (250 Ok: queued as C1)"),
    ]


ONE = {"attempted": 1, "sent": 1, "delivered": 1, "failed": 0, "unknown": 0}


def written(folder: Path, *files: str) -> Path:
    (folder / "logs").mkdir(exist_ok=True)
    for number, content in enumerate(files):
        (folder / "logs" / f"mail.log.{number}").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("day", SINCE)
def test_hops_in_one_file_or_in_several_in_any_order(tmp_path: Path, day: str) -> None:
    layouts = [[a, b, c] for a, b, c in permutations(way(day))]
    layouts += [["".join(way(day))], ["".join(way(day)[:1]), "".join(way(day)[1:])]]
    for number, files in enumerate(layouts):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert outcomes(written(folder, *files)) == ONE


def test_gateways_are_hops_where_the_config_names_them(tmp_path: Path) -> None:
    files = way("Jan  5", "gw.example.id[10.0.0.2]:25")
    for name in ("named", "not named"):
        (tmp_path / name).mkdir()
    hops = ", hops: [gw.example.id]"
    assert outcomes(written(tmp_path / "named", *files), hops) == ONE
    # Else each server's log is that of a message of its own, delivered to the next.
    alone = outcomes(written(tmp_path / "not named", *files))
    assert (alone["attempted"], alone["delivered"]) == (3, 3)


def test_a_deferred_message_is_one_over_days_and_files_and_a_later_one_is_another(
    tmp_path: Path,
) -> None:
    far = "mx.example.org[192.0.2.1]:25"
    files = [
        line("Jan 17 06:59:59", FIRST, far, "deferred (later)", "1.2"),
        line("Jan 18 07:00:00", FIRST, far, "deferred (later)", "86402"),
        line("Jan 21 06:59:57", FIRST, far, "sent (250 Ok)", "345599"),
        line("Feb 20 07:00:00", FIRST, far, "sent (250 Ok)"),
    ]
    for number, kept in enumerate((files[:1], files[:3], files)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = outcomes(written(folder, *kept))
        assert (found["attempted"], found["delivered"]) == ((1, 0), (1, 1), (2, 2))[number]


def test_whom_an_alias_stands_for_is_the_same_person_at_the_next_hop(tmp_path: Path) -> None:
    files = way("Jan  5")
    files[0] = files[0].replace("siti@example.org>", "siti@example.org>, orig_to=<all@example.id>")
    assert outcomes(written(tmp_path, *files)) == ONE

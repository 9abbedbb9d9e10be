"""What a file is taken for, why, and what a table that counts people is good for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Run

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
LINE = '{"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "+62811"}\n'
POSTS = (
    "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements\n"
    '1,https://x.com/a/1,"two\nlines",2026-01-05 08:00 +0700,10,2\n'
    "1.22158E+17,https://x.com/a/2,b,2026-01-05 08:00 +0700,10,2\n"
)


def test_it_is_told_why_a_file_is_taken_for_what_it_is(reach: Run, folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.ndjson").write_text(LINE.replace("m1", name))
    (folder / "c.csv").write_text("MessageSid=SM1&MessageStatus=sent&To=%2B62811\n")
    done = reach("check", "a.ndjson", "b.ndjson", "c.csv")
    assert done.code == 0
    assert "Recognised by content" in done.out
    assert "reach (2 files): it has message_id, event, channel, recipient" in done.read
    assert "twilio: it has the SID and the status of a Twilio message" in done.read
    told = reach("check", "a.ndjson", "--lang", "id")
    assert "Dikenali dari isinya" in told.out


def test_of_a_named_format_nothing_needs_to_be_told(reach: Run, folder: Path) -> None:
    (folder / "a.ndjson").write_text(LINE)
    for option in ("--format", "--as"):
        done = reach("check", "a.ndjson", option, "reach")
        assert done.code == 0
        assert "Recognised" not in done.out


def test_many_files_are_accounted_for_by_format(reach: Run, folder: Path) -> None:
    logs = folder / "logs"
    logs.mkdir()
    for number in range(31):
        line = LINE.replace("m1", f"m{number}")
        (logs / f"{number}.ndjson").write_text(line + "{}\n" * (number == 7))
    done = reach("check", "logs")
    assert done.code == 1
    assert "31 files reach 32 31 1 0 31 0" in done.read
    assert "logs/7.ndjson:2" in done.read


def test_a_table_that_counts_people_is_judged_and_goes_no_further(reach: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text(POSTS)
    done = reach("check", "posts.csv", "-o", "refused.ndjson")
    assert done.code == 1
    assert "posts.csv:4 Tweet id" in done.read or 'posts.csv:4 $["Tweet id"]' in done.read
    assert (
        "posts.csv counts people and not messages: its posts are judged by themselves." in done.read
    )
    assert "2 records = 1 accepted + 1 refused + 0 without an event" in done.read
    [refused] = [json.loads(line) for line in Path("refused.ndjson").read_text().splitlines()]
    assert (refused["line"], refused["record"], refused["received"]) == (4, 2, '"1.22158E+17"')
    (folder / "experiment.yaml").write_text("experiment: e\nsources: [posts.csv]\n")
    for words in (("ingest", "posts.csv", "--store", "kept"), ("compare", "."), ("funnel", ".")):
        done = reach(*words)
        assert (done.code, done.out) == (3, "")
        assert "a table of posts (format x), which counts people and not messages" in done.err
    assert list(folder.glob("**/*.parquet")) == []

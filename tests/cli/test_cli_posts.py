"""Posts compared on the command line: the real ones, configs that can't be, and check."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reach.explanations import violations

if TYPE_CHECKING:
    from conftest import Run

REAL = Path(__file__).parents[2] / "experiments" / "2016-facebook-posts"
IMPOSSIBLE = [478, 479, 484, 494]
HEADER = "Posted,Type,Paid,Lifetime Post Total Reach,Lifetime Post Total Impressions,Lifetime Engaged Users\n"
ASKED = "experiment: e\nmedia: [{path: posts.csv, timezone: Asia/Jakarta}]\ncompare:\n  posts: "


@pytest.fixture
def real(folder: Path) -> Path:
    shutil.copytree(REAL, folder / "posts", ignore=shutil.ignore_patterns(".reach"))
    return folder / "posts"


def test_the_file_is_the_one_described() -> None:
    digest = hashlib.sha256((REAL / "posts.csv").read_bytes()).hexdigest()
    assert digest in (REAL / "README.md").read_text("utf-8")


def test_the_real_posts_as_a_result(reach: Run, real: Path) -> None:
    done = reach("compare", real, "--format", "json", "--quiet")
    assert done.code == 1  # four rows were refused
    result = json.loads(done.out)
    assert not list(violations("result", result))
    assert (result["channels"], result["comparisons"], result["simulated"]) == ([], [], False)
    posts = result["posts"]
    assert [(row["source"], row["line"]) for row in posts["impossible"]] == [
        ("posts.csv", line) for line in IMPOSSIBLE
    ]
    assert posts["posts"] == 496
    assert {name: count for name, count in posts["blank"].items() if count} == {
        "paid": 1,
        "reactions": 1,
        "shares": 4,
    }
    beside = {
        arm["arm"]: arm["rates"]["engaged_per_reached"] for arm in posts["with_impossible"]["arms"]
    }
    assert round(beside["Photo"]["estimate"], 6) == 0.062335
    assert round(beside["Link"]["estimate"], 6) == 0.018486
    verdicts = {(each["a"], each["b"]): each["verdict"] for each in posts["comparisons"]}
    assert verdicts.pop(("Photo", "Status")) == "worse"
    assert set(verdicts.values()) == {"undetermined"}
    assert result["balance"]["rejected"] == 4


def test_the_real_posts_in_words(reach: Run, real: Path) -> None:
    read = reach("compare", real, "--quiet").read
    assert (
        "Photo posts engaged fewer of the accounts that they reached than Status posts did" in read
    )
    assert "accounts as the platform counts them, no persons" in read
    assert "the post is the unit" in read
    for line in IMPOSSIBLE:
        assert f"posts.csv:{line} " in read
    assert "No verdict would be another." in read
    assert "log without times" not in read
    baca = reach("compare", real, "--quiet", "--lang", "id").read
    assert "Unggahan Photo melibatkan lebih sedikit dari akun yang dijangkaunya" in baca
    assert "bukan orang" in baca


def test_the_real_posts_as_csv(reach: Run, real: Path) -> None:
    rows = list(
        csv.DictReader(reach("compare", real, "--quiet", "--format", "csv").out.splitlines())
    )
    of = [row for row in rows if row["table"] == "post_arms" and row["quantity"] == "rate"]
    assert {row["arm"] for row in of} == {"Link", "Photo", "Status", "Video"}
    assert {row["grade"] for row in of} == {"B"}
    assert [row["value"] for row in rows if row["table"] == "posts_impossible"] == list(
        map(str, IMPOSSIBLE)
    )
    assert any(row["table"] == "post_comparisons_with_impossible" for row in rows)


def test_check_reads_the_media_and_stores_nothing(reach: Run, real: Path) -> None:
    done = reach("check", real)
    assert done.code == 1
    assert "4 of 500 records REFUSED" in done.read
    assert not (real / ".reach").exists()


@pytest.mark.parametrize("view", ["funnel", "timing"])
def test_what_became_of_messages_needs_messages(reach: Run, real: Path, view: str) -> None:
    done = reach(view, real)
    assert (done.code, done.out) == (3, "")
    assert "$.sources: got nothing, expected logs of messages" in done.err


def test_writing_never_destroys_the_posts(reach: Run, real: Path) -> None:
    done = reach("compare", real, "-o", real / "posts.csv")
    assert done.code == 2
    assert (real / "posts.csv").read_bytes() == (REAL / "posts.csv").read_bytes()


def test_posts_stand_beside_messages(reach: Run, folder: Path) -> None:
    rows = [
        f"01/{2 + place % 28:02}/2026 07:00,{kind},0,{1000 + place},4000,{engaged + place}\n"
        for kind, engaged in (("Photo", 300), ("Link", 50))
        for place in range(20)
    ]
    Path("posts.csv").write_text(HEADER + "".join(rows))
    Path("log.ndjson").write_text(
        '{"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "p1"}\n'
    )
    Path("experiment.yaml").write_text(
        ASKED.replace("media", "sources: [log.ndjson]\nmedia") + "{baseline: Link}\n"
    )
    result = json.loads(reach("compare", ".", "--quiet", "--format", "json").out)
    assert not list(violations("result", result))
    assert [arm["channel"] for arm in result["channels"]] == ["sms"]
    assert [each["source"] for each in result["balance"]["sources"]] == ["log.ndjson", "posts.csv"]
    [pair] = result["posts"]["comparisons"]
    assert (pair["a"], pair["b"], pair["verdict"]) == ("Photo", "Link", "better")
    assert "people_counted" not in {each["code"] for each in result["warnings"]}
    assert "Photo posts engaged more" in reach("compare", ".", "--quiet").read
    alone = reach("funnel", ".", "--quiet", "--format", "json")
    assert alone.code == 0
    assert "posts" not in json.loads(alone.out)
    assert (folder / ".reach").exists()


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("{by: likes}", '$.compare.posts.by: got "likes", expected'),
        (
            "{by: paid, baseline: organic}",
            '4:21 $.compare.posts.baseline: got "organic", expected one of paid, unpaid',
        ),
        (
            "{pairs: [[Photo, Photo]]}",
            '$.compare.posts.pairs[0]: got "Photo", expected two different names',
        ),
        (
            "{pairs: [[a, b], [b, a]]}",
            '$.compare.posts.pairs[1]: got "b − a", expected each pair once; it is $.compare.posts.pairs[0] already',
        ),
        ("{pairs: all, baseline: Link}", "either pairs or a baseline, not both"),
        ("{margin: {engaged_per_reached: 1}}", "expected a fraction above 0 and below 1, as 0.01"),
        (
            "{margin: {delivered_per_sent: 0.1}}",
            "expected a metric that is compared: engaged_per_reached",
        ),
        ("{metrics: [delivered_per_sent]}", "$.compare.posts.metrics[0]"),
        ("{also: 1}", "$.compare.posts.also"),
    ],
)
def test_configs_that_can_not_be(reach: Run, folder: Path, asked: str, fault: str) -> None:
    Path("posts.csv").write_text(HEADER)
    Path("experiment.yaml").write_text(ASKED + asked + "\n")
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert fault in done.err
    assert not (folder / ".reach").exists()


def test_posts_without_media_are_a_fault(reach: Run, folder: Path) -> None:
    (folder / "log.ndjson").write_text("{}\n")
    (folder / "experiment.yaml").write_text(
        "experiment: e\nsources: [log.ndjson]\ncompare:\n  posts: {by: kind}\n"
    )
    done = reach("compare", ".")
    assert done.code == 3
    assert "4:3 $.compare.posts: got a mapping of 1, expected media with it" in done.err


def test_media_without_a_post_and_a_log_among_them(reach: Run, folder: Path) -> None:
    Path("experiment.yaml").write_text(ASKED + "{by: kind}\n")
    Path("posts.csv").write_text(HEADER)
    done = reach("compare", ".", "--quiet")
    assert done.code == 3
    assert "no post in 0 rows" in done.err
    Path("posts.csv").unlink()
    (folder / "log.ndjson").write_text(
        '{"message_id": "m", "event": "sent", "channel": "sms", "recipient": "p"}\n'
    )
    Path("experiment.yaml").write_text("experiment: e\nmedia: [log.ndjson]\n")
    for command in ("compare", "check"):
        done = reach(command, ".", "--quiet")
        assert done.code == 3
        assert "the place of a log is sources" in done.err

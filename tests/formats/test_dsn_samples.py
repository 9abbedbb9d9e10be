"""210 real mails: what each of them comes to, and how many reports yield all that they must."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reach.formats.containers.head import Head
from reach.formats.dsn.files import is_mail
from reach.formats.dsn.format import DsnFormat
from reach.formats.dsn.reasons import BLOCKS, SUSPICIONS, reason_for, spoken
from reach.formats.record import Log, Options, Refused
from reach.formats.words import Code
from reach.vocabulary import Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "dsn"
DSN = DsnFormat()
MAILS = sorted(SAMPLES.glob("*.eml"))
DEAD = (Reason.NO_MAILBOX, Reason.DOMAIN_ERROR)

# What a mail is, told from its bytes alone: no part of what is tested has a hand in it.
STATUS_FIELDS = re.compile(rb"(?im)^(reporting-mta|final-recipient)[ \t]*:")
STATUS_TYPE = re.compile(rb"(?i)content-type:\s*message/(global-)?delivery-status")
STATUS_CLAIM = re.compile(rb"(?i)content-type:\s*multipart/report;(?!\s*report-type=.?feedback)")
FEEDBACK_TYPE = re.compile(rb"(?i)content-type:\s*message/feedback-report")


def bytes_of(path: Path) -> bytes:
    """A mail's bytes, with soft line breaks of quoted-printable taken out."""
    return path.read_bytes().replace(b"\r\n", b"\n").replace(b"=\n", b"")


def is_status_report(mail: bytes) -> bool:
    if FEEDBACK_TYPE.search(mail):
        return False
    return any(each.search(mail) for each in (STATUS_FIELDS, STATUS_TYPE, STATUS_CLAIM))


def head_of(path: Path) -> Head:
    return Head("none", "csv", start=path.read_bytes().decode("utf-8", errors="replace"))


@cache
def told(path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    """A mail's events, what its report says of each recipient, and why it was refused."""
    log = Log(path, path.name, "", head_of(path), Options())
    [record] = DSN.records(log)
    try:
        if record.broken:
            raise record.broken
        assert record.value is not None
        return DSN.events(record, log), record.value["recipients"], ""
    except Refused as why:
        return [], [], str(why)


def rows_of(path: Path) -> list[str]:
    """What a mail comes to, as rows of the table."""
    events, _, why = told(path)
    fields = ("event", "permanent", "reason", "recipient", "occurred_at", "message_id", "alias_id")
    rows = [[str(event.get(name, "-")) for name in fields] for event in events]
    none = ["refused: " + why.partition(", expected ")[0] if why else "no event"]
    return ["\t".join([path.name, *row]) for row in rows or [none]]


def test_there_are_as_many_as_the_source_says() -> None:
    assert len(MAILS) == 210
    assert all(is_mail(head_of(path)) for path in MAILS)


def test_each_mail_comes_to_what_the_table_says() -> None:
    frozen = (SAMPLES / "frozen.tsv").read_text("utf-8").splitlines()
    assert [row for path in MAILS for row in rows_of(path)] == frozen[1:]


def test_of_the_status_reports_nearly_all_yield_everything() -> None:
    reports = [path for path in MAILS if is_status_report(bytes_of(path))]
    yields = []
    for path in reports:
        events, recipients, _ = told(path)
        complete = bool(events) and all(
            event["recipient"]
            and (said.get("action") or event["event"] == "failed")
            and (said.get("status") or re.search(r"\b[45]\.\d\.\d", said["diagnostic-code"]))
            and (event.get("permanent") is not None or event["event"] in ("deferred", "expired"))
            and (event.get("reason") or event["event"] == "deferred")
            for event, said in zip(events, recipients, strict=True)
        )
        yields.append(complete)
    assert (len(reports), sum(yields)) == (122, 118)
    assert sum(yields) / len(yields) >= 0.95


def test_what_is_no_status_report_is_refused_by_name_and_never_guessed() -> None:
    others = [path for path in MAILS if not is_status_report(bytes_of(path))]
    feedback = [path for path in others if FEEDBACK_TYPE.search(path.read_bytes())]
    assert (len(others), len(feedback)) == (88, 5)
    for path in others:
        if path not in feedback:
            events, _, why = told(path)
            assert not events
            assert why.startswith("$: got a mail that is no delivery status report")


def test_reports_that_yield_nothing_say_why() -> None:
    refused = {path.stem: told(path)[2] for path in MAILS if is_status_report(bytes_of(path))}
    without = "without its machine-readable part"
    assert {name: why.split(", expected")[0] for name, why in refused.items() if why} == {
        "lhost-activehunter-02": f"$: got a report of type delivery-status {without}",
        "lhost-x3-03": f"$: got a report {without}",
        "lhost-googleworkspace-01": "$.recipients: got a report without Final-Recipient",
        "lhost-exim-44": "$.recipients[0].final-recipient: got "
        '"rfc822;|/usr/local/nyaan/bin/neko kijitora@example.com /home…"',
    }


def test_a_block_is_never_filed_as_a_dead_address() -> None:
    plain = re.compile(r"(?i)block|polic|dmarc|spf|dkim|spam|black|reputation|greylist|denied")
    seen = set()
    for path in MAILS:
        events, recipients, _ = told(path)
        for event, said in zip(events, recipients, strict=len(recipients) > 0):
            words = spoken(str(said.get("diagnostic-code", "")))
            if plain.search(words) or str(said.get("status")).startswith(("5.7", "4.7")):
                assert event["reason"] not in DEAD, path.name
                seen.add(event["reason"])
    assert {"reputation_block", "auth_failure", "spam_block", "policy"} <= seen


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.2", "5.0.0", "4.4.7", "5.7.1", None])
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.said)
def test_words_of_a_block_win_over_each_code(status: str | None, block: Code) -> None:
    said = f"smtp; 550 {status or ''} <a@example.org>: user unknown; {block.said.upper()}: no"
    found = reason_for(status, said)
    assert found not in (*DEAD, Reason.MAILBOX_FULL)
    # Where two are said the first of the table counts.
    assert found == next(each.reason for each in BLOCKS if each.said in spoken(said))


def test_each_note_names_a_sample_that_shows_the_words() -> None:
    for code in DSN.codes:
        named = re.findall(r"[a-z0-9]+-[0-9]{2}", code.note)
        for name in named:
            paths = [path for path in MAILS if path.stem.endswith(name)]
            groups = [group for path in paths for group in told(path)[1]]
            said = [spoken(str(group.get("diagnostic-code"))) for group in groups]
            assert any(code.said in each for each in said), (code.said, name)
        said_so = code.note.endswith("from memory") or code.note.startswith("made up: ")
        assert named or said_so, code.said


@pytest.mark.parametrize("word", SUSPICIONS, ids=lambda word: word.said)
def test_words_that_take_back_a_dead_address_and_nothing_else(word: Code) -> None:
    line = word.note.removeprefix("made up: ").strip('"')
    assert reason_for("5.1.1", f"smtp; {line}") == word.reason
    assert reason_for("5.0.0", f"smtp; {line}") == word.reason  # the inner code is as dead
    said = f"<a@example.org>: user unknown; {word.said}: no"
    assert reason_for("5.0.0", f"smtp; 550 {said}") not in DEAD
    assert reason_for("5.5.0", f"smtp; 550 5.5.0 the account: {word.said}") in (
        Reason.OTHER,
        *(block.reason for block in BLOCKS),
    )

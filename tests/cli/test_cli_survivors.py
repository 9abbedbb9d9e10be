"""Logs that know a message only if something came back of it: what they leave out is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Run

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SMS = "\n".join(
    json.dumps(
        {"message_id": f"s{n}", "event": event, "channel": "sms", "recipient": f"+6281{n:08}"}
    )
    for n in range(40)
    for event in ("sent", "delivered" if n % 2 else "failed")
)


def _delivery(number: int) -> dict[str, Any]:
    return {"RecordType": "Delivery", "MessageID": f"p{number}", "Recipient": f"w{number}@x.id",
            "DeliveredAt": "2026-01-05T08:00:00Z"}  # fmt: skip


def _compared(reach: Run, folder: Path, *sources: str) -> dict[str, Any]:
    (folder / "experiment.yaml").write_text(f"experiment: e\nsources: [{', '.join(sources)}]\n")
    (folder / "sms.ndjson").write_text(SMS)
    done = reach("compare", ".", "--format", "json", "--quiet")
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_mailbox_of_bounces_measures_no_delivery(reach: Run, folder: Path) -> None:
    mailbox = folder / "mail"
    mailbox.mkdir()
    for sample in sorted((SAMPLES / "dsn").glob("lhost-postfix-*.eml")):
        (mailbox / sample.name).write_bytes(sample.read_bytes())
    found = _compared(reach, folder, "mail", "sms.ndjson")
    arms = {arm["channel"]: arm for arm in found["channels"]}
    assert arms["email"]["outcomes"]["failed"] > 0
    assert not arms["email"]["measured"]["delivered"]
    assert arms["sms"]["measured"]["delivered"]
    assert {pair["verdict"] for pair in found["comparisons"]} == {"not comparable"}
    assert "answers_only" in {warning["code"] for warning in found["warnings"]}
    told = reach("compare", ".", "--quiet").read
    assert "Delivery is not measured in email: the log tells of little but failures." in told
    assert "lognya hampir hanya mencatat kegagalan" in reach("compare", ".", "--lang", "id").read
    assert "tells of little but failures" in reach("timing", ".", "--quiet").read


@pytest.mark.parametrize("listed", [False, True])
def test_receipts_without_sendings_are_told_until_the_list_is_there(
    reach: Run, folder: Path, *, listed: bool
) -> None:
    (folder / "postmark.ndjson").write_text("\n".join(json.dumps(_delivery(n)) for n in range(30)))
    sent = [
        {"message_id": f"p{n}", "event": "sent", "channel": "email", "recipient": f"w{n}@x.id",
         "provider": "postmark"}
        for n in range(40)
    ]  # fmt: skip
    (folder / "sent.ndjson").write_text("\n".join(map(json.dumps, sent)))
    sources = ("postmark.ndjson", "sms.ndjson", *(("sent.ndjson",) if listed else ()))
    found = _compared(reach, folder, *sources)
    email = next(arm for arm in found["channels"] if arm["channel"] == "email")
    assert email["outcomes"]["sent"] == (40 if listed else 30)
    told = [warning for warning in found["warnings"] if warning["code"] == "answers_only"]
    assert [warning["message"].split(" ")[0] for warning in told] == ([] if listed else ["30"])

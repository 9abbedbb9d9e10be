"""One number, written in several ways in several files, is one person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from campaigns import LONG_AFTER, write_config

if TYPE_CHECKING:
    from conftest import Run


def _log(path: Path, *recipients: str) -> None:
    path.parent.mkdir(exist_ok=True)
    events = [
        {"message_id": path.stem, "event": "sent", "channel": path.stem, "recipient": each}
        for each in recipients
    ]
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")


def _result(reach: Run, folder: Path, **config: Any) -> dict[str, Any]:  # noqa: ANN401
    write_config(folder, log_ends=LONG_AFTER, **config)
    done = reach("funnel", ".", "--format", "json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def _recipients(result: dict[str, Any]) -> dict[str, int]:
    return {arm["channel"]: arm["clusters"] for arm in result["channels"]}


def test_with_a_country_one_number_is_one_person(reach: Run, folder: Path) -> None:
    _log(folder / "logs" / "sms.ndjson", "0812-3456-789", "628123456789", "0813 2222 333")
    _log(folder / "logs" / "whatsapp.ndjson", "+62 812 3456 789")
    (folder / "people.csv").write_text("address,person\n08123456789,Siti\n+628132222333,Siti\n")
    plain = _result(reach, folder)
    assert _recipients(plain) == {"sms": 3, "whatsapp": 1}
    assert _recipients(_result(reach, folder, country="ID")) == {"sms": 2, "whatsapp": 1}
    joined = _result(reach, folder, country="ID", people="people.csv")
    assert _recipients(joined) == {"sms": 1, "whatsapp": 1}
    assert "unmapped_addresses" not in {warning["code"] for warning in joined["warnings"]}
    apart = _result(reach, folder, people="people.csv")
    [unmapped] = [w for w in apart["warnings"] if w["code"] == "unmapped_addresses"]
    assert unmapped["params"]["count"] == 4


def test_what_is_no_number_is_kept_and_told(reach: Run, folder: Path) -> None:
    _log(folder / "logs" / "sms.ndjson", "08123456789", "0812", "0812 ", "12-34", "Siti")
    result = _result(reach, folder, country="ID")
    assert _recipients(result) == {"sms": 4}
    [told] = [warning for warning in result["warnings"] if warning["code"] == "no_number"]
    assert told["params"] == {"source": "logs/sms.ndjson", "count": 2}
    assert told["message"] == (
        "2 addresses of logs/sms.ndjson are written like telephone numbers and are none; "
        "each counts as a recipient of its own."
    )
    assert told["message"] in reach("funnel", ".").read  # from the account that was kept
    assert told["message"] in reach("check", ".").read
    dua = "2 alamat di logs/sms.ndjson ditulis seperti nomor telepon tetapi bukan nomor telepon"
    assert dua in reach("funnel", ".", "--lang", "id").read
    _log(folder / "logs" / "sms.ndjson", "+12")
    one = "One address of logs/sms.ndjson is written like a telephone number and is none"
    assert one in reach("funnel", ".").read


def test_check_and_ingest_take_a_country(reach: Run, folder: Path) -> None:
    _log(folder / "logs" / "sms.ndjson", "0812-3456-789", "628123456789", "12")
    told = "One address of logs/sms.ndjson is written like a telephone number and is none"
    assert told in reach("check", "logs/sms.ndjson", "--country", "ID").read
    assert told not in reach("check", "logs/sms.ndjson").read
    words = ("logs/sms.ndjson", "--store", "kept", "--log-ends", LONG_AFTER)
    assert told in reach("ingest", *words, "--country", "ID").read
    assert "Already in the store" in reach("ingest", *words, "--country", "ID").read
    assert "Already in the store" not in reach("ingest", *words).read
    write_config(folder, log_ends=LONG_AFTER, country="ID")
    assert "Already in the store" in reach("ingest", *words, "--country", "ID").read
    assert "Already in the store" in reach("funnel", ".", "--store", "kept").err + (
        reach("funnel", ".", "--store", "kept").out
    )

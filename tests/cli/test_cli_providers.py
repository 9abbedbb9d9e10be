"""Mistakes with providers' logs: each is told with what it is and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SENDGRID = SAMPLES / "sendgrid" / "every-event.json"
CALLBACK = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "0812-3456-7890"}


def experiment(folder: Path, sources: str, **files: str | bytes) -> None:
    (folder / "experiment.yaml").write_text(f"experiment: e\n{sources}\n", encoding="utf-8")
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("_", ".")).write_bytes(data)


def test_the_wrong_name_of_a_format_is_told_with_the_right_one(reach: Run, folder: Path) -> None:
    (folder / "log").write_bytes(SENDGRID.read_bytes())
    done = reach("check", "--as", "ses", "log")
    assert done.code == 3
    assert "expected format sendgrid, which it looks like" in done.err


def test_a_page_that_is_cut_is_to_be_fetched_again(reach: Run, folder: Path) -> None:
    page = json.dumps({"page": 0, "page_size": 50, "messages": [CALLBACK] * 9}, indent=1)
    (folder / "page.json").write_text(page[:500])
    done = reach("check", "page.json")
    assert done.code == 3
    assert "got JSON that ends in mid-record, expected a whole file; fetch it again" in done.err


def test_a_log_of_half_a_line_is_told_as_such(reach: Run, folder: Path) -> None:
    (folder / "log").write_text(json.dumps(CALLBACK)[:-9])
    done = reach("check", "log")
    assert (done.code, done.out) == (3, "")
    assert "got no whole JSON object at its beginning, expected whole objects on" in done.err


@pytest.mark.parametrize("place", ["wilaya", "tags.wilayah", "category.wilayah"])
def test_a_place_that_no_message_has_is_told(reach: Run, folder: Path, place: str) -> None:
    sound = SENDGRID.read_text("utf-8").replace('"category"', '"wilayah": "Garut", "category"')
    sources = f"sources: [{{path: mail.json, fields: {{region: {place}}}}}]"
    experiment(folder, sources, mail_json=sound)
    done = reach("compare", ".", "--quiet")
    assert done.code == 0
    told = " ".join(done.out.split())
    assert f"No message of mail.json has {place}, which fields.region names" in told
    experiment(folder, "sources: [{path: mail.json, fields: {region: wilayah}}]")
    assert "No message of" not in reach("compare", ".", "--quiet").out


@pytest.mark.parametrize("rounded", ["6.28123E+12", "6,28123E+12", "6E+12"])
def test_numbers_that_a_spreadsheet_rounded_are_nobody_s(
    reach: Run, folder: Path, rounded: str
) -> None:
    people = f'address,person\n0812-3456-7890,p1\n"{rounded}",p2\n'
    config = "country: ID\npeople: people.csv\nsources: [sms.log]"
    experiment(folder, config, people_csv=people, sms_log=json.dumps(CALLBACK))
    done = reach("compare", ".")
    assert done.code == 3
    assert "people.csv:3 $.address: got " in done.err
    assert "a number that no spreadsheet has rounded" in done.err


def test_what_is_no_number_is_kept_and_asks_for_the_country(reach: Run, folder: Path) -> None:
    lines = [json.dumps(CALLBACK | {"MessageSid": f"SM{at}", "To": "12"}) for at in range(3)]
    experiment(folder, "country: ID\nsources: [sms.log]", sms_log="\n".join(lines))
    done = reach("compare", ".", "--quiet")
    assert done.code == 0
    told = " ".join(done.out.split())
    assert "One address of sms.log is written like a telephone number and is none" in told
    assert "Is the country right?" in told
    assert "3 accepted + 0 refused" in told


def test_one_channel_has_nothing_to_be_compared_with(reach: Run, folder: Path) -> None:
    experiment(folder, "sources: [sms.log]", sms_log=json.dumps(CALLBACK))
    assert "There is nothing to compare" in reach("compare", ".", "--quiet").out
    assert "nothing to compare" not in reach("funnel", ".", "--quiet").out


def test_a_person_s_numbers_in_any_spelling_are_one_person(reach: Run, folder: Path) -> None:
    spellings = ["0812-3456-7890", "6281234567890", "+62 812-3456-7890", "(0812) 34567890"]
    lines = [
        json.dumps(CALLBACK | {"MessageSid": f"SM{at}", "To": to})
        for at, to in enumerate(spellings)
    ]
    mail = SENDGRID.read_text("utf-8")
    people = "address,person\n+6281234567890,siti\nExample@Test.com,siti\n"
    config = "country: ID\npeople: people.csv\nsources: [sms.log, mail.json]"
    experiment(folder, config, people_csv=people, sms_log="\n".join(lines), mail_json=mail)
    result = json.loads(reach("compare", ".", "--quiet", "--format", "json").out)
    assert result["recipients"] == 1
    assert not [each for each in result["warnings"] if each["code"] == "unmapped_addresses"]


@pytest.mark.parametrize(
    "line",
    [
        (
            '{"message_id": "m", "event": "sent", "channel": "sms", "recipient": "x", '
            '"occurred_at": "9999-12-31T23:59:59-01:00"}'
        ),
        json.dumps(CALLBACK | {"received_at": "9999-12-31T23:59:59-01:00"}),
        json.dumps(CALLBACK | {"received_at": "0001-01-01T00:00:00+01:00"}),
    ],
)
def test_a_time_that_no_calendar_has_costs_its_record_alone(
    reach: Run, folder: Path, line: str
) -> None:
    sound = line.replace("9999-12-31T23:59:59-01:00", "2026-01-05T00:00:00Z")
    sound = sound.replace("0001-01-01T00:00:00+01:00", "2026-01-05T00:00:00Z")
    experiment(folder, "sources: [log]", log=f"{sound}\n{line}\n")
    for command in ("compare", "timing"):
        done = reach(command, ".", "--quiet")
        assert (done.code, done.err) == (1, "")
        assert "2 records = 1 accepted + 1 refused" in done.out
    [kept] = (folder / ".reach" / "rejected").iterdir()
    assert json.loads(kept.read_text("utf-8"))["expected"].startswith("a time that exists")


def test_a_log_end_that_no_calendar_has_is_a_fault_of_the_config(reach: Run, folder: Path) -> None:
    experiment(folder, 'log_ends: "9999-12-31T23:59:59-01:00"\nsources: [log]', log="")
    done = reach("compare", ".")
    assert done.code == 3
    assert "experiment.yaml:2:" in done.err
    assert "$.log_ends" in done.err


@pytest.mark.parametrize("field", ["message_id", "occurred_at"])
def test_what_a_provider_says_itself_is_not_to_be_placed(
    reach: Run, folder: Path, field: str
) -> None:
    sources = f"sources: [{{path: sms.log, fields: {{{field}: x}}}}]"
    experiment(folder, sources, sms_log=json.dumps(CALLBACK))
    done = reach("compare", ".")
    assert done.code == 3
    assert f"got fields.{field}, which a log of format twilio says by itself" in done.err
    assert "recipient" in done.err


def test_costs_without_a_currency_get_the_one_that_is_set(reach: Run, folder: Path) -> None:
    message = {"sid": "SM1", "status": "sent", "to": "+6281234567890", "price": "-0.00750",
               "account_sid": "AC1", "direction": "outbound-api", "date_sent": None}  # fmt: skip
    sources = "sources: [{path: export.json, set: {currency: USD}}]"
    experiment(folder, sources, export_json=json.dumps(message))
    assert reach("check", ".").code == 0
    experiment(folder, "sources: [{path: export.json, set: {currency: usd}}]")
    assert "three capital letters, as IDR" in reach("check", ".").err


LONG = {"more": "x" * 300_000}


@pytest.mark.parametrize(
    ("content", "accepted"),
    [
        (json.dumps(CALLBACK | LONG) + "\n" + json.dumps(CALLBACK), 2),
        (json.dumps([CALLBACK | LONG, CALLBACK]), 2),
        ("[" + json.dumps(CALLBACK) + "]\n[" + json.dumps(CALLBACK)[:-9], 1),
        ("[" + json.dumps(CALLBACK)[:-9] + "\n[" + json.dumps(CALLBACK) + "]", 1),
        (
            json.dumps(CALLBACK, indent=1)
            + "\n2026-01-05 12:00 INFO [x]\n"
            + json.dumps(CALLBACK, indent=1),
            2,
        ),
        (("\ufeff" + json.dumps(CALLBACK, indent=1) + "\n") * 3, 3),
    ],
    ids=["long line", "long array", "cut last", "cut first", "stray words", "marks"],
)
def test_what_is_odd_about_a_file_costs_no_sound_record(
    reach: Run, folder: Path, content: str, accepted: int
) -> None:
    (folder / "log").write_text(content, encoding="utf-8")
    done = reach("check", "log")
    assert "twilio" in done.out
    assert f"= {accepted} accepted" in done.out


def test_local_numbers_without_a_country_are_told(reach: Run, folder: Path) -> None:
    lines = "\n".join(
        json.dumps(CALLBACK | {"MessageSid": f"SM{to}", "To": to})
        for to in (
            "0812-3456-7890",
            "(0812) 34567890",
            "081234567890",
            "+6281234567890",
            "0012345678",
        )
    )
    experiment(folder, "sources: [sms.log]", sms_log=lines)
    told = " ".join(reach("compare", ".", "--quiet").out.split())
    assert "2 addresses of sms.log are written like telephone numbers of some country" in told
    experiment(folder, "country: ID\nsources: [sms.log]")
    assert "of some country" not in reach("compare", ".", "--quiet").out


ENVELOPE = {"specversion": "1.0", "id": "1", "source": "/sms", "type": "dlr"}


@pytest.mark.parametrize("held", [{"data": "MessageSid=SM1"}, {"data_base64": "e30="}, {}])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("named", [(), ("--format", "reach")])
def test_envelopes_without_an_object_are_told_as_such(
    reach: Run, folder: Path, held: dict[str, str], indent: int | None, named: tuple[str, ...]
) -> None:
    (folder / "log").write_text(json.dumps(ENVELOPE | held, indent=indent) + "\n")
    done = reach("check", "log", *named)
    if named and indent is None:  # each record is then judged by itself
        assert done.code == 1
        return
    assert (done.code, done.out) == (3, "")
    assert "got CloudEvents envelopes, none of them with an object in data" in done.err
    assert "expected envelopes whose data is the provider's record" in done.err


def test_a_named_format_that_does_not_fit_is_told_with_what_would_help(
    reach: Run, folder: Path
) -> None:
    (folder / "log.json").write_text('{"day": 1}\n')
    done = reach("check", "log.json", "--format", "twilio")
    assert done.code == 3
    assert "no record has the SID and the status of a Twilio message" in done.err
    assert "expected a log that `reach formats twilio` describes" in done.err
    (folder / "log.csv").write_text("event,event_timestamp,instance_id\n1,2,3\n")
    assert "it is no JSON, and as a table it has no message_id," in (
        reach("check", "log.csv", "--format", "fcm").err
    )
    assert "it is no JSON, expected" in reach("check", "log.csv", "--format", "sendgrid").err


@pytest.mark.parametrize(
    ("form", "columns", "lacks"),
    [
        ("instagram", "Post ID,Publish time,Permalink,Post type", "Account ID, Account username"),
        ("facebook", "Lifetime Post Total Reach,Lifetime Engaged Users",
         "Lifetime Post Total Impressions"),
        ("x", "time,impressions", "Tweet"),
    ],
)  # fmt: skip
def test_of_a_table_only_the_columns_that_are_missing_are_named(
    reach: Run, folder: Path, form: str, columns: str, lacks: str
) -> None:
    siblings = ",Page ID,Page name" if form == "instagram" else ""
    (folder / "posts.csv").write_text(f"{columns}{siblings}\n")
    done = reach("check", "posts.csv", "--format", form)
    assert done.code == 3
    assert f"not of format {form}: it has no {lacks}" in done.err
    (folder / "posts.json").write_text("{}\n")
    assert "it is no CSV" in reach("check", "posts.json", "--format", form).err


def test_too_many_words_are_looked_up(reach: Run, folder: Path) -> None:
    sample = (SAMPLES / "onesignal" / "bodies.ndjson").read_text("utf-8")
    (folder / "log").write_text(sample.replace("message.push.", "message.pusch."))
    done = reach("check", "log", "--format", "onesignal")
    assert "words that `reach formats onesignal` lists (did you mean message.push." in done.read

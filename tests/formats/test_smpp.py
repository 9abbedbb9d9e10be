"""SMPP's delivery receipts. No licensed log was found: the lines here are made in the shape that
SMPP 3.4 (appendix B), operators' documents and Kannel's user guide and code describe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.record import Log, Options, Refused
from reach.formats.registry import FORMATS, recognise
from reach.formats.smpp.words import DLR_MASKS, LINES, NUMBERS, STATES, WORDS
from reach.formats.words import Word
from reach.vocabulary import Event

SMPP = FORMATS["smpp"]
ZONE = Options(timezone="Asia/Jakarta")
LINE = ("id:0123456789 sub:001 dlvrd:001 submit date:2401051030 done date:2401051031 "
        "stat:{stat} err:000 text:Halo")  # fmt: skip
SUBMITTED, FINISHED = "2024-01-05T03:30:00.000000Z", "2024-01-05T03:31:00.000000Z"
KANNEL = ("2024-01-05 10:31:07 {phrase} [SMSC:op1] [SVC:reach] [ACT:] [BINF:] [FID:{fid}] "
          "[from:KOMINFO] [to:6281234567890] [flags:-1:-1:-1:-1:{mask}] [msg:{msg}] [udh:0:]")  # fmt: skip
HEARD = "2024-01-05T03:31:07.000000Z"
DELIVER_SM: dict[str, Any] = {
    "source_addr_ton": 1,
    "source_addr": "6281234567890",
    "destination_addr": "KOMINFO",
    "esm_class": 4,
    "short_message": LINE.format(stat="DELIVRD"),
}


def opened(path: Path, options: Options) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options)


def told(path: Path, text: str, options: Options = ZONE) -> list[Any]:
    """What each record of a file says; a refusal as its text."""
    path.write_text(text, encoding="utf-8", newline="")
    log = opened(path, options)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "smpp"
    found: list[Any] = []
    for record in as_format.records(log):
        try:
            if record.broken:
                raise record.broken
            found.append(as_format.events(record, log))
        except Refused as why:
            found.append(str(why))
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.log"


def line(path: Path, text: str, options: Options = ZONE) -> Any:  # noqa: ANN401
    """What one line says; a sound one before it makes the file one of receipts."""
    return told(path, f"{LINE.format(stat='DELIVRD')}\n{text}\n", options)[1]


def record(path: Path, value: dict[str, Any], options: Options = ZONE) -> Any:  # noqa: ANN401
    lines = f"{json.dumps(DELIVER_SM)}\n{json.dumps(value)}\n"
    return told(path, lines, options)[1]


def test_the_usual_form(path: Path) -> None:
    base = {"message_id": "0123456789", "channel": "sms", "provider": "smpp",
            "recipient": "smpp:0123456789"}  # fmt: skip
    assert told(path, LINE.format(stat="DELIVRD")) == [
        [
            base | {"event": "sent", "occurred_at": SUBMITTED},
            base | {"event": "delivered", "occurred_at": FINISHED, "receipt": "carrier"},
        ]
    ]


MEANT = {
    "DELIVRD": Event.DELIVERED, "EXPIRED": Event.EXPIRED, "UNDELIV": Event.FAILED,
    "DELETED": Event.FAILED, "REJECTD": Event.REJECTED, "ACCEPTD": Event.SENT,
    "ENROUTE": Event.SENT, "UNKNOWN": Event.SENT, "SCHEDLD": Event.QUEUED,
    "SKIPPED": Event.REJECTED,
}  # fmt: skip


@pytest.mark.parametrize("word", STATES, ids=lambda word: word.said)
def test_every_state(path: Path, word: Word) -> None:
    assert word.event is MEANT[word.said]
    found = line(path, LINE.format(stat=word.said))
    assert found[-1]["event"] == str(word.event)
    assert "permanent" not in found[-1]
    # Who was refused was not sent; all else has been sent, when the receipt says.
    before = word.event in (Event.DELIVERED, Event.FAILED, Event.EXPIRED)
    assert [(each["event"], each["occurred_at"]) for each in found[:-1]] == (
        [("sent", SUBMITTED)] * before
    )
    early = word.event in (Event.SENT, Event.QUEUED)
    assert found[-1]["occurred_at"] == (SUBMITTED if early else FINISHED)


@pytest.mark.parametrize(("number", "word"), list(enumerate(NUMBERS)))
def test_every_message_state_wins_over_the_text(path: Path, number: int, word: Word) -> None:
    for said in (number, str(number)):
        value = DELIVER_SM | {"short_message": LINE.format(stat="ENROUTE"), "message_state": said}
        assert record(path, value)[-1]["event"] == str(word.event)


def test_numbers_of_states_are_smpp_s() -> None:
    named = dict(zip((word.said for word in NUMBERS), (word.said for word in STATES), strict=True))
    assert named["message_state 1"] == "ENROUTE"
    assert named["message_state 2"] == "DELIVRD"
    assert named["message_state 5"] == "UNDELIV"
    assert named["message_state 8"] == "REJECTD"
    assert named["message_state 9"] == "SKIPPED"


def test_err_tells_no_reason(path: Path) -> None:
    for err in ("000", "027", "0x45"):
        failed = line(path, LINE.format(stat="UNDELIV").replace("err:000", f"err:{err}"))[-1]
        assert "reason" not in failed
    assert line(path, LINE.format(stat="EXPIRED"))[-1]["reason"] == "expired"


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("id:7 sub:001 stat:DELIVRD", 1),
        ("id:7 stat:DELIVRD err:0", 1),
        ("ID:7 SUB:001 Submit Date:2401051030 DONE DATE:2401051031 STAT:delivrd ERR:000 Text:x", 2),
        ("id:7 submit_date:2401051030 done_date:2401051031 stat:DELIVRD", 2),
        ("id:7 submitdate:2401051030 donedate:2401051031 stat:DELIVRD", 2),
        (
            "id:7 sub:1 dlvrd:1 submit date:240105103000 done date:240105103107 stat:DELIVRD err:0",
            2,
        ),
        ("id:7 sub:1 submit date: done date:0000000000 stat:DELIVRD err:0 text:", 1),
        ("id:7 sub:1 mcc:510 stat:DELIVRD mnc:10 err:0", 1),
        ("id:7\tsub:1\tstat:DELIVRD\terr:0", 1),
        ("id:7 sub:001 stat:DELIVRD text:id:9 stat:UNDELIV submit date:x", 1),
    ],
)
def test_fields_may_be_missing_written_otherwise_or_new(path: Path, text: str, events: int) -> None:
    found = line(path, text)
    assert len(found) == events, found
    assert (found[-1]["message_id"], found[-1]["event"]) == ("7", "delivered")


@pytest.mark.parametrize(
    ("digits", "at"),
    [
        ("2401051031", "2024-01-05T03:31:00.000000Z"),
        ("240105103107", "2024-01-05T03:31:07.000000Z"),
        ("202401051031", "2024-01-05T03:31:00.000000Z"),
        ("20240105103107", "2024-01-05T03:31:07.000000Z"),
        # A short year with seconds, if such a date is possible: 1 December 2020, 05:10:31.
        ("201201051031", "2020-11-30T22:10:31.000000Z"),
    ],
)
def test_dates_with_seconds_and_with_long_years(path: Path, digits: str, at: str) -> None:
    assert line(path, f"id:7 sub:1 done date:{digits} stat:DELIVRD")[-1]["occurred_at"] == at


def test_dates_are_on_the_operator_s_clock(path: Path) -> None:
    text = LINE.format(stat="DELIVRD")
    for zone, at in (("UTC", "2024-01-05T10:31:00.000000Z"), ("Asia/Jayapura", None)):
        [found] = told(path, text, Options(timezone=zone))
        assert found[1]["occurred_at"] == (at or "2024-01-05T01:31:00.000000Z")
    summer = "id:7 sub:1 done date:2303260130 stat:DELIVRD"
    assert "expected a time that exists in Europe/London" in line(
        path, summer, Options(timezone="Europe/London")
    )


@pytest.mark.parametrize(
    "text",
    [
        LINE.format(stat="DELIVRD"),
        KANNEL.format(phrase="Sent SMS", fid="7", mask=31, msg="4:Halo"),
        json.dumps(DELIVER_SM),
        f'source_addr,short_message\n628,"{LINE.format(stat="DELIVRD")}"\n',
    ],
)
def test_without_a_zone_dates_are_asked_for_one(path: Path, text: str) -> None:
    with pytest.raises(InputError) as why:
        told(path, text, Options())
    assert "dates name no zone" in str(why.value)
    assert "timezone: Asia/Jakarta" in str(why.value)
    assert "--timezone" in str(why.value)


def test_without_dates_no_zone_is_needed(path: Path) -> None:
    first = "id:7 sub:001 stat:DELIVRD\n" * 12_000  # more than is looked at beforehand
    *found, late = told(path, first + "id:8 sub:1 done date:2401051031 stat:DELIVRD\n", Options())
    assert not any("occurred_at" in each for [each] in found)
    assert (
        late
        == '$["done date"]: got "2024-01-05 10:31:00", expected a timezone for it in the options'
    )


def test_a_receipt_that_names_nobody_is_a_recipient_of_its_own(path: Path) -> None:
    """So persons can't be counted: two messages to one handset are two recipients."""
    text = LINE.format(stat="DELIVRD")
    first, second = told(path, f"{text}\n{text.replace('0123456789', '77')}\n")
    assert {each["recipient"] for each in first} == {"smpp:0123456789"}
    assert {each["recipient"] for each in second} == {"smpp:77"}
    assert any("how many persons there are" in each for each in SMPP.silent)


@pytest.mark.parametrize(
    "before",
    ["source_addr=6281234567890 ", 'ts=1 source_addr: "6281234567890", msg="', "source_addr:6281234567890 | "],
)  # fmt: skip
def test_a_line_may_name_the_handset_before(path: Path, before: str) -> None:
    found = line(path, before + LINE.format(stat="DELIVRD"))
    assert {each["recipient"] for each in found} == {"6281234567890"}


@pytest.mark.parametrize(
    "before", ["from:628 to:KOMINFO ", "2024-01-05T10:31:07 INFO dlr: ", "dest_addr=628 ",
               "source_addr_ton=1 ", "[7] "],
)  # fmt: skip
def test_what_may_be_either_names_nobody(path: Path, before: str) -> None:
    found = line(path, before + LINE.format(stat="DELIVRD"))
    assert {each["recipient"] for each in found} == {"smpp:0123456789"}


def test_ids_are_taken_as_they_stand(path: Path) -> None:
    """Hexadecimal and decimal can't be told apart where an id has no letters."""
    named = [line(path, f"id:{name} sub:1 stat:DELIVRD")[0]["message_id"]
             for name in ("aa56479", "AA56479", "0178611321", "178611321")]  # fmt: skip
    assert len(set(named)) == 4


def test_an_id_has_at_most_smpp_s_65_signs(path: Path) -> None:
    longest = "7" * 65
    assert line(path, f"id:{longest} sub:1 stat:DELIVRD")[0]["message_id"] == longest
    assert line(path, f"id:{longest}7 sub:1 stat:DELIVRD").startswith("$: got")


@pytest.mark.parametrize(
    ("mask", "event"),
    [(1, "delivered"), (2, "failed"), (4, "sent"), (8, "sent"), (16, "rejected")],
)
def test_kannel_s_masks(path: Path, mask: int, event: str) -> None:
    text = KANNEL.format(phrase="Receive DLR", fid="7", mask=mask, msg="4:ACK/")
    assert [each["event"] for each in line(path, text)] == [event]


@pytest.mark.parametrize("word", [*LINES, *DLR_MASKS], ids=lambda word: word.said)
def test_every_line_of_kannel_s(path: Path, word: Word) -> None:
    said = word.said.removeprefix("Kannel ")
    phrase, mask = ("Receive DLR", said[4:]) if word in DLR_MASKS else (said, "31")
    text = KANNEL.format(phrase=phrase, fid="aa56479", mask=mask, msg="4:ACK/")
    if said.startswith("Log "):
        text = f"2024-01-05 00:00:00 {said}"
    found = line(path, text)
    if word.event is None:
        assert found == []
        return
    [only] = found
    assert (only["event"], only["occurred_at"]) == (str(word.event), HEARD)
    assert (only["message_id"], only["recipient"]) == ("aa56479", "6281234567890")


@pytest.mark.parametrize("phrase", ["Receive DLR", "DROPPED Received DLR"])
def test_a_report_in_kannel_s_log(path: Path, phrase: str) -> None:
    """The id is Kannel's, which the line of the sending has, too; the clock is Kannel's."""
    receipt = LINE.format(stat="EXPIRED").replace("id:0123456789", "id:0178611321")
    text = KANNEL.format(phrase=phrase, fid="aa56479", mask=2, msg=f"110:{receipt}")
    [found] = line(path, text)
    assert (found["message_id"], found["event"], found["occurred_at"]) == (
        "aa56479",
        "expired",
        HEARD,
    )
    [sent] = line(path, KANNEL.format(phrase="Sent SMS", fid="aa56479", mask=31, msg="4:Halo"))
    assert sent["message_id"] == found["message_id"]
    [bare] = line(path, text.replace("FID:aa56479", "FID:"))
    assert bare["message_id"] == "0178611321"
    short = KANNEL.format(phrase=phrase, fid="8f3a01", mask=1, msg="22:id:8f3a01 stat:DELIVRD")
    assert line(path, short)[0]["event"] == "delivered"


def test_a_report_of_kannel_s_old_versions(path: Path) -> None:
    """DLR SMS; lines of that time name no FID, and then nothing joins sending and report."""
    text = KANNEL.format(phrase="DLR SMS", fid="7", mask=1, msg="22:id:8f3a01 stat:UNDELIV")
    [found] = line(path, text)
    assert (found["message_id"], found["event"]) == ("7", "failed")
    assert "expected the message's id" in line(path, text.replace("[FID:7] ", ""))


def test_kannel_s_other_formats_of_a_line(path: Path) -> None:
    text = ("2024-01-05 10:31:07 Receive DLR [SMSC:op1] [ACT:a] [FID:7] [from:KOMINFO] [to:628] "
            f"[msg:110:{LINE.format(stat='DELIVRD')}] [udh:0:]")  # fmt: skip
    assert line(path, text)[0]["recipient"] == "628"


def test_what_kannel_never_sent_is_named_by_its_time(path: Path) -> None:
    [found] = line(path, KANNEL.format(phrase="FAILED Send SMS", fid="", mask=31, msg="4:Halo"))
    assert (found["event"], found["message_id"]) == ("rejected", "2024-01-05 10:31:07")


def test_a_text_that_looks_like_a_receipt_is_none_in_a_line_of_sending(path: Path) -> None:
    text = KANNEL.format(
        phrase="Sent SMS", fid="7", mask=0, msg=f"90:{LINE.format(stat='UNDELIV')}"
    )
    assert [each["event"] for each in line(path, text)] == ["sent"]


def test_a_deliver_sm_names_the_handset(path: Path) -> None:
    found = record(path, DELIVER_SM)
    assert [each["event"] for each in found] == ["sent", "delivered"]
    assert {each["recipient"] for each in found} == {"+6281234567890"}  # of the world: type 1
    local = DELIVER_SM | {"source_addr_ton": 2, "source_addr": "081234567890"}
    assert record(path, local)[0]["recipient"] == "081234567890"
    nobody = DELIVER_SM | {"source_addr": None}
    assert record(path, nobody)[0]["recipient"] == "smpp:0123456789"


@pytest.mark.parametrize("name", ["af01", 178611321, "0178611321"])
def test_parameters_win_over_the_text(path: Path, name: object) -> None:
    value = DELIVER_SM | {"receipted_message_id": name, "message_state": 5}
    found = record(path, value)
    assert {each["message_id"] for each in found} == {str(name)}
    assert found[-1]["event"] == "failed"
    alone = {"receipted_message_id": name, "message_state": "2", "source_addr": "628"}
    [only] = record(path, alone)
    assert (only["event"], "occurred_at" in only) == ("delivered", False)


def test_the_receipt_may_lie_in_the_payload(path: Path) -> None:
    value = DELIVER_SM | {"short_message": "", "message_payload": LINE.format(stat="DELIVRD")}
    assert len(record(path, value)) == 2


def test_a_message_from_a_person_is_counted_without_an_event(path: Path) -> None:
    for esm_class in (0, "0", 64, 3):  # with a header of its own, and in other modes
        value = DELIVER_SM | {"short_message": "STOP", "esm_class": esm_class}
        assert record(path, value) == []
    for esm_class in (4, 32, None):
        value = DELIVER_SM | {"short_message": "STOP", "esm_class": esm_class}
        assert record(path, value).startswith('$.short_message: got "STOP", expected a delivery')


def test_rows_of_csv(path: Path) -> None:
    text = "message_state,source_addr,destination_addr,short_message,receipted_message_id\r\n"
    text += f'2,6281,KOMINFO,"{LINE.format(stat="ENROUTE")}",af01\r\n,6282,KOMINFO,,\r\n'
    found, nothing = told(path, text)
    assert [(each["event"], each["message_id"]) for each in found] == [
        ("sent", "af01"), ("delivered", "af01"),
    ]  # fmt: skip
    assert nothing.startswith("$.short_message: got nothing, expected a delivery receipt")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id:7 sub:1 stat:TERKIRIM", '$.stat: got "TERKIRIM", expected one of SCHEDLD, ENROUTE'),
        ("id:7 sub:1 stat:DELIVERED", '$.stat: got "DELIVERED", expected one of'),
        ("id:7 sub:1 err:000", '$.stat: got ""'),
        ("id:7 sub:1 done date:2413051030 stat:DELIVRD", '$["done date"]: got "2413051030", expected'),
        ("id:7 sub:1 done date:2402301030 stat:DELIVRD", '$["done date"]: got "2024-02-30 10:30:00"'),
        ("id:7 sub:1 done date:1704450600 stat:DELIVRD", '$["done date"]: got "1704450600"'),
        ("id:7 sub:1 submit date:soon stat:DELIVRD", '$["submit date"]: got "soon", expected YYMM'),
        ("bind_transceiver ok", '$: got "bind_transceiver ok", expected a delivery receipt'),
        ("sub:001 dlvrd:001 stat:DELIVRD", "$: got"),
        ("id: sub:001 stat:DELIVRD", "$: got"),
        (KANNEL.format(phrase="Lost SMS", fid="7", mask=1, msg="4:Halo"), '$: got "Lost SMS", expected'),
        (KANNEL.format(phrase="Receive DLR", fid="7", mask=3, msg="4:ACK/"), "$: got"),
        (KANNEL.format(phrase="Receive DLR", fid="", mask=1, msg="4:ACK/"), "$.FID: got nothing"),
        (KANNEL.format(phrase="DLR SMS", fid="", mask=1, msg="22:id:8f3a01 stat:DELIVRD"),
         "$.FID: got nothing, expected the message's id at the operator, which Kannel's old"),
        (KANNEL.format(phrase="Sent SMS", fid="7", mask=1, msg="").replace("01-05", "02-30"),
         '$.clock: got "2024-02-30 10:31:07", expected a time that exists'),
    ],
)  # fmt: skip
def test_a_line_that_can_t_be_read_is_refused_by_name(path: Path, text: str, said: str) -> None:
    assert line(path, text).startswith(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"message_state": 10}, '$.message_state: got "10", expected one of 0, 1, 2, 3'),
        (
            {"message_state": "DELIVERED"},
            '$.message_state: got "DELIVERED", expected a whole number',
        ),
        ({"message_state": True}, "$.message_state: got true"),
        ({"esm_class": "0x04"}, '$.esm_class: got "0x04"'),
        ({"receipted_message_id": [1]}, "$.receipted_message_id: got a list of 1"),
        ({"short_message": 5}, "$.short_message: got 5, expected a delivery receipt"),
        ({"short_message": "", "message_state": 2}, "$.receipted_message_id: got nothing"),
        ({"short_message": "", "receipted_message_id": "7"}, '$.stat: got ""'),
        (
            {"source_addr": 6281234567890},
            "$.source_addr: got 6281234567890, expected the handset's",
        ),
        ({"source_addr": "6.28E+12"}, '$.source_addr: got "6.28E+12", expected a number that no'),
    ],
)
def test_a_deliver_sm_that_can_t_be_read_is_refused_by_name(
    path: Path, change: dict[str, Any], said: str
) -> None:
    assert record(path, DELIVER_SM | change).startswith(said)


def test_it_is_known_by_its_content(path: Path) -> None:
    others = ("id,stat\n1,DELIVRD\n", "id: 7\nstat: x\n", '{"short_message": "x"}\n')
    for text in others:
        path.write_text(text, encoding="utf-8")
        log = opened(path, Options())
        assert not SMPP.fit(log.head, log.options).ok
    for text in (json.dumps([DELIVER_SM] * 2), json.dumps(DELIVER_SM, indent=1)):
        assert told(path, text)


def test_lines_are_records_and_no_other_format_s(path: Path) -> None:
    path.write_text(LINE.format(stat="DELIVRD") + "\n", encoding="utf-8")
    log = opened(path, ZONE)
    assert SMPP.lined(log)
    assert [name for name, each in FORMATS.items() if each.fit(log.head, Options()).ok] == ["smpp"]
    assert len({word.said for word in WORDS}) == len(WORDS)

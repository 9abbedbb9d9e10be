"""Postfix's mail log: real samples, and each thing that is easily misread in one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.postfix.format import PostfixFormat
from reach.formats.postfix.words import OF_RECIPIENTS
from reach.formats.record import Log, Options
from reach.formats.registry import recognise

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "postfix"
POSTFIX = PostfixFormat()
JAKARTA = Options(timezone="Asia/Jakarta", year=2026)
LONG, NEXT = "4FqXzBz3rYzz1Wr", "4FqXzCz3rYzz1Ws"


def opened(path: Path, options: Options) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options)


def told(path: Path, options: Options = JAKARTA) -> list[list[dict[str, Any]] | str]:
    """What each line tells; a refusal as its text."""
    log = opened(path, options)
    found: list[list[dict[str, Any]] | str] = []
    for record in recognise(log.name, log.head, log.options).records(log):  # type: ignore[union-attr]
        if record.broken is not None:
            found.append(str(record.broken))
        else:
            found.append(POSTFIX.events(record, log))
    return found


def lines(tmp_path: Path, *texts: str, options: Options = JAKARTA) -> list[Any]:
    """The same of lines that each begin with a time; the rest of the beginning is put in."""
    whole = [
        f"{text[:15]} mx postfix{text[15:]}" if text[15:16] in ("/", "-") else text
        for text in texts
    ]
    path = tmp_path / "mail.log"
    path.write_text("\n".join(whole) + "\n", encoding="utf-8")
    return told(path, options)


def delivery(  # as many parts as the line has
    result: str = "sent (250 2.0.0 Ok)",
    *,
    at: str = "Jan  5 07:00:00",
    queue_id: str = LONG,
    to: str = "siti@example.org",
    relay: str = "mx.example.org[192.0.2.1]:25",
    delay: str = "1.5",
    dsn: str = "2.0.0",
    agent: str = "smtp",
) -> str:
    return (
        f"{at}/{agent}[1]: {queue_id}: to=<{to}>, relay={relay}, delay={delay}, "
        f"delays=0.1/0.1/0.3/1, dsn={dsn}, status={result}"
    )


def manager(text: str, at: str = "Jan  5 06:59:58", queue_id: str = LONG) -> str:
    return f"{at}/qmgr[2]: {queue_id}: {text}"


ACTIVE = "from=<office@example.id>, size=9, nrcpt=1 (queue active)"


def with_day(tmp_path: Path, day: str = "Nov 16") -> Path:
    path = tmp_path / "modoboa.log"
    path.write_bytes((SAMPLES / "modoboa.log").read_bytes().replace(b"%(day)s", day.encode()))
    return path


def test_a_server_s_log(tmp_path: Path) -> None:
    """Of 519 lines 22 name a recipient: 20 messages came to mailboxes or on, 2 were probes."""
    found = told(with_day(tmp_path), Options(timezone="Europe/Paris", year=2017))
    assert len(found) == 519
    assert not [each for each in found if isinstance(each, str)]
    events = [event for each in found for event in each]  # type: ignore[union-attr]
    assert Counter(event["event"] for event in events) == {"delivered": 20, "sent": 20}
    assert {event["receipt"] for event in events if event["event"] == "delivered"} == {"carrier"}
    assert found[8] == [
        {"message_id": "A0320E00C3@1748", "event": "sent", "channel": "email", "provider": "postfix",
         "recipient": "user@test.com", "occurred_at": "2017-11-16T10:00:20.000000Z"},
        {"message_id": "A0320E00C3@1748", "event": "delivered", "channel": "email",
         "provider": "postfix", "recipient": "user@test.com", "receipt": "carrier",
         "occurred_at": "2017-11-16T10:00:20.000000Z"},
    ]  # fmt: skip


def test_a_reply_that_names_a_far_server_s_queue_is_a_delivery(tmp_path: Path) -> None:
    """The far server's filter lies on its own 127.0.0.1, which is not ours."""
    found = told(with_day(tmp_path), Options(timezone="Europe/Paris", year=2017))
    [last] = [e for each in found for e in each if e["message_id"].startswith("1FEB7E00C4")][1:]  # type: ignore[union-attr,index]
    assert (last["event"], last.get("alias_id")) == ("delivered", None)


def test_classic_and_iso_times_tell_the_same_messages() -> None:
    classic = told(SAMPLES / "youyo.log", Options(timezone="Asia/Tokyo", year=2018))
    iso = told(SAMPLES / "youyo-iso8601.log", Options())
    assert len(classic) == len(iso) == 22
    times = [{e["occurred_at"] for each in found for e in each} for found in (classic, iso)]  # type: ignore[union-attr,index]
    assert min(times[0]) == "2018-10-10T06:59:28.000000Z"
    assert min(times[1]) == "2020-01-30T06:26:05.404714+09:00"
    shapes = [
        [(e["event"], e["recipient"], e["message_id"][:12]) for each in found for e in each]  # type: ignore[union-attr,index]
        for found in (classic, iso)
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) == 8


def test_rejects_without_a_queue_id_tell_of_no_message() -> None:
    for name, count in (("crowdsec-logs.log", 7), ("crowdsec-spam.log", 6)):
        assert told(SAMPLES / name, Options(timezone="UTC", year=2024)) == [[]] * count


def test_what_other_programs_write_tells_nothing_however_it_looks(tmp_path: Path) -> None:
    other = "Jan  5 07:00:00 mx dovecot[1]: 4FqXzBz3rYzz1Wr: to=<a@x.id>, status=sent (no)"
    subject = "/cleanup[1]: A0320E00C3: info: header Subject: 1: to=<a@x.id>, status=sent (x)"
    assert lines(tmp_path, manager("removed"), other, f"Jan  5 07:00:00{subject}") == [[], [], []]


@pytest.mark.parametrize(
    ("result", "more", "event"),
    [
        ("sent (250 Ok)", {}, {"event": "delivered", "receipt": "carrier"}),
        ("sent (250 Ok: queued as 71111424269E)", {}, {"event": "delivered", "receipt": "carrier"}),
        ("sent (delivered to maildir)", {"agent": "virtual", "relay": "virtual"},
         {"event": "delivered", "receipt": "carrier"}),
        ("sent (250 Ok <a> Saved)", {"agent": "lmtp", "relay": "mx[private/dovecot-lmtp]"},
         {"event": "delivered", "receipt": "carrier"}),
        (f"sent (250 Ok: queued as {NEXT})", {"relay": "127.0.0.1[127.0.0.1]:10024"},
         {"event": "sent", "alias_id": NEXT}),
        (f"sent (250 Ok: queued as {NEXT})", {"relay": "x[::1]:25"},
         {"event": "sent", "alias_id": NEXT}),
        (f"sent (250 Ok: queued as {NEXT})", {"agent": "lmtp", "relay": "x[private/filter]"},
         {"event": "sent", "alias_id": NEXT}),
        (f"sent (250 2.0.0 Ok, id=1681-3, from MTA([127.0.0.1]:10025): 250 2.0.0 Ok: queued as {NEXT})",
         {"relay": "127.0.0.1[127.0.0.1]:10024"}, {"event": "sent", "alias_id": NEXT}),
        ("sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025))",
         {"relay": "127.0.0.1[127.0.0.1]:10024"}, {"event": "sent"}),
        ("sent (250 2.1.5 <a> Saved)", {"agent": "lmtp", "relay": "127.0.0.1[127.0.0.1]:24"},
         {"event": "delivered", "receipt": "carrier"}),
        (f"sent (forwarded as {NEXT})", {"agent": "local", "relay": "local"},
         {"event": "sent", "alias_id": NEXT}),
        ("sent (silently)", {"agent": "discard", "relay": "none"}, {"event": "suppressed"}),
        ("sent (250 2.7.0 Ok, discarded, id=1-2 - spam)",
         {"relay": "127.0.0.1[127.0.0.1]:10024", "dsn": "2.7.0"},
         {"event": "failed", "permanent": True, "reason": "policy"}),
        ("sent (250 2.7.0 Ok, discarded, id=1-2 - spam)",
         {"agent": "lmtp", "relay": "x[private/amavis]", "dsn": "2.7.0"},
         {"event": "failed", "permanent": True, "reason": "policy"}),
        ("bounced (no)", {"dsn": "5.1.1"},
         {"event": "failed", "permanent": True, "reason": "no_mailbox"}),
        ("bounced (no)", {"dsn": "5.7.1"}, {"event": "failed", "permanent": True, "reason": "policy"}),
        ("bounced (no)", {"dsn": "4.2.2"},
         {"event": "failed", "permanent": False, "reason": "mailbox_full"}),
        ("deferred (no)", {"dsn": "4.4.1"}, {"event": "deferred", "reason": "network"}),
        ("SOFTBOUNCE (no)", {"dsn": "4.1.1"}, {"event": "deferred", "reason": "no_mailbox"}),
        ("deliverable (ok)", {}, None),
        ("undeliverable (no)", {"dsn": "5.1.1"}, None),
        ("undeliverable-but-not-cached (no)", {"dsn": "5.1.1"}, None),
    ],
)  # fmt: skip
def test_every_word(
    tmp_path: Path, result: str, more: dict[str, str], event: dict[str, Any] | None
) -> None:
    assert result.split(" ", maxsplit=1)[0] in OF_RECIPIENTS
    [found] = lines(tmp_path, delivery(result, **more))
    common = {"message_id": LONG, "channel": "email", "provider": "postfix",
              "recipient": "siti@example.org", "occurred_at": "2026-01-05T00:00:00.000000Z"}  # fmt: skip
    assert found == ([] if event is None else [common | event])


def test_an_id_that_the_file_itself_logs_was_a_hop(tmp_path: Path) -> None:
    onwards = delivery(f"sent (250 Ok: queued as {NEXT})", relay="mx.example.id[203.0.113.1]:25")
    assert lines(tmp_path, onwards)[0][0]["event"] == "delivered"
    for found in (
        lines(tmp_path, onwards, manager(ACTIVE, queue_id=NEXT))[0],
        lines(tmp_path, manager(ACTIVE, queue_id=NEXT), onwards)[1],
    ):
        assert [(e["event"], e["alias_id"]) for e in found] == [("sent", NEXT)]


@pytest.mark.parametrize("named", ["GW.example.id", "10.0.0.2"])
def test_a_relay_of_the_office_s_own_is_a_hop(tmp_path: Path, named: str) -> None:
    options = Options(timezone="Asia/Jakarta", year=2026, hops=(named,))
    relay = "gw.example.id[10.0.0.2]:25"
    first, second = (
        lines(tmp_path, delivery(result, relay=relay), options=options)[0][0]
        for result in (f"sent (250 Ok: queued as {NEXT})", "sent (OK id=1abc)")
    )
    assert (first["event"], first["alias_id"]) == ("sent", NEXT)
    assert (second["event"], second.get("alias_id")) == ("sent", None)


def test_the_time_of_sending_is_when_the_message_was_first_taken_up(tmp_path: Path) -> None:
    deferred = delivery("deferred (later)", dsn="4.4.1", delay="60", at="Jan  5 07:01:00")
    found = lines(
        tmp_path,
        manager(ACTIVE, "Jan  5 07:00:01"),
        manager(ACTIVE, "Jan  5 07:00:59"),
        deferred,
        delivery(at="Jan  5 07:02:00", delay="120"),
        manager("removed", "Jan  5 07:02:00"),
        delivery(at="Jan  5 07:03:00", delay="180"),
    )
    events = [(e["event"], e["occurred_at"][14:19]) for each in found for e in each]
    assert events == [
        ("sent", "00:01"), ("deferred", "01:00"), ("delivered", "02:00"), ("delivered", "03:00"),
    ]  # fmt: skip


def test_a_message_that_is_given_up_expires_for_those_who_still_waited(tmp_path: Path) -> None:
    for word in ("expired", "force-expired"):
        gone = manager(f"from=<o@x.id>, status={word}, returned to sender", "Jan 10 07:00:00")
        later = {"dsn": "4.4.1", "delay": "9"}
        found = lines(
            tmp_path,
            delivery("deferred (later)", to="a@x.id", **later),
            delivery("deferred (later)", to="b@x.id", **later),
            delivery("sent (250 Ok)", to="b@x.id"),
            delivery("deferred (later)", to="c@x.id", **later),
            delivery("bounced (no)", to="c@x.id", dsn="5.1.1"),
            gone,
            gone,
        )
        [event] = found[5]
        assert (event["event"], event["recipient"], event["reason"]) == (
            "expired", "a@x.id", "expired",
        )  # fmt: skip
        assert event["message_id"] == found[0][0]["message_id"] == LONG
        assert found[6] == []
        assert lines(tmp_path, gone) == [[]]


def test_a_short_id_in_january_and_in_june_is_two_messages(tmp_path: Path) -> None:
    january, again, june = lines(
        tmp_path,
        delivery("deferred (later)", queue_id="A0320E00C3", dsn="4.4.1", delay="1.5"),
        delivery(queue_id="A0320E00C3", at="Jan  9 07:00:00", delay="345602"),
        delivery(queue_id="A0320E00C3", at="Jun  9 07:00:00"),
    )
    assert january[0]["message_id"] == again[0]["message_id"] == "A0320E00C3@2045"
    assert june[0]["message_id"] == "A0320E00C3@2061"
    assert "alias_id" not in january[0] | june[0]


def test_near_the_end_of_a_span_a_message_has_both_names(tmp_path: Path) -> None:
    """The span 2046 begins on 7 January 2026 at midnight UTC, which is 07:00 in Jakarta."""
    short = {"queue_id": "A0320E00C3"}
    hop = {"result": "sent (250 Ok: queued as B0320E00C3)", "relay": "localhost[127.0.0.1]:25"}
    before, after, both = lines(
        tmp_path,
        delivery(at="Jan  7 06:59:59", **short),
        delivery(at="Jan  7 07:00:02", **short),
        delivery(at="Jan  7 06:30:00", **short, **hop),
    )
    assert (before[0]["message_id"], before[0]["alias_id"]) == (
        "A0320E00C3@2045",
        "A0320E00C3@2046",
    )
    assert (after[0]["message_id"], after[0]["alias_id"]) == ("A0320E00C3@2046", "A0320E00C3@2045")
    assert [each["alias_id"] for each in both] == [
        "B0320E00C3@2045", "B0320E00C3@2046", "A0320E00C3@2046",
    ]  # fmt: skip


def test_the_year_goes_on_at_new_year_and_back_for_a_late_line(tmp_path: Path) -> None:
    options = Options(timezone="UTC", year=2025)
    stamps = ("Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:58", "Jan  1 00:00:02",
              "Jul  1 00:00:00", "Jan  2 00:00:00", "Aug  1 00:00:00")  # fmt: skip
    found = lines(tmp_path, *(delivery(at=at) for at in stamps), options=options)
    years = [each[0]["occurred_at"][:4] for each in found]
    assert years == ["2025", "2026", "2025", "2026", "2026", "2026", "2025"]


def test_a_day_that_the_year_lacks_and_an_hour_that_the_clocks_skip_are_refused(
    tmp_path: Path,
) -> None:
    leap = delivery(at="Feb 29 07:00:00")
    [refused] = lines(tmp_path, leap)
    assert (
        refused == '$: got "Feb 29 07:00:00", expected a time that exists in 2026 in Asia/Jakarta'
    )
    [found] = lines(tmp_path, leap, options=Options(timezone="Asia/Jakarta", year=2028))
    assert found[0]["occurred_at"] == "2028-02-29T00:00:00.000000Z"
    berlin = Options(timezone="Europe/Berlin", year=2026)
    skipped, after, summer = lines(
        tmp_path,
        delivery(at="Mar 29 02:30:00"),
        delivery(at="Mar 29 03:30:00"),
        delivery(at="Jul  1 02:00:00"),
        options=berlin,
    )
    assert "expected a time that exists in 2026 in Europe/Berlin" in skipped
    assert after[0]["occurred_at"] == "2026-03-29T01:30:00.000000Z"
    assert summer[0]["occurred_at"] == "2026-07-01T00:00:00.000000Z"


def test_iso_times_need_no_settings_and_may_stand_among_classic_ones(tmp_path: Path) -> None:
    iso = delivery(at="Jan  5 07:00:00").replace(
        "Jan  5 07:00:00", "2026-01-05T07:00:00.5+0700 mx postfix"
    )
    [found] = lines(tmp_path, iso, options=Options())
    assert found[0]["occurred_at"] == "2026-01-05T07:00:00.5+07:00"
    assert [len(each) for each in lines(tmp_path, delivery(), iso)] == [1, 1]
    _, refused = lines(tmp_path, iso, delivery(), options=Options())
    assert refused.startswith('$: got "Jan  5 07:00:00", expected a time with its year and zone')
    gone = iso.replace("2026-01-05", "2026-02-30")
    assert lines(tmp_path, gone)[0].endswith("expected a time that exists")


@pytest.mark.parametrize(
    "options", [Options(), Options(year=2026), Options(timezone="Asia/Jakarta")]
)
def test_classic_times_ask_for_zone_and_year(tmp_path: Path, options: Options) -> None:
    with pytest.raises(InputError, match=r"without year and zone \(Jan  5 07:00:00\).*--timezone"):
        lines(tmp_path, delivery(), options=options)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (delivery("snet (250 Ok)"), '$.status: got "snet", expected one of sent, bounced'),
        (
            manager("from=<>, status=lost, returned"),
            '$.status: got "lost", expected one of expired',
        ),
        (delivery()[:-20], '$: got "4FqXzBz3rYzz1Wr: to=<siti@example.org>, relay='),
        (delivery(dsn="9.0.0"), "expected to=<…>, relay=…, delay=…, delays=…, dsn=X.Y.Z"),
        (delivery(queue_id="NOQUEUE"), '$: got "NOQUEUE: to=<siti@example.org>'),
        (delivery(to=""), '$: got "4FqXzBz3rYzz1Wr: to=<>'),
        ("Siti was here", '$: got "Siti was here", expected a line of syslog'),
        ("99 Jan mx postfix/smtp[1]: x", "expected a line of syslog, as Jan  5 07:00:00 mx"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, line: str, said: str) -> None:
    before, refused, after = lines(tmp_path, delivery(), line, delivery())
    assert said in refused
    assert before == after


def test_bytes_that_are_no_utf_8_are_read(tmp_path: Path) -> None:
    path = with_day(tmp_path)
    sound = told(path, JAKARTA)
    content = path.read_bytes().split(b"\n")
    content[5] = content[5].replace(b"lmtp", b"lm\xff\xc3tp")
    content[8] = content[8].replace(b"to=<user@", b"to=<us\xe9r@")
    path.write_bytes(b"\n".join(content))
    found = told(path, JAKARTA)
    assert found[8][1]["recipient"] == "us\\xe9r@test.com"  # type: ignore[index,call-overload]
    assert found[:8] + found[9:] == sound[:8] + sound[9:]


def test_optional_parts_and_other_instances_are_read(tmp_path: Path) -> None:
    line = delivery()
    variants = [
        line.replace(", relay", ", orig_to=<list@example.id>, relay"),
        line.replace(", delay=", ", conn_use=3, delay="),
        line.replace(", dsn", ", tls=(dane)/!sts, dsn"),
        line.replace("/smtp[", "-out/relay/smtp["),
        line.replace(LONG, "C6E0DDB74006"),
    ]
    found = lines(tmp_path, line, *variants)
    assert [each[0]["event"] for each in found] == ["delivered"] * 6
    assert {each[0]["recipient"] for each in found} == {"siti@example.org"}


def test_it_is_known_by_its_content_and_other_text_is_not_it(tmp_path: Path) -> None:
    path = tmp_path / "other.log"
    path.write_text("Jan  5 07:00:00 mx dovecot: lmtp(1): Connect from local\n", encoding="utf-8")
    log = opened(path, JAKARTA)
    assert not POSTFIX.fit(log.head, Options()).ok
    assert POSTFIX.fit(log.head, Options(format="postfix")).ok
    assert recognise("x", opened(SAMPLES / "youyo.log", JAKARTA).head, JAKARTA).name == "postfix"

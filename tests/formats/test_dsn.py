"""Reports by mail: each word, each trap, and what hostile mails come to.

The mails here are made by hand in the shapes of RFC 3464, 5965, 6533 and 8098; the real ones
are in test_dsn_samples.py. No licensed sample of a disposition report was found.
"""

from __future__ import annotations

import codecs
import json
import random
from email.errors import CharsetError
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers import ndjson
from reach.formats.containers.head import Head, peek
from reach.formats.dsn import encoded_words, files
from reach.formats.dsn.address import address_of, original_of
from reach.formats.dsn.encoded_words import in_words
from reach.formats.dsn.files import is_mail
from reach.formats.dsn.format import DsnFormat
from reach.formats.dsn.reasons import codes_in, reason_for
from reach.formats.dsn.report import report
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "dsn"
DSN = DsnFormat()
HEADER = """\
From: MAILER-DAEMON@mail.example.org
Date: Mon, 5 Jan 2026 08:00:00 +0700
Message-ID: <r1@mail.example.org>
MIME-Version: 1.0
"""
ORIGINAL = """\
Message-ID: <m1@kantor.example.org>
X-Campaign: pajak
Subject: =?utf-8?q?Wilayah_B=C3=A1?=
List-Id: satu
List-Id: dua
"""


def mail(
    fields: str, kind: str = "delivery-status", original: str = ORIGINAL, header: str = HEADER
) -> bytes:
    """A report."""
    return (
        f'{header}Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nAction: none\n\n"
        f"--b\nContent-Type: message/{kind}\n\n{fields}\n\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\nBody\n--b--\n"
    ).encode()


def status(**said: str | None) -> bytes:
    """A delivery report with one recipient; a field that is None is missing."""
    fields: dict[str, str | None] = {
        "Final-Recipient": "rfc822; siti@example.org",
        "Action": "failed",
        "Status": "5.1.1",
    }
    fields |= {name.replace("_", "-"): value for name, value in said.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return mail("Reporting-MTA: dns; mail.example.org\n\n" + "\n".join(lines))


def log_of(content: bytes, path: Path = Path("log"), options: Options | None = None) -> Log:
    start = content[: 1 << 18].decode("utf-8", errors="replace")
    return Log(path, path.name, "", Head("none", "csv", start=start), options or Options())


def events(content: bytes, options: Options | None = None) -> list[dict[str, Any]]:
    record = Record(1, 1, "", report(content))
    return DSN.events(record, log_of(content, options=options))


def one(content: bytes) -> dict[str, Any]:
    [event] = events(content)
    return event


def records(tmp_path: Path, content: bytes) -> list[Record]:
    path = tmp_path / "mailbox"
    path.write_bytes(content)
    return list(DSN.records(log_of(content, path)))


def why(content: bytes) -> str:
    with pytest.raises(Refused) as raised:
        events(content)
    return str(raised.value)


# Delivery reports.


@pytest.mark.parametrize(
    ("action", "code", "event", "permanent", "receipt"),
    [
        ("failed", "5.1.1", "failed", True, None),
        ("failed", "4.2.2", "failed", False, None),
        ("failed", "4.4.7", "expired", None, None),
        ("failed", "5.4.7", "expired", None, None),
        ("failed", None, "failed", None, None),
        ("Failed (given up)", "5.0.0 (other)", "failed", True, None),
        ("delayed", "4.4.1", "deferred", None, None),
        ("delivered", "2.0.0", "delivered", None, "carrier"),
        ("delivered", None, "delivered", None, "carrier"),
        ("relayed", "2.0.0", "sent", None, None),
        ("expanded", "2.0.0", "sent", None, None),
        (None, "5.2.1", "failed", True, None),  # can't be anything else
    ],
)
def test_actions(
    action: str | None, code: str | None, event: str, permanent: object, receipt: str | None
) -> None:
    told = one(status(Action=action, Status=code))
    assert (told["event"], told.get("permanent"), told.get("receipt")) == (
        event,
        permanent,
        receipt,
    )
    assert ("reason" in told) == (event not in ("delivered", "sent"))


def test_all_that_a_report_tells() -> None:
    assert one(status(Last_Attempt_Date="Sun, 4 Jan 2026 23:59:59 +0000 (UTC)")) == {
        "message_id": "m1@kantor.example.org",
        "event": "failed",
        "channel": "email",
        "provider": "dsn",
        "recipient": "siti@example.org",
        "occurred_at": "2026-01-04T23:59:59Z",
        "permanent": True,
        "reason": "no_mailbox",
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"Action": "bounced"}, '$.recipients[0].action: got "bounced", expected one of failed, '),
        ({"Action": None, "Status": "4.0.0"}, "$.recipients[0].action: got null, expected a word"),
        ({"Status": "2.0.0"}, "$.recipients[0].status: got 2.0.0 with action failed, expected"),
        ({"Action": "delivered"}, "$.recipients[0].status: got 5.1.1 with action delivered"),
        ({"Action": "delayed"}, "$.recipients[0].status: got 5.1.1 with action delayed"),
        ({"Status": "five"}, '$.recipients[0].status: got "five", expected a status code'),
        ({"Final-Recipient": "x400; /G=Siti/"}, "$.recipients[0].final-recipient: got "),
        ({"Final-Recipient": "rfc822;"}, '$.recipients[0].final-recipient: got "rfc822;"'),
        ({"Final-Recipient": None}, "$.recipients[0].final-recipient: got nothing, expected the"),
        ({"Last-Attempt-Date": "yesterday", "x": None}, ""),
    ],
)
def test_what_is_no_such_report_is_refused_by_name(
    said: dict[str, str | None], expected: str
) -> None:
    content = status(**{name.replace("-", "_"): value for name, value in said.items()})
    if expected:
        assert why(content).startswith(expected)
    else:  # the report's own date is as true
        assert one(content)["occurred_at"] == "2026-01-05T08:00:00+07:00"


def test_whether_for_good_and_why_are_two_fields() -> None:
    full = one(status(Status="5.2.2")), one(status(Status="4.2.2"))
    assert [(each["permanent"], each["reason"]) for each in full] == [
        (True, "mailbox_full"), (False, "mailbox_full"),
    ]  # fmt: skip


def test_without_a_status_the_server_s_own_words_say_it() -> None:
    bare = {"Status": None}
    inner = one(status(**bare, Diagnostic_Code="smtp; 550 5.1.1 <siti@example.org>: unknown"))
    assert (inner["permanent"], inner["reason"]) == (True, "no_mailbox")
    reply = one(status(**bare, Diagnostic_Code="smtp; 452 try again"))
    assert (reply["permanent"], reply["reason"]) == (False, "unknown")
    assert one(status(**bare, Diagnostic_Code="smtp; 550 4.4.7 too late"))["event"] == "expired"


@pytest.mark.parametrize(
    ("code", "said", "reason"),
    [
        ("5.0.0", "550 User unknown", "no_mailbox"),
        ("5.2.1", "550 5.2.1 User unknown", "no_mailbox"),
        ("5.7.1", "550 5.7.1 user unknown", "policy"),  # a block that says so stays one
        ("5.1.1", "550 5.1.1 blocked using zen.spamhaus.org", "reputation_block"),
        ("5.1.1", "550 5.1.1 rejected by DMARC policy", "auth_failure"),
        ("5.1.1", "550 5.1.1 rejected for policy reasons", "policy"),
        ("4.2.0", "450 4.2.0 Greylisted, try again", "greylisted"),
        ("5.0.0", "550 5.7.1 no", "policy"),
        ("5.0.0", "550 5.1.1 5.7.1", "no_mailbox"),  # only what stands behind a reply code
        ("5.0.0", "550 5.1.1 or 550 5.7.1", "unknown"),  # two that differ say nothing
        ("5.0.0", "550 user unknown, mailbox full", "unknown"),
        ("4.4.7", "450 4.2.2 mailbox full", "mailbox_full"),
        ("4.4.7", "450 no", "expired"),
        (
            "5.1.1",
            "550 5.1.1 <spam.policy@dmarc.example.org>: no, http://e.org/policy",
            "no_mailbox",
        ),
        ("5.0.0", "550 has spammers? dmarcs", "unknown"),  # parts of words
        ("5.4.4", "Host not found", "domain_error"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "other"),
        # The server's own code wins over what the report made of it; a block over all.
        ("5.1.1", "554 5.7.1 blocked", "policy"),
        ("5.1.1", "550 5.7.26 unauthenticated", "auth_failure"),
        ("5.1.1", "550-5.7.1 no 550 5.7.26 no", "auth_failure"),
        ("5.1.1", "550 5.1.1 or 550 5.7.1", "policy"),
        ("5.1.10", "550 5.7.1 no", "policy"),
        ("5.1.1", "552 5.2.2 no", "mailbox_full"),
        ("5.1.1", "550 5.0.0 no", "no_mailbox"),
        ("5.7.1", "550 5.1.1 no", "policy"),
        # Plain words of a block, with a code of a dead address.
        ("5.1.1", "550 5.1.1 Your IP has been blocked", "reputation_block"),
        ("5.1.1", "550-5.1.1 Access denied, banned sending IP [192.0.2.1]", "reputation_block"),
        ("5.1.1", "550 5.1.1 too many invalid recipients, your IP is blocked", "reputation_block"),
        ("5.1.1", "550 5.1.1 rejected: spam", "spam_block"),
        ("5.1.1", "550 5.1.1 Message blocked due to spam content", "spam_block"),
        ("5.1.1", "550 5.1.1 Mail rejected due to local policy", "policy"),
        ("5.1.1", "550 5.1.1 Sender verify failed", "policy"),
        ("5.0.0", "550 user unknown, and your IP is blocked", "reputation_block"),
        ("5.5.0", "550 5.5.0 The recipient account is blocked", "other"),  # not the sender
        # Words of another fault.
        ("5.1.1", "552 5.1.1 Mailbox full", "mailbox_full"),
        ("5.1.1", "550 5.1.1 The account that you tried to reach is over quota", "mailbox_full"),
        ("5.1.1", "550 5.1.1 user unknown, mailbox full", "no_mailbox"),  # as the code says
        # A block that is denied, where code and words agree that nobody is there.
        ("5.1.1", "550 5.1.1 user unknown (not on any blacklist)", "no_mailbox"),
        ("5.1.1", "550 5.1.1 no such user; sender is not blacklisted", "no_mailbox"),
        ("5.1.1", "550 5.1.1 user unknown; not listed at spamhaus", "no_mailbox"),
        ("5.1.1", "550 5.1.1 user unknown; not blocked, but blacklisted", "reputation_block"),
        ("5.1.1", "550 5.1.1 not on any blacklist, and yet refused", "reputation_block"),
        ("5.7.1", "550 5.7.1 user unknown (not on any blacklist)", "reputation_block"),
        ("5.1.1", "550 5.1.1 user unknown; see our blacklist", "reputation_block"),
        # A mailbox that takes nothing for now, or could not be looked at yet.
        ("4.2.1", "450 4.2.1 The user is receiving mail at a rate that prevents more", "other"),
        ("5.2.1", "450 4.2.1 The user is receiving mail at a rate that prevents more", "other"),
        ("4.1.1", "450 4.1.1 unverified address: Address verification in progress", "other"),
        ("4.1.1", "450 4.1.1 unverified address: unknown user", "no_mailbox"),
        ("4.1.1", "450 4.1.1 Greylisted", "greylisted"),
        ("4.1.2", "450 4.1.2 Domain not found", "domain_error"),
    ],
)
def test_reasons(code: str, said: str, reason: str) -> None:
    assert one(status(Status=code, Diagnostic_Code=f"smtp; {said}"))["reason"] == reason
    assert reason_for(code, said) == reason


def test_an_address_of_the_internet_is_no_code() -> None:
    assert codes_in("550 4.4.2.1 and 550 5.9.1, version 550 5.7.1.2") == []


def test_several_recipients_are_several_events() -> None:
    rows = "".join(
        f"Final-Recipient: rfc822;{n}@x.id\nAction: failed\nStatus: 5.1.1\n\n" for n in "abc"
    )
    told = events(mail("Reporting-MTA: dns; x\n\n" + rows))
    assert [each["recipient"] for each in told] == ["a@x.id", "b@x.id", "c@x.id"]
    assert len({each["message_id"] for each in told}) == 1


def test_two_recipients_in_one_block_are_not_told_apart() -> None:
    fields = "Final-Recipient: rfc822;a@x.id\nFinal-Recipient: rfc822;b@x.id\nAction: failed"
    assert why(mail(fields)).startswith("$.recipients[0].final-recipient: got a list of 2")
    assert one(mail(fields.replace("b@", "a@") + "\nStatus: 5.1.1"))["recipient"] == "a@x.id"


def test_the_recipient_is_whom_the_office_wrote_to() -> None:
    assert one(status(Original_Recipient="rfc822; budi@example.org"))["recipient"] == (
        "budi@example.org"
    )
    assert one(status(Original_Recipient="x400; /G=Budi/"))["recipient"] == "siti@example.org"
    assert one(status(Final_Recipient=None, Original_Recipient="<b@x.id>"))["recipient"] == "b@x.id"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("rfc822;a@x.id", "a@x.id"), ("RFC822 ; a@x.id", "a@x.id"), ("rfc/822;a@x.id", "a@x.id"),
        ("a@x.id", "a@x.id"), ("rfc822; <a@x.id>", "a@x.id"), ("rfc822; a@x.id (A)", "a@x.id"),
        ("unknown; a@x.id", "a@x.id"), ("x-local; siti", "siti"), ("siti", "siti"),
        ("unknown; siti", None), ("rfc822; a b@x.id", None), ("rfc822; |/bin/x", None),
        (r"utf-8; si\x{74}i\x{E9}@x.id", "sitié@x.id"), (r"utf-8; a\x{D800}@x.id", r"a\x{D800}@x.id"),
        ("rfc822; /var/mail/siti", None), ("", None), ("rfc822; a@b@c", None),
    ],
)  # fmt: skip
def test_addresses(said: str, address: str | None) -> None:
    assert address_of(said) == address


def test_xtext_is_decoded_only_where_it_surely_is_xtext() -> None:
    assert original_of("rfc822;a+2Bb+3D@x.id", None) == "a+b=@x.id"
    assert original_of("rfc822;a+2Bb@x.id", "a+2Bb@x.id") == "a+2Bb@x.id"
    assert original_of("rfc822;a+20b@x.id", None) == "a+20b@x.id"


def test_what_a_message_is_called() -> None:
    fields = "Original-Envelope-Id: e1\n\nFinal-Recipient: a@x.id\nAction: failed\nStatus: 5.0.0"
    both = one(mail(fields))
    assert (both["message_id"], both["alias_id"]) == ("m1@kantor.example.org", "e1")
    only = one(mail(fields, original="Subject: x\n"))
    assert (only["message_id"], only.get("alias_id")) == ("e1", None)
    google = fields.replace("Original-Envelope-Id: e1", "X-Original-Message-ID: <m2@x.id>")
    assert one(mail(google, original="Subject: x\n"))["message_id"] == "m2@x.id"
    bare = fields.partition("\n\n")[2]
    assert one(mail(bare, original=""))["message_id"] == "report:r1@mail.example.org"
    nameless = mail(bare, original="", header=HEADER.replace("Message-ID", "X-ID"))
    assert why(nameless).startswith("$.original.message-id: got nothing, expected the id of")


def test_times() -> None:
    no_date = HEADER.replace("Date:", "X-Date:").encode()
    assert "occurred_at" not in one(status().replace(HEADER.encode(), no_date))
    broken = status().replace(b"Mon, 5 Jan 2026", b"Mon, 5 Jam 2026")
    assert why(broken).startswith('$.header.date: got "Mon, 5 Jam 2026 08:00:00 +0700", expected')
    japan = status().replace(b"Mon, 5 Jan 2026 08:00:00 +0700", b"5 Jan 26 8:00 JST")
    assert one(japan)["occurred_at"] == "2026-01-05T08:00:00+09:00"


def test_places_are_looked_up_in_the_original_the_report_and_the_recipient() -> None:
    places = {
        "campaign": "original.x-campaign",
        "region": "original.subject",
        "segment": "recipient.status",
        "variant": "header.message-id",
    }
    [event] = events(status(), Options(fields=places, set={"channel": "surat"}))
    assert {name: event[name] for name in (*places, "channel")} == {
        "campaign": "pajak",
        "region": "Wilayah Bá",
        "segment": "5.1.1",
        "variant": "<r1@mail.example.org>",
        "channel": "surat",
    }


# Encoded words.


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("=?utf-8?q?Wilayah_B=C3=A1?=", "Wilayah Bá"),
        ('"=?UTF-8*id?Q?Siti_A?=" <siti@example.org>', '"Siti A" <siti@example.org>'),
        ("=?utf-8?b?w6E?= =?utf-8?b?w6E=?=. =?iso-8859-1?q?=E1?= b", "áá. á b"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A1?=", "á"),  # one character, two words
        ("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "日本"),
    ],
)
def test_encoded_words(said: str, read: str) -> None:
    assert in_words(said) == read


@pytest.mark.parametrize(
    "said",
    [
        "=?é?q?abc?=", "=?unicode_escape?q?<\\ud83dm1@x>?=", "=?utf-7?q?+2D0-?=",
        "=?rot13?q?abc?=", "=?zip?b?eJw=?=", "=?idna?q?xn--?=", "=?undefined?q?a?=",
        "=?no-such?q?a?=", "=?utf-8?q?=ED=A0=BD?=", "=?utf-8?b?a?=", "=?utf-8?q?é?=",
        "=?utf-16le?q?=3D=D8?=", "=?utf-8?x?a?=", "=?", "=?utf-8?q?a?= =?rot13?q?b?=",
        "=?utf-8?q?a?= " + "x" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_encoded_word_of_a_mail_stays_as_it_is(said: str) -> None:
    assert in_words(said) == said
    assert one(status(X_Said=said))["recipient"] == "siti@example.org"
    header = HEADER.replace("MIME", f"X-Said: {said}\nSubject: {said}\nMIME", 1)
    assert one(status().replace(HEADER.encode(), header.encode()))["reason"] == "no_mailbox"


def test_each_charset_is_one_that_python_knows() -> None:
    names = vars(encoded_words)["_CHARSETS"]
    assert all(codecs.lookup(name).name for name in names)
    assert not names & {"utf-7", "unicode_escape", "idna", "punycode", "rot13"}


def test_an_id_that_is_no_text_reaches_nothing() -> None:
    said = ORIGINAL.replace("<m1@kantor.example.org>", r"=?unicode_escape?q?<\ud83dm1@x>?=")
    fields = "Final-Recipient: a@x.id\nAction: failed\nStatus: 5.0.0"
    told = one(mail(fields, original=said))
    assert told["message_id"] == r"\ud83dm1@x"
    assert str(told).encode()


@pytest.mark.parametrize(
    "kind",
    [
        r"multipart/report; boundary*=unicode_escape''%5Cud83d",
        "multipart/report; boundary*=idna''%FF",
        'multipart/report; boundary*9=x; boundary*0="',
        "multipart/report; boundary*0*=x''; boundary*1=b",
    ],
)
def test_a_boundary_beyond_reading_is_as_if_it_were_announced_nowhere(kind: str) -> None:
    announced = b'multipart/report; report-type=delivery-status; boundary="b"'
    assert announced in status()
    content = status().replace(announced, kind.encode())
    assert one(content)["message_id"] == "m1@kantor.example.org"


def test_a_type_beyond_reading_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = status().replace(b"message/delivery-status\n", rb"=?unicode_escape?q?\ud83d?=/x" + b"\n")
    assert why(odd).startswith("$: got a report of type delivery-status without its machine-")

    def broken(_: Message) -> str:
        raise CharsetError

    monkeypatch.setattr(Message, "get_content_type", broken)
    assert why(status()).startswith("$.header.content-type: got ")


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """A mail with odd words, charsets and parameters in its fields."""
    charsets = ("é", "unicode_escape", "utf-7", "rot13", "zip", "idna", "undefined", "utf-8",
                "unknown-8bit", "utf-16", "gb18030", "", "\0", "utf-8*id")  # fmt: skip
    bodies = (r"\ud83d", "=00=D8", "=ED=A0=BD", "%ED%A0%BD", "+2D0-", "=", "%zz", "%5Cud83d",
              "2D3Y", r"<\ud83dm@x>", "=0A", "~{", "abc")  # fmt: skip
    lines = content.split(b"\n")
    places = [at for at, line in enumerate(lines) if b": " in line and line[:1].isalpha()]
    for at in chance.choices(places, k=chance.randint(1, 5)):
        charset, body = chance.choice(charsets), chance.choice(bodies)
        word = f"=?{charset}?{chance.choice('qbx')}?{body}?="
        name = chance.choice(("boundary", "charset"))
        number = chance.choice(("", "*", "*0*", "*9", "*²", "*99999999999999999999"))
        value = chance.choice((f"{charset}''{body}", f'"{body}', word, "'", "''"))
        odd = chance.choice((f" {word}", f" <{word}@x>", f"; {name}{number}={value}"))
        field, _, said = lines[at].partition(b": ")
        kept = chance.choice((said, said.partition(b";")[0], b"", b"multipart/x"))
        lines[at] = field + b": " + kept + odd.encode()
    return b"\n".join(lines)


def test_odd_words_charsets_and_parameters_end_in_events_or_by_name(tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311 -- a test's choice of cases
    samples = [path.read_bytes().replace(b"\r\n", b"\n") for path in SAMPLES.glob("*.eml")]
    samples = [each for each in sorted(samples) if b"delivery-status" in each or b"=?" in each]
    told: list[object] = []
    for _ in range(1500):
        for record in records(tmp_path, spoilt(chance.choice(samples), chance)):
            try:
                if record.broken:
                    raise record.broken
                told.append(DSN.events(record, log_of(b"")))
            except Refused as refused:
                told.append(str(refused))
            json.dumps((record.raw, record.value, told[-1]), ensure_ascii=False).encode()
    assert len({type(each) for each in told}) == 2


# Reports that their senders have broken.


def test_fields_in_plain_text() -> None:
    text = (
        b"Hello,\nit failed.\n\n  Reporting-MTA: dns; x\n\n  Action: failed\n"
        b"  Final-Recipient: rfc822;a@x.id\n  Status: 5.2.2\n\nRegards: the server\n"
    )
    assert one(HEADER.encode() + b"\n" + text)["reason"] == "mailbox_full"
    quoted = text.replace(b"Final-Rec", b"Final-=\nRec")
    encoded = HEADER.encode() + b"Content-Transfer-Encoding: quoted-printable\n\n" + quoted
    assert one(encoded)["recipient"] == "a@x.id"
    words = b"\nReporting-MTA: is the one who reports.\nFinal-Recipient is whom it went to.\n"
    assert why(HEADER.encode() + words).startswith("$: got a mail that is no delivery status")


def test_a_boundary_that_nothing_announces() -> None:
    plain = status().replace(b"multipart/report;", b"text/plain;")
    assert one(plain)["message_id"] == "m1@kantor.example.org"
    other = status().replace(
        b"--b\nContent-Type: message/rfc822", b"--c\nContent-Type: message/rfc822"
    )
    assert one(other)["message_id"] == "m1@kantor.example.org"
    cut = status().partition(b"--b\nContent-Type: message/rfc822")[0]
    assert one(cut)["message_id"] == "report:r1@mail.example.org"


def test_an_original_header_as_plain_text() -> None:
    fields = "Final-Recipient: a@x.id\nAction: delayed\nStatus: 4.4.1"
    header = "From: a@x.id\nDate: Mon, 5 Jan 2026 07:00:00 +0700\n" + ORIGINAL
    plain = mail(fields, original=header).replace(b"message/rfc822", b"text/plain")
    assert one(plain)["message_id"] == "m1@kantor.example.org"
    footer = mail(fields, original="Message-ID: is what each mail has\n")
    footer = footer.replace(b"message/rfc822", b"text/plain")
    assert one(footer)["message_id"] == "report:r1@mail.example.org"


def test_other_line_ends() -> None:
    for end in (b"\r\n", b"\r"):
        assert events(status().replace(b"\n", end)) == events(status())


def test_base64_and_utf8() -> None:
    encoded = b"RmluYWwtUmVjaXBpZW50OiB1dGYtODsgw6lAeC5pZApBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4x"
    content = (
        mail("FIELDS")
        .replace(b"message/delivery-status\n", b"message/global-delivery-status\n")
        .replace(b"\n\nFIELDS", b"\nContent-Transfer-Encoding: base64\n\n" + encoded)
    )
    assert one(content)["recipient"] == "é@x.id"
    assert why(content.replace(encoded, encoded[:-1])).startswith("$: got a part whose base64 is")


def test_a_report_that_came_back_tells_nothing_of_the_office_s_message() -> None:
    inner = status(Final_Recipient="rfc822; inner@x.id").decode().replace('"b"', '"i"')
    inner = inner.replace("--b", "--i")
    assert [each["recipient"] for each in events(mail(
        "Final-Recipient: outer@x.id\nAction: failed\nStatus: 5.0.0", original=inner
    ))] == ["outer@x.id"]  # fmt: skip
    forwarded = f"{HEADER}Content-Type: message/rfc822\n\n{inner}".encode()
    assert why(forwarded).startswith("$: got a mail that is no delivery status report")


@pytest.mark.parametrize("kind", ["delivery-status", "feedback-report"])
def test_a_report_without_its_part(kind: str) -> None:
    said = mail("x", kind).replace(f"message/{kind}".encode(), b"application/x")
    assert why(said).startswith(f"$: got a report of type {kind} without its machine-readable part")


def test_two_reports_in_one_mail_are_refused() -> None:
    twice = status().replace(b"--b--", b"--b\nContent-Type: message/delivery-status\n\nx: y\n--b--")
    assert why(twice) == "$: got 2 reports in one mail, expected one"


# Complaints.


@pytest.mark.parametrize(
    ("said", "event"),
    [("abuse", "complained"), ("Fraud", "complained"), ("other", "complained"),
     ("opt-out", "unsubscribed"), ("opt-out-list", "unsubscribed"), ("virus", None),
     ("auth-failure", None), ("not-spam", None)],
)  # fmt: skip
def test_feedback(said: str, event: str | None) -> None:
    fields = f"Feedback-Type: {said}\nVersion: 1\nOriginal-Rcpt-To: <siti@example.org>"
    told = events(mail(fields, "feedback-report"))
    assert [(each["event"], each["recipient"]) for each in told] == (
        [(event, "siti@example.org")] if event else []
    )
    assert not told or told[0]["occurred_at"] == "2026-01-05T08:00:00+07:00"


@pytest.mark.parametrize(
    "whom",
    ["", "Original-Rcpt-To: redacted@example.org", "Original-Rcpt-To: <redacted>",
     "Original-Rcpt-To: a@x.id\nOriginal-Rcpt-To: b@x.id", "Removal-Recipient: a@x.id"],
)  # fmt: skip
def test_a_complaint_of_nobody_known_is_no_event(whom: str) -> None:
    assert events(mail(f"Feedback-Type: abuse\n{whom}", "feedback-report")) == []


def test_new_words_are_refused_by_name() -> None:
    feedback = mail("Feedback-Type: abuze\nOriginal-Rcpt-To: a@x.id", "feedback-report")
    assert "did you mean abuse?" in why(feedback)
    assert why(mail("Version: 1", "feedback-report")).startswith("$.report.feedback-type: got null")


# Having been read.


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("manual-action/MDN-sent-manually; displayed", "read"),
        ("Manual-Action/mdn-sent-automatically ;Displayed/error", "read"),
        ("automatic-action/MDN-sent-automatically; displayed", "opened"),
        *((f"{mode}-action/MDN-sent-manually; {kind}", None)
          for mode in ("manual", "automatic")
          for kind in ("deleted", "dispatched", "processed", "denied", "failed")),
    ],
)  # fmt: skip
def test_dispositions(said: str, event: str | None) -> None:
    fields = (
        "Original-Message-ID: <m1@kantor.example.org>\nFinal-Recipient: rfc822;siti@example.org\n"
        f"Disposition: {said}"
    )
    told = events(mail(fields, "disposition-notification", original=""))
    names = ("event", "recipient", "message_id")
    assert [tuple(each[name] for name in names) for each in told] == (
        [(event, "siti@example.org", "m1@kantor.example.org")] if event else []
    )
    assert not any("machine" in each for each in told)  # which of the two it was nobody knows


@pytest.mark.parametrize("said", ["displayed", "manual-action/x; shown", ""])
def test_other_dispositions_are_refused(said: str) -> None:
    fields = f"Final-Recipient: a@x.id\nDisposition: {said}"
    assert why(mail(fields, "disposition-notification")).startswith("$.report.disposition: got ")


# Mailboxes.


def boxed(*mails: bytes) -> bytes:
    return b"\n".join(b"From MAILER-DAEMON Mon Jan  5 08:00:00 2026\n" + each for each in mails)


def test_an_mbox_is_read_a_message_at_a_time(tmp_path: Path) -> None:
    quoted = status().replace(b"Body", b">From the office at 8:00, 5 Jan 2026\n>>From >From")
    found = records(tmp_path, boxed(status(), quoted, b"Subject: holiday\n\nTill 2027\n"))
    lines = boxed(status()).count(b"\n")
    assert [each.number for each in found] == [1, 2, 3]
    assert [each.line for each in found][:2] == [1, lines + 2]
    assert [each.broken is None for each in found] == [True, True, False]
    assert found[1].raw.encode().removesuffix(b"\n") == boxed(quoted)


def test_a_quoted_envelope_before_the_original_is_no_part_of_its_header(tmp_path: Path) -> None:
    quoted = mail(
        "Final-Recipient: a@x.id\nAction: failed\nStatus: 5.0.0",
        original=">From x@example.org Mon Jan  5 08:00:00 2026\n" + ORIGINAL,
    )
    for content in (quoted, boxed(quoted)):
        [record] = records(tmp_path, content)
        assert record.value
        assert record.value["original"]["message-id"] == "<m1@kantor.example.org>"


def test_a_single_mail_is_never_split(tmp_path: Path) -> None:
    inner = status().replace(b"Body", b"\nFrom x@example.org Mon Jan  5 08:00:00 2026\nTo: y\n")
    assert len(records(tmp_path, inner)) == 1
    # In an mbox a line that is no envelope splits nothing either.
    letter = b"Subject: a\n\nHello.\n\nFrom now on at 8:00.\n\nFrom 2026 on.\n"
    assert len(records(tmp_path, boxed(letter))) == 1


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(boxed(status(), status(), status()))
    found = list(DSN.records(log_of(path.read_bytes(), path), {2}))
    assert [(each.number, each.value is None) for each in found] == [
        (1, True), (2, False), (3, True),
    ]  # fmt: skip


@pytest.mark.parametrize("folder", ["new", "cur"])
def test_names_as_a_maildir_has_them(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "1767574800.M1P2.mail,S=900:2,S"
    path.parent.mkdir()
    path.write_bytes(status())
    with connect() as engine:
        head = peek(path, path.name, engine)
    assert recognise(path.name, head, Options()).name == "dsn"


# Recognition.


@pytest.mark.parametrize(
    ("content", "ok"),
    [
        (status(), True),
        (boxed(status()), True),
        (b"\xef\xbb\xbf" + status(), True),
        (b"\n\n" + status(), True),
        (status().replace(b"\n", b"\r\n"), True),
        (b"Subject: x\nTo: y\nDate: z\n\n{}", True),
        (b"Received: from x\n\tby y\nFrom: a\nDate: b\n" * 5000, True),
        (b"From () 2019-10-02 05:04:34 +0000\nFrom: a\nTo: b\nDate: c\n\n", True),
        (b"From,To,Subject,Date\na,b,c,d\n", False),
        (b"From: a\nTo: b\nSubject,Date\n", False),
        (b"From: a\nX-To: b\n\n", False),
        (b"Jan  5 08:00:00 mail postfix/smtp[1]: 6E: to=<a@x.id>, status=sent\n" * 4, False),
        (b"id:1 sub:001 dlvrd:001 submit date:2601050800 stat:DELIVRD err:000\n", False),
        (b"date: 1\nfrom: 2\nnonsense\nto: 3\nsubject: 4\n", False),
        (b"From what I know: nothing\n", False),
    ],
)
def test_a_mail_is_known_by_its_header(tmp_path: Path, content: bytes, *, ok: bool) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with connect() as engine:
        head = peek(path, path.name, engine)
    assert is_mail(head) == ok
    assert DSN.fit(head, Options()).ok == ok
    if ok:
        assert recognise("log", head, Options()).name == "dsn"
        assert not DSN.fit(head, Options(map={"channel": "x"})).ok
    else:
        with pytest.raises(InputError):
            recognise("log", head, Options("dsn"))


def test_a_mail_that_is_no_report_is_known_as_mail_and_refused(tmp_path: Path) -> None:
    letter = b"Subject: x\nTo: y\nDate: z\n\nHello\n"
    assert DSN.fit(log_of(letter).head, Options()).why == "it has the header of a mail"
    [record] = records(tmp_path, letter)
    assert record.broken
    assert record.broken.received == "a mail that is no delivery status report"


# Hostile mails: refused by name, in little time.


def nested(levels: int) -> bytes:
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels))
    return (HEADER + "".join(parts)).encode()


HOSTILE = {
    "levels": (nested(5000), "$: got more than 16 levels of parts"),
    "parts": (
        HEADER.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 200_000,
        "$: got more than 200 parts",
    ),
    "one long line of header": (
        HEADER.encode() + b"Subject: " + b"x" * 1_000_000 + b"\n\n",
        "$: got a header of more than 256 KiB",
    ),
    "many lines of header": (
        HEADER.encode() + b"To: a\n" * 200_000 + b"\n",
        "$: got a header of more than 256 KiB",
    ),
    "header of a part": (
        mail("x").replace(b"\n\nx", b"\nX: " + b"y" * 20_000 + b"\n\nx"),
        "$: got a header of more than 16 KiB",
    ),
    "parameters": (
        HEADER.encode() + b"Content-Type: multipart/report" + b";" * 100_000 + b"\n\n",
        "$: got a Content-Type without end",
    ),
    "fields": (
        mail("Action: failed\n\n" * 100_000),
        "$: got more than 1 MiB of fields",
    ),
    "blocks of fields": (
        mail("".join(f"x{n}: 1\n\n" for n in range(90_000))),
        "$: got more than 10000 blocks of fields",
    ),
    "names without end": (
        mail(
            f"Original-Envelope-Id: {'e' * 400_000}\n\n" + "Action: failed\n\n" * 9_000,
            original="Message-ID: " + "m" * 15_000,
        ),
        "$.recipients[0].final-recipient: got nothing",
    ),
    "fields of nobody": (mail("\n" * 300_000), "$.recipients: got a report without Final-Rec"),
    "blank text": (
        HEADER.encode() + b"\n" + b" " * 3_000_000,
        "$: got a mail that is no delivery status report",
    ),
    "dashes": (
        HEADER.encode() + b"\n" + b"--\n" * 500_000,
        "$: got a mail that is no delivery status report",
    ),
    "nothing": (b"", "$: got a mail that is no delivery status report"),
    "bad charset": (
        HEADER.encode() + b"Content-Type: multipart/mixed; boundary*=no-such'en'b%FF\n\n--b\n",
        "$: got a mail that is no delivery status report",
    ),
    "bad parameter": (
        HEADER.encode() + b'Content-Type: multipart/mixed; boundary*9=x; boundary*0="\n\n',
        "$: got a mail that is no delivery status report",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_are_refused_by_name_and_soon(tmp_path: Path, name: str) -> None:
    content, said = HOSTILE[name]
    assert why(content).startswith(said)
    assert len(records(tmp_path, content)) == (content != b"")


def test_many_recipients_do_not_repeat_a_name_without_end() -> None:
    rows = "Final-Recipient: a@x.id\nAction: failed\nStatus: 5.1.1\n\n" * 9_000
    told = events(mail(f"Original-Envelope-Id: {'e' * 400_000}\n\n{rows}"))
    assert len(told) == 9_000
    assert {each["message_id"] for each in told} == {"m1@kantor.example.org"}
    assert not any("alias_id" in each for each in told)


def test_a_diagnostic_without_end_says_what_its_beginning_says() -> None:
    long = one(status(Diagnostic_Code="smtp; 550 user unknown " + "@" * 500_000, Status="5.0.0"))
    assert long["reason"] == "no_mailbox"
    assert one(status(Diagnostic_Code="x" * 500_000, Status="5.0.0"))["reason"] == "unknown"


def test_nul_bytes_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    content = status().replace(b"Body", b"\0\xff\xfe").replace(b"5.1.1", b"5.1.1 \0\xff")
    [record] = records(tmp_path, content)
    assert "\\xff" in record.raw
    assert one(content)["reason"] == "no_mailbox"
    assert why(status().replace(b"failed", b"fai\0led")).startswith("$.recipients[0].action: got")


def test_a_message_that_is_too_long_is_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST", 5000)
    monkeypatch.setattr(files, "_PIECE", 512)
    long = b"Subject: x\n\n" + b"y" * 100_000 + b"\n"
    found = records(tmp_path, boxed(status(), long, status()))
    assert [each.number for each in found] == [1, 2, 3]
    assert found[1].broken
    assert found[1].broken.received == "more than 32 MiB"
    assert len(found[1].raw) == 5001
    assert [each.line for each in found][2] == boxed(status(), long).count(b"\n") + 2
    assert found[0].value == found[2].value


def test_the_limit_is_that_of_all_formats() -> None:
    assert vars(files)["LONGEST"] == ndjson.LONGEST == 1 << 25

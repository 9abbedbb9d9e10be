"""Events of SendGrid's Event Webhook, one object a line.

The shapes are those of SendGrid's Event Webhook Reference; ``sg_machine_open`` is newer.
"""

from __future__ import annotations

from typing import Any

from reach.simulate.fate import What
from reach.simulate.records.clock import unix_seconds
from reach.simulate.records.record import Fault, Tellings, chosen, filled

_LINE = (
    '{"email":"%(to)s","timestamp":%(at)s,"smtp-id":"<%(id)s@ismtpd-555>","event":"%(word)s",'
    '"category":"vaccination","sg_event_id":"%(id)s_%(what)s"%(end)s}\n'
)
_KNOWN_LINE = _LINE.replace(
    "%(end)s", ',"sg_message_id":"%(id)s.filter0001.16648.5515E0B88.0"%(end)s'
)
_AGENT = (
    ',"useragent":"Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/119.0 Mobile Safari/537.36","ip":"192.0.2.1"'
)
_LINK = ',"url":"https://example.org/vaksin"'
_WORDS = {
    What.SENT: ("processed", ""),
    What.NOT_SENT: ("dropped", ""),
    What.DEFERRED: ("deferred", ',"response":"400 try again later","attempt":"5"'),
    What.DELIVERED: ("delivered", ',"response":"250 OK"'),
    What.FAILED: ("bounce", ""),
    What.BOUNCED_LATE: (
        "bounce", ',"reason":"550 5.1.1 unknown recipient","status":"5.1.1","type":"bounce"',
    ),
    What.MACHINE_OPENED: ("open", f'{_AGENT},"sg_machine_open":true'),
    What.OPENED: ("open", f'{_AGENT},"sg_machine_open":false'),
    What.SCANNED: ("click", _AGENT + _LINK),
    What.CLICKED: ("click", _AGENT + _LINK),
    What.UNSUBSCRIBED: ("", ""),
    What.COMPLAINED: ("spamreport", ""),
    What.NO_EVENT: ("group_resubscribe", f'{_AGENT}{_LINK},"asm_group_id":10'),
}  # fmt: skip
_DROPPED = tuple(
    f',"reason":"{reason}","status":"5.0.0"'
    for reason in ("Bounced Address", "Unsubscribed Address", "Spam Reporting Address", "Invalid")
)
_UNSUBSCRIBED = (
    ("unsubscribe", ""), ("group_unsubscribe", f'{_AGENT}{_LINK},"asm_group_id":10'),
)  # fmt: skip
_BOUNCE = ',"reason":"%s","status":"%s","type":"%s"'
_BOUNCES = {
    True: (
        _BOUNCE % ("550 5.1.1 unknown recipient", "5.1.1", "bounce"),
        _BOUNCE % ("550 5.4.4 domain not found", "5.4.4", "bounce"),
    ),
    False: (
        _BOUNCE % ("452 4.2.2 mailbox full", "4.2.2", "blocked"),
        _BOUNCE % ("554 5.7.1 blocked by policy", "5.7.1", "blocked"),
    ),
}


class SendGrid:
    """The format ``sendgrid``."""

    name = "sendgrid"

    def message_id(self, name: str) -> str:
        """What ``sg_message_id`` and ``smtp-id`` both begin with, in an older or a newer form.

        Examples:
            >>> SendGrid().message_id("3f" * 16)
            '3f3f3f3f3f3.f3f.3f3f3f'
            >>> SendGrid().message_id("9a" * 16)
            '9a9a9a9a9a9a9a9a9a9a9a'
        """
        if name < "4":
            return f"{name[:11]}.{name[11:14]}.{name[14:20]}"
        return name[:22]

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records."""
        word: str | list[str]
        end: str | list[str]
        word, end = _WORDS[what]
        if what is What.FAILED:
            end = chosen(_BOUNCES, told)
        elif what is What.NOT_SENT:
            end = [_DROPPED[variant % len(_DROPPED)] for variant in told.variants.tolist()]
        elif what is What.UNSUBSCRIBED:
            ways = [_UNSUBSCRIBED[variant % 2] for variant in told.variants.tolist()]
            word, end = [way[0] for way in ways], [way[1] for way in ways]
        return filled(
            # In a late bounce the provider no longer knows which message it was.
            _LINE if what is What.BOUNCED_LATE else _KNOWN_LINE,
            len(told.ids),
            id=told.ids,
            word=word,
            what=str(int(what)),
            at=unix_seconds(told.at_ms),
            to=told.addresses,
            end=end,
        )

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Another word, no id, or no time."""
        if fault is Fault.UNKNOWN_WORD:
            record["event"] = "terkirim"
        elif fault is Fault.NO_ID:
            del record["sg_message_id"], record["smtp-id"]
        else:
            record["timestamp"] = "kemarin"

"""Why a message failed, by a report's status code and by the words of the server that said no.

Servers say much with few codes: a block comes as 5.1.1, a dead mailbox as 5.0.0. The words
decide only where they are plain; a block is never filed as a dead address, whatever its code.

What counts, in this order:

1. words of a block, unless they are denied where code and words both say that nobody is
   there: "550 5.1.1 user unknown (not on any blacklist)";
2. the server's own code in the diagnostic, where the report's says little or that the
   address is dead; of several a block (x.7.x) against a dead address;
3. words of a fault, where that code says little or that nobody is there: "552 5.1.1 Mailbox
   full"; all that stand there must agree;
4. where all this comes to a dead address: words that only a block has with such a code.
"""

from __future__ import annotations

import re

from reach.formats.notations.mail_status import reason_of
from reach.formats.words import Code
from reach.vocabulary import Reason

BLOCKS = (
    Code("greylist", Reason.GREYLISTED, note="from memory"),
    Code("greylisted", Reason.GREYLISTED, note="from memory"),
    Code("greylisting", Reason.GREYLISTED, note="from memory"),
    Code("graylisted", Reason.GREYLISTED, note="from memory"),
    Code("dmarc", Reason.AUTH_FAILURE, note="postfix-72, apple-02, tencent-03"),
    Code("spf record", Reason.AUTH_FAILURE, note="office365-03, as 5.1.0"),
    Code("spf records", Reason.AUTH_FAILURE, note="exim-29"),
    Code("spf check", Reason.AUTH_FAILURE, note="from memory"),
    Code("sender is unauthenticated", Reason.AUTH_FAILURE, note="google-04"),
    Code("authentication information", Reason.AUTH_FAILURE, note="sendmail-59"),
    Code("dns ptr resource record", Reason.AUTH_FAILURE, note="postfix-60"),
    Code("blocked using", Reason.REPUTATION_BLOCK, note="amazonses-16"),
    Code("ip reputation", Reason.REPUTATION_BLOCK, note="microsoft-05"),
    Code("poor reputation", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("blacklist", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("blacklisted", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("blocklist", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("block list", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("listed at", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("dnsbl", Reason.REPUTATION_BLOCK, note="amazonses-16"),
    Code("spamhaus", Reason.REPUTATION_BLOCK, note="from memory"),
    Code("(bl)", Reason.REPUTATION_BLOCK, note="sendmail-16"),
    Code("as spam", Reason.SPAM_BLOCK, note="postfix-39, zoho-03"),
    Code("- spam", Reason.SPAM_BLOCK, note="amavis-03"),
    Code("ube", Reason.SPAM_BLOCK, note="barracuda-02"),
    Code("spam message", Reason.SPAM_BLOCK, note="from memory"),
    Code("message content rejected", Reason.CONTENT_REJECTED, note="sendmail-38"),
    Code("policy reasons", Reason.POLICY, note="rfc3464-03"),
    Code("by policy", Reason.POLICY, note="postfix-42"),
    Code("policy violation", Reason.POLICY, note="postfix-51"),
    Code("security policies", Reason.POLICY, note="mimecast-02"),
    Code("recipient preferences", Reason.POLICY, note="facebook-03, as 5.1.1"),
    Code("sender rejected", Reason.POLICY, note="spectrum-01, as 5.1.0"),
    Code("sender address rejected", Reason.POLICY, note="gsuite-11"),
    Code("client host rejected", Reason.POLICY, note="franceptt-12"),
    Code("relay access denied", Reason.POLICY, note="sendmail-07"),
    Code("unable to relay", Reason.POLICY, note="mimecast-02"),
    Code("unauthenticated senders not allowed", Reason.POLICY, note="sendmail-53"),
)
"""Words of a block: the first that stands there counts, whatever the code says."""

SUSPICIONS = (
    Code("spam", Reason.SPAM_BLOCK, note='made up: "550 5.1.1 rejected: spam"'),
    Code("unsolicited", Reason.SPAM_BLOCK, note='made up: "550 5.1.1 unsolicited mail rejected"'),
    Code("your ip", Reason.REPUTATION_BLOCK, note='made up: "550 5.1.1 Your IP has been blocked"'),
    Code("sending ip", Reason.REPUTATION_BLOCK, note='made up: "550 5.1.1 banned sending IP"'),
    Code("reputation", Reason.REPUTATION_BLOCK, note='made up: "550 5.1.1 low reputation"'),
    Code("reverse dns", Reason.AUTH_FAILURE, note='made up: "550 5.1.1 reverse DNS failed"'),
    Code("unauthenticated", Reason.AUTH_FAILURE, note='made up: "550 5.1.1 unauthenticated mail"'),
    Code("spf", Reason.AUTH_FAILURE, note='made up: "550 5.1.1 SPF fail"'),
    Code("dkim", Reason.AUTH_FAILURE, note='made up: "550 5.1.1 no DKIM signature"'),
    Code("sender verify", Reason.POLICY, note='made up: "550 5.1.1 Sender verify failed"'),
    Code("relaying", Reason.POLICY, note='made up: "550 5.1.1 relaying denied"'),
    Code("policy", Reason.POLICY, note='made up: "550 5.1.1 rejected due to local policy"'),
    Code("policies", Reason.POLICY, note='made up: "550 5.1.1 against our policies"'),
    Code("access denied", Reason.POLICY, note='made up: "550 5.1.1 Access denied"'),
    Code("blocked", Reason.POLICY, note='made up: "550 5.1.1 message blocked"'),
    Code("banned", Reason.POLICY, note='made up: "550 5.1.1 sender is banned"'),
)
"""Words that take back a dead address only: elsewhere they may tell of the recipient, too."""

FAULTS = (
    Code("user unknown", Reason.NO_MAILBOX, note="courier-01"),
    Code("unknown user", Reason.NO_MAILBOX, note="sendmail-19"),
    Code("no such user", Reason.NO_MAILBOX, note="messagelabs-02"),
    Code("user not found", Reason.NO_MAILBOX, note="apple-05"),
    Code("invalid recipient", Reason.NO_MAILBOX, note="franceptt-02"),
    Code("this user doesn't have a", Reason.NO_MAILBOX, note="yahooinc-03"),
    Code("no longer on server", Reason.NO_MAILBOX, note="rfc3464-10"),
    Code("mailbox full", Reason.MAILBOX_FULL, note="amazonses-03"),
    Code("mailbox is full", Reason.MAILBOX_FULL, note="from memory"),
    Code("mailbox for user is full", Reason.MAILBOX_FULL, note="postfix-63"),
    Code("disk quota exceeded", Reason.MAILBOX_FULL, note="postfix-45"),
    Code("over quota", Reason.MAILBOX_FULL, note="from memory"),
    Code("receiving mail at a rate", Reason.OTHER, note="Gmail's 4.2.1; from memory"),
    Code("receiving mail too quickly", Reason.OTHER, note="Gmail's 4.2.1; from memory"),
    Code("verification in progress", Reason.OTHER, note="Postfix's 4.1.1; from memory"),
    Code("no such domain", Reason.DOMAIN_ERROR, note="courier-04"),
    Code("host not found", Reason.DOMAIN_ERROR, note="aol-05"),
    Code("domain name not found", Reason.DOMAIN_ERROR, note="rfc3464-53"),
    Code("null mx", Reason.DOMAIN_ERROR, note="rfc3464-59"),
    Code("had no relevant answers", Reason.DOMAIN_ERROR, note="rfc3464-62"),
    Code("connection timed out", Reason.NETWORK, note="rfc3464-36"),
    Code("domain is not reachable", Reason.NETWORK, note="outlook-03"),
    Code(
        "recipient address rejected: access denied",
        Reason.OTHER,
        note="postfix-30: Microsoft's 5.4.1, of several meanings, none of the network",
    ),
)
"""Words of a fault: they count where the code says little, and all that stand there agree."""

_DEAD = (Reason.NO_MAILBOX, Reason.DOMAIN_ERROR)
_VAGUE = (None, Reason.UNKNOWN, Reason.OTHER)
_BLOCKED = {Reason.POLICY, Reason.AUTH_FAILURE}
_EXPIRED = ".4.7"
_TYPE = re.compile(r"\s*[a-z0-9-]+[ \t]*;")
_CODE = re.compile(r"(?:^|[245][0-9]{2}[ -]'?)([45]\.[0-7]\.[0-9]{1,3})(?!\.?[0-9])")
_DENIED = re.compile(
    r"\bnot (?:(?:listed|on|in|by|at|as|any|a|our|the) )*(?:"
    + "|".join(re.escape(each.said) for each in (*BLOCKS, *SUSPICIONS))
    + r")(?![a-z0-9])"
)
_LONGEST = 10_000  # characters


def reason_for(status: str | None, diagnostic: str) -> Reason:
    """Why, as well as a report says it.

    Args:
        status: The status code, as 5.1.1; None if there is none.
        diagnostic: What the Diagnostic-Code field says.

    Examples:
        >>> str(reason_for("5.0.0", "smtp; 550 5.1.1 User unknown"))
        'no_mailbox'
        >>> str(reason_for("5.1.1", "smtp; 550 rejected for policy reasons"))
        'policy'
        >>> str(reason_for("5.1.1", "smtp; 550 5.7.26 unauthenticated"))
        'auth_failure'
        >>> str(reason_for("5.1.1", "smtp; 550 5.1.1 user unknown (not on any blacklist)"))
        'no_mailbox'
    """
    said = spoken(diagnostic)
    found = _by_codes(status, codes_in(diagnostic))
    faults = {fault.reason for fault in FAULTS if _says(said, fault.said)}
    if found is Reason.NO_MAILBOX and found in faults:
        said = _DENIED.sub(" ", said)
    blocks = (block.reason for block in BLOCKS if _says(said, block.said))
    if block := next(blocks, None):
        return block
    if found in (*_VAGUE, Reason.NETWORK, Reason.NO_MAILBOX) and len(faults) == 1:
        found = faults.pop()
    if found in _DEAD:
        suspicions = (each.reason for each in SUSPICIONS if _says(said, each.said))
        return next(suspicions, found)
    return found or Reason.UNKNOWN


def _by_codes(status: str | None, inner: list[str]) -> Reason | None:
    """Why, by the report's code and by those of the server, which was nearer to it."""
    found = reason_of(status) if status else None
    if found not in (*_VAGUE, *_DEAD) and not (status and status.endswith(_EXPIRED)):
        return found
    said = {why for code in inner if (why := reason_of(code)) not in _VAGUE}
    if found in _DEAD and (blocks := said & _BLOCKED):
        return (
            Reason.POLICY if len(blocks) == 1 and Reason.POLICY in blocks else Reason.AUTH_FAILURE
        )
    return said.pop() if len(said) == 1 else found


def spoken(diagnostic: str) -> str:
    """A diagnostic's words: in small letters, without addresses, which may hold any word.

    Examples:
        >>> spoken("SMTP; 550 <spam@example.org>... User  Unknown, see http://example.org/policy")
        '550 ... user unknown, see'
    """
    words = (word.rpartition(">")[2] if "@" in word else word for word in _bare(diagnostic).split())
    return " ".join(word for word in words if word and "://" not in word)


def codes_in(diagnostic: str) -> list[str]:
    """The status codes that stand behind reply codes, or at the beginning.

    Examples:
        >>> codes_in("smtp; 550-5.7.26 blocked, see 5.1.1; 550 5.7.26 at 192.0.2.1")
        ['5.7.26', '5.7.26']
    """
    return _CODE.findall(_bare(diagnostic))


def _bare(diagnostic: str) -> str:
    """A diagnostic in small letters, without its type and the end of one without end."""
    text = diagnostic[:_LONGEST].lower()
    found = _TYPE.match(text)
    return text[found.end() if found else 0 :].strip()


def _says(said: str, words: str) -> bool:
    """Whether words stand in a text as words, not as parts of others."""
    at = said.find(words)
    while at >= 0:
        end = at + len(words)
        if not (said[at - 1 : at].isalnum() or said[end : end + 1].isalnum()):
            return True
        at = said.find(words, end)
    return False

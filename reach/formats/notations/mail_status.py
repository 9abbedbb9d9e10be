"""Enhanced mail system status codes, and the reasons that they stand for.

The first digit says whether a failure is for good, the rest says why: the two are kept
apart, so that a block is never filed as a dead address. One code means something else
where it may pass: a mailbox that takes nothing (2.1) is closed for good in 5.2.1, but only
for a while in 4.2.1, as Gmail says it of one that gets too much at once. The addresses of
1.1 to 1.10 are the fault in either class: 4.1.1 of one that could not be checked yet, or
is refused softly, 4.1.2 of a domain that has no answer now; the first digit says the rest.

References:
    RFC 3463, RFC 5248 and the IANA registry that it opened; RFC 7505 for 1.10; RFC 7372 for
    7.20 to 7.26.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reach.vocabulary import Reason

EXACT: Mapping[str, Reason] = {
    "1.0": Reason.OTHER,
    "1.1": Reason.NO_MAILBOX,
    "1.2": Reason.DOMAIN_ERROR,
    "1.3": Reason.NO_MAILBOX,
    "1.4": Reason.OTHER,  # ambiguous, so the mailbox may well be there
    "1.5": Reason.OTHER,  # said of success only
    "1.6": Reason.NO_MAILBOX,
    "1.7": Reason.POLICY,  # of the sender's address
    "1.8": Reason.POLICY,
    "1.10": Reason.DOMAIN_ERROR,
    "2.1": Reason.NO_MAILBOX,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "3.4": Reason.TOO_LARGE,
    "4.7": Reason.EXPIRED,
    "7.20": Reason.AUTH_FAILURE,
    "7.21": Reason.AUTH_FAILURE,
    "7.22": Reason.AUTH_FAILURE,
    "7.23": Reason.AUTH_FAILURE,
    "7.24": Reason.AUTH_FAILURE,
    "7.25": Reason.AUTH_FAILURE,
    "7.26": Reason.AUTH_FAILURE,
}
"""By subject and detail."""

SUBJECT: Mapping[str, Reason] = {
    "0": Reason.UNKNOWN,
    "1": Reason.OTHER,
    "2": Reason.OTHER,
    "3": Reason.OTHER,
    "4": Reason.NETWORK,
    "5": Reason.OTHER,
    "6": Reason.CONTENT_REJECTED,
    "7": Reason.POLICY,
}
"""By subject, where the detail says no more."""

WHOLE: Mapping[str, Reason] = {
    "4.2.1": Reason.OTHER,  # there, but not now (RFC 3463, section 3.3)
}
"""By all three, where the class changes what is meant."""

_CODE = "[245][.]([0-9])[.]([0-9]{1,3})"


def reason_of(status: str) -> Reason | None:
    """Why, as a status code says; None if it is no such code.

    Examples:
        >>> str(reason_of("5.1.1")), str(reason_of("5.7.1")), str(reason_of("4.2.2"))
        ('no_mailbox', 'policy', 'mailbox_full')
        >>> str(reason_of("5.2.1")), str(reason_of("4.2.1"))
        ('no_mailbox', 'other')
    """
    found = re.fullmatch(_CODE, status, re.ASCII)
    if found is None:
        return None
    exact = EXACT.get(f"{found[1]}.{found[2]}", SUBJECT.get(found[1]))
    return WHOLE.get(status, exact)


def reason_sql(status: str) -> str:
    """SQL of the same for a text, as a token; NULL if it is no such code."""
    both = f"substring({status}, 3)"
    whole, exact, subject = (
        " ".join(f"WHEN '{said}' THEN '\"{reason}\"'" for said, reason in table.items())
        for table in (WHOLE, EXACT, SUBJECT)
    )
    return (
        f"CASE WHEN regexp_full_match({status}, '{_CODE}') THEN coalesce("
        f"CASE {status} {whole} END, CASE {both} {exact} END, CASE left({both}, 1) {subject} END) END"
    )

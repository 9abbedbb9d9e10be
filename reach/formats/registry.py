"""All formats, and which of them a file is: decided by content, never by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.errors import Fault, InputError
from reach.explanations import near_word
from reach.formats.containers.head import binary
from reach.formats.dsn.format import DsnFormat
from reach.formats.fcm import FcmFormat
from reach.formats.mailgun.format import MailgunFormat
from reach.formats.media.attendance import AttendanceFormat
from reach.formats.media.audience.format import AudienceFormat
from reach.formats.media.coverage import CoverageFormat
from reach.formats.media.estimate import EstimateFormat
from reach.formats.media.facebook import FacebookFormat
from reach.formats.media.instagram import InstagramFormat
from reach.formats.media.media_format import MediaFormat
from reach.formats.media.meltwater import MeltwaterFormat
from reach.formats.media.placement import PlacementFormat
from reach.formats.media.survey import SurveyFormat
from reach.formats.media.tiktok import TikTokFormat
from reach.formats.media.universe import UniverseFormat
from reach.formats.media.x import XFormat
from reach.formats.media.youtube import YouTubeFormat
from reach.formats.notify.format import NotifyFormat
from reach.formats.onesignal.format import OneSignalFormat
from reach.formats.postfix.format import PostfixFormat
from reach.formats.postmark.format import PostmarkFormat
from reach.formats.rapidpro.format import RapidProFormat
from reach.formats.reach import ReachFormat
from reach.formats.record import EVENT_FIELDS, Options
from reach.formats.sendgrid import SendGridFormat
from reach.formats.ses.format import SesFormat
from reach.formats.smpp.format import SmppFormat
from reach.formats.table.format import TableFormat
from reach.formats.twilio.format import TwilioFormat
from reach.formats.unknown import of_no_format
from reach.formats.whatsapp.format import WhatsAppFormat
from reach.shown import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reach.formats.containers.head import Head
    from reach.formats.record import Fit, Format

_ALL: tuple[Format, ...] = (
    ReachFormat(),
    TableFormat(),
    SendGridFormat(),
    SesFormat(),
    WhatsAppFormat(),
    TwilioFormat(),
    MailgunFormat(),
    PostmarkFormat(),
    NotifyFormat(),
    SmppFormat(),
    FcmFormat(),
    RapidProFormat(),
    OneSignalFormat(),
    DsnFormat(),
    PostfixFormat(),
)
FORMATS: dict[str, Format] = {found.name: found for found in _ALL}
"""Those whose records tell of messages."""

_MEDIA: tuple[MediaFormat, ...] = (
    FacebookFormat(),
    InstagramFormat(),
    XFormat(),
    YouTubeFormat(),
    TikTokFormat(),
    MeltwaterFormat(),
    PlacementFormat(),
    AudienceFormat(),
    AttendanceFormat(),
    SurveyFormat(),
    UniverseFormat(),
    CoverageFormat(),
    EstimateFormat(),
)
MEDIA: dict[str, MediaFormat] = {found.name: found for found in _MEDIA}
"""Those whose rows count people."""

EVERY: dict[str, Format | MediaFormat] = FORMATS | MEDIA


_NO_OBJECT = (
    "CloudEvents envelopes, none of them with an object in data (text and base64 are not read)",
    "envelopes whose data is the provider's record, as a JSON object",
)


def recognise(
    name: str, head: Head, options: Options, spare: Collection[str] = ()
) -> Format | MediaFormat:
    """The one format that fits a file.

    Args:
        name: What to call the file in messages.
        head: Its beginning.
        options: What the experiment says about it; a format named there must fit too.
        spare: Settings that are said of other files, too, so that this one need not use them.

    Raises:
        InputError: No format fits, or several do, or the named one is unknown or does not fit,
            or has no use for what is said, or can't do without what is not.
    """
    found = _fitting(name, head, options)
    if misplaced := sorted(set(options.fields) - found.placeable):
        places = ", ".join(each for each in EVENT_FIELDS if each in found.placeable)
        received = f"fields.{misplaced[0]}, which a log of format {found.name} says by itself"
        raise _error(name, received, f"places for no other than {places or 'none'}")
    if useless := sorted(set(options.settings()) - found.settings.union(spare)):
        received = f"{useless[0]}, of which a log of format {found.name} has no use"
        raise _error(name, received, f"no {useless[0]} for this file")
    if (lacking := found.lacking(head, options)) is not None:
        raise _error(name, *lacking)
    return found


def _fitting(name: str, head: Head, options: Options) -> Format | MediaFormat:
    if options.format is not None:
        return _named(name, head, options, options.format)
    if head.container == "empty":
        if options.map is not None:  # as good as a name: no other format takes a map
            return FORMATS[TableFormat.name]
        raise _error(
            name, "an empty file", "at least one record; name its format if it may be empty"
        )
    fits = {found.name: found.fit(head, options) for found in EVERY.values()}
    good = [which for which, fit in fits.items() if fit.ok]
    if options.map is not None and TableFormat.name not in good:
        # The map is there to be used, so that it must not be passed over in silence.
        fit = fits[TableFormat.name]
        raise _error(name, f"a file that its map does not fit: {fit.why}", fit.mend)
    if len(good) == 1:
        return EVERY[good[0]]
    if good:
        reasons = "; ".join(f"{which}: {fits[which].why}" for which in good)
        raise _error(
            name,
            f"a file that several formats fit ({reasons})",
            "one of them; name it with --format, or with format: in experiment.yaml",
        )
    raise _of_none(name, head, fits)


def _of_none(name: str, head: Head, fits: Mapping[str, Fit]) -> InputError:
    """What is said of a file that no format fits."""
    if head.is_binary:
        return binary(name)
    if head.enveloped and not head.objects:
        return _error(name, *_NO_OBJECT)
    if head.container == "document" and not head.objects:
        return _error(name, "JSON that ends in mid-record", "a whole file; fetch it again")
    if head.container == "ndjson" and not head.objects:
        expected = "whole objects on its lines; fetch it again, or name its format"
        return _error(name, "no whole JSON object at its beginning", expected)
    return _error(name, *of_no_format(head, fits))


def wanted_instead(name: str) -> str:
    """What is expected in place of a name that no format has."""
    near = near_word(name, tuple(EVERY))
    return "a format that `reach formats` lists" + (f" (did you mean {near}?)" if near else "")


def _named(name: str, head: Head, options: Options, wanted: str) -> Format | MediaFormat:
    found = EVERY.get(wanted)
    if found is None:
        raise _error(name, f"format {shorten(wanted)}", wanted_instead(wanted))
    if head.container == "empty":
        return found
    fit = found.fit(head, options)
    if not fit.ok and head.is_binary:
        raise binary(name)
    if not fit.ok and head.enveloped and not head.objects:
        raise _error(name, *_NO_OBJECT)
    if not fit.ok:
        expected = fit.mend or _other_than(wanted, head, options)
        raise _error(name, f"a file that is not of format {wanted}: {fit.why}", expected)
    return found


def _other_than(wanted: str, head: Head, options: Options) -> str:
    """What would help where a named format does not fit."""
    if options.map is not None:
        return f"format {TableFormat.name}, or no map"
    others = [which for which, each in EVERY.items() if each.fit(head, Options()).ok]
    if others not in ([], [wanted]):
        return f"format {others[0]}, which it looks like"
    return (
        f"a log that `reach formats {wanted}` describes; or name another format of those that "
        "`reach formats` lists, or none, and it is recognised by its content"
    )


def _error(name: str, received: str, expected: str) -> InputError:
    return InputError([Fault(name, "$", received, expected)])

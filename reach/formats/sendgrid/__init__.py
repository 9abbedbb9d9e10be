"""SendGrid: its words in `words.py`; an event in Python in `format.py` and in SQL in `sql.py`."""

from reach.formats.sendgrid.format import SendGridFormat, message_name

__all__ = ["SendGridFormat", "message_name"]

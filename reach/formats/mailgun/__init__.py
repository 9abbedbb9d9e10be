"""Mailgun: its words in `words.py`; an event in Python in `event.py` and in SQL in `sql.py`."""

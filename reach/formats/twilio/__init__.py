"""Twilio: its words in `words.py`; one message in `message.py` and in `sql.py`; forms in `files.py`."""

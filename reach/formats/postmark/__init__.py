"""Postmark: its words in `words.py`; a record in Python and in SQL in `format.py`."""

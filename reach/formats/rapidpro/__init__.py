"""RapidPro: messages in `format.py`, words in `words.py`; whom they go to, and how, in `urn.py`."""

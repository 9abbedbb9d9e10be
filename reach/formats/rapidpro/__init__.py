"""RapidPro: its words and its messages in `format.py`; whom they go to, and how, in `urn.py`."""

"""OneSignal: its words in `words.py`; where bodies keep what in `bodies.py`; both in `format.py`."""

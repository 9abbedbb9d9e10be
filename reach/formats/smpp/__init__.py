"""SMPP delivery receipts: words in `words.py`; a receipt's text in `receipt.py` and `receipt_sql.py`."""

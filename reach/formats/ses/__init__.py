"""Amazon SES: its words in `format.py`, where what stands in `record.py`, SNS in `sns_envelope.py`."""

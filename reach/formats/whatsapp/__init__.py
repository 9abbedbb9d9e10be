"""WhatsApp: its words in `format.py`; where they stand in a webhook's body in `bodies.py`."""

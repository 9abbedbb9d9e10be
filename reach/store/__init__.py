"""Store: evidence in a Delta table, appended once and pinned by ingest ids.

`evidence.py` opens the table, says what is in it and commits; `durable.py` makes what was
written outlive a power cut; `ledger.py` keeps the account of each ingest beside it.
"""

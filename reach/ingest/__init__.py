"""Ingest: files become records, records events, events one row of evidence a message.

In data order: `identity.py` says which file this is; `reading.py` reads it, `predicates.py`
compiles the event schema to SQL, `event_rows.py` codes what it proves, `grouping.py` puts it
together by message while it is read, `judge.py` decides what is not proven. `roll_up.py` makes
evidence of that, with addresses in one form (`secret.py` for
emails, `telephone.py`, `plain_numbers.py` and `spellings.py` for numbers); `ingested.py` says
what the file came to, `rejection.py` keeps what was refused, `part.py` is what is stored, and
`file.py` does all of it for one file and balances the account (`balance.py`).
"""

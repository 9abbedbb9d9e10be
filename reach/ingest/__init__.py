"""Ingest: files become records, records events, events one row of evidence a message.

In data order: `identity.py` says which file this is, `secret.py` what addresses are hashed
with, `predicates.py` compiles the event schema to SQL, `judge.py` decides what that can't
prove, `roll_up.py` merges events into evidence, `rejection.py` keeps what was refused, and
`file.py` does all of it for one file and balances the account (`balance.py`).
"""

"""Formats: each turns one provider's words into our closed ones.

`record.py` says what a format owes the rest, `words.py` what a table of words is, and
`registry.py` knows all formats and recognises by content. `reach.py` is our own format and
`table/` any table explained by a map. `provider.py` and `provider_sql.py` are what providers'
formats share: `ses/`, `sendgrid/`, `whatsapp/`, `twilio/`. `containers/` finds the records
in a file, `notations/` reads times and reasons.
"""

"""How times and reasons are written, each read twice the same: in Python and in SQL.

`epoch.py` reads seconds since 1970, `mail_date.py` the dates of mail, `local_time.py` times
that name no zone; `mail_status.py` knows why mail servers refuse.
"""

"""How times and reasons are written, each read twice the same: in Python and in SQL.

`epoch.py` and `fine_epoch.py` read seconds since 1970, `mail_date.py` the dates of mail,
`zoned_time.py` times with their zone, `local_time.py` those without; `mail_status.py` knows why mail servers refuse, and
`mail_reply.py` finds the code in what they answer.
"""

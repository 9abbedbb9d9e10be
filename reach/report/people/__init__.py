"""Whom a campaign reached, as an officer reads it; `reach.report.people.lines` puts it together.

`verdict` says in sentences what all channels reached, `channels` is the table of each, `added`
what each adds to the others, `ranked` who surely reached more than whom, `several` by how many
channels and how often, `others` what counts no persons and what is not measured. `resting` and
`noticed` say what it all rests on, `meanings` what counts as reached. `names` and `amounts` are
the names and numbers that all of them print.
"""

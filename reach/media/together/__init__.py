"""Distinct persons that all channels reached together, on the best rung the data allow.

`given` is what goes in: regions with their logged sets, measured shares and surveyed overlaps.
`frame` makes one region calculable and names what contradicts itself. `logged` counts sets of
logged channels. `sets` is the table of who was reached by which channels, if channels are
independent or as pairs were surveyed. `bounds` is what any population allows, by `programme`
where overlaps are known. `notes` are the sentences, `found` what comes out. `region` finds the
rung of one region, `count` its numbers, `total` those of all; `document` is their form in a result.
"""

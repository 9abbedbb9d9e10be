"""What a sample says of all: strata, clusters and weights, by Taylor linearisation.

`design` is how people were drawn, `domain` a part of them, `interval` how sure a share is, and
`estimate` the means, shares, totals and ratios themselves.
"""

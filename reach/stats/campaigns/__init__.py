"""One comparison in several campaigns: on average, and what it may be next time.

`random_effects` is what all share; `between` how much true values differ between campaigns;
`heterogeneity` says how sure that is; `pooled` is the average, `prediction` the next campaign.
"""

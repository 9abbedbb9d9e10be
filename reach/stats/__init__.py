"""Numbers in, numbers out: rates, differences and what they rest on.

This room knows no messages, channels or files. It reads in this order:

* `gram`: the tally of one stratum, sums and cross-products of recipient vectors that add.
* `parts`: what each stratum gives to a ratio, in exact numbers.
* `ratio`: a rate with its cluster-robust variance, effective clusters and effective trials.
* `wilson`: the score interval of a proportion, and how far it reaches to either side.
* `finite`: answers are numbers; what would overflow is refused.
* `student`: tail and critical value of Student's t, from one function.
* `monotone`: running maximum of a curve, and where a rising curve first reaches a height.
* `critical`: the critical value of a partly known quantity, and the p-value that belongs to it.
* `partial`: interval of a rate of which only bounds are known.
* `difference`: interval and p-value of a difference of two such rates, from one statistic.
* `tipping`: how many of the unknown must have succeeded for a tie.
* `half`: when half of all have arrived, if they ever do.
* `balance`: were units assigned in the declared shares?

Beside this recipe, which all verdicts use, stand methods for other questions:

* `missing_at_random`: the rate if receipts were missing by chance, a sensitivity analysis.
* `composition`: log-ratios of shares. `overlap`: how many are reached by several together.
* `event_bounds`: bounds of how many of several events happen, in closed form.
* `costs/`, `campaigns/`, `counts/`, `survey/`, `estimated/`, `planning/`, `over_time/`.
"""

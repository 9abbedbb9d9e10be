"""What every public function of `reach.stats` is called with at the borders of its domain."""

from __future__ import annotations

from functools import partial
from itertools import product
from math import inf, nan

import numpy as np
from boundary_values import (
    ALL,
    ALPHAS,
    AXES,
    BELOW,
    COUNTS,
    CURVES,
    DAYS,
    DESIGNS,
    DISTRIBUTIONS,
    DOMAINS,
    FORMS,
    FORMULAS,
    INSIDE,
    MODELS,
    NU,
    ONE,
    PLANS,
    REALS,
    ROWS,
    SHARES,
    SIZES,
    STRATA,
    TABLES,
    TINY,
    TWO,
    VALUES,
    WEIGHTS,
    Call,
    each,
    possible_of,
    quantiles_of,
    spread,
)  # fmt: skip

from reach.stats import (
    alike,
    balance,
    composition,
    critical,
    difference,
    event_bounds,
    finite,
    freedom,
    gram,
    half,
    largest,
    missing_at_random,
    monotone,
    overlap,
    parts,
    ratio,
    student,
    tipping,
    wilson,
)  # fmt: skip
from reach.stats import partial as partly
from reach.stats.campaigns import between, heterogeneity, pooled, prediction, random_effects
from reach.stats.costs import cost, fieller
from reach.stats.counts import (
    beta_binomial,
    homogeneity,
    mantel_haenszel,
    many_cells,
    score_difference,
)  # fmt: skip
from reach.stats.estimated import input_distributions, monte_carlo
from reach.stats.gram import GramStratum
from reach.stats.over_time import armitage, cusum, peeking, trend
from reach.stats.planning import power, sending
from reach.stats.survey import (
    clusters,
    design,
    domain,
    estimate,
    intercept,
    interval,
    lots,
    overclaim,
)

SPANS = [[(low, high)] * 2 for low in SHARES for high in SHARES]

BOUNDARIES: dict[str, list[Call]] = {
    "alike.all_alike": [partial(alike.all_alike, each) for each in ([], *TWO)],
    "balance.balance_check": each(balance.balance_check, ROWS, ROWS, ALPHAS),
    "campaigns.between.paule_mandel": each(between.paule_mandel, MODELS),
    "campaigns.between.reml": each(between.reml, MODELS),
    "campaigns.heterogeneity.heterogeneity": each(
        heterogeneity.heterogeneity, ROWS, ROWS, ["reml", "paule_mandel", "none"]
    ),
    "campaigns.pooled.pooled": each(pooled.pooled, ROWS, ROWS, ALPHAS, estimator=["reml", "paule_mandel"]),
    "campaigns.prediction.prediction_interval": each(
        prediction.prediction_interval, REALS, SIZES, SIZES, (-1, 0, 2, 3, 10**12), ALPHAS,
        degrees_of_freedom=[None, *NU],
    ),
    "campaigns.random_effects.random_effects": each(random_effects.random_effects, ROWS, ROWS),
    "composition.centred_log_ratio": each(composition.centred_log_ratio, ROWS, SIZES),
    "costs.cost.cost_from_total": each(
        lambda total, ends, *rest: cost.cost_from_total(total, *ends[:2], *rest), SIZES, ONE, ALPHAS, [None, *NU]
    ),
    "costs.cost.cost_per_delivered": each(
        lambda ends, *rest: cost.cost_per_delivered(ends[1], *ends[:2], *rest), ONE, ALPHAS, [None, *NU]
    ),
    "costs.fieller.fieller": each(fieller.fieller, REALS, REALS, SIZES, SIZES, REALS, ALPHAS, NU),
    "counts.beta_binomial.fit_beta_binomial": each(
        lambda y: beta_binomial.fit_beta_binomial(np.array([y]), np.array([9, 9, 1])),
        product((0, 1, 9), (0, 5, 9), (0, 1)),
    ),
    "counts.homogeneity.homogeneity_test": each(
        homogeneity.homogeneity_test, TABLES, tarone=[True, False]
    ),
    "counts.mantel_haenszel.association_test": each(
        mantel_haenszel.association_test, TABLES, continuity=[True, False]
    ),
    "counts.mantel_haenszel.common_odds_ratio": each(mantel_haenszel.common_odds_ratio, TABLES, ALPHAS),
    "counts.mantel_haenszel.compared_tables": each(mantel_haenszel.compared_tables, TABLES),
    "counts.many_cells.many_cells": each(
        partial(many_cells.many_cells, resamples=20),
        [[], [0], [0] * 6, [5] * 6, [0, 1, 2, 3, 4, 5], [-1] * 6, [nan] * 6, [0, 10_000] * 3],
        [[], [0], [5] * 6, [10_000] * 6, [0] * 6, [10**12] * 6],
        seed=[-1, 0], level=[nan, 0.0, TINY, 0.95, 1 - 1e-16, 1.0],
    ),
    "counts.score_difference.non_inferiority_p": each(
        score_difference.non_inferiority_p, SIZES, SIZES, SIZES, SIZES, SHARES, unbiased=[True, False]
    ),
    "counts.score_difference.score_difference": each(
        score_difference.score_difference, SIZES, SIZES, SIZES, SIZES, ALPHAS, unbiased=[True, False]
    ),
    "critical.margins": each(
        lambda below, above, *rest: critical.margins(
            critical.Margin(below, np.vectorize(below)), critical.Margin(above, np.vectorize(above)), *rest
        ).critical_value(0.05),
        CURVES[:2], CURVES[:2], SIZES, NU,
    ),
    "critical.require_level": each(critical.require_level, ALPHAS),
    "difference.degrees_of_freedom": spread(difference.degrees_of_freedom, TWO, overlap=[None, True, False]),
    "difference.difference_interval": spread(
        difference.difference_interval, TWO, ALPHAS, contrasts=[0, 1, 10**12], nu=[None, *NU], overlap=[None, True]
    ),
    "estimated.input_distributions.Beta": each(quantiles_of(input_distributions.Beta), SHARES, SIZES),
    "estimated.input_distributions.Fixed": each(quantiles_of(input_distributions.Fixed), REALS),
    "estimated.input_distributions.Lognormal": each(quantiles_of(input_distributions.Lognormal), SIZES, SIZES)
    + each(quantiles_of(input_distributions.Lognormal.from_range), SIZES, SIZES)
    + each(lambda *ends: input_distributions.Lognormal(*ends).lower, SIZES, SIZES),
    "estimated.input_distributions.Normal": each(quantiles_of(input_distributions.Normal), REALS, SIZES),
    "estimated.input_distributions.Triangular": each(quantiles_of(input_distributions.Triangular), REALS, REALS, REALS),
    "estimated.input_distributions.Uniform": each(quantiles_of(input_distributions.Uniform), REALS, REALS),
    "estimated.monte_carlo.monte_carlo": each(
        lambda formula, given, **more: monte_carlo.monte_carlo(formula, {"x": given}, **more),
        FORMULAS, DISTRIBUTIONS, seed=[-1, 1], draws=[99, 100], level=[nan, 0.0, TINY, 0.95, 1.0],
    ),
    "finite.finite": each(lambda answer: finite.finite()(lambda: answer)(), [*REALS, (1.0, (nan,)), ONE[0][0]]),
    "freedom.degrees_of_freedom": each(freedom.degrees_of_freedom, SHARES, SIZES, SIZES, SIZES),
    "largest.least_largest": each(largest.least_largest, COUNTS, COUNTS, COUNTS),
    "event_bounds.at_least": each(event_bounds.at_least, [0, 1, 2, 5], SPANS),
    "event_bounds.dawson_sankoff": each(event_bounds.dawson_sankoff, ROWS, [{}, *({(0, 1): each_} for each_ in SHARES)]),
    "event_bounds.hunter": each(event_bounds.hunter, ROWS, [{}, *({(0, 1): each_} for each_ in SHARES)]),
    "gram.GramStratum": each(lambda *of: sum(of, start=of[0]), STRATA, STRATA)
    + each(lambda s: GramStratum(s, np.outer(s, s), 1), [np.array([1]), np.array([0.5]), np.array([nan])])
    + each(lambda s, n: s + GramStratum(s.sums * 0 + n, s.gram * 0 + n, 1), STRATA, [2**62, 2**63 - 1]),
    "gram.pool": each(gram.pool, [[], STRATA[:1], STRATA, [STRATA[-1]] * 3]),
    "gram.tally_vectors": each(
        gram.tally_vectors,
        [[], [[]], [[0]], [[1, 2]], [[nan]], [[10**9]], [[4 * 10**9]], [[2**63]], [[10**9]] * 20, [1]],
    ),
    "half.half_reached": each(
        half.half_reached, [{}, {0: 1}, {0: 0}, {10**12: 10**12}, {1: 1, 2: 1}], COUNTS, COUNTS
    ),
    "missing_at_random.missing_at_random": each(
        missing_at_random.missing_at_random,
        [[], STRATA[:1], STRATA[3:5], STRATA[5:6], STRATA[5:7], STRATA[-1:]],
        FORMS, FORMS, FORMS, ALPHAS, nu=[None, *NU],
    ) + each(
        missing_at_random.missing_at_random,
        [STRATA[3:5], STRATA[5:6], STRATA[-1:]], [BELOW[0]], [AXES[0]], [AXES[1]], ALPHAS, nu=[None, *NU],
    ),
    "monotone.first_reached": each(monotone.first_reached, CURVES, REALS),
    "monotone.running_maximum": each(lambda curve, c: monotone.running_maximum(curve)(c), CURVES, SIZES[1:7]),
    "over_time.armitage.rate_trend": each(
        armitage.rate_trend,
        [[], STRATA[3:4], STRATA[4:5], STRATA[5:6], STRATA[6:7], STRATA[7:8], STRATA[-1:]],
        [[], [1, 4], [9, 1], [0, 0]], [[], [0, 3], [1, 4]],
        [(0.0, 1.0), (1.0, 1.0), (nan, 1.0), (inf, 1.0), (-1e308, 1e308), (0.0, TINY), (0.0,)], ALPHAS,
    ),
    "over_time.cusum.drop_alarm": each(partial(cusum.drop_alarm, runs=100, run_length=2), DAYS, DAYS),
    "over_time.cusum.threshold_for": each(
        cusum.threshold_for, [nan, -1.0, 1.0, 1 + 1e-12, 2.0, 1e5, inf], SIZES, [None, 0, 14],
        autocorrelation=[nan, -1.0, -1 + 1e-12, 0.0, 1 - 1e-12, 1.0], runs=[0, 100],
    ),
    "over_time.peeking.anytime_interval": each(
        peeking.anytime_interval, REALS, SIZES, [0, 1, 10**4, 10**15], [nan, 0.0, 99.0, 100.0, 1e4, inf],
        SIZES, ALPHAS, contrasts=[0, 1, 10**300],
    ) + each(peeking.anytime_interval, REALS, SIZES[3:], [10**4], [1e3], [TINY, 5e3, 1e308], ALPHAS[3:8]),
    "over_time.peeking.relative_lift": each(peeking.relative_lift, SIZES, SIZES, SIZES, SIZES, REALS),
    "over_time.trend.mann_kendall": each(lambda row: trend.mann_kendall(np.array(row)), ROWS),
    "over_time.trend.sen_slope": each(
        partial(trend.sen_slope, runs=1000), ROWS, [None, *ROWS, [1e308 - each for each in range(20)]]
    ) + each(trend.sen_slope, ROWS, runs=[0]),
    "overlap.together": each(
        overlap.together,
        [[], [(0.0, 0.0)], [(0.0, 1.0)] * 2, [(1.0, 1.0)] * 3, [(nan, 1.0)], [(0.5, 0.4)], [(-1.0, 2.0)],
         [(0.5, 0.5)] * 3, [(TINY, TINY)] * 2, [(0.0, 1.0)] * 13],
        [None, {(0, 1): (0.0, 0.0)}, {(0, 1): (1.0, 1.0)}, {(0, 1): (nan, 0.0)}, {(0, 0): (0.0, 1.0)}, {(0, 9): (0.0, 1.0)}],
    ),
    "partial.freedom_of": each(partly.freedom_of, ALL),
    "partial.apart": spread(partly.apart, [row[:2] for row in ONE] + [row[1::-1] for row in ONE]),
    "partial.rate_interval": spread(partly.rate_interval, [row[:2] for row in ONE], ALPHAS, [None, *NU]),
    "partial.trials_of": each(partly.trials_of, ALL),
    "parts.concentration": each(parts.concentration, [part for rate in ALL for part in rate.parts]),
    "parts.quotient": each(parts.quotient, [0, 1, 10**400, -(10**400)], [1, 3, 10**400]),
    "parts.ratio_parts": each(parts.ratio_parts, [[], STRATA[3:5], STRATA[:1]], FORMS, FORMS, [None, *WEIGHTS]),
    "parts.residual_product": each(parts.residual_product, ALL[0].parts, ALL[0].parts),
    "parts.shared": each(parts.shared, ALL[0].parts, ALL[0].parts),
    "planning.power.Plan": each(
        possible_of, SHARES, SHARES, ["better", "equivalent", "non-inferior", "none"], SHARES,
        unknown=product(SHARES, SHARES), ratio=SIZES, alpha=ALPHAS, contrasts=[0, 1, 10**300],
    ),
    "planning.power.power": each(power.power, PLANS, SIZES, [None, *SIZES]),
    "planning.power.size_for": each(power.size_for, PLANS, [nan, 0.0, TINY, 0.8, 1 - 1e-16, 1.0]),
    "planning.sending.Sending": each(lambda *of: sending.Sending(*of).design_effect, SIZES, SIZES, SHARES),
    "ratio.correlation": each(ratio.correlation, ALL, ALL),
    "ratio.covariance": each(ratio.covariance, ALL, ALL),
    "ratio.covariance_cr0": each(ratio.covariance_cr0, ALL, ALL),
    "ratio.overlap": each(ratio.overlap, ALL, ALL),
    "ratio.ratio": each(
        ratio.ratio, [[], *([each] for each in STRATA), STRATA[3:5]], FORMS, FORMS, [None, [1.0], [nan], [inf], [1.0, 0.0], [TINY], [1e308, 1e308]],
        at_most_one=[True, False],
    ),
    "student.critical_value": each(student.critical_value, NU, ALPHAS),
    "student.two_tails": each(student.two_tails, NU, REALS),
    "survey.clusters.design_effect": each(clusters.design_effect, SIZES, SHARES),
    "survey.clusters.standard_error": each(clusters.standard_error, SHARES, SIZES, SIZES),
    "survey.intercept.intercept_weights": each(intercept.intercept_weights, ROWS, [1.0, *ROWS]),
    "survey.lots.lot_rule": each(lots.lot_rule, SHARES, SHARES, [-1, 0, 1, 19, 10**4]),
    "survey.overclaim.true_share": each(overclaim.true_share, SHARES, SHARES),
    "survey.overclaim.survey_true_share": each(
        overclaim.survey_true_share, VALUES, VALUES, VALUES, VALUES, DESIGNS, level=ALPHAS, domain=DOMAINS
    ),
    "survey.design.survey_design": each(
        design.survey_design, WEIGHTS, strata=[None, "aaabbb", [nan] * 6, ""], clusters=[None, "xxyyzz", ""],
        population=[None, 0, 6, inf, nan, {"a": 3, "b": 4}, {"a": nan, "b": 4}], single_psu=["refuse", "centre", "other"],
    ),
    "survey.domain.inside_domain": each(domain.inside_domain, DESIGNS, ALPHAS, DOMAINS),
    "survey.estimate.survey_mean": each(estimate.survey_mean, VALUES, DESIGNS, level=ALPHAS, domain=DOMAINS),
    "survey.estimate.survey_proportion": each(estimate.survey_proportion, VALUES, DESIGNS, level=ALPHAS, domain=DOMAINS),
    "survey.estimate.survey_ratio": each(estimate.survey_ratio, VALUES, VALUES, DESIGNS, level=ALPHAS, domain=DOMAINS),
    "survey.estimate.survey_total": each(estimate.survey_total, VALUES, DESIGNS, level=ALPHAS, domain=DOMAINS),
    "survey.interval.by_t": each(
        interval.by_t, REALS[2:-1], SIZES[2:-1], [np.float64(1.0)], SIZES[2:-1], INSIDE, [0.5, 0.95], ["mean"]
    ),
    "survey.interval.by_wilson": each(interval.by_wilson, SHARES[3:-1], SIZES[3:-1], SIZES[2:-1], INSIDE, [0.5, 0.95]),
    "survey.interval.require_spread": each(interval.require_spread, SIZES[2:-1], SIZES[2:-1], INSIDE),
    "tipping.tipping_point": each(tipping.tipping_point, SHARES, SHARES, SHARES, SHARES),
    "wilson.reach_above": each(wilson.reach_above, SHARES, SIZES, SIZES),
    "wilson.reach_below": each(wilson.reach_below, SHARES, SIZES, SIZES),
    "wilson.reaches_above": each(wilson.reaches_above, SHARES, SIZES, [np.array([1e-9, 1.0, 1e8])]),
    "wilson.reaches_below": each(wilson.reaches_below, SHARES, SIZES, [np.array([1e-9, 1.0, 1e8])]),
    "wilson.wilson": each(wilson.wilson, SHARES, SIZES, SIZES),
}  # fmt: skip

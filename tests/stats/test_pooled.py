"""Several campaigns pooled: agreement with R and statsmodels, and what must hold of any."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from reach.errors import NotEstimableError
from reach.stats.campaigns.heterogeneity import Estimator
from reach.stats.campaigns.pooled import Pooled, pooled
from reach.stats.campaigns.prediction import prediction_interval

Given = tuple[list[float], list[float]]

# Estimates and sampling variances of data sets in R's metadat. With library(metafor):
# bcg         escalc("RR", ai=tpos, bi=tneg, ci=cpos, di=cneg, data=dat.bcg); [4:5], [1:3], [4:7]
# normand     escalc("SMD", m1i=m1i, sd1i=sd1i, n1i=n1i, m2i=m2i, sd2i=sd2i, n2i=n2i,
#             data=dat.normand1999)
# raudenbush  dat.raudenbush1985        hackshaw  dat.hackshaw1998
# hine, li    escalc("OR", ai=ai, n1i=n1i, ci=ci, n2i=n2i, data=dat.hine1989), dat.li2007
# fmt: off
DATA: dict[str, Given] = {
    "bcg": ([-0.8893113339, -1.585388657, -1.348073148, -1.44155119, -0.2175473222, -0.7861155858,
        -1.620898224, 0.01195233352, -0.4694176487, -1.371344803, -0.3393588283, 0.4459134006,
        -0.01731394822], [0.325584765, 0.1945811214, 0.4153679654, 0.0200100319, 0.05121017217,
        0.006905618456, 0.2230172476, 0.003961579298, 0.05643421046, 0.07302479361, 0.01241221397,
        0.5325058452, 0.07140465968]),
    "bcg_2": ([-1.44155119, -0.2175473222], [0.0200100319, 0.05121017217]),
    "bcg_3": ([-0.8893113339, -1.585388657, -1.348073148], [0.325584765, 0.1945811214,
        0.4153679654]),
    "bcg_4": ([-1.44155119, -0.2175473222, -0.7861155858, -1.620898224], [0.0200100319,
        0.05121017217, 0.006905618456, 0.2230172476]),
    "normand": ([-0.3551696409, -0.3479400227, -2.31756916, -1.887982253, -0.3839641412,
        0.1721486691, 0.2720520739, -0.4245962719, 0.2895562301], [0.01306467554, 0.0644688761,
        0.04581211028, 0.1606177359, 0.2054332784, 0.03691057, 0.06026712584, 0.01486303842,
        0.03627173416]),
    "raudenbush": ([0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.8, 0.54, 0.18,
        -0.02, 0.23, -0.18, -0.06, 0.3, 0.07, -0.07], [0.0156, 0.0216, 0.0279, 0.1391, 0.1362,
        0.0106, 0.0106, 0.0484, 0.0269, 0.063, 0.0912, 0.0497, 0.0835, 0.0841, 0.0253, 0.0279,
        0.0193, 0.0088, 0.0303]),
    "hackshaw": ([0.1655144385, 0.3715635564, 0.7030975114, 0.1823215568, -0.2876820725,
        0.7275486073, 0.7561219797, -0.2231435513, -0.2357223335, 0.6981347221, 0.2070141694,
        0.1823215568, 0.4187103349, 0.02955880224, 0.4382549309, 0.02955880224, 0.8501509294,
        0.5007752879, 0.1739533071, 0.4187103349, 0.7701082217, 0.07696104114, 0.9360933592,
        0.4824261492, 0.05826890812, -0.2357223335, -0.3011050928, 0.8197798315, -0.03045920748,
        0.4700036292, 0.1739533071, 0.5068176024, 0.231111721, 0.0953101798, 0.5068176024,
        0.1484200051, 0.1043600153], [0.01877688549, 0.03304403891, 0.5401958653, 0.03126761449,
        0.0796556541, 0.2273205917, 0.08892156271, 0.1926796031, 0.3390163475, 0.09806620244,
        0.04555554858, 0.2317499696, 0.07964292202, 0.2173950247, 0.07695797404, 0.07150176353,
        0.2925657721, 0.03243750743, 0.03627334664, 0.4838512418, 0.1238162019, 0.07108519172,
        0.3981954334, 0.08962312407, 0.03371988833, 0.01612949092, 0.1802334734, 0.3171477229,
        0.01254684515, 0.1136962924, 0.08933678042, 0.1759855948, 0.01002904743, 0.08621435589,
        0.03987496754, 0.03639975557, 0.06641950662]),
    "hine": ([0.8198988862, 0, 0.4537836854, 0.3260009368, 0.8472978604, 1.004583339],
        [1.550836551, 0.55, 0.436001619, 0.3638001253, 0.4956079519, 0.3549443514]),
    "li": ([-0.8303483021, -1.109662125, -1.298225343, -0.04348511194, -1.280933845, -2.304855242,
        -0.6751286751, 0.2231435513, -0.593063722, -0.2976451952, -1.16315081, -0.7932306391,
        -1.574258405, 0.05758725108, -0.05556985115, 1.098612289, -1.098612289, 0.002537864776,
        -1.791759469, -1.11194582, -0.4433901249, -1.098612289], [1.55505279, 0.3573260073,
        0.6655961609, 2.043498818, 1.425, 1.154246547, 0.2851948052, 0.2392857143, 0.8502506266,
        0.02149807586, 0.3027777778, 0.3917084378, 0.3320387736, 0.001001220145, 0.7222651223,
        2.732240437, 0.2344921609, 0.004983499786, 0.6458333333, 2.693334519, 0.01873115992,
        1.356060606]),
}
# R 4.2.2, metafor 3.8-1: r <- rma(yi, vi, method="REML" or "PM", test="adhoc",
# control=list(threshold=1e-13, tol=1e-13, maxiter=10000, tau2.max=1e4));
# predict(r, pi.type="riley"); q is s2w of the same with test="knha". In order: tau2;
# QE, QEp, I2/100, H2; b, se, ci.lb, ci.ub; pval; q; pi.lb, pi.ub.
GOLDEN = [
    ("bcg", "reml", 0.3132432581, (152.2330081, 1.996764603e-26, 0.9222138452, 12.85575823),
        (-0.7145323421, 0.1807917441, -1.108443714, -0.3206209706), 0.001920015096, 1.011269972,
        (-2.00905765, 0.579992966)),
    ("bcg", "paule_mandel", 0.3180684522, (152.2330081, 1.996764603e-26, 0.9233033795,
        13.03838414), (-0.7149681534, 0.1808921915, -1.109098381, -0.3208379257), 0.001919271832,
        1, (-2.018558054, 0.5886217472)),
    ("bcg_2", "reml", 0.7134826322, (21.03596147, 4.507432924e-06, 0.9524623583, 21.03596147),
        (-0.8422943712, 0.6118692092, -8.616829815, 6.932241072), 0.3999537578, 1, None),
    ("bcg_2", "paule_mandel", 0.7134826322, (21.03596147, 4.507432924e-06, 0.9524623583,
        21.03596147), (-0.8422943712, 0.6118692092, -8.616829815, 6.932241072), 0.3999537578, 1,
        None),
    ("bcg_3", "reml", 0, (0.9324698622, 0.6273598804, 0, 1), (-1.330234149, 0.3068850031,
        -2.650653745, -0.009814552704), 0.04931839503, 0.4662349311, (-5.229577829, 2.569109531)),
    ("bcg_3", "paule_mandel", 0, (0.9324698622, 0.6273598804, 0, 1), (-1.330234149, 0.3068850031,
        -2.650653745, -0.009814552704), 0.04931839503, 0.4662349311, (-5.229577829, 2.569109531)),
    ("bcg_4", "reml", 0.3184434328, (27.95861556, 3.705410758e-06, 0.9209166895, 12.644893),
        (-0.9694910649, 0.3112539355, -1.960040002, 0.02105787219), 0.05268457786, 1.025011868,
        (-3.742357791, 1.803375662)),
    ("bcg_4", "paule_mandel", 0.3282491572, (27.95861556, 3.705410758e-06, 0.9230974524,
        13.00347038), (-0.9703048266, 0.3115211254, -1.961704081, 0.0210944279), 0.05268701038, 1,
        (-3.776263133, 1.83565348)),
    ("normand", "reml", 0.7908429137, (123.7292744, 5.622513251e-23, 0.9549493707, 22.19724821),
        (-0.5371082584, 0.3092856339, -1.250322209, 0.1761056922), 0.1206645322, 1.004048284,
        (-2.763500275, 1.689283758)),
    ("normand", "paule_mandel", 0.7943301809, (123.7292744, 5.622513251e-23, 0.9551382791,
        22.2907187), (-0.5371719636, 0.3092913683, -1.250399138, 0.1760552106), 0.1206326781, 1,
        (-2.767943157, 1.69359923)),
    ("raudenbush", "reml", 0.01881828814, (35.8295363, 0.007419313255, 0.4184667025, 1.719591989),
        (0.08370124188, 0.06157931947, -0.04567210761, 0.2130745914), 0.1908569918, 1.421955517,
        (-0.2335458604, 0.4009483442)),
    ("raudenbush", "paule_mandel", 0.0517733101, (35.8295363, 0.007419313255, 0.6644022933,
        2.979758145), (0.1039569702, 0.06820838732, -0.03934353401, 0.2472574745), 0.1448585657,
        1, (-0.3972105877, 0.6051245282)),
    ("hackshaw", "reml", 0.02239453097, (47.49794576, 0.09516231873, 0.2956938292, 1.419837056),
        (0.2188892316, 0.04939553401, 0.1187104454, 0.3190680178), 8.411149386e-05, 0.8736137853,
        (-0.1010344569, 0.5388129201)),
    ("hackshaw", "paule_mandel", 0.0128767168, (47.49794576, 0.09516231873, 0.1944602779,
        1.241403711), (0.2091708753, 0.04518173953, 0.1175380604, 0.3008036902), 4.633227699e-05,
        1, (-0.0387858986, 0.4571276493)),
    ("hine", "reml", 0, (1.512797819, 0.9115882411, 0, 1), (0.5676832, 0.2846659313,
        -0.1640738723, 1.299440272), 0.1026963472, 0.3025595639, (-0.2226761317, 1.358042532)),
    ("hine", "paule_mandel", 0, (1.512797819, 0.9115882411, 0, 1), (0.5676832, 0.2846659313,
        -0.1640738723, 1.299440272), 0.1026963472, 0.3025595639, (-0.2226761317, 1.358042532)),
    ("li", "reml", 0.1765615332, (57.71605142, 2.812969238e-05, 0.8222520458, 5.625943796),
        (-0.5458495865, 0.1503526649, -0.8585250701, -0.233174103), 0.001566350061, 0.7973306595,
        (-1.476777137, 0.3850779635)),
    ("li", "paule_mandel", 0.09989554901, (57.71605142, 2.812969238e-05, 0.7235492838,
        3.617281278), (-0.4688146871, 0.1264842148, -0.7318530113, -0.2057763629), 0.001307732206,
        1, (-1.178942963, 0.2413135891)),
]
# fmt: on


ALPHA = st.floats(1e-6, 0.999)
ESTIMATOR = st.sampled_from(["reml", "paule_mandel"])


@st.composite
def several(draw: st.DrawFn, least: int = 2) -> Given:
    """Campaigns alike or not, of precisions alike or up to ten million times apart."""
    k = draw(st.integers(least, 8))
    places = st.lists(st.integers(-4096, 4096), min_size=k, max_size=k)
    estimates = [place / 1024 for place in draw(places)]
    powers = st.lists(st.floats(-6, 1), min_size=k, max_size=k)
    variances = [10**power for power in draw(powers)]
    return estimates, [variances[0]] * k if draw(st.booleans()) else variances


@pytest.mark.parametrize(
    ("name", "estimator", "tau2", "spread", "mean", "p_value", "q", "prediction"), GOLDEN
)
def test_it_equals_metafor(
    name: str,
    estimator: Estimator,
    tau2: float,
    spread: tuple[float, ...],
    mean: tuple[float, ...],
    p_value: float,
    q: float,
    prediction: tuple[float, float] | None,
) -> None:
    found = pooled(*DATA[name], 0.05, estimator=estimator)
    h = found.heterogeneity
    assert h.tau2 == pytest.approx(tau2, rel=1e-8)
    assert (h.cochran_q, h.q_p_value, h.i2, h.h2) == pytest.approx(spread, rel=1e-8)
    ours = (found.estimate, found.standard_error, found.low, found.high)
    assert ours == pytest.approx(mean, rel=1e-7)
    assert found.p_value == pytest.approx(p_value, rel=1e-8)
    assert found.hartung_knapp == pytest.approx(q, rel=1e-8)
    assert found.variance_factor == max(1, found.hartung_knapp)
    assert found.raised == (q < 1)
    if prediction is None:
        assert found.prediction is None
    else:
        assert found.prediction is not None
        assert (found.prediction.low, found.prediction.high) == pytest.approx(prediction, rel=1e-8)
        assert found.prediction.degrees_of_freedom == found.k - 2
        assert "k − 2" in found.prediction.method


def test_two_hundred_campaigns() -> None:
    # R: i <- 1:200; rma(sin(i), .1 + (i %% 7)/10, method="REML", test="adhoc"), as above
    found = pooled(
        [math.sin(i) for i in range(1, 201)], [0.1 + i % 7 / 10 for i in range(1, 201)], 0.05
    )
    assert found.heterogeneity.tau2 == pytest.approx(0.2398543512, rel=1e-8)
    assert (found.low, found.high) == pytest.approx((-0.09125681495, 0.1196482238), rel=1e-8)
    assert found.heterogeneity.i2 == pytest.approx(0.4690829254, rel=1e-8)
    assert found.prediction is not None
    assert (found.prediction.low, found.prediction.high) == pytest.approx(
        (-0.9573387613, 0.9857301702), rel=1e-8
    )


def test_the_published_bcg_trials() -> None:
    """Viechtbauer 2010, Journal of Statistical Software 36(3), and metafor's documentation."""
    found = pooled(*DATA["bcg"], 0.05)
    h = found.heterogeneity
    assert [round(x, 4) for x in (h.tau2, found.estimate)] == [0.3132, -0.7145]
    assert [round(x, 3) for x in (h.cochran_q, 100 * h.i2)] == [152.233, 92.221]
    assert [round(x, 4) for x in (found.low, found.high)] == [-1.1084, -0.3206]
    plain = found.standard_error / math.sqrt(found.variance_factor)
    normal = prediction_interval(
        found.estimate, plain, h.tau2, found.k, 0.05, degrees_of_freedom=math.inf
    )
    assert [round(math.exp(x), 4) for x in (normal.low, normal.high)] == [0.1546, 1.5490]
    assert "normal" in normal.method


@pytest.mark.parametrize("name", ["bcg", "bcg_4", "normand", "raudenbush", "hackshaw", "li"])
def test_paule_mandel_equals_statsmodels(name: str) -> None:
    estimates, variances = (np.array(each) for each in DATA[name])
    other = combine_effects(estimates, variances, method_re="iterated", use_t=True)
    found = pooled(*DATA[name], 0.05, estimator="paule_mandel")
    assert found.heterogeneity.tau2 == pytest.approx(other.tau2, rel=1e-5)
    assert found.estimate == pytest.approx(other.mean_effect_re, rel=1e-5)
    assert found.standard_error**2 == pytest.approx(other.var_hksj_re, rel=1e-5)
    assert found.heterogeneity.cochran_q == pytest.approx(other.q, rel=1e-9)
    assert (found.low, found.high) == pytest.approx(other.conf_int()[3], rel=1e-4)
    assert found.weights == pytest.approx(other.weights_rel_re, rel=1e-4)


def test_campaigns_that_agree_give_no_shorter_interval_than_sampling_error() -> None:
    found = pooled([0.3, 0.3, 0.3], [0.01, 0.02, 0.04], 0.05)
    assert (found.heterogeneity.tau2, found.hartung_knapp, found.raised) == (0, 0, True)
    assert found.standard_error == pytest.approx(math.sqrt(1 / 175))
    assert found.weights == pytest.approx((4 / 7, 2 / 7, 1 / 7))


def test_two_campaigns_have_a_mean_and_no_prediction() -> None:
    found = pooled([0.1, 0.3], [0.01, 0.02], 0.05)
    assert found.prediction is None
    assert found.no_prediction is not None
    assert "needs three or more" in found.no_prediction
    assert found.degrees_of_freedom == 1
    three = pooled([0.1, 0.3, 0.2], [0.01, 0.02, 0.01], 0.05)
    assert three.no_prediction is None


@settings(max_examples=30, deadline=None)
@given(several(), ALPHA)
def test_campaigns_of_one_precision_give_students_interval(given_: Given, alpha: float) -> None:
    estimates = given_[0]
    assume(np.var(estimates, ddof=1) > 0)
    sure = [float(np.var(estimates, ddof=1)) / 3] * len(estimates)
    k, error = len(estimates), float(stats.sem(estimates))
    reach = float(stats.t.isf(alpha / 2, k - 1)) * error
    for estimator in ("reml", "paule_mandel"):
        found = pooled(estimates, sure, alpha, estimator=estimator)
        assert not found.raised
        assert found.estimate == pytest.approx(np.mean(estimates), abs=1e-12)
        assert found.high - found.estimate == pytest.approx(reach, rel=1e-7)
        assert found.weights == pytest.approx([1 / k] * k)
        t_test = stats.ttest_1samp(estimates, 0)
        assert found.p_value == pytest.approx(float(t_test.pvalue), rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(several(), ALPHA, ESTIMATOR)
def test_interval_and_p_value_never_disagree(
    given_: Given, alpha: float, estimator: Estimator
) -> None:
    found = pooled(*given_, alpha, estimator=estimator)
    assert all(math.isfinite(x) for x in (found.low, found.high, found.standard_error))
    assert 0 <= found.p_value <= 1
    assert found.low < found.estimate < found.high
    assume(abs(found.p_value - alpha) > 1e-9 * alpha)
    assert found.excludes_zero == (found.p_value <= alpha)


@settings(max_examples=30, deadline=None)
@given(several(), ESTIMATOR, st.floats(0.99, 1.01))
def test_they_agree_close_to_the_threshold_too(
    given_: Given, estimator: Estimator, nearly: float
) -> None:
    p = pooled(*given_, 0.05, estimator=estimator).p_value
    alpha = p * nearly
    assume(0 < alpha < 1 and abs(nearly - 1) > 1e-9)
    assert pooled(*given_, alpha, estimator=estimator).excludes_zero == (p <= alpha)


@settings(max_examples=30, deadline=None)
@given(several(3), ALPHA, ESTIMATOR, st.floats(0.05, 0.99))
def test_intervals_are_nested(
    given_: Given, alpha: float, estimator: Estimator, smaller: float
) -> None:
    """The mean's in the prediction's, and a less sure one in a surer one."""
    found = pooled(*given_, alpha, estimator=estimator)
    surer = pooled(*given_, alpha * smaller, estimator=estimator)
    assert found.prediction is not None
    assert surer.prediction is not None
    assert found.prediction.low <= found.low < found.high <= found.prediction.high
    assert surer.low <= found.low < found.high <= surer.high
    assert surer.prediction.low <= found.prediction.low
    assert surer.p_value == found.p_value


@settings(max_examples=30, deadline=None)
@given(several(), ESTIMATOR, st.randoms(use_true_random=False))
def test_the_order_of_campaigns_changes_no_bit(
    given_: Given, estimator: Estimator, random: object
) -> None:
    pairs = list(zip(*given_, range(len(given_[0])), strict=True))
    random.shuffle(pairs)  # type: ignore[attr-defined]
    one = pooled(*given_, 0.05, estimator=estimator)
    other = pooled([p[0] for p in pairs], [p[1] for p in pairs], 0.05, estimator=estimator)
    assert unweighted(one) == unweighted(other)
    assert other.weights == tuple(one.weights[p[2]] for p in pairs)


def unweighted(found: Pooled) -> list[object]:
    return [found.estimate, found.low, found.high, found.p_value, found.heterogeneity]


@settings(max_examples=30, deadline=None)
@given(several(3), ESTIMATOR, st.integers(-(2**20), 2**20), st.integers(-150, 150))
def test_shift_and_scale(given_: Given, estimator: Estimator, shift: int, power: int) -> None:
    """Estimates are whole 1024ths, so that both are exact."""
    estimates, variances = given_
    one = pooled(estimates, variances, 0.05, estimator=estimator)
    moved = pooled([y + shift for y in estimates], variances, 0.05, estimator=estimator)
    assert moved.heterogeneity == one.heterogeneity
    assert moved.standard_error == one.standard_error
    assert moved.estimate == pytest.approx(one.estimate + shift, abs=1e-9)
    unit = 2.0**power
    scaled = pooled(
        [y * unit for y in estimates],
        [v * unit * unit for v in variances],
        0.05,
        estimator=estimator,
    )
    assert scaled.heterogeneity.tau2 == one.heterogeneity.tau2 * unit * unit
    assert scaled.heterogeneity.i2 == one.heterogeneity.i2
    assert (scaled.low, scaled.high) == (one.low * unit, one.high * unit)
    assert scaled.p_value == one.p_value
    mirrored = pooled([-y for y in estimates], variances, 0.05, estimator=estimator)
    assert mirrored.high == pytest.approx(-one.low, rel=1e-9, abs=1e-9)


def test_what_is_not_estimable() -> None:
    with pytest.raises(NotEstimableError, match="1 campaign only"):
        pooled([0.1], [0.01], 0.05)
    with pytest.raises(NotEstimableError, match="no campaign:"):
        pooled([], [], 0.05)
    with pytest.raises(NotEstimableError, match="variance of campaign 2 is 0"):
        pooled([0.1, 0.2, 0.3], [0.01, 0.0, 0.01], 0.05)
    with pytest.raises(NotEstimableError, match="needs three or more"):
        prediction_interval(0.1, 0.1, 0.1, 2, 0.05)
    with pytest.raises(NotEstimableError, match="lower level"):
        pooled([0.1, 0.2], [0.01, 0.02], 1e-200)


@pytest.mark.parametrize(
    ("estimates", "variances", "alpha", "why"),
    [
        ([0.1, 0.2], [0.1], 0.05, "a pair for each"),
        ([[0.1, 0.2]], [[0.1, 0.2]], 0.05, "a pair for each"),
        ([0.1, math.nan], [0.1, 0.1], 0.05, "finite"),
        ([0.1, math.inf], [0.1, 0.1], 0.05, "finite"),
        ([0.1, 0.2], [0.1, -0.1], 0.05, "got variances"),
        ([0.1, 0.2], [0.1, math.nan], 0.05, "got variances"),
        ([0.1, 0.2], [0.1, math.inf], 0.05, "got variances"),
        ([0.1, 0.2], [0.1, 0.1], 0.0, "alpha"),
        ([0.1, 0.2], [0.1, 0.1], 1.0, "alpha"),
    ],
)
def test_it_refuses_impossible_arguments(
    estimates: list[float], variances: list[float], alpha: float, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        pooled(estimates, variances, alpha)


@pytest.mark.parametrize(
    ("mean", "error", "tau2", "nu"),
    [(math.nan, 1, 1, 1), (0, 0, 1, 1), (0, math.inf, 1, 1), (0, 1, -1, 1), (0, 1, 1, 0)],
)
def test_prediction_refuses_impossible_arguments(
    mean: float, error: float, tau2: float, nu: float
) -> None:
    with pytest.raises(ValueError, match="expected"):
        prediction_interval(mean, error, tau2, 5, 0.05, degrees_of_freedom=nu)

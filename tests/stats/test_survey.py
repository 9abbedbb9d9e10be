"""Goldens: R 4.2.2, survey 4.1-1; the R calls stand beside them.

The sample that both sides make from one formula (i is 0 to 119):

    h <- c("a","b","c","d")[1 + (i %/% 10) %% 4]; cl <- i %/% 5; w <- 1 + (7*i) %% 13
    y <- (37*i^2 + 11*i + 40*cl) %% 101; x <- 1 + (17*i + 5*cl) %% 29
    s <- (y + 9*cl) %% 50 < 20; dom <- (i*i) %% 7 < 3; N <- c(a=10,b=30,c=6,d=100)[h]
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.errors import NotEstimableError
from reach.stats.survey.design import SurveyDesign, survey_design
from reach.stats.survey.estimate import survey_mean, survey_proportion, survey_ratio, survey_total

ROW = np.arange(120)
H = ["abcd"[k] for k in (ROW // 10) % 4]
CL = ROW // 5
W = 1 + (7 * ROW) % 13
Y = (37 * ROW**2 + 11 * ROW + 40 * CL) % 101
X = 1 + (17 * ROW + 5 * CL) % 29
S = (Y + 9 * CL) % 50 < 20
DOMAIN = (ROW * ROW) % 7 < 3
N = {"a": 10, "b": 30, "c": 6, "d": 100}
AB = DOMAIN & np.isin(H, ["a", "b"])

PLAIN = survey_design(W)  # svydesign(id=~1, weights=~w)
STRATA = survey_design(W, strata=H)  # svydesign(id=~1, strata=~h, weights=~w)
CLUSTERS = survey_design(W, clusters=CL.tolist())  # svydesign(id=~cl, weights=~w)
BOTH = survey_design(W, strata=H, clusters=CL.tolist())  # (id=~cl, strata=~h, weights=~w)
FPC = survey_design(W, strata=H, clusters=CL.tolist(), population=N)  # and fpc=~N
ALONE = ["alone" if c == 0 else h for c, h in zip(CL, H, strict=True)]  # h2[cl==0] <- "lonely"


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("design", "domain", "df", "mean", "share", "total", "ratio"),
    [
        # svymean(~y), svymean(~s), both deff="replace"; svytotal(~y); svyratio(~y, ~x)
        (
            PLAIN, None, 119, (46.86385542169, 2.916224354109, 1.243462841547),
            (0.4518072289157, 0.05219286482267, 1.308828528997),
            (38897, 2911.850592656, 1.799587371894), (3.160815862181, 0.2835680258505),
        ),
        (
            STRATA, None, 116, (46.86385542169, 2.928573618094, 1.254016463313),
            (0.4518072289157, 0.05187167051906, 1.292769064279),
            (38897, 2920.253726577, 1.8099890002), (3.160815862181, 0.2869706150607),
        ),
        (
            CLUSTERS, None, 23, (46.86385542169, 2.856548070279, 1.193092238017),
            (0.4518072289157, 0.05609831372985, 1.512028912167),
            (38897, 2333.492167472, 1.155706236606), (3.160815862181, 0.2029203296017),
        ),
        (
            BOTH, None, 20, (46.86385542169, 2.920073657448, 1.246747653729),
            (0.4518072289157, 0.05492353798242, 1.449364074277),
            (38897, 2296.6015327, 1.119453510485), (3.160815862181, 0.2157570981786),
        ),
        (  # R says 20; of stratum c all 6 PSUs are in the sample, so it has no chance
            FPC, None, 15, (46.86385542169, 2.136040233141, 0.6671289753769),
            (0.4518072289157, 0.03789065097855, 0.6898022636161),
            (38897, 1580.166527933, 0.5299568109693), (3.160815862181, 0.1630127324857),
        ),
        (  # subset(., dom); R's deff of the total is of the subset, and not compared
            BOTH, DOMAIN, 20, (48.29313232831, 3.109549981261, 1.027213326938),
            (0.4891122278057, 0.07320166944353, 1.822748999961),
            (28831, 2031.10546255, None), (3.271417224555, 0.3041310327166),
        ),
        (
            FPC, DOMAIN, 15, (48.29313232831, 2.202805562817, 0.5154872057576),
            (0.4891122278057, 0.05503295016045, 1.030221209599),
            (28831, 1447.724624367, None), (3.271417224555, 0.1972075551192),
        ),
        (  # subset(., dom & h %in% c("a","b"))
            BOTH, AB, 10, (47.70486111111, 4.631601844073, 1.00302391744),
            (0.5, 0.1019675269054, 1.746759259259),
            (13739, 1475.059117459, None), (3.270411806713, 0.5156183242906),
        ),
    ],
)  # fmt: skip
def test_it_equals_r(
    design: SurveyDesign,
    domain: np.ndarray | None,
    df: int,
    mean: tuple[float, ...],
    share: tuple[float, ...],
    total: tuple[float, float, float | None],
    ratio: tuple[float, ...],
) -> None:
    found = survey_mean(Y, design, domain=domain)
    assert (found.estimate, found.standard_error, found.deff) == tuple(map(close, mean))
    assert found.degrees_of_freedom == df
    found = survey_proportion(S, design, domain=domain)
    assert (found.estimate, found.standard_error, found.deff) == tuple(map(close, share))
    found = survey_total(Y, design, domain=domain)
    assert (found.estimate, found.standard_error) == tuple(map(close, total[:2]))
    assert total[2] is None or found.deff == close(total[2])
    found = survey_ratio(Y, X, design, domain=domain)
    assert (found.estimate, found.standard_error) == tuple(map(close, ratio))


def test_the_t_interval_equals_r() -> None:
    found = survey_mean(Y, BOTH)  # confint(svymean(~y, both), df=degf(both))
    assert (found.low, found.high) == (close(40.7726885089258), close(52.9550223344477))
    assert found.weighting_effect == close(1.29597909711134)  # n·Σw²/(Σw)²
    assert (found.rows, found.psus, found.strata) == (120, 24, 4)


@pytest.mark.parametrize(
    ("treatment", "error", "low", "high"),
    [  # options(survey.lonely.psu="adjust") and "certainty"; svymean(~y), confint(df=degf)
        ("centre", 2.936343934607, 40.7180169345389, 53.0096939088346),
        ("certainty", 2.933814838317, 40.7233103939094, 53.0044004494641),
    ],
)
def test_a_stratum_with_a_single_unit(
    treatment: str, error: float, low: float, high: float
) -> None:
    design = survey_design(W, strata=ALONE, clusters=CL.tolist(), single_psu=treatment)  # type: ignore[arg-type]
    found = survey_mean(Y, design)
    assert found.standard_error == close(error)
    assert (found.low, found.high, found.degrees_of_freedom) == (close(low), close(high), 19)
    refused = survey_design(W, strata=ALONE, clusters=CL.tolist())
    with pytest.raises(NotEstimableError, match="stratum 'alone' a single primary unit"):
        survey_mean(Y, refused)
    known = survey_design(
        W,
        strata=ALONE,
        clusters=CL.tolist(),
        population={**dict.fromkeys("abcd", 10**12), "alone": 1},
    )  # it is all there is of its stratum
    assert survey_mean(Y, known).standard_error == pytest.approx(
        survey_mean(Y, survey_design(W, strata=ALONE, clusters=CL.tolist(), single_psu="certainty")).standard_error,
        rel=1e-9,
    )  # fmt: skip


def with_moments(n: int, mean: float, variance: float) -> np.ndarray:
    """n values, n even, of which one knows no more than mean and variance."""
    return mean + np.resize([1, -1], n) * math.sqrt(variance * (n - 1) / n)


SCHOOLS = {"E": (100, 4421), "H": (50, 755), "M": (50, 1018)}
KIND = [kind for kind, (n, _) in SCHOOLS.items() for _ in range(n)]
PW = [SCHOOLS[kind][1] / SCHOOLS[kind][0] for kind in KIND]
SIZES = {kind: size for kind, (_, size) in SCHOOLS.items()}


def test_r_apistrat_from_its_moments() -> None:
    """A stratified mean knows of its strata n, N, mean and variance only."""
    api00 = np.concatenate(
        [  # by(apistrat, apistrat$stype, function(d) c(mean(d$api00), var(d$api00)))
            with_moments(100, 674.43, 15687.419292929293),
            with_moments(50, 625.82, 11947.08938775510),
            with_moments(50, 636.6, 13824.857142857143),
        ]
    )
    with_fpc = survey_design(PW, strata=KIND, population=SIZES)
    found = survey_mean(api00, with_fpc)
    # R: 662.2873631593, 9.4089408028, deff="replace" 1.1655661715; its weights are rounded to
    # seven digits
    assert found.estimate == pytest.approx(662.2873631593, rel=1e-8)
    assert found.standard_error == pytest.approx(9.4089408028, rel=1e-7)
    assert found.degrees_of_freedom == 197
    assert (found.low, found.high) == pytest.approx((643.73218827, 680.84253804), rel=1e-7)
    without = survey_mean(api00, survey_design(PW, strata=KIND))
    assert without.standard_error == pytest.approx(9.53613229692516, rel=1e-7)
    both = np.concatenate([np.arange(100) < 73, np.arange(50) < 16, np.arange(50) < 24])
    share = survey_proportion(both, with_fpc)
    assert share.estimate == pytest.approx(0.63893606405, rel=1e-7)
    assert share.standard_error == pytest.approx(0.034405917997, rel=1e-7)
    # svyciprop(., method="logit") .5687, .7037 and "beta" .5672, .7064: Wilson's lies among them
    assert (share.low, share.high) == pytest.approx((0.568, 0.704), abs=2e-3)


def test_r_ratio_in_apistrat_from_its_moments() -> None:
    """svyratio(~api.stu, ~enroll): two variables with the means and covariances of R's."""
    moments = [  # n, means of api.stu and enroll, their variances and covariance
        (100, 355.02, 416.78, 19561.009697, 27576.880404, 22711.2468687),
        (50, 1070.52, 1320.7, 347437.438367, 450339.928571, 372674.853061),
        (50, 695.7, 832.48, 124836.540816, 156307.275102, 132790.861224),
    ]
    tested, enrolled = [], []
    for n, y, x, var_y, var_x, cov in moments:
        one = np.resize([1, -1], n) * math.sqrt((n - 1) / n)
        other = np.resize([1, 1, -1, -1], n - n % 4) * math.sqrt((n - 1) / (n - n % 4))
        other = np.concatenate([other, np.zeros(n % 4)])
        slope = cov / math.sqrt(var_x)
        enrolled.append(x + one * math.sqrt(var_x))
        tested.append(y + one * slope + other * math.sqrt(var_y - slope**2))
    design = survey_design(PW, strata=KIND)
    found = survey_ratio(np.concatenate(tested), np.concatenate(enrolled), design)
    assert found.estimate == pytest.approx(0.836956886941, rel=1e-7)
    assert found.standard_error == pytest.approx(0.0079702590443, rel=1e-6)


def test_r_apiclus1_from_its_cluster_sums() -> None:
    """A one-stage cluster mean knows of its districts n and the sum only."""
    districts = [  # schools, sum of api00, schools with both == "Yes"; by apiclus1$dnum
        (13, 9372, 10), (34, 22508, 26), (4, 2077, 3), (13, 8593, 9), (16, 11369, 13),
        (2, 1116, 2), (1, 551, 1), (4, 1888, 4), (12, 9111, 11), (21, 13761, 14),
        (9, 6386, 4), (11, 7359, 9), (37, 20394, 26), (2, 905, 1), (4, 2493, 0),
    ]  # fmt: skip
    of = [k for k, (n, _, _) in enumerate(districts) for _ in range(n)]
    api00 = [total / n for n, total, _ in districts for _ in range(n)]
    both = [j < yes for n, _, yes in districts for j in range(n)]
    design = survey_design(np.full(183, 33.846996307373), clusters=of)
    found = survey_mean(api00, design)
    assert found.estimate == close(644.16939890710387)
    assert found.standard_error == close(23.77901072088688)
    share = survey_proportion(both, design)
    assert (share.estimate, share.standard_error) == (
        close(0.726775956284153),
        close(0.0306326594675941),
    )
    assert share.deff == close(0.8600453027220025)
    # clusters that agree by chance earn no more than 183 independent schools
    assert share.effective_trials == 183


def by_jackknife(y: np.ndarray, x: np.ndarray, design: SurveyDesign) -> float:
    """Variance by leaving out each PSU in turn: another road to nearly the same number."""
    full, variance = (design.weights @ y) / (design.weights @ x), 0.0
    for psu, h in enumerate(design.stratum):
        n = design.sampled[h]
        mates = (design.stratum == h)[design.psu]
        w = design.weights * np.where(design.psu == psu, 0, np.where(mates, n / (n - 1), 1))
        variance += (n - 1) / n * ((w @ y) / (w @ x) - full) ** 2
    return float(variance)


def test_it_is_near_the_jackknife() -> None:
    found = survey_ratio(Y, X, BOTH)
    assert found.standard_error == pytest.approx(math.sqrt(by_jackknife(Y, X, BOTH)), rel=0.03)


def test_a_simple_random_sample_is_the_textbook() -> None:
    design = survey_design(np.full(120, 7.0))
    found = survey_proportion(S, design)
    assert found.deff == close(1.0)
    assert found.weighting_effect == 1
    assert found.effective_trials == pytest.approx(120)  # n independent rows count as n
    mean = survey_mean(Y, survey_design(np.full(120, 7.0), population=840))
    assert mean.standard_error == close(
        float(np.std(Y, ddof=1)) / math.sqrt(120) * math.sqrt(6 / 7)
    )


def test_shares_of_0_and_1() -> None:
    none = survey_proportion(np.zeros(120), BOTH)
    every = survey_proportion(np.ones(120), BOTH)
    assert (none.estimate, none.low, every.estimate, every.high) == (0, 0, 1, 1)
    by_psu = np.bincount(CL, W)  # 24 PSUs of nearly one weight
    assert none.effective_trials == pytest.approx(by_psu.sum() ** 2 / (by_psu @ by_psu))
    assert none.high == pytest.approx(1 - every.low)
    assert 0.1 < none.high < 0.2
    assert none.deff is None


def test_a_census_is_exact() -> None:
    census = survey_design(np.ones(120), clusters=CL.tolist(), population=24)
    for found in (survey_mean(Y, census), survey_proportion(S, census), survey_total(Y, census)):
        assert found.low == found.estimate == found.high
        assert found.standard_error == found.degrees_of_freedom == 0
    assert survey_proportion(np.zeros(120), census).high == 0


def test_rows_outside_a_domain_carry_no_values_but_stay_in_the_design() -> None:
    with_rubbish = np.where(DOMAIN, Y, 1e300)
    assert survey_mean(with_rubbish, BOTH, domain=DOMAIN) == survey_mean(Y, BOTH, domain=DOMAIN)
    alone = survey_design(W[DOMAIN], strata=np.array(H)[DOMAIN].tolist())
    inside = survey_total(np.ones(120), STRATA, domain=DOMAIN)
    assert inside.standard_error > survey_total(np.ones(int(DOMAIN.sum())), alone).standard_error


ROWS = st.lists(
    st.tuples(
        st.sampled_from("pq"),
        st.integers(0, 3),
        st.sampled_from([0.0, 1e-9, 1.0, 3.0, 1e12]),
        st.booleans(),
        st.one_of(st.integers(-3, 3), st.sampled_from([1e-300, 1e300, -1e17])),
    ),
    min_size=1,
    max_size=25,
)


@given(
    ROWS, st.sampled_from([0.5, 0.95, 1 - 1e-9]), st.sampled_from(["refuse", "centre", "certainty"])
)
def test_an_estimate_is_a_number_in_its_interval_or_says_why_not(
    rows: list[tuple[str, int, float, bool, float]], level: float, treatment: str
) -> None:
    strata, clusters, weights, success, values = (
        list(column) for column in zip(*rows, strict=True)
    )
    design = survey_design(weights, strata=strata, clusters=clusters, single_psu=treatment)  # type: ignore[arg-type]
    for how, what in (
        (survey_proportion, success), (survey_mean, values), (survey_total, values),
    ):  # fmt: skip
        try:
            found = how(what, design, level=level)
        except NotEstimableError:
            continue
        assert found.low <= found.estimate <= found.high
        assert math.isfinite(found.low)
        assert math.isfinite(found.high)
        assert found.deff is None or math.isfinite(found.deff)
        assert found.weighting_effect >= 1
        if how is survey_proportion:
            assert 0 <= found.low < found.high <= 1


@given(st.permutations(range(120)), st.floats(1e-6, 1e6))
def test_neither_order_nor_scale_of_weights_matters_to_a_mean(
    order: list[int], unit: float
) -> None:
    shuffled = survey_design(
        W[order] * unit, strata=[H[k] for k in order], clusters=CL[order].tolist()
    )
    one, other = survey_mean(Y, BOTH), survey_mean(Y[order], shuffled)
    assert other.standard_error == close(one.standard_error)
    assert (other.low, other.deff) == (close(one.low), pytest.approx(one.deff))


def test_what_is_not_estimable_says_why() -> None:
    with pytest.raises(NotEstimableError, match="nobody in the sample"):
        survey_mean(Y, BOTH, domain=np.zeros(120, dtype=bool))
    with pytest.raises(NotEstimableError, match="nobody in the sample"):
        survey_mean([1, 2], survey_design([0, 0]))
    with pytest.raises(NotEstimableError, match="too few to see"):
        survey_proportion(S, BOTH, domain=CL == 3)
    with pytest.raises(NotEstimableError, match="agree exactly"):
        survey_mean(np.full(120, 0.1), BOTH)
    with pytest.raises(NotEstimableError, match="sum to 0"):
        survey_ratio(Y, np.zeros(120), BOTH)
    with pytest.raises(NotEstimableError, match="too large"):
        survey_total([1e308, -1e307, 1e308], survey_design([9.0, 9.0, 9.0]))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"weights": [-1.0, 1.0]}, "0 or more"),
        ({"weights": []}, "0 or more"),
        ({"weights": [1.0, math.nan]}, "0 or more"),
        ({"weights": [1, 1], "strata": ["a"]}, "1 strata for 2"),
        ({"weights": [1, 1], "clusters": [1.0, math.nan]}, "NaN among the clusters"),
        ({"weights": [1, 1], "population": 1}, "expected 2 or more"),
        ({"weights": [1, 1], "strata": ["a", "b"], "population": 9}, "one a stratum"),
        ({"weights": [1, 1], "strata": ["a", "b"], "population": {"a": 4}}, "'b' is None"),
        ({"weights": [1, 1], "population": math.nan}, "expected 2 or more"),
        ({"weights": [1, 1], "single_psu": "drop"}, "one of refuse"),
    ],
)
def test_it_refuses_what_is_no_design(arguments: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        survey_design(**arguments)  # type: ignore[arg-type]


def test_it_refuses_what_no_caller_may_pass() -> None:
    with pytest.raises(ValueError, match="level is 1"):
        survey_mean(Y, BOTH, level=1)
    with pytest.raises(ValueError, match="0 and 1"):
        survey_proportion(Y, BOTH)
    with pytest.raises(ValueError, match="outside the domain"):
        survey_mean(np.where(DOMAIN, Y, math.nan), BOTH, domain=DOMAIN)
    with pytest.raises(ValueError, match="one boolean a row"):
        survey_mean(Y, BOTH, domain=np.arange(120))

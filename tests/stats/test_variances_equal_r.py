"""Clustered variances: what R's geepack and sandwich say of the same messages.

R 4.2.2, geepack 1.3.9, sandwich 3.0-2. One row a message: y delivered or not, arm, id recipient;

    i <- 1:12; na <- 1 + (i * 7) %% 4; ya <- pmin(na, (i * 5) %% 4)
    nb <- (i * 3) %% 5; yb <- pmin(nb, (i * 2) %% 3)
    d <- do.call(rbind, lapply(i, function(k) rbind(
      if (na[k]) data.frame(y = rep(1:0, c(ya[k], na[k] - ya[k])), arm = "a", id = k),
      if (nb[k]) data.frame(y = rep(1:0, c(yb[k], nb[k] - yb[k])), arm = "b", id = k))))
    m <- lm(y ~ 0 + arm, d)
"""

import numpy as np
import pytest

from reach.stats.gram import tally_vectors
from reach.stats.ratio import covariance_cr0, ratio

# Messages and deliveries in A, then in B, of twelve recipients.
PEOPLE = np.array([
    [4, 1, 3, 2], [3, 2, 1, 1], [2, 2, 4, 0], [1, 0, 2, 2], [4, 1, 0, 0], [3, 2, 3, 0],
    [2, 2, 1, 1], [1, 0, 4, 1], [4, 1, 2, 0], [3, 2, 0, 0], [2, 2, 3, 1], [1, 0, 1, 0],
])  # fmt: skip
STRATUM = tally_vectors(PEOPLE)
A = ratio([STRATUM], [0, 1, 0, 0], [1, 0, 0, 0])
B = ratio([STRATUM], [0, 0, 0, 1], [0, 0, 1, 0])
# R: vcov(geeglm(y ~ 0 + arm, id = id, data = d, family = gaussian, corstr = "independence"));
# sandwich: the same by vcovCL(m, cluster = ~id, type = "HC0", cadjust = FALSE).
ROBUST = (0.00833333333333333, 0.01234567901234568, -0.00208333333333333)


def test_rates_and_their_variances_are_those_of_geepack_and_sandwich() -> None:
    # R: the coefficients of m are these rates.
    assert (A.estimate, B.estimate) == (0.5, pytest.approx(0.333333333333333, rel=1e-14))
    found = (A.variance_cr0, B.variance_cr0, covariance_cr0(A, B))
    assert found == pytest.approx(ROBUST, rel=1e-12)


def test_cr1_counts_clusters_where_we_count_effective_ones() -> None:
    # vcovCL(m, cluster = ~id, type = "HC0", cadjust = TRUE): CR1, times 12/11.
    cr1 = (0.00909090909090909, 0.01346801346801347)
    assert (A.variance_cr0 * 12 / 11, B.variance_cr0 * 12 / 11) == pytest.approx(cr1, rel=1e-12)
    # G* is 10 and 8.23 of 12 and 10 recipients: ours is the wider.
    assert A.variance == pytest.approx(A.variance_cr0 * 10 / 9, rel=1e-12)
    assert B.effective_clusters == pytest.approx(8.22857142857143)


def test_of_recipients_with_alike_many_messages_ours_is_cr1() -> None:
    # y3 <- (i * 5) %% 4; e <- data.frame(y = unlist(lapply(y3, function(k) rep(1:0, c(k, 3 - k)))),
    # id = rep(i, each = 3)); vcovCL(lm(y ~ 1, e), cluster = ~id, type = "HC0", cadjust = TRUE)
    rate = ratio([tally_vectors([[3, y] for y in [1, 2, 3, 0] * 3])], [0, 1], [1, 0])
    assert rate.variance == pytest.approx(0.0126262626262626, rel=1e-12)
    # vcov(geeglm(y ~ 1, id = id, data = e, family = gaussian, corstr = "independence"))
    assert rate.variance_cr0 == pytest.approx(0.0115740740740741, rel=1e-12)


def mancl_derouen(n: np.ndarray, y: np.ndarray) -> float:
    """CR3 of a rate, from recipient vectors: each residual over 1 − its share of the messages."""
    residual = y - y.sum() / n.sum() * n
    return float(((residual / (1 - n / n.sum())) ** 2).sum() / n.sum() ** 2)


def test_cr3_needs_every_recipient_and_lies_near_ours() -> None:
    # R: vcovCL(m, cluster = ~id, type = "HC3", cadjust = FALSE); sandwich has it times (G − 1)/G,
    # as the jackknife.
    found = [mancl_derouen(*PEOPLE[:, columns].T) for columns in ([0, 1], [2, 3])]
    by_r = [0.00933625229227332 * 12 / 11, 0.01442750559294578 * 12 / 11]
    assert found == pytest.approx(by_r, rel=1e-12)
    assert [A.variance, B.variance] == pytest.approx(found, rel=0.15)


def test_posts_as_clusters_are_those_of_survey() -> None:
    # R, survey 4.1-1: p <- data.frame(n = reached, y = engaged);
    # svyratio(~y, ~n, svydesign(ids = ~1, weights = ~1, data = p)), whose variance has n/(n − 1)
    # where ours has κ.
    posts = [
        [1200, 90], [800, 20], [1500, 40], [900, 45], [950, 60], [2200, 50], [640, 30], [1800, 150],
        [700, 10], [1000, 55], [760, 55], [1300, 40], [900, 70], [2100, 60], [850, 35],
    ]  # fmt: skip
    rate = ratio([tally_vectors(posts)], [0, 1], [1, 0])
    assert rate.estimate == pytest.approx(0.0460227272727273, rel=1e-12)
    assert rate.variance_cr0 * 15 / 14 == pytest.approx(0.00678131498273757**2, rel=1e-12)

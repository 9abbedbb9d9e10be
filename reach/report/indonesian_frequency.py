"""What reports say in Indonesian of how often people were reached."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "often_head": "Seberapa sering, dan jangkauan bila ditambah (perkiraan, mutu bukti E)",
    "often_insertions": "penayangan",
    "often_grp": "GRP",
    "often_times": "{times}+",
    "often_measured": "terukur",
    "often_legend": (
        "█ menurut semua model yang cocok · ░ menurut sebagian · n+ terjangkau sedikitnya n kali · "
        "semua batang 0 sampai 100 %"
    ),
    "often_average": "Terukur: {average} kontak per orang yang terjangkau.",
    "often_fits": "Model yang cocok: {models}.",
    "often_one_fits": (
        "Hanya satu model yang cocok ({models}): tidak ada model lain yang menunjukkan seberapa "
        "jauh ia dapat meleset."
    ),
    "often_none_fits": (
        "Tidak ada model yang sesuai dengan hasil pengukuran: jangkauan bila ditambah tidak dapat "
        "diperkirakan."
    ),
    "often_none": (
        "Tidak ada model yang dapat disesuaikan dengan baris ini: jangkauan bila ditambah tidak "
        "dapat diperkirakan."
    ),
    "often_untested": (
        "Tidak ada angka di baris ini yang menguji {models}: jangkauan 2+, 3+, dan seterusnya akan "
        "menunjukkan mana yang benar."
    ),
    "often_contradicts": ("Bertentangan dengan hasil pengukuran sehingga tidak dipakai: {models}."),
    "often_miss": "{model} ({times}+ terukur {measured}, menurut model {modelled})",
    "often_needs_contacts": "Tidak mungkin tanpa GRP atau kontak per orang: {models}.",
    "often_needs_reach": "Tidak mungkin tanpa angka jangkauan: {models}.",
    "often_needs_insertions": "Tidak mungkin tanpa jumlah penayangan: {models}.",
    "often_needs_vehicles": (
        "Untuk beberapa wahana yang khalayak dan tumpang tindihnya diketahui: {models}."
    ),
    "often_not_possible": "Angka baris ini tidak mungkin menurut: {models}.",
    "often_sampling": (
        "Rentang ini hanya selisih antarmodel; galat sampel dan apa yang berubah bila penayangan "
        "ditambah belum termasuk."
    ),
    "often_model_binomial": "binomial",
    "often_model_beta_binomial": "beta-binomial",
    "often_model_goerg": "Goerg",
    "often_model_negative_exponential": "eksponensial negatif",
    "often_model_sainsbury": "Sainsbury",
    "often_model_agostini": "Agostini",
    "often_model_metheringham": "Metheringham",
}
"""Beside `reach.report.indonesian`, by key."""

"""What reports say in Indonesian of costs and of other methods."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "costs_head": "Biaya ({level}, masing-masing tersendiri, hanya untuk pengiriman ini)",
    "costs_paid": "dibayar",
    "costs_cost_per_delivered": "per pesan\ntersampaikan",
    "costs_cost_per_engaged": "per pesan\nditanggapi",
    "costs_at_least": "{amount} atau lebih",
    "costs_legend": (
        "terendah, jika semua yang mungkin tersampaikan … tertinggi, jika hanya yang terkonfirmasi · "
        "yang dibayar diketahui pasti: selangnya adalah selang tingkatnya"
    ),
    "costs_no_price": "Harga pesan tidak diketahui untuk {arms}.",
    "costs_unpriced": (
        "{count} dari {sent} pesan {arm} tidak punya harga: biaya satu pesan tidak dapat diperkirakan."
    ),
    "costs_currencies": (
        "{arm} dibayar dalam {currencies}, yang tidak dijumlahkan: biaya satu pesan tidak dapat "
        "diperkirakan."
    ),
    "costs_why": "{arm}, {cost}: tidak dapat diperkirakan, karena {why}.",
    "costs_no_upper": (
        "{arm}, {cost}: yang terkonfirmasi tidak dapat dibedakan dari nol, jadi tidak ada batas atas."
    ),
    "also_head": "Metode lain ({level}, masing-masing tersendiri): tidak menentukan apa pun",
    "also_score_interval": "{metric}: selang skor Miettinen–Nurminen untuk selisih, dalam poin",
    "also_score_interval_legend": (
        "Untuk cacah kecil atau nol dari unit yang saling bebas; selangnya mencakup kedua ujung yang "
        "mungkin."
    ),
    "also_mantel_haenszel": "{metric}: rasio odds Mantel–Haenszel atas semua strata",
    "also_mantel_haenszel_legend": (
        "Odds yang pertama dibagi odds yang kedua, di dalam strata. Nilai p kecil untuk keserupaan "
        "strata berarti satu rasio untuk semua menyembunyikan sesuatu."
    ),
    "also_missing_at_random": (
        "{metric}, JIKA pesan tanpa tanda terima bernasib sama dengan yang lain di stratanya"
    ),
    "also_missing_at_random_legend": (
        "Analisis kepekaan atas asumsi yang tidak dapat dibuktikan log mana pun; mungkin adalah yang "
        "diketahui tanpa asumsi itu."
    ),
    "also_assumed": "jika benar",
    "also_p_value": "nilai p",
    "also_alike": "strata serupa,\nnilai p",
    "also_not_estimable": "Tidak dapat diperkirakan untuk {names}: {why}.",
    "also_several_messages": (
        "beberapa penerima mendapat lebih dari satu pesan, sedangkan metode ini menganggap pesan "
        "saling bebas"
    ),
    "also_shared_recipients": (
        "beberapa penerima ada di kedua kelompok, sedangkan metode ini menganggap kelompok saling bebas"
    ),
    "also_unlike_denominators": "yang tidak diketahui mengubah penyebut, dan dengan itu unitnya",
}
"""Di samping `reach.report.indonesian`, menurut kunci."""

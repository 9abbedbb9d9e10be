"""What is said in Indonesian of tables that count people."""

from __future__ import annotations

from typing import Final

TABLES: Final[dict[str, str]] = {
    "warning_total_rows": (
        "Baris {source} yang menjumlahkan baris lain dan tidak ikut ditambahkan: {rows}."
    ),
    "warning_total_uneven": (
        "{row} di {source} berjumlah {said}, sedangkan baris-baris di dalamnya berjumlah {parts}: adakah yang kurang atau terhitung dua kali?"
    ),
    "warning_total_by_size": (
        "{row} di {source} sama besar dengan semua baris lain bersama-sama, dan ikut ditambahkan. Jika baris itu jumlah dari yang lain, keluarkan."
    ),
    "warning_percentages_mixed": (
        "{low} dari {values} nilai di {column} pada {source} paling besar 1, sedangkan yang lain lebih dari 1: semuanya dibaca sebagai persen, 0,41 sebagai 0,41 %. Apakah sebagian dimaksudkan sebagai pecahan dari 1?"
    ),
    "warning_advertising_value": (
        "{source} memuat nilai iklan ({columns}): nilai itu tidak mengukur komunikasi, dan tidak ada hasil yang memuatnya."
    ),
    "warning_potential_audience": (
        "{count} baris {source} memuat khalayak potensial: yang mungkin terjangkau bukan yang terjangkau, dan tidak ada hasil yang memuatnya."
    ),
}

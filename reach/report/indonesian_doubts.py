"""What the reports say in Indonesian of the doubts about a comparison, by key."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "attribute_message": "pesan",
    # peringatan, menurut kode
    "warning_no_metric_per_assigned": (
        "Pengacakan dilakukan per {unit}, tetapi tidak ada ukuran yang menghitung semua yang "
        "dialokasikan per {unit}: selisih tidak dinyatakan sebagai akibat. delivered_per_assigned "
        "adalah ukuran seperti itu."
    ),
}

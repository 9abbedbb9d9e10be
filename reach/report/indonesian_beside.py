"""What reports say in Indonesian of costs."""

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
}
"""Di samping `reach.report.indonesian`, menurut kunci."""

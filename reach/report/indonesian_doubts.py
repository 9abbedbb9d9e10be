"""What the reports say in Indonesian of the doubts about a comparison, by key."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "attribute_message": "pesan",
    # yang dihitung dalam penyebut
    "things_sent": "pesan terkirim",
    "things_assigned": "pesan yang dialokasikan",
    "things_delivered": "pesan tersampaikan",
    "things_receipted": "pesan dengan tanda terima",
    "things_recipient": "penerima",
    # mengapa tidak dapat dibandingkan atau diperkirakan, menurut kode
    "reason_no_messages": "tidak ada pesan {arm}",
    "reason_no_receipts": "{arm}: log tidak memuat tanda terima",
    "reason_no_engagement": "{arm}: log tidak mencatat keterlibatan",
    "reason_no_acts": "{arm}: log tidak mencatat siapa yang bertindak",
    "reason_failures_only": "{arm}: log hampir hanya mencatat kegagalan",
    "reason_nothing_counted": "{arm} tidak memiliki {per}",
    "reason_empty_strata": "{arm} tidak memiliki {per} di {count} strata, misalnya {stratum}",
    "reason_empty_stratum": "{arm} tidak memiliki {per} di strata {stratum}",
    "reason_hardly_covered": (
        "hanya {coverage} pesan {arm} memiliki tanda terima: terlalu sedikit untuk menentukan "
        "peringkat"
    ),
    "reason_alike": (
        "dalam kampanye {campaign} semua pesan keduanya bernasib sama, jadi tidak diketahui "
        "seberapa pasti selisihnya"
    ),
    "campaigns_alone": (
        "satu kampanye tidak menunjukkan seberapa besar perbedaan antarkampanye; perlu dua atau lebih"
    ),
    "campaigns_no_next": (
        "dua kampanye tidak menunjukkan di mana kampanye berikutnya; perlu tiga atau lebih"
    ),
    # peringatan terberat, dengan singkat di bagian atas
    "gravest": "{count} peringatan di bawah, terutama: {parts}.",
    "grave_assignment": "alokasi tidak seperti yang dinyatakan",
    "grave_sign": "standardisasi membalik tanda ({arms})",
    "grave_strata": "strata kosong ({arms})",
    "grave_receipts": "tanda terima sedikit ({arms})",
    "grave_few": "penerima terlalu sedikit ({arms})",
    "grave_dominant": "satu penerima mendapat sangat banyak ({arms})",
    "grave_machines": "dibuka oleh mesin ({arms})",
    # peringatan, menurut kode
    "warning_few_recipients": (
        "Kurang dari 10 penerima, terlalu sedikit untuk dibandingkan: {arm}."
    ),
    "warning_one_dominant_recipient": (
        "Satu penerima saja mendapat sedikitnya {share} pesan {arm}: nasib pesan itu menggeser "
        "angkanya sebesar itu pula. Apakah itu alamat uji coba, atau sebuah grup?"
    ),
    "warning_few_effective_in_strata": (
        "Setelah distandardisasi, {recipients} penerima {arm} bobotnya setara {effective}, terlalu "
        "sedikit untuk dibandingkan: segelintir orang mewakili strata yang besar. Standardisasikan "
        "menurut strata yang lebih sedikit atau lebih besar."
    ),
    "warning_empty_strata": (
        "Di {strata} tidak ada data {arm} untuk dibandingkan ({metric}): perbandingan terstandardisasi "
        "dengannya tidak dapat dijawab. Bandingkan tanpa standardise, atau menurut strata yang "
        "lebih besar."
    ),
    "warning_no_metric_per_assigned": (
        "Pengacakan dilakukan per {unit}, tetapi tidak ada ukuran yang menghitung semua yang "
        "dialokasikan per {unit}: selisih tidak dinyatakan sebagai akibat. delivered_per_assigned "
        "adalah ukuran seperti itu."
    ),
}

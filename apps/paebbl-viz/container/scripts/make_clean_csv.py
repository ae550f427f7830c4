"""Makes data/clean.csv: synthetic runs of a CO2 mineralisation plant, the same bytes on every machine.

The numbers follow simple, well-known relations, so that the charts look like a plant's and not like noise:

- dissolution is the slow step: a first-order law whose rate grows with temperature (Arrhenius), falls with particle
  size (less surface) and rises weakly with the CO2 pressure;
- uptake is the conversion times the feedstock's theoretical capacity;
- energy is milling (Bond's law: finer is dearer) plus heating plus compression.

Every value is rounded to what a sensor would print, so that the last bit of a maths library never shows.
"""

from __future__ import annotations

import csv
import io
import math
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20260105
RUNS = 3200
TARGET = Path(__file__).resolve().parent.parent / "data" / "clean.csv"
GAS_CONSTANT_KJ = 0.008314

# Theoretical uptake (kg CO2 per t), rate factor and activation energy (kJ/mol), Bond work index (kWh/t).
FEEDSTOCKS = {
    "olivine": (620.0, 1.00, 62.0, 17.5),
    "serpentine": (430.0, 0.45, 55.0, 13.0),
    "basalt": (240.0, 0.30, 50.0, 18.5),
    "steel slag": (310.0, 1.60, 41.0, 15.5),
    "wollastonite": (380.0, 1.25, 45.0, 12.5),
}
FEEDSTOCK_SHARE = (40, 18, 14, 18, 10)
REACTORS = {"R1": 1.00, "R2": 0.96, "R3": 1.04}
COLUMNS = (
    "started_at",
    "batch",
    "reactor",
    "feedstock",
    "shift",
    "particle_size_um",
    "temperature_c",
    "pressure_bar",
    "residence_time_h",
    "conversion_pct",
    "co2_uptake_kg_per_t",
    "energy_kwh_per_t",
    "on_spec",
)
# A sensor that was off, a sample that was never analysed.
MISSING_SHARE = {
    "particle_size_um": 0.02,
    "conversion_pct": 0.015,
    "co2_uptake_kg_per_t": 0.015,
    "energy_kwh_per_t": 0.03,
}


def shift_of(moment: datetime) -> str:
    if 6 <= moment.hour < 14:
        return "early"
    return "late" if 14 <= moment.hour < 22 else "night"


def conversion(feedstock: str, size_um: float, temperature_c: float, pressure_bar: float, hours: float) -> float:
    """The converted share, 0 to 1, of a shrinking particle in `hours`."""
    _, factor, activation_kj, _ = FEEDSTOCKS[feedstock]
    arrhenius = math.exp(-activation_kj / GAS_CONSTANT_KJ * (1 / (temperature_c + 273.15) - 1 / 453.15))
    rate = 0.55 * factor * arrhenius * (38.0 / size_um) ** 0.9 * (pressure_bar / 60.0) ** 0.35
    return 0.97 * (1 - math.exp(-rate * hours))


def energy(feedstock: str, size_um: float, temperature_c: float, pressure_bar: float) -> float:
    """Milling to `size_um` from 2 mm, heating with 70 % recovery and compression, in kWh per t of feedstock."""
    work_index = FEEDSTOCKS[feedstock][3]
    milling = 10 * work_index * (1 / math.sqrt(size_um) - 1 / math.sqrt(2000.0))
    heating = (temperature_c - 20) * 1.0 * 3.2 / 3.6 * 0.30
    return milling + heating + 11.0 * math.log(pressure_bar)


def make_rows() -> list[list[str]]:
    rng = random.Random(SEED)
    moment = datetime(2025, 1, 6, 6, 0, tzinfo=UTC)
    rows = []
    for index in range(RUNS):
        moment += timedelta(minutes=rng.randint(70, 215))
        # The plant learned: finer grinding and hotter reactors as the campaign went on.
        progress = index / RUNS
        feedstock = rng.choices(tuple(FEEDSTOCKS), FEEDSTOCK_SHARE)[0]
        reactor = rng.choice(tuple(REACTORS))
        size = min(160.0, max(8.0, rng.lognormvariate(math.log(46 - 14 * progress), 0.38)))
        temperature = min(210.0, max(95.0, rng.gauss(158 + 16 * progress, 14)))
        pressure = min(120.0, max(10.0, rng.gauss(58 + 12 * progress, 15)))
        hours = min(8.0, max(0.5, rng.gauss(2.4, 0.8)))
        share = conversion(feedstock, size, temperature, pressure, hours) * REACTORS[reactor] * rng.gauss(1, 0.045)
        # Reactor R2 fouled for three weeks in the second summer month until it was cleaned.
        if reactor == "R2" and 0.52 < progress < 0.58:
            share *= 0.72
        share = min(0.985, max(0.01, share))
        uptake = share * FEEDSTOCKS[feedstock][0] * rng.gauss(1, 0.02)
        used = energy(feedstock, size, temperature, pressure) * rng.gauss(1, 0.05)
        values = {
            "started_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "batch": f"B{1 + index // 8:04d}",
            "reactor": reactor,
            "feedstock": feedstock,
            "shift": shift_of(moment),
            "particle_size_um": f"{size:.1f}",
            "temperature_c": f"{temperature:.1f}",
            "pressure_bar": f"{pressure:.1f}",
            "residence_time_h": f"{hours:.2f}",
            "conversion_pct": f"{share * 100:.1f}",
            "co2_uptake_kg_per_t": f"{uptake:.1f}",
            "energy_kwh_per_t": f"{used:.1f}",
            "on_spec": "true" if share >= 0.6 else "false",
        }
        for column, chance in MISSING_SHARE.items():
            if rng.random() < chance:
                values[column] = ""
        rows.append([values[column] for column in COLUMNS])
    return rows


def render() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(make_rows())
    return text.getvalue().encode("utf-8")


if __name__ == "__main__":
    TARGET.write_bytes(render())
    sys.stdout.write(f"{TARGET}: {RUNS} rows\n")

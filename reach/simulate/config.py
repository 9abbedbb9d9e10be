"""The config beside simulated logs, so that they can be compared straight away."""

from __future__ import annotations

from reach.simulate.plan import Plan
from reach.simulate.profiles import PROFILES

MARK = "# Made by reach simulate: nobody in these logs exists."
"""The first line of every config written here; by it an earlier simulation is recognised."""

PEOPLE = "people.csv"
CONFIG = "experiment.yaml"
CAMPAIGN = "vaccination"


def folder_of(channel: str) -> str:
    """Where a channel's logs lie, from the simulation's folder."""
    return f"logs/{channel}"


def config_text(plan: Plan) -> str:
    """The ``experiment.yaml`` of a simulation."""
    profiles = [PROFILES[name] for name in plan.channels]
    lines = [
        MARK,
        "experiment: simulated-campaign",
        "title:",
        '  en: "A simulated vaccination reminder, West Java"',
        '  id: "Simulasi pengingat vaksinasi, Jawa Barat"',
        "simulated: true   # truth.json beside this file says what really happened",
        f"period: {{start: {plan.start}, end: {plan.end}}}",
        f"log_ends: {plan.log_ends}",
        "country: ID       # 0812..., 62812... and +62 812-... are one number",
        f"people: {PEOPLE}",
        "sources:",
    ]
    for profile in profiles:
        # A log in reach's own words names its channel; the others can't.
        constants = {"campaign": CAMPAIGN, "purpose": "service"}
        if profile.format != "reach":
            constants = {"channel": profile.name, **constants}
        told = ", ".join(f"{name}: {value}" for name, value in constants.items())
        path = folder_of(profile.name)
        lines.append(f"  - {{path: {path}, format: {profile.format}, set: {{{told}}}}}")
    lines.append("channels:")
    for profile in profiles:
        title = f'title: {{en: "{profile.title}", id: "{profile.title_id}"}}'
        cost = f"cost_per_message: {{amount: {profile.cost}, currency: IDR}}"
        horizon = "horizon: 30d, " if profile.kind == "whatsapp" else ""
        lines.append(f"  {profile.name}: {{{horizon}{title}, {cost}}}")
    lines += [
        "compare:",
        "  by: channel",
        "  metrics: [delivered_per_sent, engaged_per_delivered]",
        "  level: 0.95",
        f"seed: {plan.seed}",
    ]
    return "\n".join(lines) + "\n"

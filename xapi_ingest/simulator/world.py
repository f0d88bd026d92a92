"""What is decided before the first week: people, content, careers, programmes and the KPI panel.

Each part draws from a stream of random numbers of its own, so that a change to one leaves the
others as they were.
"""

from dataclasses import dataclass

import numpy as np

from xapi_ingest.simulator.arguments import Arguments
from xapi_ingest.simulator.careers import Careers, live_careers
from xapi_ingest.simulator.catalogue import Stock, stock_shelves
from xapi_ingest.simulator.feeds import Feeds, plan_feeds
from xapi_ingest.simulator.identities import Identities, choose_identities
from xapi_ingest.simulator.kpis import HISTORY_WEEKS, Panel, measure
from xapi_ingest.simulator.ledger import Account, CostLine, accounts, cost_lines
from xapi_ingest.simulator.moments import Clock
from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.organisation import Org, found_org
from xapi_ingest.simulator.population import People, hire_people
from xapi_ingest.simulator.programmes import Programme, Rollout, roll_out


@dataclass(frozen=True)
class World:
    """The company as it is before anybody has learned anything."""

    arguments: Arguments
    clock: Clock
    org: Org
    people: People
    shelves: dict[str, Stock]
    careers: Careers
    identities: Identities
    feeds: Feeds
    rollouts: list[Rollout]
    panels: list[Panel]
    costs: list[CostLine]
    accounts: list[Account]

    def is_learning_team(self, person: int) -> bool:
        """Whether somebody works in learning: the first team of the last department."""
        home = self.org.departments[-1]
        teams = [team for team in self.org.teams if self.org.parent[team] == home]
        return int(self.people.unit[person]) == teams[0]

    def baseline(self, programme: Programme) -> float:
        """The mean of a programme's KPI in the half year before its launch."""
        launch = HISTORY_WEEKS + round(programme.launch_share * self.arguments.weeks)
        panel = next(panel for panel in self.panels if panel.kpi.kpi_id == programme.kpi_id)
        return float(np.nanmean(panel.value[:, launch - 26 : launch]))


def make_world(arguments: Arguments) -> World:
    """Decide everything. The same arguments give the same world."""
    start, weeks, employees = arguments.start, arguments.weeks, arguments.employees
    rng = np.random.default_rng([arguments.seed, 0])
    org = found_org(employees)
    people = hire_people(rng, org, employees, start, weeks)
    shelves = stock_shelves(rng, start, weeks)
    careers = live_careers(_stream(arguments, 2), people, org, start=start, weeks=weeks)
    rollouts = roll_out(_stream(arguments, 3), people, org, start=start, weeks=weeks)
    panels = measure(_stream(arguments, 4), careers, rollouts, start=start, weeks=weeks)
    costs = cost_lines(_stream(arguments, 5), rollouts, start=start, weeks=weeks)
    return World(
        arguments=arguments,
        clock=Clock(start, weeks, [zone for _, zone, _ in LOCATIONS]),
        org=org,
        people=people,
        shelves=shelves,
        careers=careers,
        identities=choose_identities(_stream(arguments, 6), people),
        feeds=plan_feeds(arguments),
        rollouts=rollouts,
        panels=panels,
        costs=costs,
        accounts=accounts(rollouts, costs, panels),
    )


def _stream(arguments: Arguments, number: int) -> np.random.Generator:
    return np.random.default_rng([arguments.seed, number])

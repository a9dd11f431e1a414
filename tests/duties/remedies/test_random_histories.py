"""随机的经过. Whatever people enter, in whatever order, with corrections: the columns are what the events say, and table
four balances and agrees with a recount (TIM-07, TIM-08)."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.duties.remedies import actions, facts
from gongkai.duties.remedies.fold import drift
from gongkai.duties.remedies.models import CaseFile
from gongkai.rules.annual_report_2021.counting import FirstInstance, RemedyResult, remedy_columns
from gongkai.rules.remedy_cases.decisions import CourtDecision, OnAppeal, ReconsiderationDecision
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.remedies.files import state_of
from tests.factories import registers as entries
from tests.factories.agencies import keeper

YEARS = (2024, 2025, 2026)
DAYS = st.dates(date(2024, 1, 2), date(2026, 11, 27))
DECISIONS = sorted(
    {each.value for kinds in (ReconsiderationDecision, CourtDecision, OnAppeal) for each in kinds}
)
NUMBERS = count(1)


class Histories(RuleBasedStateMachine):
    """一个机关的案卷: two people enter, correct and void at random; refusals must change nothing."""

    def __init__(self):
        super().__init__()
        self.clerk = keeper()
        self.second = keeper(agency=self.clerk.agency)
        self.days = calendar()
        self.files = []

    def pick(self, number):
        return CaseFile.objects.get(pk=self.files[number % len(self.files)])

    def tried(self, file, act):
        before = state_of(file)
        try:
            act()
        except Refusal:
            assert state_of(file) == before

    @rule(
        accepted_on=DAYS,
        track=st.sampled_from(["reconsideration", "direct_suit", "suit_after_reconsideration"]),
        simplified=st.booleans(),
        as_body=st.booleans(),
    )
    def open(self, accepted_on, track, simplified, as_body):
        given = {"by": self.clerk, "case_number": f"示〔{next(NUMBERS)}〕号", "accepted_on": accepted_on}
        if track == "reconsideration":
            file = actions.open_reconsideration(simplified=simplified, **given)
        else:
            file = actions.open_litigation(
                kind=track, simplified=simplified, only_as_reconsideration_body=as_body, **given
            )
        self.files.append(file.pk)

    @rule(accepted_on=DAYS, result=st.sampled_from(["", *RemedyResult]), days=st.integers(0, 90))
    def take_over(self, accepted_on, result, days):
        entry = entries.LitigationFactory(
            agency=self.clerk.agency,
            case_number=f"示〔{next(NUMBERS)}〕号",
            accepted_on=accepted_on,
            result=result,
            decided_on=min(accepted_on + timedelta(days), date(2026, 11, 27)) if result else None,
        )
        before = [facts.table(self.clerk.agency, year) for year in YEARS]
        try:
            self.files.append(actions.take_over(entry, by=self.clerk).pk)
        except Refusal:
            assert result == RemedyResult.NOT_ACCEPTED
        assert [facts.table(self.clerk.agency, year) for year in YEARS] == before

    @rule(
        number=st.integers(0, 50),
        kind=st.sampled_from([kind for kind in Kind if kind not in (Kind.FILED, Kind.ACCEPTED)]),
        after=st.integers(0, 60),
        decision=st.sampled_from(DECISIONS),
        until=st.none() | st.integers(0, 40),
        served=st.none() | st.integers(0, 9),
        hearing=st.none() | st.integers(1, 3),
        by_us=st.booleans(),
    )
    def step(self, number, kind, after, decision, until, served, hearing, by_us):
        if not self.files:
            return
        file = self.pick(number)
        last = max(event.happened_on for event in file.events.all())
        on = min(last + timedelta(after), date(2026, 11, 27))
        values = {
            "until": None if until is None else on + timedelta(until),
            "served_on": None if served is None else on + timedelta(served),
            "number": hearing,
            "by_us": by_us,
        }
        if kind in (Kind.DECIDED, Kind.SECOND_INSTANCE):
            values["decision"] = decision
        self.tried(file, lambda: actions.enter_step(file, kind, on=on, by=self.clerk, **values))

    @rule(
        number=st.integers(0, 50),
        which=st.integers(0, 20),
        on=DAYS,
        cancel=st.booleans(),
        agreed=st.booleans(),
    )
    def correct(self, number, which, on, cancel, agreed):
        if not self.files:
            return
        file = self.pick(number)
        events = list(file.events.order_by("pk"))
        event = events[which % len(events)]
        kept = {"until": event.until, "served_on": event.served_on, "decision": event.decision}

        def act():
            proposal = actions.propose(
                event, happened_on=on, cancel=cancel, reason="核对原件", by=self.clerk, **kept
            )
            if agreed:
                actions.agree(proposal, by=self.second)
            else:
                actions.decline(proposal, opinion="原件如此", by=self.second)

        self.tried(file, act)

    @rule(number=st.integers(0, 50))
    def void(self, number):
        if not self.files:
            return
        file = self.pick(number)
        self.tried(file, lambda: actions.void_file(file, reason="重复立卷", by=self.clerk))

    @invariant()
    def columns_are_what_the_events_say(self):
        for file in CaseFile.objects.filter(pk__in=self.files):
            assert drift(file, self.days) == {}
            if file.status != "closed":
                following = file.due_on is not None
                assert following == bool(file.due_what)

    @invariant()
    def table_four_balances_and_agrees_with_a_recount(self):
        for year in YEARS:
            table = facts.table(self.clerk.agency, year)
            expected = Counter()
            for file in CaseFile.objects.filter(agency=self.clerk.agency):
                entry = file.entry
                if entry.voided_at:
                    continue
                group = "reconsideration" if file.track == "reconsideration" else entry.kind
                as_body = getattr(entry, "only_as_reconsideration_body", False)
                for column in remedy_columns(
                    year,
                    accepted_on=entry.accepted_on,
                    decided_on=entry.decided_on,
                    result=RemedyResult(entry.result) if entry.result else None,
                    first_instance=first_instance_of(entry),
                    only_as_reconsideration_body=as_body,
                ):
                    expected["remedies", group, column.place] += 1
            for group in ("reconsideration", "direct_suit", "suit_after_reconsideration"):
                cells = [
                    table["remedies", group, name] for name in ("upheld", "rectified", "other", "pending")
                ]
                assert sum(cells) == table["remedies", group, "total"]
            counted = {cell: value for cell, value in table.items() if value}
            refused = self.not_accepted(year)
            assert counted == {cell: value for cell, value in (expected + refused).items() if value}

    def not_accepted(self, year):
        """Entries that were left in the register because nothing was accepted."""
        found = Counter()
        for entry in entries.LitigationFactory._meta.model.objects.filter(
            agency=self.clerk.agency, result=RemedyResult.NOT_ACCEPTED, case_file__isnull=True
        ):
            for column in remedy_columns(
                year,
                accepted_on=entry.accepted_on,
                decided_on=entry.decided_on,
                result=RemedyResult(entry.result),
            ):
                found["remedies", entry.kind, column.place] += 1
        return found


def first_instance_of(entry):
    appealed_on = getattr(entry, "appealed_on", None)
    if not appealed_on:
        return None
    return FirstInstance(entry.first_decided_on, RemedyResult(entry.first_result), appealed_on)


@pytest.mark.django_db
def test_random_histories():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.prove
@pytest.mark.django_db
def test_many_random_histories():
    """Five thousand steps and more, by ``make prove``."""
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=200,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

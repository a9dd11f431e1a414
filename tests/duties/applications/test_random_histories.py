"""随机的经过. Whatever two people enter, decide and correct, in whatever order: the stored columns are what the events
say, table three balances and agrees with a recount from the events, and no case vanishes (TIM-07, TIM-08)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Max
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions, facts
from gongkai.duties.applications.clocks import rectifying
from gongkai.duties.applications.clocks.models import Rectification
from gongkai.duties.applications.fold import drift, standing
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.matters.queries import answered
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS, OUTCOME_ROWS
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.reply import RESULTS
from tests.factories.agencies import keeper
from tests.factories.applications import application

YEARS = (2022, 2023, 2024)
DAYS = st.dates(date(2022, 1, 4), date(2024, 12, 20))
KINDS = [column.key for column in APPLICANT_COLUMNS if column.key != "total"]
OUTCOMES = [result.key for result in RESULTS]
Kind = ApplicationEvent.Kind


class Histories(RuleBasedStateMachine):
    """一个机关的申请: refusals must change nothing."""

    def __init__(self):
        super().__init__()
        self.clerk = keeper()
        self.second = keeper(agency=self.clerk.agency)
        self.days = calendar()
        self.registered = 0

    def pick(self, number):
        found = Application.objects.filter(agency=self.clerk.agency).order_by("pk")
        return found[number % self.registered]

    def tried(self, case, act):
        before = state_of(case)
        try:
            act(case)
        except Refusal:
            assert state_of(case) == before

    @rule(
        on=DAYS,
        kind=st.sampled_from(KINDS),
        channel=st.sampled_from(["in_person", "online", "fax"]),
        listed=st.integers(0, 2),
    )
    def register(self, on, kind, channel, listed):
        application(
            self.clerk,
            received_on=on,
            applicant_kind=kind,
            channel=channel,
            matters=[f"第{number}份材料" for number in range(listed)],
        )
        self.registered += 1

    @precondition(lambda self: self.registered)
    @rule(
        number=st.integers(0, 50),
        verb=st.sampled_from(
            ["confirm", "ask", "correct", "consult", "answer", "extend", "notice", "pay", "defer"]
        ),
        after=st.integers(0, 60),
        days=st.integers(1, 25),
    )
    def step(self, number, verb, after, days):
        case = self.pick(number)
        on, by = case.received_on + timedelta(after), self.clerk
        steps = {
            "confirm": lambda c: actions.confirm_receipt(c, on=on, by=by),
            "ask": lambda c: actions.ask_for_correction(c, on=on, by=by, working_days=days),
            "correct": lambda c: actions.receive_correction(c, on=on, by=by),
            "consult": lambda c: actions.consult(
                c, on=on, by=by, key=str(days), consulted=list(Consulted)[days % len(Consulted)]
            ),
            "answer": lambda c: actions.receive_opinion(c, on=on, by=by, key=str(days)),
            "extend": lambda c: actions.extend_reply(c, on=on, by=by, working_days=days),
            "notice": lambda c: actions.notice_fee(c, on=on, by=by, amount=40),
            "pay": lambda c: actions.collect_fee(c, on=on, by=by, amount=40),
            "defer": lambda c: actions.defer_reply(c, on=on, by=by, until=on + timedelta(days)),
        }
        self.tried(case, steps[verb])

    @precondition(lambda self: self.registered)
    @rule(number=st.integers(0, 50), after=st.integers(0, 60), outcome=st.sampled_from(OUTCOMES))
    def reply(self, number, after, outcome):
        case = self.pick(number)
        on = case.received_on + timedelta(after)
        self.tried(case, lambda c: actions.reply(c, on=on, by=self.clerk, outcome=outcome))

    @precondition(lambda self: self.registered)
    @rule(number=st.integers(0, 50), situation=st.sampled_from(["provided", "already_public", "enquiry"]))
    def answer_every_matter(self, number, situation):
        """Then the reply that follows from them."""
        case = self.pick(number)
        for matter in case.matters.all():
            self.tried(
                case,
                lambda c, m=matter: matters.decide(m, situation=situation, reasons="窗口", by=self.clerk),
            )
        outcome = answered(case).outcome
        if outcome:
            self.tried(
                case,
                lambda c: actions.reply(
                    c, on=c.received_on + timedelta(9), by=self.clerk, outcome=outcome.result.key
                ),
            )

    @precondition(lambda self: self.registered)
    @rule(number=st.integers(0, 50), after=st.integers(0, 60), outcome=st.sampled_from(OUTCOMES))
    def close(self, number, after, outcome):
        case = self.pick(number)
        on = case.received_on + timedelta(after)
        self.tried(case, lambda c: actions.close(c, on=on, by=self.clerk, outcome=outcome))

    @precondition(lambda self: self.registered)
    @rule(
        number=st.integers(0, 50), which=st.integers(0, 20), after=st.integers(0, 60), cancels=st.booleans()
    )
    def propose(self, number, which, after, cancels):
        case = self.pick(number)
        events = list(case.events.order_by("pk"))
        event = events[which % len(events)]
        day = None if cancels else case.received_on + timedelta(after)
        self.tried(
            case,
            lambda c: rectifying.propose(
                event, happened_on=day, cancels=cancels, reason="登错", by=self.clerk
            ),
        )

    @rule(agrees=st.booleans())
    def decide(self, agrees):
        waiting = Rectification.objects.filter(agency=self.clerk.agency, state=Rectification.State.WAITING)
        proposal = waiting.select_related("event__application").first()
        if proposal is None:
            return

        def act(case):
            if agrees:
                rectifying.agree(proposal, by=self.second)
            else:
                rectifying.decline(proposal, opinion="没有凭据", by=self.second)

        self.tried(proposal.event.application, act)

    @precondition(lambda self: self.registered)
    @rule(number=st.integers(0, 50))
    def void(self, number):
        self.tried(self.pick(number), lambda c: actions.void_application(c, reason="登重了", by=self.clerk))

    @invariant()
    def the_columns_are_what_the_events_say(self):
        for case in Application.objects.filter(agency=self.clerk.agency):
            assert drift(case, self.days) == {}

    @invariant()
    def no_case_vanishes(self):
        assert Application.objects.filter(agency=self.clerk.agency).count() == self.registered

    @invariant()
    def table_three_balances_and_agrees_with_the_events(self):
        for year in YEARS:
            cells = facts.table(self.clerk.agency, year)
            for column in (*KINDS, "total"):
                row = {key: cells["applications", key, column] for key in ROWS}
                assert row["received"] + row["carried_in"] == row["total"] + row["carried_out"]
                assert row["total"] == sum(row[outcome.key] for outcome in OUTCOME_ROWS)
            assert counted_again(self.clerk.agency, year) == {
                key: cells["applications", key, "total"] for key in ROWS
            }


ROWS = ("received", "carried_in", "total", "carried_out", *(row.key for row in OUTCOME_ROWS))


def counted_again(agency, year):
    """表三合计 from the raw events, without the stored columns."""
    found = Counter(dict.fromkeys(ROWS, 0))
    first, last = date(year, 1, 1), date(year, 12, 31)
    for case in Application.objects.filter(agency=agency, voided_at__isnull=True):
        held = standing(case.events.all())
        received = next(event.happened_on for event in held if event.kind == Kind.RECEIVED)
        if case.channel in ("online", "fax"):
            confirmed = [event.happened_on for event in held if event.kind == Kind.RECEIPT_CONFIRMED]
            received = confirmed[0] if confirmed else received
        ends = [event for event in held if event.kind in (Kind.REPLIED, Kind.CLOSED)]
        ended = ends[0].happened_on if ends else None
        found["received"] += first <= received <= last
        found["carried_in"] += received < first and (ended is None or ended >= first)
        found["carried_out"] += received <= last and (ended is None or ended > last)
        if ended and first <= ended <= last:
            found["total"] += 1
            found[ends[0].outcome] += 1
    return dict(found)


def state_of(case):
    case = Application.objects.get(pk=case.pk)
    return (
        case.status,
        case.outcome,
        case.due_on,
        case.closed_on,
        case.voided_at,
        case.version,
        list(case.events.values_list("pk", flat=True)),
        list(case.matters.values_list("result", flat=True)),
        list(Rectification.objects.filter(event__application=case).values_list("state", flat=True)),
        Entry.objects.aggregate(Max("pk")),
    )


def run(examples, steps):
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_tim_07_tim_08_twenty_five_random_histories():
    run(25, 20)


@pytest.mark.prove
@pytest.mark.django_db
def test_tim_07_tim_08_five_thousand_random_histories():
    run(5_000, 20)

"""The demo is the same believable company every time, with all that makes KPIs hard."""

from collections import Counter
from pathlib import Path

from orchestration.demo.company import DEMO_AS_OF, DEMO_START
from orchestration.demo.prospects import Person
from orchestration.demo.simulate import simulate
from orchestration.demo.truth_funnel import cycles, first_entries
from orchestration.demo.write import write_demo


def stages(person: Person) -> set[str]:
    return {entry.stage for entry in person.entries}


class TestTheCompany:
    def test_is_the_same_every_time(self, tmp_path: Path) -> None:
        write_demo(tmp_path / "first")
        simulate.cache_clear()
        write_demo(tmp_path / "second")

        first, second = ({p.name: (p.read_bytes(), p.stat().st_mtime) for p in (tmp_path / side).rglob("*.csv")}
                         for side in ("first", "second"))  # fmt: skip
        assert first == second

    def test_is_another_one_with_another_seed(self) -> None:
        assert simulate(seed=8) != simulate(seed=7)

    def test_grows_with_scale(self) -> None:
        small, large = simulate(scale=1), simulate(scale=3)

        for part in ("ad_days", "people", "orders"):
            assert 2.5 < len(getattr(large, part)) / len(getattr(small, part)) < 3.5

    def test_lives_inside_its_eighteen_months(self) -> None:
        company = simulate()
        days = [order.placed_at.date() for order in company.orders]
        days += [refund.day for order in company.orders for refund in order.refunds]
        days += [at.date() for person in company.people for at in person.records_at]
        days += [entry.at.date() for person in company.people for entry in person.entries]
        days += [answer.at.date() for person in company.people for answer in person.answers]
        days += [step.at.date() for deal in company.deals + company.deleted_deals for step in deal.steps]
        days += [deal.changed_at.date() for deal in company.hubspot_deals]

        assert min(days) >= DEMO_START
        assert max(days) <= DEMO_AS_OF

    def test_has_every_detour_that_makes_funnels_hard(self) -> None:
        people = simulate().people
        firsts = [first_entries(person) for person in people if person.records_at]
        found = Counter(person.fate for person in people)

        assert min(found["spam"], found["test"], found["privacy"]) > 0
        assert sum(len(cycles(person)) > 1 for person in people) > 10
        assert sum("sql" in stages(person) and "mql" not in stages(person) for person in people) > 3
        assert sum("sql" in stamps and "mql" in stamps and stamps["sql"] < stamps["mql"] for stamps in firsts) > 0
        assert sum(person.lead_duplicate_at is not None for person in people) > 3
        assert sum(person.hubspot_duplicate_at is not None for person in people) > 3

    def test_answers_in_working_hours_or_not_at_all(self) -> None:
        people = [person for person in simulate().people if person.records_at]
        humans = [answer for person in people for answer in person.answers if answer.kind in ("call", "email")]
        kinds = {answer.kind for person in people for answer in person.answers}

        assert kinds == {"call", "email", "meeting", "auto_reply", "note", "planned", "inbound"}
        assert all(answer.at.weekday() < 5 and 9 <= answer.at.hour <= 17 for answer in humans)
        assert 100 < sum(not any(answer.is_answer for answer in person.answers) for person in people) < 400

    def test_has_every_turn_of_a_deal(self) -> None:
        company = simulate()
        stages = [[step.stage for step in deal.steps] for deal in company.deals]

        assert sum(deal.amount != deal.amount_at_creation for deal in company.deals) > 30
        assert any("Closed Lost" in path and path[-1] == "Closed Won" for path in stages)
        assert all(deal.deleted_at for deal in company.deleted_deals)
        assert all((deal.steps[-1].amount, deal.steps[-1].closed_on) == (deal.amount, deal.closed_on)
                   for deal in company.deals)  # fmt: skip

    def test_has_two_crms_that_nearly_agree(self) -> None:
        company = simulate()
        pairs = [(deal.original, deal) for deal in company.hubspot_deals if deal.original]

        assert 0.9 < len(pairs) / len(company.deals) < 0.99
        assert len(company.hubspot_deals) > len(pairs)
        for wrong in (lambda deal, copy: deal.amount != copy.amount, lambda deal, copy: deal.status != copy.status):
            assert 0 < sum(wrong(*pair) for pair in pairs) < len(pairs) / 10

    def test_has_decisions_of_every_kind(self) -> None:
        decisions = simulate().decisions
        closed = [one for one in decisions if one.closed_on]

        assert all(one.decided_on.weekday() == 0 for one in decisions)
        assert any(one.due_on is None for one in decisions)
        assert any(one.due_on and one.closed_on and one.due_on < one.closed_on for one in closed)
        assert any(one.due_on and one.due_on <= DEMO_AS_OF for one in decisions if one not in closed)
        assert any(one.due_on and one.due_on > DEMO_AS_OF for one in decisions if one not in closed)
        assert all(one.closed_on is None or one.decided_on < one.closed_on <= DEMO_AS_OF for one in decisions)

    def test_has_every_end_of_an_order(self) -> None:
        orders = simulate().orders
        later = [refund.day.month != order.placed_at.month for order in orders for refund in order.refunds]

        assert {order.status for order in orders} == {"paid", "pending", "voided"}
        assert {order.currency for order in orders} == {"USD", "EUR"}
        assert any(sum(refund.net for refund in order.refunds) == order.net for order in orders)
        assert any(0 < sum(refund.net for refund in order.refunds) < order.net for order in orders)
        assert sum(later) > 5

    def test_has_no_two_last_touches_on_one_day(self) -> None:
        touched = Counter(
            (person.account.number, touch.day)
            for person in simulate().people
            if person.account
            for touch in person.touches
        )
        assert [key for key, times in touched.items() if times > 1] == []


def test_nobody_is_in_two_accounts() -> None:
    company = simulate()
    accounts = {deal.person.number: deal.account.number for deal in company.deals}

    assert all(person.account is None or accounts.get(person.number, person.account.number) == person.account.number
               for person in company.people)  # fmt: skip

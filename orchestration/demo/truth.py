"""What every headline KPI must be, worked out from the company itself: no export and no SQL has a part in it."""

from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.simulate import simulate
from orchestration.demo.truth_acquisition import acquisition_truth
from orchestration.demo.truth_agreement import agreement_truth
from orchestration.demo.truth_alignment import alignment_truth, decision_truth
from orchestration.demo.truth_break_even import break_even_truth
from orchestration.demo.truth_budgets import budget_truth
from orchestration.demo.truth_cohorts import cohort_truth
from orchestration.demo.truth_customers import customer_truth, customers
from orchestration.demo.truth_funnel import funnel_truth, prospects
from orchestration.demo.truth_handoff import handoff_truth
from orchestration.demo.truth_margins import margins_truth
from orchestration.demo.truth_money import margin_truth, revenue_orders, spend_truth
from orchestration.demo.truth_payback import payback_truth
from orchestration.demo.truth_pipeline import pipeline_truth
from orchestration.demo.truth_retention import retention_truth
from orchestration.demo.truth_subscriptions import subscription_truth
from orchestration.demo.truth_targets import target_truth
from orchestration.demo.truth_values import TruthValue
from orchestration.demo.truth_velocity import velocity_truth

__all__ = ["DEMO_AS_OF", "TruthValue", "truth", "truth_of"]


def truth(scale: int = 1, seed: int = 7) -> list[TruthValue]:
    """The truth about the demo company."""
    return truth_of(simulate(scale, seed))


def truth_of(company: Company) -> list[TruthValue]:
    """The truth about a company, by month, by quarter and for all time."""
    orders = revenue_orders(company)
    buyers = customers(company, orders)
    people = prospects(company, buyers)
    agreed = [*funnel_truth(people), *handoff_truth(people), *agreement_truth(company)]
    figures = [
        *spend_truth(company),
        *agreed,
        *velocity_truth(people),
        *pipeline_truth(company),
        *alignment_truth(company, agreed),
        *decision_truth(company),
        *customer_truth(company, buyers),
        *margin_truth(company, orders),
        *break_even_truth(company, orders, buyers),
        *margins_truth(company, buyers),
        *retention_truth(buyers),
        *cohort_truth(company, buyers),
        *subscription_truth(company, buyers),
        *acquisition_truth(company, buyers, people),
        *payback_truth(company, buyers),
        *budget_truth(company),
    ]
    return [*figures, *target_truth(company, figures)]

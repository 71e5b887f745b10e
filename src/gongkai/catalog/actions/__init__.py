"""The only code that changes rows of the catalog."""

from gongkai.catalog.actions.guiding import publish_guide, save_guide
from gongkai.catalog.actions.ordering import cancel_order, carry_out_orders, schedule
from gongkai.catalog.actions.publishing import publish
from gongkai.catalog.actions.revising import revise
from gongkai.catalog.actions.withdrawing import withdraw

__all__ = [
    "cancel_order",
    "carry_out_orders",
    "publish",
    "publish_guide",
    "revise",
    "save_guide",
    "schedule",
    "withdraw",
]

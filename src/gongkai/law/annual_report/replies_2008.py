"""Where an outcome stands on the form of 2008: its kind of reply, and the reason when refused.

The sheet of that time knows fewer outcomes than the table of today (inference): what was refused
stands under a reason, what came to nothing without a refusal under 其他答复.
"""

from __future__ import annotations

from collections.abc import Mapping

GRANTED, PARTLY, REFUSED, OTHER = "granted", "partly_granted", "refused", "other"

# Outcome → (reply, reason). The reason of a third party's rights is in the ground of the letter.
REPLY_OF: Mapping[str, tuple[str, str]] = {
    "already_published": (GRANTED, ""),
    "granted": (GRANTED, ""),
    "partly_granted": (PARTLY, ""),
    "refused_state_secret": (REFUSED, "state_secret"),
    "refused_prohibited_by_law": (REFUSED, "other"),
    "refused_endangers_security": (REFUSED, "endangers_security"),
    "refused_third_party": (REFUSED, "trade_secret"),
    "refused_internal_affairs": (REFUSED, "other"),
    "refused_deliberative": (REFUSED, "other"),
    "refused_enforcement_file": (REFUSED, "other"),
    "special_procedure": (OTHER, ""),
    "not_held": (REFUSED, "not_held"),
    "not_ours": (REFUSED, "not_ours"),
    "not_ready_made": (OTHER, ""),
    "still_unclear": (REFUSED, "unclear"),
    "petition": (OTHER, ""),
    "repeated": (REFUSED, "repeated"),
    "public_publication": (OTHER, ""),
    "excessive": (OTHER, ""),
    "confirm_or_reissue": (OTHER, ""),
    "abandoned_no_supplement": (OTHER, ""),
    "abandoned_no_fee": (OTHER, ""),
    "other": (OTHER, ""),
}
BY_GROUND = "refused_third_party"
CHANNEL_OF: Mapping[str, str] = {
    "counter": "counter",
    "signed_post": "letter",
    "ordinary_post": "letter",
    "misdirected": "letter",
    "web": "web",
    "email": "email",
    "fax": "fax",
    "other": "other",
}

"""The questions of the review sheet, answered one by one (先审查后公开, 逐项审查)."""

from __future__ import annotations

# (key, question, the ground a "yes" points to; empty where it is a warning only)
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("state_secret", "是否涉及国家秘密", "state_secret"),
    ("prohibited_by_law", "是否为法律、行政法规禁止公开", "prohibited_by_law"),
    (
        "endangers_security",
        "公开后是否危及国家安全、公共安全、经济安全、社会稳定",
        "endangers_security",
    ),
    ("trade_secret", "是否涉及商业秘密", "trade_secret"),
    ("privacy", "是否涉及个人隐私", "privacy"),
    ("internal_affairs", "是否为内部事务信息", "internal_affairs"),
    ("deliberative", "是否为过程性信息", "deliberative"),
    ("enforcement_file", "是否为行政执法案卷信息", "enforcement_file"),
    # 保密法2024 Art. 64: protected, yet not a ground of Art. 14–16 by itself (inference).
    ("work_secret", "是否含有工作秘密", ""),
)
KEYS = tuple(key for key, _, _ in QUESTIONS)

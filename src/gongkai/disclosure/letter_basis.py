"""The articles a letter rests on, in its words: instrument once, then its articles.

《中华人民共和国政府信息公开条例》第三十六条第（三）项、第十四条 …
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import INSTRUMENTS, Cite
from gongkai.law.clock_events import Kind, event_rules
from gongkai.law.grounds import ground, grounds
from gongkai.law.letters import LETTERS
from gongkai.law.model import Law
from gongkai.law.replies import outcome

# A letter names the decree in full.
_NAMES = {
    "decree_711_2019": "《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "decree_492_2007": "《中华人民共和国政府信息公开条例》（国务院令第492号）",
}
# Under another decree than the letter's own, the article of the event that the letter makes.
_EVENTS = {
    "supplement": Kind.SUPPLEMENT_ASKED,
    "extension": Kind.EXTENDED,
    "third_party": Kind.THIRD_PARTY_ASKED,
    "consultation_notice": Kind.THIRD_PARTY_ASKED,
    "joint_body": Kind.JOINT_BODY_ASKED,
    "reasons": Kind.REASONS_ASKED,
    "delay": Kind.DELAYED,
    "fee": Kind.FEE_NOTICED,
}
_NO_ARTICLE = ("local_practice",)


def words(cites: Iterable[Cite]) -> str:
    """The articles as one phrase; practice without an article is left out."""
    named: dict[str, list[str]] = {}
    for cite in cites:
        if cite.law in _NO_ARTICLE:
            continue
        article = str(cite).removeprefix(INSTRUMENTS[cite.law])
        articles = named.setdefault(cite.law, [])
        if article and article not in articles:
            articles.append(article)
    return "、".join(_NAMES.get(law, INSTRUMENTS[law]) + "、".join(a) for law, a in named.items())


def reply_basis(key: str, law: Law, *, ground_keys: Iterable[str] = ()) -> str:
    """The articles of an outcome and of its grounds under the law of the request."""
    cites = list(outcome(key).cite(law))
    cites += [ground(ground_key, law).cite for ground_key in ground_keys]
    return words(cites)


def letter_basis(kind: str, law: Law) -> str:
    """The article of a letter that is no reply; refused where the law has no such letter."""
    letter = LETTERS[kind]
    if not letter.cite.law.startswith("decree_") or letter.cite.law == law.key:
        return words([letter.cite])
    rule = event_rules(law).get(_EVENTS[kind]) if kind in _EVENTS else None
    if rule is not None:
        return words([rule.cite])
    if not letter.decides and kind not in _EVENTS:
        return ""
    raise Refusal(
        "letter.not_in_law",
        f"{law.base.title}没有“{letter.label}”，不能发出。请改用其他文书。",
        law.base.title,
    )


def ground_words(key: str, law: Law) -> str:
    """A ground as the letter tells it; its own name is added where several share the words."""
    found = ground(key, law)
    text = found.explanation or found.label
    shared = sum(1 for other in grounds(law) if other.explanation == text) > 1
    return f"{text}（{found.label}）" if shared else text

"""Report forms by statistical year: cells, sums and cross-checks. A new form is one entry."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import form_2008, form_2019, form_2021
from gongkai.law.annual_report.model import Form, check, complete, prefill

__all__ = ["FORMS", "Form", "check", "complete", "form_for", "prefill"]
FORMS: tuple[Form, ...] = (form_2008.FORM, form_2019.FORM, form_2021.FORM)


def form_for(year: int) -> Form:
    """The form of a statistical year; refuse years before the decree."""
    for form in FORMS:
        if date(year, 12, 31) in form.span:
            return form
    raise Refusal(
        "report.no_form",
        f"{year}年没有年度报告格式：条例自2008年5月1日起施行。请核对年份。",
        "《政府信息公开条例》",
    )

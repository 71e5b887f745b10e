"""What every page of the desk shares: sign-in, seat, roles, refusals, kept typing."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.views.generic import View

from gongkai.desk import access, actions, navigation, refusals, scratch
from gongkai.desk.forms.base import DeskForm
from gongkai.desk.models import KeptInput
from gongkai.desk.seat import Seat, take_seat
from gongkai.kit.refusal import Refusal
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, Person, Role

F = TypeVar("F", bound=DeskForm)


class DeskView(View):
    """A page for signed-in staff. `roles` empty: for everyone on the staff."""

    roles: ClassVar[tuple[Role, ...]] = ()
    task: ClassVar[str] = ""
    title: str = ""
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]  # type: ignore[misc]
    seat: Seat

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign-in, then role, then the page; a refusal anywhere becomes a page of its own."""
        person = request.user
        if not isinstance(person, Person):
            return access.sign_in_first(request)
        self.seat = take_seat(person)
        # The desk speaks Chinese only; a browser set to English would get half of each.
        translation.activate("zh-hans")
        try:
            self.allow()
            response = super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            response = refusals.page(request, refusal, self.frame())
        except ValidationError as error:
            response = refusals.page(request, refusals.from_validation(error), self.frame())
        if isinstance(response, HttpResponse):
            access.remember(response, request, person)
        return response

    def allow(self) -> None:
        """Refuse a person without any of `roles`."""
        if self.roles and not self.seat.holds(*self.roles):
            needed = "、".join(str(role.label) for role in self.roles)
            raise Refusal(
                "desk.role",
                f"这一页由“{needed}”使用，您现在没有这个角色。需要时请联系安全管理员授予。",
            )

    def body(self) -> Body:
        """The person's own body; refused for an account that belongs to none."""
        if self.seat.body is None:
            raise Refusal("desk.no_body", "您的账号还没有归入任何机关，请联系安全管理员。")
        return self.seat.body

    def frame(self) -> dict[str, Any]:
        """What the frame of the page shows, whatever the page."""
        return {
            "seat": self.seat,
            "today": self.seat.today,
            "now": self.seat.now,
            "days": SimpleLazyObject(calendar),
            "links": navigation.links(self.seat, self.task),
            "task": self.task,
            "title": self.title,
        }

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, in its frame."""
        return render(self.request, template, {**self.frame(), **context}, status=status)

    def done(self, url: str, sentence: str) -> HttpResponse:
        """After a change: say what was done and go on by GET."""
        messages.success(self.request, sentence)
        return HttpResponseRedirect(url)


class FormPage(DeskView, Generic[F]):
    """A page with one form: shows it, keeps its typing, hands it to one action.

    A form that is not accepted comes back with everything typed, a list of what is wrong at the
    top and the sentence beside each field.
    """

    template: ClassVar[str] = "desk/form.html"
    form_class: type[F]
    submit: ClassVar[str] = "保存"

    def form_kwargs(self) -> dict[str, Any]:
        """What the form needs besides data."""
        return {}

    def initial(self) -> dict[str, Any]:
        """The values shown at first."""
        return {}

    def context(self) -> dict[str, Any]:
        """What the template needs besides the form."""
        return {}

    def act(self, form: F) -> HttpResponse:
        """Carry out what was asked; may raise `Refusal`."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with typing kept from an earlier try where there is any."""
        form = self.form_class(initial=self.initial(), **self.form_kwargs())
        kept = KeptInput.objects.filter(person=self.seat.person, path=request.path).first()
        if kept is not None:
            form.initial = {**form.initial, **kept_values(form, kept)}
        return self.page(form, kept=kept)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out, or show the form again with what is wrong."""
        if "forget_kept" in request.POST:
            actions.forget_input(person=self.seat.person, path=request.path)
            return HttpResponseRedirect(request.path)
        form = self.form_class(data=request.POST, files=request.FILES, **self.form_kwargs())
        if form.is_valid():
            try:
                response = self.act(form)
            except Refusal as refusal:
                self.on_refusal(form, refusal)
            except ValidationError as error:
                refusals.onto_form(form, refusals.from_validation(error))
            else:
                actions.forget_input(person=self.seat.person, path=request.path)
                return response
        return self.page(form, status=refusals.NOT_ACCEPTED)

    def on_refusal(self, form: F, refusal: Refusal) -> None:
        """Where a refusal's sentences go; a page may add to it."""
        refusals.onto_form(form, refusal)

    def page(self, form: F, *, kept: KeptInput | None = None, status: int = 200) -> HttpResponse:
        """The page with this form."""
        return self.show(
            self.template,
            status=status,
            **{"form": form, "kept": kept, "submit": self.submit, **self.context()},
        )


def kept_values(form: DeskForm, kept: KeptInput) -> dict[str, Any]:
    """The kept raw values as each field's widget reads them."""
    data = QueryDict(mutable=True)
    for name, values in scratch.unpacked(kept.fields).items():
        data.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if not getattr(field.widget, "needs_multipart_form", False)
    }
